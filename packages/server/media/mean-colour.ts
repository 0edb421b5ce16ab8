import type { Colour } from '@refreel/core/model';

/** Mean of the rows from..to of straight RGBA, each pixel counting as much as it is opaque; black where nothing is. Whole numbers. */
export function meanColour(data: Uint8Array, width: number, fromRow: number, toRow: number): Colour {
  let red = 0;
  let green = 0;
  let blue = 0;
  let weight = 0;
  for (let at = fromRow * width * 4; at < toRow * width * 4; at += 4) {
    const alpha = data[at + 3]!;
    red += data[at]! * alpha;
    green += data[at + 1]! * alpha;
    blue += data[at + 2]! * alpha;
    weight += alpha;
  }
  if (weight === 0) return [0, 0, 0];
  return [Math.round(red / weight), Math.round(green / weight), Math.round(blue / weight)];
}
