import { mixRate } from './mix-rate.ts';
import { between, type Random } from './noise.ts';

const rate = mixRate;
/** Curves have one value every 10 ms, and a straight line between. */
const step = 480;

/** Both channels of what is being made; parts are added to it. */
export interface Stage {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** A value that changes slowly: one number every 10 ms, one more than the sound has steps. */
export type Curve = Float32Array;

/** A band of noise. `keep`: all below `hertz`, or only around it; `width` above 1 is narrower; `level` is of the noise that goes in. */
export interface Noise {
  readonly keep: 'low' | 'band';
  readonly hertz: Curve;
  readonly width: number;
  readonly level: Curve;
}

/** Adds a band of noise to one channel: white noise through a state-variable filter (H. Chamberlin). `hertz` stays below 3,000. */
export function addNoise(target: Float32Array, random: Random, { keep, hertz, width, level }: Noise): void {
  const damping = 1 / width;
  const radians = (2 * Math.PI) / rate;
  const takeLow = keep === 'low' ? 1 : 0;
  const takeBand = 1 - takeLow;
  let low = 0;
  let band = 0;
  let soft = 0;
  for (let from = 0, point = 0; from < target.length; from += step, point += 1) {
    const to = Math.min(target.length, from + step);
    const speed = hertz[point]! * radians;
    const rise = (level[point + 1]! - level[point]!) / step;
    let gain = level[point]!;
    for (let index = from; index < to; index += 1) {
      low += speed * band;
      band += speed * (random() - low - damping * band);
      // An octave above, the sound falls off once more: what is left of white noise up there is hiss.
      soft += 2 * speed * (takeLow * low + takeBand * damping * band - soft);
      target[index]! += gain * soft;
      gain += rise;
    }
  }
}

/** A tone that slides from one pitch to another, swelling and fading. */
export interface Tone {
  readonly start: number;
  readonly seconds: number;
  readonly fromHertz: number;
  readonly toHertz: number;
  readonly gain: number;
  readonly pan: number;
}

/** Adds a tone; what is past the end is left out. */
export function addTone(stage: Stage, { start, seconds, fromHertz, toHertz, gain, pan }: Tone): void {
  const first = Math.round(start * rate);
  const length = Math.round(seconds * rate);
  const end = Math.min(length, stage.left.length - first);
  const gains = equalPower(pan);
  let phase = 0;
  for (let index = 0; index < end; index += 1) {
    const share = index / length;
    phase += (2 * Math.PI * (fromHertz + (toHertz - fromHertz) * share)) / rate;
    const swell = 4 * share * (1 - share);
    const sample = gain * swell * swell * Math.sin(phase);
    stage.left[first + index]! += gains.left * sample;
    stage.right[first + index]! += gains.right * sample;
  }
}

/** Gains of the two channels for a place from -1, left, to 1, right: as loud everywhere, -3 dB each in the middle. */
export function equalPower(pan: number): { readonly left: number; readonly right: number } {
  const angle = ((pan + 1) * Math.PI) / 4;
  return { left: Math.cos(angle), right: Math.sin(angle) };
}

/** A curve that does not change. */
export function constant(target: Float32Array, value: number): Curve {
  return new Float32Array(points(target)).fill(value);
}

/** Goes from one random value to the next, each `seconds` long give or take a third. */
export function wander(target: Float32Array, random: Random, seconds: number, least: number, most: number): Curve {
  const curve = new Float32Array(points(target));
  let from = between(random, least, most);
  for (let at = 0; at < curve.length; ) {
    const to = between(random, least, most);
    const length = Math.max(1, Math.round((between(random, 0.67, 1.33) * seconds * rate) / step));
    for (let index = 0; index < length && at + index < curve.length; index += 1) {
      curve[at + index] = from + (to - from) * smooth(index / length);
    }
    at += length;
    from = to;
  }
  return curve;
}

/** Waves from 0 to 1 that come faster than they go, one about every `seconds`; the first is under way at the start. */
export function swells(target: Float32Array, random: Random, seconds: number): Curve {
  const curve = new Float32Array(points(target));
  const length = () => Math.max(2, Math.round((between(random, 0.75, 1.25) * seconds * rate) / step));
  for (let at = -Math.round((between(random, 0, 0.6) * seconds * rate) / step); at < curve.length; ) {
    const whole = length();
    const height = between(random, 0.6, 1);
    const crest = 0.38;
    for (let index = Math.max(0, -at); index < whole && at + index < curve.length; index += 1) {
      const share = index / whole;
      curve[at + index] = height * (share < crest ? smooth(share / crest) : smooth((1 - share) / (1 - crest)));
    }
    at += whole;
  }
  return curve;
}

function points(target: Float32Array): number {
  return Math.ceil(target.length / step) + 1;
}

/** From 0 to 1 with a soft start and end. */
function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}
