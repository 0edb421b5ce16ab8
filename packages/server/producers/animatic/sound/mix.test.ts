import { amplitude, decibels, type FilmSound, limit, mixFilm, mixRate, rootMeanSquare } from '@refreel/core/mixing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSpeech } from './speech.ts';

const tone = (seconds: number, gain: number, hertz = 220) =>
  Float32Array.from(
    { length: Math.round(seconds * mixRate) },
    (_, index) => gain * Math.cos((2 * Math.PI * hertz * index) / mixRate),
  );
const silentFilm: FilmSound = { seconds: 4, lines: [], clips: [], ambience: 'room', seed: 1 };
const between = (samples: Float32Array, from: number, to: number) =>
  decibels(rootMeanSquare(samples, Math.round(from * mixRate), Math.round(to * mixRate)));
const peak = (samples: Float32Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
const largestStep = (samples: Float32Array) =>
  samples.reduce((most, sample, index) => Math.max(most, Math.abs(sample - (samples[index - 1] ?? 0))), 0);

const speech = openSpeech();
let spoken = new Float32Array(0);
beforeAll(async () => {
  const voice = { language: 'en', variant: 'f2', pitch: 50, rate: 160 } as const;
  spoken = (await speech.speak({ text: 'We leave at dawn. Bring the map.', voice })).samples as typeof spoken;
});
afterAll(() => speech.close());

describe('mixFilm', () => {
  it.each([0.1, 1, 3.3333, 5])('lasts exactly as long as a film of %f s', (seconds) => {
    const { left, right } = mixFilm({ ...silentFilm, seconds });
    expect(left).toHaveLength(Math.round(seconds * mixRate));
    expect(right).toHaveLength(left.length);
  });

  it('is the same every time', () => {
    const film: FilmSound = { ...silentFilm, ambience: 'forest', lines: [{ samples: spoken, start: 1, pan: 0.2 }] };
    expect(mixFilm(film)).toEqual(mixFilm(film));
  });

  it('puts speech at about -20 dB in the middle', () => {
    const { left, right } = mixFilm({ ...silentFilm, lines: [{ samples: spoken, start: 1, pan: 0 }] });
    for (const channel of [left, right]) {
      expect(between(channel, 1.03, 1.03 + 1)).toBeGreaterThan(-23);
      expect(between(channel, 1.03, 1.03 + 1)).toBeLessThan(-17.5);
    }
  });

  it('pans with equal power', () => {
    const power = (pan: number) => {
      const { left, right } = mixFilm({ ...silentFilm, lines: [{ samples: tone(1, 0.2), start: 1, pan }] });
      const [onLeft, onRight] = [between(left, 1.1, 1.9), between(right, 1.1, 1.9)];
      return { onLeft, onRight, both: 10 * Math.log10(10 ** (onLeft / 10) + 10 ** (onRight / 10)) };
    };
    const [middle, aside] = [power(0), power(-1)];
    expect(middle.onLeft).toBeCloseTo(middle.onRight, 1);
    expect(aside.onLeft - aside.onRight, 'only the ambience is left on the other side').toBeGreaterThan(25);
    expect(aside.both).toBeCloseTo(middle.both, 1);
    expect(power(0.6).both).toBeCloseTo(middle.both, 1);
  });

  it('lowers the ambience while somebody speaks, softly, and lets it come back', () => {
    // A line so soft that what is heard is the ambience alone.
    const line = { samples: tone(2, 1e-6), start: 2, pan: 0 };
    const film: FilmSound = { ...silentFilm, seconds: 8, ambience: 'city' };
    const [plain, ducked] = [mixFilm(film).left, mixFilm({ ...film, lines: [line] }).left];
    const change = (from: number, to: number) => between(ducked, from, to) - between(plain, from, to);
    expect(change(0.1, 1.8)).toBeCloseTo(0, 1);
    expect(change(2.3, 4)).toBeCloseTo(-9, 0);
    expect(change(4.2, 4.4)).toBeLessThan(-2);
    expect(change(6.5, 7.5)).toBeCloseTo(0, 1);
    expect(largestStep(ducked)).toBeLessThanOrEqual(largestStep(plain) * 1.05);
  });

  it('never goes above -1 dBFS, however much is asked', () => {
    const loud = { left: tone(1, 1), right: tone(1, 1), start: 0.5, seconds: 3, gain: 4 };
    const { left, right } = mixFilm({
      ...silentFilm,
      clips: [loud],
      lines: [{ samples: tone(2, 1), start: 1, pan: 0.3 }],
    });
    for (const channel of [left, right]) {
      expect(peak(channel)).toBeLessThanOrEqual(amplitude(-1));
      expect(decibels(peak(channel))).toBeGreaterThan(-2.5);
    }
  });

  it('makes no click where sounds start, end, repeat, or are cut by the end of the film', () => {
    // Cosines start and end at their full height: without fades every edge would be a step of 0.2.
    const clip = { left: tone(0.41, 0.2), right: tone(0.41, 0.2), start: 0.3, seconds: 1.5, gain: 1 };
    const lines = [
      { samples: tone(0.5, 0.2), start: 0, pan: -1 },
      { samples: tone(2, 0.2), start: 3, pan: -1 },
    ];
    const { left } = mixFilm({ ...silentFilm, clips: [clip], lines });
    expect(left[0]).toBeCloseTo(0, 5);
    expect(left.at(-1)).toBeCloseTo(0, 3);
    expect(largestStep(left)).toBeLessThan(0.02);
  });

  it('plays a clip again if it is shorter than its time, and no longer than its time', () => {
    const clip = { left: tone(0.5, 0.2), right: tone(0.5, 0.2), start: 1, seconds: 1.2, gain: 0.5 };
    const { left } = mixFilm({ ...silentFilm, clips: [clip] });
    expect(between(left, 1.1, 1.4)).toBeCloseTo(-23, 0);
    expect(between(left, 1.6, 1.9)).toBeCloseTo(-23, 0);
    expect(between(left, 2.3, 3)).toBeLessThan(-38);
  });

  it('throws for what starts outside the film', () => {
    expect(() => mixFilm({ ...silentFilm, lines: [{ samples: spoken, start: 4, pan: 0 }] })).toThrow(RangeError);
    expect(() => mixFilm({ ...silentFilm, lines: [{ samples: spoken, start: -0.1, pan: 0 }] })).toThrow(RangeError);
  });
});

describe('limit', () => {
  it('leaves what is low enough untouched, to the bit', () => {
    const [left, right] = [tone(0.2, 0.5), tone(0.2, 0.4)];
    limit(left, right, 0.891);
    expect(left).toEqual(tone(0.2, 0.5));
    expect(right).toEqual(tone(0.2, 0.4));
  });

  it('lowers around a peak in both channels, without a step', () => {
    const [left, right] = [tone(1, 0.3), tone(1, 0.3)];
    left.set(tone(0.01, 2), 24_000);
    const before = largestStep(right);
    limit(left, right, 0.891);
    expect(peak(left)).toBeLessThanOrEqual(0.891);
    expect(between(right, 0.501, 0.509)).toBeLessThan(between(tone(1, 0.3), 0.501, 0.509) - 6);
    expect(largestStep(right)).toBeLessThanOrEqual(before * 1.1);
    expect(right.slice(0, 20_000)).toEqual(tone(1, 0.3).slice(0, 20_000));
  });
});
