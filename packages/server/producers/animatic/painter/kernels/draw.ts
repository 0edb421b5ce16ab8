import {
  BLOCK,
  blockAt,
  COVERAGE,
  FIRST,
  FLIP,
  firstTexelOf,
  LAST,
  MIDDLE,
  TEXELS,
  UNDO,
  WEIGHTS,
  WHOLLY,
} from './columns';
import { blend, part, WHOLE } from './fraction';
import {
  AMOUNT,
  HIDDEN_FROM,
  HIDDEN_TO,
  ROW,
  SEEN_FROM,
  SEEN_TO,
  SOLID_FROM,
  SOLID_TO,
  UPPER,
  WEIGHT,
} from './rows';
import { ALL, between } from './texel';

// A sprite is stretched into its place by bilinear sampling, first down, then across: each row of the frame lies between two rows
// of texels, which are blended into a row in `scratch`; its pixels are then picked and blended by the table of columns.
// The sprite ends where its place ends, also in the middle of a pixel: outside, its border texels go on, and what counts is how much
// of the pixel the place covers. So an edge is one pixel soft at every scale, and no foreign colour bleeds in.
// Most of what is drawn is neither clear nor soft nor hidden, and is only stretched: the tables say where.

/** Blends two rows of texels, 16 at a time. */
// @ts-ignore: decorator
@inline
function blendRows(upper: usize, lower: usize, weight: i32, into: usize, texels: i32, undo: v128): void {
  const weights = i16x8.splat(<i16>((ALL - weight) | (weight << 8)));
  for (let texel = 0; texel < texels; texel += 16) {
    const above = v128.load(upper + texel);
    const below = v128.load(lower + texel);
    const low = i8x16.shuffle(above, below, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const high = i8x16.shuffle(above, below, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    v128.store(into + texel, i8x16.narrow_i16x8_s(between(low, weights, undo), between(high, weights, undo)));
  }
}

/**
 * The texels of the blocks `from` to `to` for a row of pixels, by the table of columns: the source's own where the row falls right on
 * them, else a blend in `into`.
 */
// @ts-ignore: decorator
@inline
function texelsFor(
  columns: usize,
  upper: usize,
  stride: i32,
  weight: i32,
  from: i32,
  to: i32,
  into: usize,
  undo: v128,
): usize {
  if (weight == 0) return upper;
  const first = load<i32>(blockAt(columns, from), FIRST);
  const last = load<i32>(blockAt(columns, to - 1), LAST);
  blendRows(upper + first, upper + first + stride, weight, into + first, last - first + 1, undo);
  return into;
}

/** The texels that a block of eight pixels lies between, in pairs. */
// @ts-ignore: decorator
@inline
function pick(texels: usize, block: usize): v128 {
  // The relaxed instruction differs between machines only for indices above 15, of which there are none.
  return i8x16.relaxed_swizzle(v128.load(texels + <usize>load<i32>(block, FIRST)), v128.load(block, TEXELS));
}

/** Eight pixels less 128, as i16. */
// @ts-ignore: decorator
@inline
function stretched(texels: usize, block: usize, undo: v128): v128 {
  return between(pick(texels, block), v128.load(block, WEIGHTS), undo);
}

/** Eight pixels of the frame as i16. */
// @ts-ignore: decorator
@inline
function pixelsAt(from: usize): v128 {
  return i16x8.extend_low_i8x16_u(v128.load64_zero(from));
}

// @ts-ignore: decorator
@inline
function storePixels(into: usize, pixels: v128): void {
  v128.store64_lane(into, i8x16.narrow_i16x8_u(pixels, pixels), 0);
}

/** Blocks that replace what is there. */
// @ts-ignore: decorator
@inline
function stretch(texels: usize, columns: usize, from: i32, to: i32, frame: usize, undo: v128): void {
  const flip = v128.load8_splat(columns, FLIP);
  let block = blockAt(columns, from);
  let into = frame + (<usize>from << 3);
  const end = blockAt(columns, to);
  for (; block + BLOCK < end; block += 2 * BLOCK, into += 16) {
    const both = i8x16.narrow_i16x8_s(stretched(texels, block, undo), stretched(texels, block + BLOCK, undo));
    v128.store(into, v128.xor(both, flip));
  }
  if (block < end) storePixels(into, i16x8.add(stretched(texels, block, undo), v128.load16_splat(columns, MIDDLE)));
}

/** Blocks without alpha that replace a part of what is there. */
// @ts-ignore: decorator
@inline
function mingle(texels: usize, columns: usize, from: i32, to: i32, frame: usize, amount: i32, undo: v128): void {
  const middle = v128.load16_splat(columns, MIDDLE);
  const amounts = i16x8.splat(<i16>amount);
  let into = frame + (<usize>from << 3);
  for (let block = blockAt(columns, from), end = blockAt(columns, to); block < end; block += BLOCK, into += 8) {
    const pixels = i16x8.add(stretched(texels, block, undo), middle);
    storePixels(into, blend(pixelsAt(into), pixels, part(v128.load(block, COVERAGE), amounts)));
  }
}

/** Premultiplied blocks over what is there: frame = sprite + frame * (255 - alpha) / 255. */
// @ts-ignore: decorator
@inline
function cover(
  texels: usize,
  alphas: usize,
  columns: usize,
  from: i32,
  to: i32,
  frame: usize,
  amount: i32,
  undo: v128,
): void {
  const flip = v128.load8_splat(columns, FLIP);
  const middle = v128.load16_splat(columns, MIDDLE);
  // 255
  const full = i16x8.sub(i16x8.add(middle, middle), i16x8.shr_u(middle, 7));
  const amounts = i16x8.splat(<i16>amount);
  let into = frame + (<usize>from << 3);
  for (let block = blockAt(columns, from), end = blockAt(columns, to); block < end; block += BLOCK, into += 8) {
    const picked = pick(alphas, block);
    if (!v128.any_true(v128.xor(picked, flip))) continue;
    let pixels = i16x8.add(stretched(texels, block, undo), middle);
    let opaque = i16x8.add(between(picked, v128.load(block, WEIGHTS), undo), middle);
    if (amount != WHOLE || load<i32>(block, WHOLLY) == 0) {
      const weights = part(v128.load(block, COVERAGE), amounts);
      opaque = part(opaque, weights);
      pixels = part(pixels, weights);
    }
    // x / 255, rounded, is (x + 128 + ((x + 128) >> 8)) >> 8 for every x that a product of two bytes can be.
    const product = i16x8.add(i16x8.mul(pixelsAt(into), i16x8.sub(full, opaque)), middle);
    const behind = i16x8.shr_u(i16x8.add(product, i16x8.shr_u(product, 8)), 8);
    storePixels(into, i16x8.add(pixels, behind));
  }
}

/**
 * Draws a plane of a sprite.
 * @param columns, rows, count the tables, and the number of rows
 * @param source, stride plane of texels, bytes of a row
 * @param alpha plane of as many texels, by which `source` is premultiplied; 0 for none
 * @param frame, frameStride address of the first pixel, bytes of a row
 * @param scratch, alphaScratch room for a row of texels each
 */
export function drawPlane(
  columns: usize,
  rows: usize,
  count: i32,
  source: usize,
  stride: i32,
  alpha: usize,
  frame: usize,
  frameStride: i32,
  scratch: usize,
  alphaScratch: usize,
): void {
  const firstTexel = <usize>firstTexelOf(columns);
  const undo = v128.load16_splat(columns, UNDO);
  for (const end = rows + <usize>count * ROW; rows < end; rows += ROW, frame += frameStride) {
    const amount = load<i32>(rows, AMOUNT);
    if (amount == 0) continue;
    const offset = <usize>(load<i32>(rows, UPPER) * stride) + firstTexel;
    const weight = load<i32>(rows, WEIGHT);
    const seenFrom = load<i32>(rows, SEEN_FROM);
    const seenTo = load<i32>(rows, SEEN_TO);
    const hiddenFrom = load<i32>(rows, HIDDEN_FROM);
    const hiddenTo = load<i32>(rows, HIDDEN_TO);
    const parted = hiddenFrom < hiddenTo && hiddenFrom < seenTo && seenFrom < hiddenTo;
    // What is seen left of what is hidden, and then right of it.
    for (let side = 0; side < 2; side++) {
      const from = side == 0 ? seenFrom : parted ? max(hiddenTo, seenFrom) : seenTo;
      const to = side == 0 && parted ? hiddenFrom : seenTo;
      if (from >= to) continue;
      const texels = texelsFor(columns, source + offset, stride, weight, from, to, scratch, undo);
      let solidFrom = min(max(load<i32>(rows, SOLID_FROM), from), to);
      let solidTo = min(load<i32>(rows, SOLID_TO), to);
      if (solidFrom < solidTo) stretch(texels, columns, solidFrom, solidTo, frame, undo);
      else solidFrom = solidTo = to;
      // What is left and right of the solid blocks.
      for (let end = 0; end < 2; end++) {
        const softFrom = end == 0 ? from : solidTo;
        const softTo = end == 0 ? solidFrom : to;
        if (softFrom >= softTo) continue;
        if (alpha == 0) mingle(texels, columns, softFrom, softTo, frame, amount, undo);
        else {
          const alphas = texelsFor(columns, alpha + offset, stride, weight, softFrom, softTo, alphaScratch, undo);
          cover(texels, alphas, columns, softFrom, softTo, frame, amount, undo);
        }
      }
    }
  }
}
