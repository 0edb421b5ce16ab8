import { blockReaching, FIRST, firstTexelOf, LAST, whollyFrom, whollyTo } from './columns';
import { coverage, fraction, WHOLE } from './fraction';
import { SPAN } from './spans';
import { weightOf } from './texel';

// The table of rows tells where each row of pixels comes from, and which of its blocks there is anything to do for. Blocks are counted
// from the first of the table of columns; a range that ends before it begins is empty.
//
//   36 bytes for each row of pixels:
//     0   i32   row of texels above
//     4   i32   weight of the row below (`texel.ts`)
//     8   i32   how much of what is there the row replaces, Q15: its coverage times the opacity; 0 where nothing is drawn
//     12  i32   first block that is not clear, 16 the one behind the last
//     20  i32   first block of those that are opaque and covered wholly, 24 the one behind the last
//     28  i32   first block that something in front hides, 32 the one behind the last
export const ROW: usize = 36;
export const UPPER: usize = 0;
export const WEIGHT: usize = 4;
export const AMOUNT: usize = 8;
export const SEEN_FROM: usize = 12;
export const SEEN_TO: usize = 16;
export const SOLID_FROM: usize = 20;
export const SOLID_TO: usize = 24;
export const HIDDEN_FROM: usize = 28;
export const HIDDEN_TO: usize = 32;

/**
 * @param rows rows of pixels; `firstPixel` is the y of the first one
 * @param firstTexel, texelStep, lastTexel as in `prepareColumns`, for rows
 * @param top, bottom edges of the sprite on the plane, in pixels and fractions
 * @param opacity 0..1
 * @param columns, blocks the table of columns and its length
 * @param spans from `findSpans`; 0 for a plane without alpha
 */
export function prepareRows(
  table: usize,
  rows: i32,
  firstPixel: i32,
  firstTexel: f64,
  texelStep: f64,
  lastTexel: i32,
  top: f64,
  bottom: f64,
  opacity: f64,
  columns: usize,
  blocks: i32,
  spans: usize,
): void {
  const firstColumn = firstTexelOf(columns);
  const whole = fraction(opacity);
  let seenFrom = 0;
  let seenTo = blocks;
  let solidFrom = whollyFrom(columns);
  let solidTo = whollyTo(columns);
  for (let index = 0; index < rows; index++, table += ROW) {
    const position = min(max(firstTexel + <f64>index * texelStep, 0), <f64>lastTexel);
    const upper = <i32>position;
    const weight = weightOf(position - <f64>upper);
    const pixel = <f64>(firstPixel + index);
    let amount = pixel >= top && pixel + 1 <= bottom ? whole : fraction(coverage(pixel, top, bottom) * opacity);
    if (spans != 0) {
      const above = spans + <usize>upper * SPAN;
      const below = weight == 0 ? above : above + SPAN;
      const from = min(load<i32>(above), load<i32>(below));
      const to = max(load<i32>(above, 4), load<i32>(below, 4));
      if (from >= to) amount = 0;
      else {
        seenFrom = blockReaching(columns, LAST, from - firstColumn, seenFrom, blocks);
        seenTo = blockReaching(columns, FIRST, to - firstColumn, seenTo, blocks);
      }
      const opaqueFrom = max(load<i32>(above, 8), load<i32>(below, 8));
      const opaqueTo = min(load<i32>(above, 12), load<i32>(below, 12));
      if (opaqueFrom >= opaqueTo) solidTo = solidFrom;
      else {
        solidFrom = blockReaching(columns, FIRST, opaqueFrom - firstColumn, solidFrom, blocks);
        solidTo = blockReaching(columns, LAST, opaqueTo - firstColumn, solidTo, blocks);
      }
    }
    store<i32>(table, upper, UPPER);
    store<i32>(table, weight, WEIGHT);
    store<i32>(table, amount, AMOUNT);
    store<i32>(table, seenFrom, SEEN_FROM);
    store<i32>(table, seenTo, SEEN_TO);
    store<i32>(table, max(solidFrom, whollyFrom(columns)), SOLID_FROM);
    store<i32>(table, amount == WHOLE ? min(solidTo, whollyTo(columns)) : 0, SOLID_TO);
  }
}

/**
 * Notes in a table of rows what is hidden, and then what it hides itself. To be called from the front to the back.
 * @param hidden for each row of the frame i32 first hidden block, i32 the one behind the last; `hidden` is that of the table's first row
 * @param firstBlock the block of the frame at which the table of columns starts
 */
export function hideRows(table: usize, rows: i32, hidden: usize, firstBlock: i32): void {
  for (const end = table + <usize>rows * ROW; table < end; table += ROW, hidden += 8) {
    const from = load<i32>(hidden) - firstBlock;
    const to = load<i32>(hidden, 4) - firstBlock;
    store<i32>(table, from, HIDDEN_FROM);
    store<i32>(table, to, HIDDEN_TO);
    if (load<i32>(table, AMOUNT) == 0) continue;
    if (from <= load<i32>(table, SEEN_FROM) && to >= load<i32>(table, SEEN_TO)) {
      store<i32>(table, 0, AMOUNT);
      continue;
    }
    const solidFrom = load<i32>(table, SOLID_FROM);
    const solidTo = load<i32>(table, SOLID_TO);
    if (solidFrom >= solidTo) continue;
    // One range for each row: two that touch become one, of two that do not the longer one is kept.
    const touch = from < to && solidFrom <= to && from <= solidTo;
    if (!touch && solidTo - solidFrom <= to - from) continue;
    store<i32>(hidden, firstBlock + (touch ? min(from, solidFrom) : solidFrom));
    store<i32>(hidden, firstBlock + (touch ? max(to, solidTo) : solidTo), 4);
  }
}
