import { coverage, fraction, WHOLE } from './fraction';

// The table of columns tells `drawOpaque` and `drawBlended` where each pixel of a row comes from. It is made once for a plane and
// used for each of its rows.
//
//   header, 16 bytes:   i32 first texel needed, i32 number of texels needed
//   then 64 bytes for each block of 8 pixels:
//     0   i32   texel of the block's first pixel, counted from the first texel needed
//     4   i32   how much of the block is covered: NOTHING, PARTLY or WHOLLY
//     16  u8x16 for `swizzle`: the left texel of each pixel (8), then the right texel (8), counted from the block's first texel
//     32  i16x8 weight of the right texel, Q15
//     48  i16x8 how much of the pixel the sprite covers, Q15
export const HEADER: usize = 16;
export const BLOCK: usize = 64;
export const TEXELS: usize = 16;
export const WEIGHTS: usize = 32;
export const COVERAGE: usize = 48;

export const NOTHING: i32 = 0;
export const PARTLY: i32 = 1;
export const WHOLLY: i32 = 2;

/**
 * @param blocks blocks of 8 pixels
 * @param firstPixel x of the first pixel on the plane
 * @param firstTexel centre of the first pixel, in texels counted from the centre of texel 0; may lie outside the sprite
 * @param texelStep texels for each pixel, at most 2: a block then needs at most 16 neighbouring texels
 * @param lastTexel number of texels less one; positions outside are moved to the border
 * @param left, right edges of the sprite on the plane, in pixels and fractions
 */
export function prepareColumns(
  table: usize,
  blocks: i32,
  firstPixel: i32,
  firstTexel: f64,
  texelStep: f64,
  lastTexel: i32,
  left: f64,
  right: f64,
): void {
  const border = <f64>lastTexel;
  const first = <i32>min(max(firstTexel, 0), border);
  let last: i32 = first;
  let block: usize = table + HEADER;
  for (let index = 0; index < blocks; index++) {
    let base: i32 = 0;
    let covered: i32 = 0;
    for (let lane = 0; lane < 8; lane++) {
      const column = (index << 3) + lane;
      const position = min(max(firstTexel + <f64>column * texelStep, 0), border);
      const texel = <i32>position;
      if (lane == 0) base = texel;
      last = texel;
      // On the border the weight is 0: what is read there as the right texel does not count.
      store<u8>(block + TEXELS + lane, <u8>(texel - base));
      store<u8>(block + TEXELS + 8 + lane, <u8>(texel - base + 1));
      store<i16>(block + WEIGHTS + (lane << 1), <i16>fraction(position - <f64>texel));
      const cover = fraction(coverage(<f64>(firstPixel + column), left, right));
      store<i16>(block + COVERAGE + (lane << 1), <i16>cover);
      covered += cover;
    }
    store<i32>(block, base - first);
    store<i32>(block, covered == 0 ? NOTHING : covered == WHOLE * 8 ? WHOLLY : PARTLY, 4);
    block += BLOCK;
  }
  store<i32>(table, first);
  store<i32>(table, last - first + 2, 4);
}
