import { crc32 } from './crc32.ts';
import { dosDate, methods, mostBytes, signatures, sizes, utf8Flag, version } from './format.ts';

/** A file in an archive. */
export interface ZipFile {
  /** "media/cat.png". */
  readonly name: string;
  readonly content: Blob;
}

interface Placed {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly sum: number;
  readonly bytes: number;
  readonly at: number;
}

/** A ZIP archive of files, stored as they are: media are compressed already. The bytes of a file are read once, and stay where the browser has them. */
export async function writeZip(files: readonly ZipFile[]): Promise<Blob> {
  const parts: BlobPart[] = [];
  const placed: Placed[] = [];
  let at = 0;
  for (const { name, content } of files) {
    const one = { name: new TextEncoder().encode(name), sum: await sumOf(content), bytes: content.size, at };
    const head = fileHead(one);
    parts.push(head, content);
    placed.push(one);
    at += head.byteLength + content.size;
    if (at > mostBytes) throw new RangeError('an archive of more than 4 GiB');
  }
  const entries = placed.map(entryOf);
  const length = entries.reduce((sum, entry) => sum + entry.byteLength, 0);
  return new Blob([...parts, ...entries, endOf(placed.length, at, length)], { type: 'application/zip' });
}

async function sumOf(content: Blob): Promise<number> {
  let sum = 0;
  for (const reader = content.stream().getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return sum;
    sum = crc32(value, sum);
  }
}

/** The fields that stand alike before a file and in the list at the end. */
function describe(view: DataView, from: number, { name, sum, bytes }: Placed): void {
  view.setUint16(from, version, true);
  view.setUint16(from + 2, utf8Flag, true);
  view.setUint16(from + 4, methods.stored, true);
  view.setUint16(from + 6, 0, true);
  view.setUint16(from + 8, dosDate, true);
  view.setUint32(from + 10, sum, true);
  view.setUint32(from + 14, bytes, true);
  view.setUint32(from + 18, bytes, true);
  view.setUint16(from + 22, name.byteLength, true);
}

function fileHead(one: Placed): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(sizes.file + one.name.byteLength);
  const view = new DataView(head.buffer);
  view.setUint32(0, signatures.file, true);
  describe(view, 4, one);
  head.set(one.name, sizes.file);
  return head;
}

function entryOf(one: Placed): Uint8Array<ArrayBuffer> {
  const entry = new Uint8Array(sizes.entry + one.name.byteLength);
  const view = new DataView(entry.buffer);
  view.setUint32(0, signatures.entry, true);
  view.setUint16(4, version, true);
  describe(view, 6, one);
  view.setUint32(42, one.at, true);
  entry.set(one.name, sizes.entry);
  return entry;
}

function endOf(count: number, at: number, length: number): Uint8Array<ArrayBuffer> {
  const end = new Uint8Array(sizes.end);
  const view = new DataView(end.buffer);
  view.setUint32(0, signatures.end, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, length, true);
  view.setUint32(16, at, true);
  return end;
}
