import { crc32 } from './crc32.ts';
import { methods, signatures, sizes } from './format.ts';

/**
 * What is wrong with an archive: it is none, or it is damaged; a file of it is damaged, or packed in a way that is not read here; what a
 * project's archive needs is not in it, is of a newer program, or was changed.
 */
export type ZipFault = 'archive' | 'damaged' | 'packed' | 'foreign' | 'newer' | 'changed';

/** An archive that cannot be taken. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
  readonly fault: ZipFault;
  /** The file in it; empty where it concerns the whole. */
  readonly file: string;

  constructor(fault: ZipFault, file = '') {
    super(`${fault}: ${file || 'the whole archive'}`);
    this.fault = fault;
    this.file = file;
  }
}

/** A file in an archive, not read yet. */
export interface ZippedFile {
  readonly name: string;
  /** Its size once it is read. */
  readonly bytes: number;
  /** @throws ZipError where it is damaged, or larger than it says */
  read(): Promise<Blob>;
}

/** The comment at the end of an archive has at most so many bytes. */
const mostComment = 0xffff;

/** The files of a ZIP archive, by name; folders are left out. Nothing is unpacked before it is read. @throws ZipError */
export async function readZip(archive: Blob): Promise<ReadonlyMap<string, ZippedFile>> {
  const { count, at, length } = await findEnd(archive);
  const list = await bytesOf(archive, at, length);
  const text = new TextDecoder();
  const files = new Map<string, ZippedFile>();
  for (let from = 0, entry = 0; entry < count; entry++) {
    const view = viewOf(list, from, sizes.entry);
    if (view.getUint32(0, true) !== signatures.entry) throw new ZipError('archive');
    const nameLength = view.getUint16(28, true);
    const name = text.decode(list.subarray(from + sizes.entry, from + sizes.entry + nameLength));
    from += sizes.entry + nameLength + view.getUint16(30, true) + view.getUint16(32, true);
    if (name.endsWith('/')) continue;
    const facts = {
      encrypted: (view.getUint16(8, true) & 1) === 1,
      method: view.getUint16(10, true),
      sum: view.getUint32(16, true),
      packed: view.getUint32(20, true),
      bytes: view.getUint32(24, true),
      at: view.getUint32(42, true),
    };
    files.set(name, { name, bytes: facts.bytes, read: () => readFile(archive, name, facts) });
  }
  return files;
}

interface Facts {
  readonly encrypted: boolean;
  readonly method: number;
  readonly sum: number;
  readonly packed: number;
  readonly bytes: number;
  readonly at: number;
}

async function readFile(archive: Blob, name: string, { encrypted, method, sum, packed, bytes, at }: Facts) {
  if (encrypted || (method !== methods.stored && method !== methods.deflated)) throw new ZipError('packed', name);
  const head = viewOf(await bytesOf(archive, at, sizes.file), 0, sizes.file);
  if (head.getUint32(0, true) !== signatures.file) throw new ZipError('damaged', name);
  const from = at + sizes.file + head.getUint16(26, true) + head.getUint16(28, true);
  const content = archive.slice(from, from + packed);
  if (content.size !== packed) throw new ZipError('damaged', name);
  const stream = method === methods.stored ? content.stream() : unpack(content);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  let found = 0;
  try {
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      read += value.byteLength;
      // What says that it is small must not fill the memory.
      if (read > bytes) throw new ZipError('damaged', name);
      found = crc32(value, found);
      parts.push(value as Uint8Array<ArrayBuffer>);
    }
  } catch (error) {
    throw error instanceof ZipError ? error : new ZipError('damaged', name);
  }
  if (read !== bytes || found !== sum) throw new ZipError('damaged', name);
  return new Blob(parts);
}

function unpack(content: Blob): ReadableStream<Uint8Array> {
  return content.stream().pipeThrough(new DecompressionStream('deflate-raw')) as ReadableStream<Uint8Array>;
}

async function findEnd(archive: Blob): Promise<{ count: number; at: number; length: number }> {
  const from = Math.max(0, archive.size - sizes.end - mostComment);
  const tail = await bytesOf(archive, from, archive.size - from);
  for (let at = tail.byteLength - sizes.end; at >= 0; at--) {
    const view = viewOf(tail, at, sizes.end);
    if (view.getUint32(0, true) !== signatures.end || view.getUint16(20, true) !== tail.byteLength - at - sizes.end)
      continue;
    const found = { count: view.getUint16(10, true), length: view.getUint32(12, true), at: view.getUint32(16, true) };
    if (found.at + found.length > from + at) throw new ZipError('archive');
    return found;
  }
  throw new ZipError('archive');
}

async function bytesOf(archive: Blob, from: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await archive.slice(from, from + length).arrayBuffer());
}

function viewOf(bytes: Uint8Array<ArrayBuffer>, from: number, length: number): DataView {
  if (from + length > bytes.byteLength) throw new ZipError('archive');
  return new DataView(bytes.buffer, bytes.byteOffset + from, length);
}
