/** Peaks are looked at in pieces of 1.33 ms at 48 kHz. */
const piece = 64;
/** Pieces that the gain looks ahead and back: it moves over about 10 ms, too slow to be heard as a click. */
const reach = 8;

/**
 * Lowers both channels around peaks so that none is above `ceiling`, an amplitude. What is below stays as it is. The
 * gain between two pieces is the mean of minima that all contain that place, so it is never more than is allowed there.
 */
export function limit(left: Float32Array, right: Float32Array, ceiling: number): void {
  const allowed = allowedGains(left, right, ceiling);
  if (allowed.every((gain) => gain === 1)) return;
  const edges = Float64Array.from({ length: allowed.length + 1 }, (_, edge) =>
    Math.min(allowed[edge - 1] ?? 1, allowed[edge] ?? 1),
  );
  const lowest = overReach(edges, (window) => window.reduce((least, gain) => Math.min(least, gain), 1));
  const gains = overReach(lowest, (window) => window.reduce((sum, gain) => sum + gain, 0) / window.length);
  for (let index = 0; index < allowed.length; index += 1) {
    const from = index * piece;
    const to = Math.min(left.length, from + piece);
    const slope = (gains[index + 1]! - gains[index]!) / piece;
    for (let sample = from; sample < to; sample += 1) {
      const gain = gains[index]! + slope * (sample - from);
      left[sample]! *= gain;
      right[sample]! *= gain;
    }
  }
}

function allowedGains(left: Float32Array, right: Float32Array, ceiling: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(left.length / piece) }, (_, index) => {
    let peak = 0;
    const to = Math.min(left.length, (index + 1) * piece);
    for (let sample = index * piece; sample < to; sample += 1) {
      peak = Math.max(peak, Math.abs(left[sample]!), Math.abs(right[sample]!));
    }
    return peak > ceiling ? ceiling / peak : 1;
  });
}

function overReach(values: Float64Array, fold: (window: Float64Array) => number): Float64Array {
  return values.map((_, index) => fold(values.subarray(Math.max(0, index - reach), index + reach + 1)));
}
