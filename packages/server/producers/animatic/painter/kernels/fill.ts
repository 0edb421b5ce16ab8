import { blend, fraction } from './fraction';

/** Sets `bytes` bytes, any number. */
export function fillPlane(plane: usize, bytes: i32, value: i32): void {
  memory.fill(plane, <u8>value, <usize>bytes);
}

/** Moves every byte towards `value` by `amount`, 0..1. `bytes` is a multiple of 8: a plane right behind is not touched. */
export function fadePlane(plane: usize, bytes: i32, value: i32, amount: f64): void {
  const weights = i16x8.splat(<i16>fraction(amount));
  const towards = i16x8.splat(<i16>value);
  const end = plane + <usize>bytes;
  for (; plane + 8 < end; plane += 16) {
    const there = v128.load(plane);
    const low = blend(i16x8.extend_low_i8x16_u(there), towards, weights);
    const high = blend(i16x8.extend_high_i8x16_u(there), towards, weights);
    v128.store(plane, i8x16.narrow_i16x8_u(low, high));
  }
  if (plane == end) return;
  const faded = blend(i16x8.extend_low_i8x16_u(v128.load64_zero(plane)), towards, weights);
  v128.store64_lane(plane, i8x16.narrow_i16x8_u(faded, faded), 0);
}

/** Copies `rows` rows of `width` bytes between planes of different strides. */
export function copyRows(from: usize, fromStride: i32, to: usize, toStride: i32, width: i32, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    memory.copy(to + <usize>(row * toStride), from + <usize>(row * fromStride), <usize>width);
  }
}
