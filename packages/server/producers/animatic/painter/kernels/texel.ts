// Texels are kept less 128, as signed bytes. So one instruction multiplies two of them with their weights and adds the products, as
// long as a weight has 7 bits: two weights together are 127, which leaves every value as it is, and moves a sprite in steps of
// 1/127 of a pixel. The relaxed instruction differs between machines only for weights of 8 bits, and for sums that do not fit.

/** The sum of two weights. */
export const ALL: i32 = 127;
/** 1 / ALL as Q15; near enough to give back every whole number of a byte. */
export const PER_WEIGHT: i16 = 258;

/** The weight of the second of two texels for a fraction of the way to it, 0..1. */
// @ts-ignore: decorator
@inline
export function weightOf(fraction: f64): i32 {
  return <i32>(fraction * <f64>ALL + 0.5);
}

/** Eight values between two texels each, i16. `pairs` are texels, `weights` their weights, `undo` is PER_WEIGHT for every one. */
// @ts-ignore: decorator
@inline
export function between(pairs: v128, weights: v128, undo: v128): v128 {
  return i16x8.relaxed_q15mulr_s(i16x8.relaxed_dot_i8x16_i7x16_s(pairs, weights), undo);
}

/** Keeps a value of 0..255 as a texel. */
// @ts-ignore: decorator
@inline
export function storeTexel(into: usize, value: i32): void {
  store<u8>(into, <u8>(value ^ 128));
}

/** Makes texels of bytes, or bytes of texels, in place. `bytes` is rounded up to 16. */
export function flipPlane(plane: usize, bytes: i32): void {
  for (const end = plane + <usize>bytes; plane < end; plane += 16) {
    v128.store(plane, v128.xor(v128.load(plane), i8x16.splat(-128)));
  }
}
