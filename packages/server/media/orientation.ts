import * as C from 'node-av/constants';
import type { Frame, Stream } from 'node-av/lib';

/** How stored frames are turned to be shown: mirrored left to right first, then turned clockwise by quarters. */
export interface Orientation {
  readonly quarterTurns: 0 | 1 | 2 | 3;
  readonly mirrored: boolean;
}

/**
 * Reads a track's display matrix: nine 32-bit numbers of which a, b, c, d (at 0, 1, 3, 4) say where x and y go. Turns between quarters
 * do not occur in files that cameras write, and are rounded.
 */
export function readOrientation(stream: Stream): Orientation {
  const matrix = stream.codecpar.getCodedSideData(C.AV_PKT_DATA_DISPLAYMATRIX);
  if (!matrix || matrix.length < 36) return { quarterTurns: 0, mirrored: false };
  // The demuxer has put it into the machine's own byte order, and every machine that this runs on is little-endian.
  const [a, b, c, d] = [0, 1, 3, 4].map((index) => matrix.readInt32LE(index * 4)) as [number, number, number, number];
  const mirrored = a * d - b * c < 0;
  // Unmirrored, (a, b) is where the stored row points on the screen, y downwards: (1, 0) as it is, (0, 1) a quarter clockwise.
  const angle = mirrored ? Math.atan2(-b, -a) : Math.atan2(b, a);
  const quarters = Math.round(angle / (Math.PI / 2));
  return { quarterTurns: ((quarters + 4) % 4) as Orientation['quarterTurns'], mirrored };
}

/** Width of a stored pixel against its height; pixels that are not square are stretched sideways, as players do. */
export function pixelStretch(stream: Stream, frame: Frame): number {
  // The container's word comes before the codec's.
  const known = [stream.sampleAspectRatio, frame.sampleAspectRatio].find(({ num, den }) => num > 0 && den > 0);
  return known ? known.num / known.den : 1;
}

/** Turns one plane of bytes. The result is height x width where the quarters are odd. */
export function turnPlane(
  plane: Uint8Array,
  width: number,
  height: number,
  { quarterTurns, mirrored }: Orientation,
  into: Uint8Array,
): void {
  const turnedWidth = quarterTurns % 2 === 0 ? width : height;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = plane[y * width + (mirrored ? width - 1 - x : x)]!;
      let at: number;
      if (quarterTurns === 0) at = y * turnedWidth + x;
      else if (quarterTurns === 1) at = x * turnedWidth + (height - 1 - y);
      else if (quarterTurns === 2) at = (height - 1 - y) * turnedWidth + (width - 1 - x);
      else at = (width - 1 - x) * turnedWidth + y;
      into[at] = value;
    }
  }
}
