/**
 * Half the size: each texel (a signed byte) is the mean of 2 x 2. Where width or height is odd, the last column or row counts twice, so that texel i
 * of the half always stands for texels 2i and 2i + 1. `into` has (width + 1) / 2 columns and (height + 1) / 2 rows.
 */
export function halvePlane(source: usize, width: i32, height: i32, into: usize): void {
  const halfWidth = (width + 1) >> 1;
  const halfHeight = (height + 1) >> 1;
  const rounding = i16x8.splat(2);
  for (let row = 0; row < halfHeight; row++) {
    const upper = source + <usize>(2 * row * width);
    const lower = 2 * row + 1 < height ? upper + <usize>width : upper;
    const to = into + <usize>(row * halfWidth);
    let column = 0;
    for (; column + 8 <= width >> 1; column += 8) {
      const above = i16x8.extadd_pairwise_i8x16_s(v128.load(upper + 2 * column));
      const below = i16x8.extadd_pairwise_i8x16_s(v128.load(lower + 2 * column));
      const mean = i16x8.shr_s(i16x8.add(i16x8.add(above, below), rounding), 2);
      v128.store64_lane(to + column, i8x16.narrow_i16x8_s(mean, mean), 0);
    }
    for (; column < halfWidth; column++) {
      const left = 2 * column;
      const right = min(left + 1, width - 1);
      const sum =
        <i32>load<i8>(upper + left) + <i32>load<i8>(upper + right) + <i32>load<i8>(lower + left) + <i32>load<i8>(lower + right);
      store<i8>(to + column, <i8>((sum + 2) >> 2));
    }
  }
}
