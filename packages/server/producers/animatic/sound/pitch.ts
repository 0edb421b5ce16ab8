import { rootMeanSquare } from '@refreel/core/mixing';
import { resample } from './resample.ts';

/** Voices from a deep man's to a small child's. */
const lowestHertz = 60;
const highestHertz = 500;
/** The highest pitch needs a lag of some samples to be told from its neighbours. */
const analysisRate = 8_000;
const frameLength = 320;
const hop = 80;
/** A minute of speech tells no more than twenty seconds do. */
const mostFrames = 2_000;
/** Likeness of a frame with itself one period later, above which it is a voice. */
const voicedLikeness = 0.6;
/** Frames 30 dB below the loudest are breath and room. */
const quietest = 10 ** (-30 / 20);
/** 0.1 s of voice. */
const fewestVoicedFrames = 10;

/**
 * The fundamental frequency of a voice in hertz: the median over the frames that have one. Undefined where no voice is
 * heard. `samples` are mono; `rate` is a whole number of samples a second.
 */
export function fundamentalHertz(samples: Float32Array, rate: number): number | undefined {
  const signal = resample(samples, rate, analysisRate);
  const reach = frameLength + Math.ceil(analysisRate / lowestHertz) + 1;
  const count = Math.floor((signal.length - reach) / hop) + 1;
  if (count < fewestVoicedFrames) return undefined;
  const stride = Math.ceil(count / mostFrames) * hop;
  const starts: number[] = [];
  for (let start = 0; start + reach <= signal.length; start += stride) starts.push(start);
  const levels = starts.map((start) => rootMeanSquare(signal, start, start + frameLength));
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  if (loudest === 0) return undefined;
  const found: number[] = [];
  for (const [index, start] of starts.entries()) {
    if (levels[index]! < loudest * quietest) continue;
    const hertz = frameHertz(signal, start);
    if (hertz !== undefined) found.push(hertz);
  }
  if (found.length < fewestVoicedFrames) return undefined;
  found.sort((a, b) => a - b);
  return found[Math.floor(found.length / 2)];
}

function frameHertz(signal: Float32Array, start: number): number | undefined {
  const shortest = Math.floor(analysisRate / highestHertz);
  const longest = Math.ceil(analysisRate / lowestHertz);
  const likeness = new Float64Array(longest + 2);
  let best = 0;
  const own = energy(signal, start);
  for (let lag = shortest - 1; lag <= longest + 1; lag += 1) {
    let product = 0;
    for (let index = start; index < start + frameLength; index += 1) product += signal[index]! * signal[index + lag]!;
    const scale = Math.sqrt(own * energy(signal, start + lag));
    const value = scale > 0 ? product / scale : 0;
    likeness[lag] = value;
    if (lag >= shortest && lag <= longest) best = Math.max(best, value);
  }
  if (best < voicedLikeness) return undefined;
  // Two periods are as alike as one: the first peak that is nearly the best is the period.
  for (let lag = shortest; lag <= longest; lag += 1) {
    const [before, here, after] = [likeness[lag - 1]!, likeness[lag]!, likeness[lag + 1]!];
    if (here < best * 0.9 || here < before || here < after) continue;
    const bend = before - 2 * here + after;
    const shift = bend < 0 ? (before - after) / (2 * bend) : 0;
    return analysisRate / (lag + shift);
  }
  return undefined;
}

function energy(signal: Float32Array, start: number): number {
  let sum = 0;
  for (let index = start; index < start + frameLength; index += 1) sum += signal[index]! * signal[index]!;
  return sum;
}
