import { coverage, fraction, WHOLE } from './fraction';
import { ALL, PER_WEIGHT } from './texel';

// The table of columns tells where each pixel of a row comes from. It is made once for the planes of one size and used for each of
// their rows.
//
//   header, 32 bytes:
//     0   i32   first texel that is needed
//     4   i32   first block that is covered wholly, 8 the one behind the last
//     16  i16   1/127 as Q15, 18 i16 128, 20 u8 128: read from here, because a vector that the compiler knows is made anew at each use
//   then 64 bytes for each block of 8 pixels:
//     0   i32   texel of the block's first pixel, counted from the first one needed
//     4   i32   last texel that counts in it, likewise; both grow from block to block
//     8   i32   1 where the block is covered wholly
//     16  u8x16 for `swizzle`: the left and the right texel of each pixel, counted from the block's first texel
//     32  u8x16 the weights of both, which together are 127
//     48  i16x8 how much of the pixel the sprite covers, Q15
export const HEADER: usize = 32;
export const UNDO: usize = 16;
export const MIDDLE: usize = 18;
export const FLIP: usize = 20;
export const BLOCK: usize = 64;
export const FIRST: usize = 0;
export const LAST: usize = 4;
export const WHOLLY: usize = 8;
export const TEXELS: usize = 16;
export const WEIGHTS: usize = 32;
export const COVERAGE: usize = 48;

// @ts-ignore: decorator
@inline
export function firstTexelOf(table: usize): i32 {
  return load<i32>(table);
}

// @ts-ignore: decorator
@inline
export function whollyFrom(table: usize): i32 {
  return load<i32>(table, 4);
}

// @ts-ignore: decorator
@inline
export function whollyTo(table: usize): i32 {
  return load<i32>(table, 8);
}

// @ts-ignore: decorator
@inline
export function blockAt(table: usize, index: i32): usize {
  return table + HEADER + (<usize>index << 6);
}

/**
 * The first block whose `field` (FIRST or LAST) is `texel` or more; `blocks` if there is none. It is looked for from `near` on: from
 * one row of a picture to the next it hardly moves.
 */
export function blockReaching(table: usize, field: usize, texel: i32, near: i32, blocks: i32): i32 {
  let index = near;
  while (index < blocks && load<i32>(blockAt(table, index) + field) < texel) index++;
  while (index > 0 && load<i32>(blockAt(table, index - 1) + field) >= texel) index--;
  return index;
}

/**
 * @param blocks blocks of 8 pixels
 * @param firstPixel x of the first pixel on the plane
 * @param firstTexel centre of the first pixel, in texels counted from the centre of texel 0; may lie outside the sprite
 * @param texelStep texels for each pixel, at most 1.9: a block then needs at most 16 neighbouring texels
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
  const needed = <i32>min(max(firstTexel, 0), <f64>lastTexel);
  store<i32>(table, needed);
  store<i16>(table, PER_WEIGHT, UNDO);
  store<i16>(table, 128, MIDDLE);
  store<u8>(table, 128, FLIP);
  let from = blocks;
  let to = blocks;
  for (let index = 0; index < blocks; index++) {
    const block = blockAt(table, index);
    const first = firstTexel + <f64>(index << 3) * texelStep;
    // Four times two pixels.
    const a = positions(first, texelStep, 0, lastTexel);
    const b = positions(first, texelStep, 2, lastTexel);
    const c = positions(first, texelStep, 4, lastTexel);
    const d = positions(first, texelStep, 6, lastTexel);
    // Texels and weights fit into 16 bits.
    const texels = i16x8.narrow_i32x4_s(joined(wholes(a), wholes(b)), joined(wholes(c), wholes(d)));
    const weights = i16x8.narrow_i32x4_s(joined(weightsOf(a), weightsOf(b)), joined(weightsOf(c), weightsOf(d)));
    const base = <i32>i16x8.extract_lane_s(texels, 0);
    const lefts = i16x8.sub(texels, i16x8.splat(<i16>base));
    // In the lower byte the left one, in the upper byte the right one.
    v128.store(block + TEXELS, i16x8.add(i16x8.mul(lefts, i16x8.splat(0x101)), i16x8.splat(0x100)));
    v128.store(block + WEIGHTS, i16x8.add(i16x8.mul(weights, i16x8.splat(0xff)), i16x8.splat(<i16>ALL)));
    // On the border the weight is 0: what is read there as the right texel does not count.
    const last = <i32>i16x8.extract_lane_s(texels, 7) + <i32>(i16x8.extract_lane_s(weights, 7) != 0);
    store<i32>(block, base - needed, FIRST);
    store<i32>(block, last - needed, LAST);
    const wholly = coverBlock(block + COVERAGE, firstPixel + (index << 3), left, right);
    store<i32>(block, <i32>wholly, WHOLLY);
    if (wholly && from == blocks) from = index;
    if (!wholly && from < blocks && to == blocks) to = index;
  }
  store<i32>(table, from, 4);
  store<i32>(table, to, 8);
}

/** Where the pixels `lane` and `lane + 1` of a block lie: texels and fractions, not beyond the border. */
// @ts-ignore: decorator
@inline
function positions(first: f64, step: f64, lane: i32, lastTexel: i32): v128 {
  const lanes = f64x2.replace_lane(f64x2.splat(<f64>lane), 1, <f64>(lane + 1));
  const inside = f64x2.pmax(f64x2.splat(0), f64x2.add(f64x2.splat(first), f64x2.mul(lanes, f64x2.splat(step))));
  return f64x2.pmin(f64x2.splat(<f64>lastTexel), inside);
}

// The relaxed instruction differs between machines only for numbers that do not fit.
// @ts-ignore: decorator
@inline
function wholes(values: v128): v128 {
  return i32x4.relaxed_trunc_f64x2_s_zero(values);
}

/** Of the right texels, for what is left behind the whole ones. */
// @ts-ignore: decorator
@inline
function weightsOf(values: v128): v128 {
  const behind = f64x2.sub(values, f64x2.convert_low_i32x4_s(wholes(values)));
  return wholes(f64x2.add(f64x2.mul(behind, f64x2.splat(<f64>ALL)), f64x2.splat(0.5)));
}

/** The lower halves of both. */
// @ts-ignore: decorator
@inline
function joined(low: v128, high: v128): v128 {
  return i64x2.shuffle(low, high, 0, 2);
}

/** Writes how much of eight pixels lies between `left` and `right`. Returns whether all of them do, wholly. */
function coverBlock(into: usize, pixel: i32, left: f64, right: f64): bool {
  v128.store(into, i16x8.splat(<i16>WHOLE));
  if (<f64>pixel >= left && <f64>(pixel + 8) <= right) return true;
  let wholly = true;
  for (let lane = 0; lane < 8; lane++) {
    const covered = fraction(coverage(<f64>(pixel + lane), left, right));
    store<i16>(into + (lane << 1), <i16>covered);
    if (covered != WHOLE) wholly = false;
  }
  return wholly;
}
