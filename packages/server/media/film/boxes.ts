import { type FileHandle, open } from 'node:fs/promises';

/** A box of an ISO media file (MP4, MOV), at the outermost level. */
export interface Box {
  /** Four characters, `moov` for instance. */
  readonly type: string;
  /** Bytes from the start of the file. */
  readonly start: number;
  /** Length with its header, as the header says it. */
  readonly bytes: number;
}

/** The outermost boxes of a file, and whether they fill it exactly. */
export interface BoxLayout {
  readonly boxes: readonly Box[];
  /** False when the last box ends before or after the file does: a file cut short, or no ISO media file at all. */
  readonly whole: boolean;
  /** The index (`moov`) stands before the media (`mdat`), so that a player starts before it has everything. */
  readonly faststart: boolean;
  /** Size of the file. */
  readonly bytes: number;
}

/** Reads the headers of a file's outermost boxes, nothing else. Throws what `node:fs` throws for a file that cannot be opened. */
export async function boxLayoutOf(file: string): Promise<BoxLayout> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const boxes = await readBoxes(handle, size);
    const last = boxes.at(-1);
    const index = boxes.findIndex((box) => box.type === 'moov');
    const media = boxes.findIndex((box) => box.type === 'mdat');
    return {
      boxes,
      whole: last !== undefined && last.start + last.bytes === size,
      faststart: index >= 0 && media > index,
      bytes: size,
    };
  } finally {
    await handle.close();
  }
}

const headerBytes = 8;
const longHeaderBytes = 16;

async function readBoxes(handle: FileHandle, size: number): Promise<Box[]> {
  const boxes: Box[] = [];
  const header = Buffer.alloc(longHeaderBytes);
  let start = 0;
  while (start < size) {
    const { bytesRead } = await handle.read(header, 0, longHeaderBytes, start);
    if (bytesRead < headerBytes) break;
    const type = header.toString('latin1', 4, 8);
    if (!/^[\x20-\x7e]{4}$/.test(type)) break;
    const bytes = lengthOf(header, bytesRead, size - start);
    if (bytes === undefined) break;
    boxes.push({ type, start, bytes });
    start += bytes;
  }
  return boxes;
}

/** 0 stands for "to the end of the file", 1 for a 64-bit length behind the type. */
function lengthOf(header: Buffer, bytesRead: number, rest: number): number | undefined {
  const short = header.readUInt32BE(0);
  if (short === 0) return rest;
  if (short !== 1) return short < headerBytes ? undefined : short;
  if (bytesRead < longHeaderBytes) return undefined;
  const long = Number(header.readBigUInt64BE(headerBytes));
  return long < longHeaderBytes ? undefined : long;
}
