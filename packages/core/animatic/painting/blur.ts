/**
 * A plane, blurred by two running means of `radius` pixels to each side, close to a Gaussian. Beyond its borders the plane goes on as it
 * ends there.
 */
export function blurPlane(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const blurred = Float32Array.from(plane);
  const between = new Float32Array(plane.length);
  for (let pass = 0; pass < 2; pass++) {
    blurAcross(blurred, between, width, height, radius);
    blurDown(between, blurred, width, height, radius);
  }
  return blurred;
}

function blurAcross(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  const share = 1 / (2 * radius + 1);
  for (let row = 0; row < height; row++) {
    const start = row * width;
    const last = width - 1;
    let sum = from[start]! * (radius + 1);
    for (let ahead = 1; ahead <= radius; ahead++) sum += from[start + Math.min(ahead, last)]!;
    for (let column = 0; column < width; column++) {
      to[start + column] = sum * share;
      sum += from[start + Math.min(column + radius + 1, last)]! - from[start + Math.max(column - radius, 0)]!;
    }
  }
}

/** All columns side by side, row by row: memory is read in its own order. */
function blurDown(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  const share = 1 / (2 * radius + 1);
  const sums = new Float32Array(width);
  for (let ahead = -radius; ahead <= radius; ahead++) {
    const start = Math.min(Math.max(ahead, 0), height - 1) * width;
    for (let column = 0; column < width; column++) sums[column]! += from[start + column]!;
  }
  for (let row = 0; row < height; row++) {
    const enters = Math.min(row + radius + 1, height - 1) * width;
    const leaves = Math.max(row - radius, 0) * width;
    for (let column = 0; column < width; column++) {
      to[row * width + column] = sums[column]! * share;
      sums[column]! += from[enters + column]! - from[leaves + column]!;
    }
  }
}
