import { type Ambience, ambienceOf } from './ambience.ts';
import { equalPower } from './ambience-parts.ts';
import { amplitude } from './level.ts';
import { limit } from './limit.ts';
import { mixRate } from './mix-rate.ts';

/** A spoken line in the film: mono at 48 kHz, `start` in seconds of the film, `pan` -1 left to 1 right. */
export interface MixedLine {
  readonly samples: Float32Array;
  readonly start: number;
  readonly pan: number;
}

/** The own sound of a reference video: stereo at 48 kHz; it starts again if it is shorter than `seconds`. */
export interface MixedClip {
  readonly left: Float32Array;
  readonly right: Float32Array;
  readonly start: number;
  readonly seconds: number;
  /** 1 leaves it as loud as it is. */
  readonly gain: number;
}

/** All that is heard of a film; `seconds` is its length. */
export interface FilmSound {
  readonly seconds: number;
  readonly lines: readonly MixedLine[];
  readonly clips: readonly MixedClip[];
  readonly ambience: Ambience;
  readonly seed: number;
}

/** A line of `lineDecibels` in the middle is then at -20 dB in each channel. */
const lineGain = amplitude(1);
/** What a line leaves of the other sounds. */
const duckedAmbience = amplitude(-9);
const duckedClip = amplitude(-8);
const duckAheadSeconds = 0.12;
const duckAttackSeconds = 0.06;
const duckReleaseSeconds = 0.35;
const edgeFadeSeconds = 0.005;
const endFadeSeconds = 0.2;
const ceilingDecibels = -1.05;

/**
 * Mixes a film's sound: exactly round(seconds x 48000) samples, never above -1 dBFS, the same for the same seed. What
 * runs past the film's end fades out with it. Throws a RangeError for a line or clip that starts outside the film.
 */
export function mixFilm(film: FilmSound): { left: Float32Array; right: Float32Array } {
  const length = Math.round(film.seconds * mixRate);
  for (const { start } of [...film.lines, ...film.clips]) {
    if (!(start >= 0 && start < film.seconds)) {
      throw new RangeError(`A sound starts at ${start} s, outside a film of ${film.seconds} s`);
    }
  }
  const { left, right } = ambienceOf(film.ambience, length, film.seed);
  const spoken = speaking(film.lines, length);
  duck(left, right, spoken, duckedAmbience);
  if (film.clips.length > 0) {
    const clips = { left: new Float32Array(length), right: new Float32Array(length) };
    for (const clip of film.clips) addClip(clips, clip);
    duck(clips.left, clips.right, spoken, duckedClip);
    add(left, clips.left, 0, 1);
    add(right, clips.right, 0, 1);
  }
  for (const line of film.lines) {
    const gains = equalPower(line.pan);
    const from = Math.round(line.start * mixRate);
    const samples = faded(line.samples);
    add(left, samples, from, lineGain * gains.left);
    add(right, samples, from, lineGain * gains.right);
  }
  limit(left, right, amplitude(ceilingDecibels));
  for (const channel of [left, right]) {
    fadeIn(channel, edgeFadeSeconds);
    fadeOut(channel, endFadeSeconds);
  }
  return { left, right };
}

/** Control values are 10 ms apart. */
const step = mixRate / 100;

/** How much somebody speaks, 0 to 1, every 10 ms: it rises just before a line and falls slowly after it. */
function speaking(lines: readonly MixedLine[], length: number): Float32Array {
  const points = new Float32Array(Math.ceil(length / step) + 1);
  for (const { start, samples } of lines) {
    const from = Math.max(0, Math.floor(((start - duckAheadSeconds) * mixRate) / step));
    const to = Math.ceil((start * mixRate + samples.length) / step);
    if (samples.length > 0) points.fill(1, from, to);
  }
  const rise = 1 - Math.exp(-step / (duckAttackSeconds * mixRate));
  const fall = 1 - Math.exp(-step / (duckReleaseSeconds * mixRate));
  let value = points[0]!;
  for (const [index, target] of points.entries()) {
    value += (target > value ? rise : fall) * (target - value);
    points[index] = value;
  }
  return points;
}

function duck(left: Float32Array, right: Float32Array, spoken: Float32Array, floor: number): void {
  for (let from = 0, point = 0; from < left.length; from += step, point += 1) {
    const to = Math.min(left.length, from + step);
    let gain = 1 - (1 - floor) * spoken[point]!;
    const slope = ((1 - floor) * (spoken[point]! - spoken[point + 1]!)) / step;
    for (let index = from; index < to; index += 1) {
      left[index]! *= gain;
      right[index]! *= gain;
      gain += slope;
    }
  }
}

/** Each pass of a clip that repeats fades in and out like a sound of its own. */
function addClip(target: { left: Float32Array; right: Float32Array }, clip: MixedClip): void {
  if (clip.left.length !== clip.right.length) throw new RangeError('The channels of a clip differ in length');
  const start = Math.round(clip.start * mixRate);
  const end = Math.min(target.left.length, start + Math.round(clip.seconds * mixRate));
  for (let from = start; from < end && clip.left.length > 0; from += clip.left.length) {
    add(target.left, faded(clip.left.subarray(0, end - from)), from, clip.gain);
    add(target.right, faded(clip.right.subarray(0, end - from)), from, clip.gain);
  }
}

function add(target: Float32Array, samples: Float32Array, from: number, gain: number): void {
  const end = Math.min(samples.length, target.length - from);
  for (let index = 0; index < end; index += 1) target[from + index]! += gain * samples[index]!;
}

function faded(samples: Float32Array): Float32Array {
  const copy = samples.slice();
  fadeIn(copy, edgeFadeSeconds);
  fadeOut(copy, edgeFadeSeconds);
  return copy;
}

function fadeIn(samples: Float32Array, seconds: number): void {
  const length = Math.min(Math.round(seconds * mixRate), samples.length);
  for (let index = 0; index < length; index += 1) samples[index]! *= index / length;
}

function fadeOut(samples: Float32Array, seconds: number): void {
  const length = Math.min(Math.round(seconds * mixRate), samples.length);
  for (let index = 0; index < length; index += 1) samples[samples.length - 1 - index]! *= index / length;
}
