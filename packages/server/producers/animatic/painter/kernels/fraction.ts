// Fractions of one are Q15: 32767 stands for 1. Their product is round(a * b / 32768), so that a whole fraction leaves every 8-bit
// value as it is, and half of it is exactly half.
export const WHOLE: i32 = 32767;

/** 0..1 as Q15. */
// @ts-ignore: decorator
@inline
export function fraction(value: f64): i32 {
  return <i32>(min(max(value, 0), 1) * 32767 + 0.5);
}

/** How much of the pixel [pixel, pixel + 1) lies between `from` and `to`: 0..1. */
// @ts-ignore: decorator
@inline
export function coverage(pixel: f64, from: f64, to: f64): f64 {
  return max(min(to, pixel + 1) - max(from, pixel), 0);
}

/**
 * round(value * weight) for eight i16, weight in Q15. The relaxed instruction is one of the machine's own where the strict one is
 * three. They differ only for -32768 * -32768, which never comes up, so the result is the same on every machine.
 */
// @ts-ignore: decorator
@inline
export function part(values: v128, weight: v128): v128 {
  return i16x8.relaxed_q15mulr_s(values, weight);
}

/** a + (b - a) * weight for eight 8-bit values held as i16, weight in Q15. */
// @ts-ignore: decorator
@inline
export function blend(a: v128, b: v128, weight: v128): v128 {
  return i16x8.add(a, part(i16x8.sub(b, a), weight));
}
