import { amplitude, mixRate, rootMeanSquare, spokenLevel } from '@refreel/core/mixing';
import { envelopeRate, type LineFacts, type WordTime } from '@refreel/core/model';
import { resample } from './resample.ts';
import type { Pause, Run } from './runs.ts';
import type { RunAnswer } from './speech-messages.ts';
import { soften } from './timbre.ts';

/** A line as sound, mono at `mixRate`, and what was measured of it. */
export interface SpokenLine {
  readonly samples: Float32Array;
  readonly facts: LineFacts;
}

/** What a line without any word is. */
export const silentLine: SpokenLine = { samples: new Float32Array(0), facts: { seconds: 0, words: [], envelope: [] } };

/** Every line is as loud as every other: root mean square of what is not a pause, in dBFS. */
export const lineDecibels = -18;

/** Silence left before and after a line. */
const edgeSeconds = 0.03;
/** Silence where the language changes, at 160 words a minute. */
const pauseSeconds: Readonly<Record<Pause, number>> = { none: 0.03, comma: 0.18, stop: 0.36 };
const usualRate = 160;
const fadeSeconds = 0.005;
const frameSeconds = 0.005;
/** A frame this far below the loudest of its run is silence: 42 dB. */
const silence = amplitude(-42);

/** Makes a line of the runs that were spoken of it: trimmed, joined, equally loud, and measured. */
export function lineOf(runs: readonly Run[], answers: readonly RunAnswer[], wordsPerMinute: number): SpokenLine {
  const heard = runs.flatMap((run, index) => heardRun(run, answers[index]!) ?? []);
  const rate = answers[0]?.rate;
  if (heard.length === 0 || rate === undefined) return silentLine;

  const words: WordTime[] = [];
  let seconds = edgeSeconds;
  const starts = heard.map(({ run, samples, words: own }, index) => {
    const start = seconds;
    for (const word of own) words.push({ ...word, start: start + word.start, end: start + word.end });
    seconds += samples.length / rate;
    if (index < heard.length - 1) seconds += (pauseSeconds[run.pause] * usualRate) / wordsPerMinute;
    return start;
  });
  const joined = new Float32Array(Math.ceil((seconds + edgeSeconds) * rate));
  for (const [index, { samples }] of heard.entries()) joined.set(samples, Math.round(starts[index]! * rate));

  const samples = level(soften(wholeMilliseconds(resample(joined, rate, mixRate)), mixRate), mixRate);
  const length = samples.length / mixRate;
  return {
    samples,
    facts: { seconds: length, words: words.map((word) => rounded(word, length)), envelope: envelopeOf(samples) },
  };
}

interface HeardRun {
  readonly run: Run;
  readonly samples: Float32Array;
  /** Seconds from the start of `samples`. */
  readonly words: readonly WordTime[];
}

function heardRun(run: Run, answer: RunAnswer): HeardRun | undefined {
  const { rate } = answer;
  const all = floats(answer.samples);
  const loud = loudFrames(all, rate);
  const first = loud.indexOf(true);
  if (first < 0) return undefined;
  const from = Math.round(first * frameSeconds * rate);
  const to = Math.min(all.length, Math.round((loud.lastIndexOf(true) + 1) * frameSeconds * rate));
  const samples = level(fadeEdges(all.slice(from, to), rate), rate);
  const starts = wordStarts(run, answer, from / rate, to / rate);
  const words = run.words.map((word, index) => {
    const { start, end } = heardBetween(loud, starts[index]!, starts[index + 1] ?? to / rate);
    return { start: start - from / rate, end: end - from / rate, from: word.from, to: word.to };
  });
  return { run, samples, words };
}

/**
 * When each word begins. The synthesiser joins words that its dictionary knows as one (in Chinese, most compounds) and
 * says where the first begins only: the others share its time by their length.
 */
function wordStarts(run: Run, answer: RunAnswer, from: number, to: number): readonly number[] {
  const known = run.words.map((word, index) => {
    if (index === 0) return from;
    const mark = answer.marks.find(({ place }) => place >= word.place && place < word.placeEnd);
    return mark && mark.seconds > from && mark.seconds < to ? mark.seconds : undefined;
  });
  const starts: number[] = [];
  for (let index = 0; index < known.length; ) {
    let next = index + 1;
    while (next < known.length && known[next] === undefined) next += 1;
    const start = Math.max(known[index]!, starts.at(-1) ?? from);
    const end = Math.max(start, known[next] ?? to);
    const places = run.words.slice(index, next).map((word) => word.placeEnd - word.place);
    const total = places.reduce((sum, length) => sum + length, 0);
    let before = 0;
    for (const length of places) {
      starts.push(start + ((end - start) * before) / total);
      before += length;
    }
    index = next;
  }
  return starts;
}

/** Without the silence around it: a word before a comma ends where its voice does. */
function heardBetween(loud: readonly boolean[], start: number, end: number): { start: number; end: number } {
  let first = Math.floor(start / frameSeconds);
  let last = Math.min(loud.length, Math.ceil(end / frameSeconds));
  while (last > first && !loud[last - 1]) last -= 1;
  while (first < last && !loud[first]) first += 1;
  if (first >= last) return { start, end };
  return { start: Math.max(start, first * frameSeconds), end: Math.min(end, last * frameSeconds) };
}

function loudFrames(samples: Float32Array, rate: number): readonly boolean[] {
  const levels: number[] = [];
  for (let frame = 0; frame * frameSeconds * rate < samples.length; frame += 1) {
    const from = Math.round(frame * frameSeconds * rate);
    const to = Math.min(samples.length, Math.round((frame + 1) * frameSeconds * rate));
    levels.push(rootMeanSquare(samples, from, to));
  }
  const loudest = levels.reduce((most, value) => Math.max(most, value), 0);
  return levels.map((value) => value > loudest * silence);
}

/** Changes `samples` and gives them back. */
function level(samples: Float32Array, rate: number): Float32Array {
  const found = spokenLevel(samples, rate);
  if (found === 0) return samples;
  const gain = amplitude(lineDecibels) / found;
  for (let index = 0; index < samples.length; index += 1) samples[index]! *= gain;
  return samples;
}

function floats(samples: Int16Array): Float32Array {
  const output = new Float32Array(samples.length);
  for (let index = 0; index < samples.length; index += 1) output[index] = samples[index]! / 32_768;
  return output;
}

function fadeEdges(samples: Float32Array, rate: number): Float32Array {
  const length = Math.min(Math.round(fadeSeconds * rate), samples.length >> 1);
  for (let index = 0; index < length; index += 1) {
    samples[index]! *= index / length;
    samples[samples.length - 1 - index]! *= index / length;
  }
  return samples;
}

/** Facts are written in milliseconds: the samples last exactly as long as the facts say. */
function wholeMilliseconds(samples: Float32Array): Float32Array {
  const millisecond = mixRate / 1000;
  const padded = new Float32Array(Math.ceil(samples.length / millisecond) * millisecond);
  padded.set(samples);
  return padded;
}

function rounded(word: WordTime, seconds: number): WordTime {
  const start = Math.min(seconds, Math.round(word.start * 1000) / 1000);
  const end = Math.min(seconds, Math.max(start, Math.round(word.end * 1000) / 1000));
  return { start, end, from: word.from, to: word.to };
}

/** Relative to the loudest part of the line. */
function envelopeOf(samples: Float32Array): number[] {
  const step = mixRate / envelopeRate;
  const levels: number[] = [];
  for (let from = 0; from < samples.length; from += step) {
    levels.push(rootMeanSquare(samples, from, Math.min(samples.length, from + step)));
  }
  const loudest = levels.reduce((most, value) => Math.max(most, value), 0);
  return levels.map((value) => (loudest === 0 ? 0 : Math.round((value / loudest) * 1000) / 1000));
}
