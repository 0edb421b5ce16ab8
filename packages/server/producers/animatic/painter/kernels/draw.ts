import { BLOCK, COVERAGE, HEADER, NOTHING, TEXELS, WEIGHTS, WHOLLY } from './columns';
import { blend, coverage, fraction, part, WHOLE } from './fraction';

// A sprite is stretched into its place by bilinear sampling, first down, then across: each row of the frame lies between two rows
// of texels, which are blended into a row in `scratch`; its pixels are then picked and blended by the table of columns.
// The sprite ends where its place ends, also in the middle of a pixel: outside, its border texels go on, and what counts is how much
// of the pixel the place covers. So an edge is one pixel soft at every scale, and no foreign colour bleeds in.

/** Blends two rows of texels, 16 at a time. */
// @ts-ignore: decorator
@inline
function blendRows(upper: usize, lower: usize, weight: i32, into: usize, texels: i32): void {
  const weights = i16x8.splat(<i16>weight);
  for (let texel = 0; texel < texels; texel += 16) {
    const above = v128.load(upper + texel);
    const below = v128.load(lower + texel);
    const low = blend(i16x8.extend_low_i8x16_u(above), i16x8.extend_low_i8x16_u(below), weights);
    const high = blend(i16x8.extend_high_i8x16_u(above), i16x8.extend_high_i8x16_u(below), weights);
    v128.store(into + texel, i8x16.narrow_i16x8_u(low, high));
  }
}

/** The row of texels for a row of pixels: one of the source's own where it falls right on it, else a blend in `into`. */
// @ts-ignore: decorator
@inline
function rowOfTexels(table: usize, source: usize, stride: i32, lastRow: i32, position: f64, into: usize): usize {
  const inside = min(max(position, 0), <f64>lastRow);
  const row = <i32>inside;
  const weight = fraction(inside - <f64>row);
  const upper = source + <usize>(row * stride) + <usize>load<i32>(table);
  if (weight == 0) return upper;
  blendRows(upper, upper + <usize>stride, weight, into, load<i32>(table, 4));
  return into;
}

/** The texels that a block of eight pixels lies between: eight left ones, then eight right ones. */
// @ts-ignore: decorator
@inline
function pick(texels: usize, block: usize): v128 {
  return i8x16.swizzle(v128.load(texels + <usize>load<i32>(block)), v128.load(block, TEXELS));
}

/** Eight pixels, as i16, between the texels that were picked for them. */
// @ts-ignore: decorator
@inline
function between(picked: v128, block: usize): v128 {
  return blend(i16x8.extend_low_i8x16_u(picked), i16x8.extend_high_i8x16_u(picked), v128.load(block, WEIGHTS));
}

// @ts-ignore: decorator
@inline
function storePixels(into: usize, pixels: v128): void {
  v128.store64_lane(into, i8x16.narrow_i16x8_u(pixels, pixels), 0);
}

/**
 * A plane without alpha.
 * @param table columns, from `prepareColumns`
 * @param source, sourceStride, lastRow plane of texels, bytes of a row, number of rows less one
 * @param frame address of the first pixel; frameStride bytes of a row
 * @param blocks blocks of 8 pixels in a row
 * @param rows rows of pixels; `firstPixel` is the y of the first one
 * @param firstTexel, texelStep as in `prepareColumns`, for rows
 * @param top, bottom edges of the sprite on the plane, in pixels and fractions
 * @param opacity 0..1
 * @param scratch room for a row of texels
 */
export function drawOpaque(
  table: usize,
  source: usize,
  sourceStride: i32,
  lastRow: i32,
  frame: usize,
  frameStride: i32,
  blocks: i32,
  rows: i32,
  firstPixel: i32,
  firstTexel: f64,
  texelStep: f64,
  top: f64,
  bottom: f64,
  opacity: f64,
  scratch: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const rowWeight = fraction(coverage(<f64>(firstPixel + row), top, bottom) * opacity);
    if (rowWeight == 0) continue;
    const rowWeights = i16x8.splat(<i16>rowWeight);
    const texels = rowOfTexels(table, source, sourceStride, lastRow, firstTexel + <f64>row * texelStep, scratch);
    let into = frame + <usize>(row * frameStride);
    let block = table + HEADER;
    const end = block + <usize>blocks * BLOCK;
    for (; block < end; block += BLOCK, into += 8) {
      const covered = load<i32>(block, 4);
      if (covered == NOTHING) continue;
      const pixels = between(pick(texels, block), block);
      if (rowWeight == WHOLE && covered == WHOLLY) {
        storePixels(into, pixels);
      } else {
        const weights = part(v128.load(block, COVERAGE), rowWeights);
        storePixels(into, blend(i16x8.extend_low_i8x16_u(v128.load64_zero(into)), pixels, weights));
      }
    }
  }
}

/**
 * A premultiplied plane over what is there, by its alpha plane: frame = sprite + frame * (255 - alpha) / 255.
 * `alpha` has the size of `source`; `scratch` and `alphaScratch` are room for a row of texels each. All else as in `drawOpaque`.
 */
export function drawBlended(
  table: usize,
  source: usize,
  alpha: usize,
  sourceStride: i32,
  lastRow: i32,
  frame: usize,
  frameStride: i32,
  blocks: i32,
  rows: i32,
  firstPixel: i32,
  firstTexel: f64,
  texelStep: f64,
  top: f64,
  bottom: f64,
  opacity: f64,
  scratch: usize,
  alphaScratch: usize,
): void {
  const full = i16x8.splat(255);
  const half = i16x8.splat(128);
  const opaqueTexels = i8x16.splat(-1);
  for (let row = 0; row < rows; row++) {
    const rowWeight = fraction(coverage(<f64>(firstPixel + row), top, bottom) * opacity);
    if (rowWeight == 0) continue;
    const rowWeights = i16x8.splat(<i16>rowWeight);
    const position = firstTexel + <f64>row * texelStep;
    const texels = rowOfTexels(table, source, sourceStride, lastRow, position, scratch);
    const alphas = rowOfTexels(table, alpha, sourceStride, lastRow, position, alphaScratch);
    let into = frame + <usize>(row * frameStride);
    let block = table + HEADER;
    const end = block + <usize>blocks * BLOCK;
    for (; block < end; block += BLOCK, into += 8) {
      const covered = load<i32>(block, 4);
      if (covered == NOTHING) continue;
      const picked = pick(alphas, block);
      if (!v128.any_true(picked)) continue;
      let pixels = between(pick(texels, block), block);
      if (rowWeight == WHOLE && covered == WHOLLY && i8x16.all_true(i8x16.eq(picked, opaqueTexels))) {
        // Most blocks of a figure are neither clear nor soft.
        storePixels(into, pixels);
        continue;
      }
      let opaque = between(picked, block);
      if (rowWeight != WHOLE || covered != WHOLLY) {
        const weights = part(v128.load(block, COVERAGE), rowWeights);
        opaque = part(opaque, weights);
        pixels = part(pixels, weights);
      }
      // x / 255, rounded, is (x + 128 + ((x + 128) >> 8)) >> 8 for every x that a product of two bytes can be.
      const there = i16x8.extend_low_i8x16_u(v128.load64_zero(into));
      const product = i16x8.add(i16x8.mul(there, i16x8.sub(full, opaque)), half);
      const behind = i16x8.shr_u(i16x8.add(product, i16x8.shr_u(product, 8)), 8);
      storePixels(into, i16x8.add(pixels, behind));
    }
  }
}
