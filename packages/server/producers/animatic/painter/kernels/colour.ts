import { storeTexel } from './texel';

// sRGB to Y'CbCr, BT.709, limited range: Y' 16..235, Cb and Cr 16..240 about 128. Coefficients are rounded at 16 bits, and so that
// white is exactly 235 and every grey is exactly 128/128.
//   Y' = 16 + 219/255 (0.2126 R + 0.7152 G + 0.0722 B)
//   Cb = 128 + 224/255 (B - luma) / 1.8556      Cr = 128 + 224/255 (R - luma) / 1.5748
// Chroma has half the width and height; a sample stands for 2 x 2 pixels and sits in their middle (the frame's own
// samples sit on the left; the host reckons with that when it draws).

// @ts-ignore: decorator
@inline
function luma(red: i32, green: i32, blue: i32): i32 {
  return (16 << 16) + 11966 * red + 40254 * green + 4064 * blue;
}

// @ts-ignore: decorator
@inline
function blueness(red: i32, green: i32, blue: i32): i32 {
  return 28785 * blue - 6596 * red - 22189 * green;
}

// @ts-ignore: decorator
@inline
function redness(red: i32, green: i32, blue: i32): i32 {
  return 28785 * red - 26145 * green - 2640 * blue;
}

/**
 * Rows of RGBA, whose alpha is not looked at, to planes. `rows` may be odd only at the foot of a picture, `width` may be odd:
 * the last row and column then count twice in the chroma.
 */
export function convertOpaque(rgba: usize, width: i32, rows: i32, lumas: usize, blues: usize, reds: usize): void {
  const halfWidth = (width + 1) >> 1;
  for (let row = 0; row < rows; row++) {
    let from = rgba + <usize>(row * width * 4);
    let to = lumas + <usize>(row * width);
    for (let column = 0; column < width; column++, from += 4, to++) {
      storeTexel(to, <i32>((luma(load<u8>(from), load<u8>(from, 1), load<u8>(from, 2)) + 0x8000) >> 16));
    }
  }
  for (let row = 0; row < rows; row += 2) {
    const upper = rgba + <usize>(row * width * 4);
    const lower = row + 1 < rows ? upper + <usize>(width * 4) : upper;
    const half = <usize>((row >> 1) * halfWidth);
    for (let column = 0; column < halfWidth; column++) {
      const left: usize = <usize>column << 3;
      const right: usize = 2 * column + 1 < width ? left + 4 : left;
      const a = upper + left;
      const b = upper + right;
      const c = lower + left;
      const d = lower + right;
      const red = <i32>load<u8>(a) + <i32>load<u8>(b) + <i32>load<u8>(c) + <i32>load<u8>(d);
      const green = <i32>load<u8>(a, 1) + <i32>load<u8>(b, 1) + <i32>load<u8>(c, 1) + <i32>load<u8>(d, 1);
      const blue = <i32>load<u8>(a, 2) + <i32>load<u8>(b, 2) + <i32>load<u8>(c, 2) + <i32>load<u8>(d, 2);
      const middle = (128 << 18) + 0x20000;
      storeTexel(blues + half + column, <i32>((blueness(red, green, blue) + middle) >> 18));
      storeTexel(reds + half + column, <i32>((redness(red, green, blue) + middle) >> 18));
    }
  }
}

/**
 * Rows of straight RGBA to premultiplied planes: each value of Y'CbCr, offsets and all, times alpha / 255. `alphas` has the size of
 * the luma, `halfAlphas` that of the chroma. Odd sizes as in `convertOpaque`.
 */
export function convertBlended(
  rgba: usize,
  width: i32,
  rows: i32,
  lumas: usize,
  blues: usize,
  reds: usize,
  alphas: usize,
  halfAlphas: usize,
): void {
  const halfWidth = (width + 1) >> 1;
  for (let row = 0; row < rows; row++) {
    let from = rgba + <usize>(row * width * 4);
    const offset = <usize>(row * width);
    for (let column = 0; column < width; column++, from += 4) {
      const alpha = <u32>load<u8>(from, 3);
      const value = <u32>luma(load<u8>(from), load<u8>(from, 1), load<u8>(from, 2));
      storeTexel(alphas + offset + column, <i32>alpha);
      storeTexel(lumas + offset + column, <i32>((value * alpha + (255 << 15)) / (255 << 16)));
    }
  }
  for (let row = 0; row < rows; row += 2) {
    const upper = rgba + <usize>(row * width * 4);
    const lower = row + 1 < rows ? upper + <usize>(width * 4) : upper;
    const half = <usize>((row >> 1) * halfWidth);
    for (let column = 0; column < halfWidth; column++) {
      const left: usize = <usize>column << 3;
      const right: usize = 2 * column + 1 < width ? left + 4 : left;
      let red: i32 = 0;
      let green: i32 = 0;
      let blue: i32 = 0;
      let alpha: i32 = 0;
      for (let corner = 0; corner < 4; corner++) {
        const texel = (corner < 2 ? upper : lower) + (corner & 1 ? right : left);
        const weight = <i32>load<u8>(texel, 3);
        red += <i32>load<u8>(texel) * weight;
        green += <i32>load<u8>(texel, 1) * weight;
        blue += <i32>load<u8>(texel, 2) * weight;
        alpha += weight;
      }
      // The sums hold 4 * 255 times the value: divided by as much, in 64 bits because 2^16 * 255 * 255 * 4 does not fit in 32.
      const middle = ((<i64>alpha * 128) << 16) + (1020 << 15);
      const blueSum = <i64>28785 * blue - <i64>6596 * red - <i64>22189 * green;
      const redSum = <i64>28785 * red - <i64>26145 * green - <i64>2640 * blue;
      storeTexel(blues + half + column, <i32>((blueSum + middle) / (1020 << 16)));
      storeTexel(reds + half + column, <i32>((redSum + middle) / (1020 << 16)));
      storeTexel(halfAlphas + half + column, <i32>((alpha + 2) >> 2));
    }
  }
}

/** Multiplies a plane of texels by an alpha plane in place. `bytes` is rounded up to 8. */
export function premultiplyPlane(plane: usize, alpha: usize, bytes: i32): void {
  const half = i16x8.splat(128);
  const flip = i8x16.splat(-128);
  for (let byte = 0; byte < bytes; byte += 8) {
    const value = i16x8.extend_low_i8x16_u(v128.xor(v128.load64_zero(plane + byte), flip));
    const factor = i16x8.extend_low_i8x16_u(v128.xor(v128.load64_zero(alpha + byte), flip));
    const product = i16x8.add(i16x8.mul(value, factor), half);
    const quotient = i16x8.shr_u(i16x8.add(product, i16x8.shr_u(product, 8)), 8);
    v128.store64_lane(plane + byte, v128.xor(i8x16.narrow_i16x8_u(quotient, quotient), flip), 0);
  }
}
