import { closeSync, openSync, readSync } from 'node:fs';
import { ascii } from './bytes.ts';

/**
 * Frames of an animated PNG, which libvips takes for a still: the count stands in a chunk before the first pixels.
 * 1 for a still.
 */
export function readPngFrames(file: string): number {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(12);
    // The chunk comes early; whoever hides it behind a thousand others has a still.
    for (let at = 8, step = 0; step < 1000; step++) {
      if (readSync(descriptor, head, 0, 12, at) < 12) return 1;
      const type = ascii(head, 4, 8);
      if (type === 'acTL') return head.readUInt32BE(8);
      if (type === 'IDAT') return 1;
      at += 12 + head.readUInt32BE(0);
    }
    return 1;
  } finally {
    closeSync(descriptor);
  }
}

/** Size of a BMP, from its header; the height is stored negative where the rows run from the top. */
export function readBmpSize(bytes: Buffer): { width: number; height: number } {
  const core = bytes.readUInt32LE(14) === 12;
  const width = core ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const height = core ? bytes.readUInt16LE(20) : Math.abs(bytes.readInt32LE(22));
  return { width, height };
}
