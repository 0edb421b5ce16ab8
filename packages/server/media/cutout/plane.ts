/** One value a pixel, rows from the top without gaps. Alpha and colours run from 0 to 1. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export function newPlane(width: number, height: number): Plane {
  return { width, height, data: new Float32Array(width * height) };
}

/**
 * Mean over the square of 2 x radius + 1 around each pixel; at the picture's edges over what there is of it. The work does not grow
 * with the radius: sums run along rows, then down columns a whole row at a time, as memory lies.
 */
export function boxMean(source: Plane, radius: number, into: Plane = newPlane(source.width, source.height)): Plane {
  const { width, height } = source;
  const across = rowMeans(source, radius);
  const sums = new Float64Array(width);
  const target = into.data;
  for (let y = 0; y < Math.min(radius, height); y++) addRow(sums, across, y * width);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(sums, across, (y + radius) * width);
    if (y - radius - 1 >= 0) subtractRow(sums, across, (y - radius - 1) * width);
    const scale = 1 / (Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1);
    for (let x = 0, at = y * width; x < width; x++, at++) target[at] = sums[x]! * scale;
  }
  return into;
}

/** Between the two passes: kept, since a cut-out takes thirty means and would leave as many planes to the garbage collector. */
let scratch = new Float32Array(0);

function rowMeans({ width, height, data }: Plane, radius: number): Float32Array {
  if (scratch.length < width * height) scratch = new Float32Array(width * height);
  const means = scratch;
  const full = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += data[row + x]!;
    // In the middle of a row every window is whole: the loop that matters has nothing to decide.
    const from = Math.min(width, radius + 1);
    const to = Math.max(from, width - radius);
    const step = (x: number) => {
      if (x + radius < width) sum += data[row + x + radius]!;
      if (x - radius - 1 >= 0) sum -= data[row + x - radius - 1]!;
      means[row + x] = sum / (Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1);
    };
    for (let x = 0; x < from; x++) step(x);
    for (let x = from, ahead = row + from + radius, behind = row + from - radius - 1; x < to; x++, ahead++, behind++) {
      sum += data[ahead]! - data[behind]!;
      means[row + x] = sum * full;
    }
    for (let x = to; x < width; x++) step(x);
  }
  return means;
}

function addRow(sums: Float64Array, rows: Float32Array, from: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = sums[x]! + rows[from + x]!;
}

function subtractRow(sums: Float64Array, rows: Float32Array, from: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = sums[x]! - rows[from + x]!;
}

/** Where a pixel of a larger plane falls into a smaller one: two neighbours and the share of the second. */
interface Steps {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly share: Float32Array;
}

function stepsOf(from: number, to: number): Steps {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const share = new Float32Array(to);
  for (let at = 0; at < to; at++) {
    const place = Math.min(from - 1, Math.max(0, ((at + 0.5) * from) / to - 0.5));
    low[at] = Math.floor(place);
    high[at] = Math.min(from - 1, low[at]! + 1);
    share[at] = place - low[at]!;
  }
  return { low, high, share };
}

/** Stretches planes of one size to another, linearly between pixels. Going down by more than half leaves details out: average first. */
export function openStretch(from: { width: number; height: number }, to: { width: number; height: number }) {
  const across = stepsOf(from.width, to.width);
  const down = stepsOf(from.height, to.height);

  /** One row of the larger plane into `into`, which has its width. */
  function row(plane: Plane, y: number, into: Float32Array): void {
    const upper = down.low[y]! * from.width;
    const lower = down.high[y]! * from.width;
    const share = down.share[y]!;
    const { data } = plane;
    for (let x = 0; x < to.width; x++) {
      const left = across.low[x]!;
      const right = across.high[x]!;
      const part = across.share[x]!;
      const above = data[upper + left]! + (data[upper + right]! - data[upper + left]!) * part;
      const below = data[lower + left]! + (data[lower + right]! - data[lower + left]!) * part;
      into[x] = above + (below - above) * share;
    }
  }

  /** One point of the larger plane. */
  function point({ data }: Plane, x: number, y: number): number {
    const upper = down.low[y]! * from.width;
    const lower = down.high[y]! * from.width;
    const left = across.low[x]!;
    const right = across.high[x]!;
    const part = across.share[x]!;
    const above = data[upper + left]! + (data[upper + right]! - data[upper + left]!) * part;
    const below = data[lower + left]! + (data[lower + right]! - data[lower + left]!) * part;
    return above + (below - above) * down.share[y]!;
  }

  function whole(plane: Plane): Plane {
    if (from.width === to.width && from.height === to.height) return plane;
    const stretched = newPlane(to.width, to.height);
    for (let y = 0; y < to.height; y++) row(plane, y, stretched.data.subarray(y * to.width, (y + 1) * to.width));
    return stretched;
  }

  return { row, point, whole };
}
