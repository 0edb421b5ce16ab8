import type { Box } from '@refreel/core/model';

/** Width to height in pixels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
}

/** What of a picture is kept: of the largest box of a ratio, the share of its sides; and where in the room that is left it stands, 0 to 1. */
export interface Cut {
  readonly size: number;
  readonly across: number;
  readonly down: number;
}

/** The smallest share: less of a picture is another picture. */
export const leastSize = 0.2;
export const wholeCut: Cut = { size: 1, across: 0.5, down: 0.5 };

/** "16:9" as a number. */
export function ratioNumber(ratio: string): number {
  const [width = 1, height = 1] = ratio.split(':').map(Number);
  return width / height;
}

/** The box of a cut, in pixels of the picture. */
export function boxOf({ size, across, down }: Cut, ratio: number, picture: Pixels): Pixels & { x: number; y: number } {
  const width = Math.min(picture.width, picture.height * ratio) * size;
  const height = width / ratio;
  return { width, height, x: (picture.width - width) * across, y: (picture.height - height) * down };
}

/** The cut moved by pixels of the picture, as far as there is room. */
export function moved(cut: Cut, ratio: number, picture: Pixels, by: { readonly x: number; readonly y: number }): Cut {
  const { width, height } = boxOf(cut, ratio, picture);
  const along = (at: number, way: number, room: number) => (room < 1 ? at : Math.min(1, Math.max(0, at + way / room)));
  return {
    ...cut,
    across: along(cut.across, by.x, picture.width - width),
    down: along(cut.down, by.y, picture.height - height),
  };
}

/** Air around a subject, as a share of it. */
const air = 0.15;

/** The smallest cut of a ratio that holds a subject and some air; the whole where nobody knows where it is. */
export function cutAround(subject: Box | undefined, ratio: number, picture: Pixels): Cut {
  if (subject === undefined) return wholeCut;
  const wide = (subject.right - subject.left) * picture.width * (1 + 2 * air);
  const high = (subject.bottom - subject.top) * picture.height * (1 + 2 * air);
  const largest = Math.min(picture.width, picture.height * ratio);
  const size = Math.min(1, Math.max(leastSize, Math.max(wide, high * ratio) / largest));
  const { width, height } = boxOf({ ...wholeCut, size }, ratio, picture);
  const at = (middle: number, side: number, all: number) =>
    all - side < 1 ? 0.5 : Math.min(1, Math.max(0, (middle * all - side / 2) / (all - side)));
  return {
    size,
    across: at((subject.left + subject.right) / 2, width, picture.width),
    down: at((subject.top + subject.bottom) / 2, height, picture.height),
  };
}

/** The pixels of what comes out: exactly those that are asked for, else those of the box, within the longest side that is taken. */
export function pixelsOut(box: Pixels, exact: Pixels | undefined, mostSide = Number.POSITIVE_INFINITY): Pixels {
  if (exact !== undefined) return exact;
  const scale = Math.min(1, mostSide / Math.max(box.width, box.height));
  return { width: Math.max(1, Math.round(box.width * scale)), height: Math.max(1, Math.round(box.height * scale)) };
}
