import { ascii } from './bytes.ts';
import type { Demuxer } from './sniff.ts';

/** Random access to a file. `read` gives fewer bytes where the file ends. */
export interface ByteSource {
  readonly bytes: number;
  read(at: number, length: number): Uint8Array;
}

/**
 * Whether a file stops before its own structure ends, as a download does that broke off. Only lengths are followed; whether what is
 * there decodes is another question. MP3 has no end to miss. A structure that makes no sense is left to the decoder to refuse.
 */
export function endIsMissing(source: ByteSource, demuxer: Demuxer): boolean {
  return walks[demuxer](source);
}

const walks: Readonly<Record<Demuxer, (source: ByteSource) => boolean>> = {
  png: pngEndIsMissing,
  jpeg: jpegEndIsMissing,
  gif: gifEndIsMissing,
  webp: webpEndIsMissing,
  bmp: bmpEndIsMissing,
  wav: wavEndIsMissing,
  mov: isoEndIsMissing,
  matroska: matroskaEndIsMissing,
  mp3: () => false,
};

/** A file of nothing but tiny boxes must not keep us busy: more than these is no medium, and the decoder may say so. */
const mostSteps = 200_000;

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function pngEndIsMissing(source: ByteSource): boolean {
  for (let at = 8, step = 0; step < mostSteps; step++) {
    const head = source.read(at, 8);
    if (head.length < 8) return true;
    at += 12 + view(head).getUint32(0);
    if (ascii(head, 4, 8) === 'IEND') return at > source.bytes;
  }
  return false;
}

/** Segments by their lengths (a preview inside has an end of its own), then the coded rows up to the marker that ends the picture. */
function jpegEndIsMissing(source: ByteSource): boolean {
  let at = 2;
  for (let step = 0; step < mostSteps; step++) {
    const head = source.read(at, 4);
    if (head.length < 2) return true;
    if (head[0] !== 0xff) return false;
    const marker = head[1]!;
    if (marker === 0xd9) return false;
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else {
      if (head.length < 4) return true;
      at += 2 + view(head).getUint16(2);
      if (marker === 0xda) {
        const next = markerAfterRows(source, at);
        if (next === undefined) return true;
        at = next;
      }
    }
  }
  return false;
}

/** Where the first marker after coded rows stands: 0xff followed by neither a stuffed 0 nor a restart nor another 0xff. */
function markerAfterRows(source: ByteSource, from: number): number | undefined {
  const pageBytes = 1 << 18;
  for (let start = from; start < source.bytes; start += pageBytes) {
    const page = source.read(start, pageBytes + 1);
    for (let at = page.indexOf(0xff); at >= 0 && at < pageBytes; at = page.indexOf(0xff, at + 1)) {
      const next = page[at + 1];
      if (next === undefined) return undefined;
      if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return start + at;
    }
  }
  return undefined;
}

function gifEndIsMissing(source: ByteSource): boolean {
  const tableBytes = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  const head = source.read(0, 13);
  if (head.length < 13) return true;
  // Blocks are at most 256 bytes: read in one go, since a step a block would be slow.
  const bytes = source.read(0, source.bytes);
  let at = 13 + tableBytes(head[10]!);
  const skipBlocks = () => {
    while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes[at]!;
    at += 1;
  };
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === 0x3b) return false;
    if (kind === 0x21) at += 2;
    else if (kind === 0x2c) at += 11 + tableBytes(bytes[at + 9] ?? 0);
    else return false;
    skipBlocks();
  }
  return true;
}

function webpEndIsMissing(source: ByteSource): boolean {
  const head = source.read(0, 8);
  return head.length < 8 || view(head).getUint32(4, true) + 8 > source.bytes;
}

function bmpEndIsMissing(source: ByteSource): boolean {
  const head = source.read(0, 54);
  if (head.length < 26) return true;
  const fields = view(head);
  const pixelsAt = fields.getUint32(10, true);
  const core = fields.getUint32(14, true) === 12;
  if (!core && head.length < 54) return true;
  const compressed = !core && [1, 2].includes(fields.getUint32(30, true));
  if (compressed) return pixelsAt + fields.getUint32(34, true) > source.bytes;
  const width = core ? fields.getUint16(18, true) : fields.getInt32(18, true);
  const height = core ? fields.getUint16(20, true) : Math.abs(fields.getInt32(22, true));
  const bits = fields.getUint16(core ? 24 : 28, true);
  return pixelsAt + Math.ceil((width * bits) / 32) * 4 * height > source.bytes;
}

function wavEndIsMissing(source: ByteSource): boolean {
  for (let at = 12, step = 0; step < mostSteps; step++) {
    const head = source.read(at, 8);
    if (head.length < 8) return true;
    const size = view(head).getUint32(4, true);
    // Written by those who could not know the length: the sound goes to the end of the file.
    const unknown = size === 0xffffffff || size === 0;
    if (ascii(head, 0, 4) === 'data') return !unknown && at + 8 + size > source.bytes;
    at += 8 + size + (size & 1);
  }
  return false;
}

/** Top level boxes; the index (`moov`) may come last, and a file without it was never finished. */
function isoEndIsMissing(source: ByteSource): boolean {
  let indexed = false;
  let at = 0;
  for (let step = 0; at < source.bytes && step < mostSteps; step++) {
    const head = source.read(at, 16);
    if (head.length < 8) return !indexed;
    const type = ascii(head, 4, 8);
    if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return false;
    indexed ||= type === 'moov';
    let size = view(head).getUint32(0);
    if (size === 0) break;
    if (size === 1) {
      if (head.length < 16) return true;
      size = Number(view(head).getBigUint64(8));
    }
    if (size < 8) return false;
    at += size;
    // Padding at the end may promise more than there is: nothing of the film is lost with it.
    if (at > source.bytes && type !== 'free' && type !== 'skip') return true;
  }
  return !indexed;
}

function matroskaEndIsMissing(source: ByteSource): boolean {
  const head = source.read(0, 256);
  const first = readEbmlSize(head, 4);
  if (!first) return true;
  const segment = first.end + first.size;
  // Element 0x18538067, Segment; anything else there is left to the decoder.
  if (head.length < segment + 12) return source.bytes <= segment + 12;
  if (view(head).getUint32(segment) !== 0x18538067) return false;
  const size = readEbmlSize(head, segment + 4);
  if (!size) return true;
  return !size.unknown && size.end + size.size > source.bytes;
}

/** A length of one to eight bytes, its own length told by its leading zeros; all ones means unknown. */
function readEbmlSize(bytes: Uint8Array, at: number): { size: number; end: number; unknown: boolean } | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return undefined;
  let size = first & (0xff >> length);
  let unknown = size === 0xff >> length;
  for (let index = 1; index < length; index++) {
    unknown &&= bytes[at + index] === 0xff;
    size = size * 256 + bytes[at + index]!;
  }
  return { size, end: at + length, unknown };
}
