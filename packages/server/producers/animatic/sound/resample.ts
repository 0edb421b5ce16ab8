/** Zero crossings of the sinc on each side of its middle. */
const crossings = 16;
/** Share of the narrower band that is kept: the rest is the slope of the filter. */
const passband = 0.94;

/**
 * Changes the sample rate by a windowed sinc. Gives round(length x to / from) samples; rates are whole numbers above 0.
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from <= 0 || to <= 0) {
    throw new RangeError(`Sample rates are whole numbers above 0, not ${from} and ${to}`);
  }
  if (from === to) return samples.slice();
  const { up, down, taps, table } = filterFor(from, to);
  const length = Math.round((samples.length * up) / down);
  const output = new Float32Array(length);
  // Silence on both sides spares the inner loop its bounds.
  const padded = new Float32Array(samples.length + taps + 1);
  padded.set(samples, taps / 2 - 1);
  let whole = 0;
  let phase = 0;
  for (let index = 0; index < length; index += 1) {
    const row = phase * taps;
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) sum += padded[whole + tap]! * table[row + tap]!;
    output[index] = sum;
    phase += down;
    while (phase >= up) {
      phase -= up;
      whole += 1;
    }
  }
  return output;
}

/** A filter for one ratio `up / down` in lowest terms: one row of `taps` weights for each of `up` places between samples. */
interface Filter {
  readonly up: number;
  readonly down: number;
  readonly taps: number;
  readonly table: Float32Array;
}

const filters = new Map<string, Filter>();
/** A film meets a handful of rates; odd ones, of which each may take megabytes, must not pile up. */
const filtersKept = 8;

function filterFor(from: number, to: number): Filter {
  const divisor = greatestCommonDivisor(from, to);
  const up = to / divisor;
  const down = from / divisor;
  const key = `${up}/${down}`;
  const known = filters.get(key);
  if (known) return known;
  const filter = makeFilter(up, down);
  if (filters.size >= filtersKept) filters.clear();
  filters.set(key, filter);
  return filter;
}

function makeFilter(up: number, down: number): Filter {
  const band = Math.min(1, up / down);
  const half = Math.ceil(crossings / band);
  const taps = 2 * half;
  const table = new Float32Array(up * taps);
  const weights = new Float64Array(taps);
  for (let phase = 0; phase < up; phase += 1) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      const distance = tap - (half - 1) - phase / up;
      const weight = sinc(distance * band * passband) * blackman(distance / half);
      weights[tap] = weight;
      sum += weight;
    }
    // Every row sums to one: else a steady level would ripple from place to place.
    for (let tap = 0; tap < taps; tap += 1) table[phase * taps + tap] = weights[tap]! / sum;
  }
  return { up, down, taps, table };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** One in the middle, zero at -1 and 1. */
function blackman(x: number): number {
  if (Math.abs(x) >= 1) return 0;
  return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
