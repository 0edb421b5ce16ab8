/** Passes of running means that come close to a Gaussian. */
const passes = 3;

/**
 * Four floats a pixel, blurred like by a Gaussian of that deviation, in place: by running means, which cost the same however wide they are.
 * Beyond its borders the picture goes on as it ends there.
 */
export function soften(pixels: Float32Array, width: number, height: number, deviation: number): void {
  const between = new Float32Array(pixels.length);
  for (const radius of radiiFor(deviation)) {
    if (radius === 0) continue;
    meanAlong(pixels, between, { length: width, step: 4, lines: height, stride: width * 4 }, radius);
    meanAlong(between, pixels, { length: height, step: width * 4, lines: width, stride: 4 }, radius);
  }
}

/** Radii of the passes whose variances add up to that of the Gaussian: a mean over 2r + 1 pixels has ((2r + 1)^2 - 1) / 12. */
function radiiFor(deviation: number): number[] {
  const wanted = 12 * deviation ** 2;
  const varianceOf = (radius: number) => (2 * radius + 1) ** 2 - 1;
  const small = Math.floor((Math.sqrt(wanted / passes + 1) - 1) / 2);
  const larger = Math.round((wanted - passes * varianceOf(small)) / (varianceOf(small + 1) - varianceOf(small)));
  return Array.from({ length: passes }, (_, index) => (index < larger ? small + 1 : small));
}

/** Rows or columns: `length` pixels that are `step` floats apart, `lines` of them that are `stride` apart. */
interface Lines {
  readonly length: number;
  readonly step: number;
  readonly lines: number;
  readonly stride: number;
}

function meanAlong(from: Float32Array, to: Float32Array, { length, step, lines, stride }: Lines, radius: number): void {
  const share = 1 / (2 * radius + 1);
  const last = length - 1;
  // Many columns side by side: memory is read in its own order.
  const block = stride === 4 ? 64 : 1;
  const sums = new Float64Array(block * 4);
  for (let line = 0; line < lines; line += block) {
    const start = line * stride;
    const count = Math.min(block, lines - line) * 4;
    sums.fill(0);
    for (let ahead = -radius; ahead <= radius; ahead++) {
      const at = start + Math.min(Math.max(ahead, 0), last) * step;
      for (let index = 0; index < count; index++) sums[index]! += from[at + index]!;
    }
    for (let position = 0; position < length; position++) {
      const at = start + position * step;
      const enters = start + Math.min(position + radius + 1, last) * step;
      const leaves = start + Math.max(position - radius, 0) * step;
      for (let index = 0; index < count; index++) {
        to[at + index] = sums[index]! * share;
        sums[index]! += from[enters + index]! - from[leaves + index]!;
      }
    }
  }
}
