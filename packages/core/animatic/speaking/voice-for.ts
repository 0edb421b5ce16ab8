import type { Language } from '../../model/index.ts';
import type { Voice } from '../plan.ts';

/**
 * The built-in voice that comes nearest to a voice sample: its sex, its size and its pitch. It is steered by the sample,
 * never a copy of it. `hertz` is the sample's `fundamentalHertz`; a pitch beyond the voices' reach gets the nearest.
 */
export function voiceFor(hertz: number, language: Language): Pick<Voice, 'variant' | 'pitch'> {
  if (!(hertz > 0)) throw new RangeError(`A pitch in hertz is above 0, not ${hertz}`);
  const { variant } = nearest(hertz < highestMaleHertz ? maleVoices : femaleVoices, (voice) =>
    intervalBetween(hertz, voice[language]),
  );
  const own = voices[variant][language];
  return { variant, pitch: nearest(pitches, (pitch) => intervalBetween(hertz, own * pitchFactor(pitch))) };
}

type Variant = Voice['variant'];

/** Between the usual ranges of men, 85 to 155 Hz, and of women, 165 to 255 Hz. */
const highestMaleHertz = 160;

/** Median hertz of each variant at pitch 50, measured on a sentence of 17 words and one of 31 characters. */
const voices = {
  f1: { en: 186, zh: 164 },
  f2: { en: 203, zh: 176 },
  f3: { en: 221, zh: 189 },
  m1: { en: 98, zh: 91 },
  m2: { en: 104, zh: 95 },
  m3: { en: 110, zh: 101 },
  m7: { en: 114, zh: 106 },
} as const satisfies Partial<Record<Variant, Record<Language, number>>>;

const named = (names: readonly (keyof typeof voices)[]) => names.map((variant) => ({ variant, ...voices[variant] }));
const maleVoices = named(['m3', 'm1', 'm2', 'm7']);
const femaleVoices = named(['f2', 'f1', 'f3']);
const pitches = Array.from({ length: 100 }, (_, pitch) => pitch);

/** By how much a pitch setting raises a voice: fitted to all variants at 0, 25, 50, 75 and 99, right within 7 %. */
function pitchFactor(pitch: number): number {
  const steps = pitch - 50;
  return Math.exp(0.0094 * steps + 0.0000216 * steps * steps);
}

function intervalBetween(a: number, b: number): number {
  return Math.abs(Math.log2(a / b));
}

function nearest<Candidate>(candidates: readonly Candidate[], distance: (candidate: Candidate) => number): Candidate {
  return candidates.reduce((best, candidate) => (distance(candidate) < distance(best) ? candidate : best));
}
