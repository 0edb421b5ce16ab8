import type { Mask } from '@refreel/core/model';
import type { Rgba } from '../rgba.ts';

/** What counts as the subject for its box and for the picture's edges. */
const seen = 0.25 * 255;

/** The subject is cut off by an edge of the picture that it touches along more than this share of it. */
const cutShare = 0.03;

/** What comes this near to an edge touches it: models are unsure where they see no surroundings, and end a chin a little early. */
const nearShare = 0.02;

/** Reads a matte (the alpha of a picture). Undefined if nothing is seen. */
export function readMask({ width, height, data }: Rgba): Mask | undefined {
  let left = width;
  let top = height;
  let right = -1;
  let bottom = -1;
  let covered = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const alpha = data[(y * width + x) * 4 + 3]!;
      covered += alpha;
      if (alpha <= seen) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) return undefined;
  const seenAt = (x: number, y: number) => data[(y * width + x) * 4 + 3]! > seen;
  return {
    box: { left: left / width, top: top / height, right: (right + 1) / width, bottom: (bottom + 1) / height },
    coverage: covered / (width * height * 255),
    cut: {
      left: touches(height, width, (along, inward) => seenAt(inward, along)),
      top: touches(width, height, (along, inward) => seenAt(along, inward)),
      right: touches(height, width, (along, inward) => seenAt(width - 1 - inward, along)),
      bottom: touches(width, height, (along, inward) => seenAt(along, height - 1 - inward)),
    },
  };
}

/** Whether the subject reaches an edge of `length` points; `depth` is how many there are from it to the edge across. */
function touches(length: number, depth: number, isSeen: (along: number, inward: number) => boolean): boolean {
  const near = Math.max(1, Math.floor(depth * nearShare));
  let touched = 0;
  for (let along = 0; along < length; along++) {
    for (let inward = 0; inward < near; inward++) {
      if (!isSeen(along, inward)) continue;
      touched += 1;
      break;
    }
  }
  return touched > length * cutShare;
}
