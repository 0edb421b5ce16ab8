import { labelPieces } from './pieces.ts';
import { boxMean, newPlane, type Plane } from './plane.ts';

/** Where the model errs: this near to the left and the right edge, in shares of the width. */
const bandShare = 0.1;

/** What the band is compared with reaches this far in. */
const sideShare = 0.45;

/** Colours are counted in cubes of 16 values a side. */
const cubes = 16;

/** Natural logarithm of how much commoner a colour must be in the background than in the subject: twice. */
const strange = -0.7;

/**
 * Finds parts of a mask that look like the background. At the picture's sides, where it sees no surroundings, the model takes things
 * in that stand behind a subject: a strip of a flag behind an arm. They touch the left or right edge, are smaller than `most` (a share
 * of the subject), and their colours are commoner outside the mask than in the part of the subject that is well inside. 1 where
 * one was found. `pixels` is the picture at the mask's size, three bytes a point.
 */
export function findStrangers(mask: Plane, pixels: Uint8Array, most: number): Uint8Array {
  const { width, height, data } = mask;
  const cube = new Uint16Array(data.length);
  for (let at = 0; at < data.length; at++) {
    cube[at] = ((pixels[at * 3]! >> 4) * cubes + (pixels[at * 3 + 1]! >> 4)) * cubes + (pixels[at * 3 + 2]! >> 4);
  }
  const band = Math.round(width * bandShare);
  const side = Math.round(width * sideShare);
  const suspects = new Uint8Array(data.length);
  for (const fromLeft of [true, false]) {
    const column = (x: number) => (fromLeft ? x : width - 1 - x);
    const { inside, outside } = countColours(mask, cube, column, band, side);
    const likeness = newPlane(band, height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < band; x++) {
        const colour = cube[y * width + column(x)]!;
        likeness.data[y * band + x] = Math.max(-3, Math.min(3, Math.log(inside[colour]! / outside[colour]!)));
      }
    }
    const smooth = boxMean(likeness, 2).data;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < band; x++) {
        const at = y * width + column(x);
        if (data[at]! > 0.1 && smooth[y * band + x]! < strange) suspects[at] = 1;
      }
    }
  }
  const { piece, sizes } = labelPieces(suspects, width);
  const touching = new Set<number>();
  for (let y = 0; y < height; y++) touching.add(piece[y * width]!).add(piece[y * width + width - 1]!);
  const largest = data.reduce((sum, value) => sum + value, 0) * most;
  return suspects.map((suspect, at) =>
    suspect === 1 && touching.has(piece[at]!) && sizes[piece[at]!]! < largest ? 1 : 0,
  );
}

/** How common each colour is in one side of the picture: in the subject beyond the band, and in the background with it. */
function countColours(mask: Plane, cube: Uint16Array, column: (x: number) => number, band: number, side: number) {
  // A colour that hardly occurs is no evidence: every one begins with a little on both sides.
  const addend = 4;
  const inside = new Float64Array(cubes ** 3).fill(addend);
  const outside = new Float64Array(cubes ** 3).fill(addend);
  let insideSum = 0;
  let outsideSum = 0;
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < side; x++) {
      const at = y * mask.width + column(x);
      const certainty = mask.data[at]!;
      outside[cube[at]!]! += 1 - certainty;
      outsideSum += 1 - certainty;
      if (x < band) continue;
      inside[cube[at]!]! += certainty;
      insideSum += certainty;
    }
  }
  return {
    inside: inside.map((count) => count / (insideSum + 1)),
    outside: outside.map((count) => count / (outsideSum + 1)),
  };
}
