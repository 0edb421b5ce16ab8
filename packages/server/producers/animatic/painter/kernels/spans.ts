// Where a row of an alpha plane is something: 16 bytes for each row, in texels.
//   0   i32   first texel that is not clear, 4 the one behind the last; NOWHERE and 0 where all are
//   8   i32   first texel of the longest opaque run, 12 the one behind it; NOWHERE and 0 where there is none
export const SPAN: usize = 16;
/** Behind every texel. */
const NOWHERE: i32 = 0x7fffffff;
/** Alpha 0 and alpha 255 as texels. */
const CLEAR: i32 = -128;
const OPAQUE: i32 = 127;

/** `into` has room for `SPAN` bytes a row. */
export function findSpans(alpha: usize, width: i32, height: i32, into: usize): void {
  for (let row = 0; row < height; row++, alpha += <usize>width, into += SPAN) {
    let from = NOWHERE;
    let to = 0;
    let solidFrom = NOWHERE;
    let solidTo = 0;
    let column = 0;
    while (column < width) {
      const value = <i32>load<i8>(alpha + column);
      const end = endOfRun(alpha, column, width, value);
      if (value != CLEAR) {
        from = min(from, column);
        to = end;
      }
      if (value == OPAQUE && end - column > solidTo - solidFrom) {
        solidFrom = column;
        solidTo = end;
      }
      column = end;
    }
    store<i32>(into, from);
    store<i32>(into, to, 4);
    store<i32>(into, solidFrom, 8);
    store<i32>(into, solidTo, 12);
  }
}

/** The texel behind those that are like the one at `from`. */
// @ts-ignore: decorator
@inline
function endOfRun(alpha: usize, from: i32, width: i32, value: i32): i32 {
  const same = i8x16.splat(<i8>value);
  let end = from + 1;
  while (end + 16 <= width && i8x16.all_true(i8x16.eq(v128.load(alpha + end), same))) end += 16;
  while (end < width && <i32>load<i8>(alpha + end) == value) end++;
  return end;
}
