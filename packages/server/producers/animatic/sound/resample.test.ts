import { decibels, rootMeanSquare } from '@refreel/core/mixing';
import { describe, expect, it } from 'vitest';
import { resample } from './resample.ts';

const tone = (hertz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, index) =>
    Math.sin((2 * Math.PI * hertz * index) / rate),
  );

describe('resample', () => {
  it.each([
    [22_050, 48_000],
    [44_100, 48_000],
    [48_000, 16_000],
  ])('keeps a tone from %i to %i Hz in length, loudness and phase', (from, to) => {
    const output = resample(tone(1_000, from, 1), from, to);
    const wanted = tone(1_000, to, 1);
    expect(output).toHaveLength(to);
    const difference = output.map((sample, index) => sample - wanted[index]!).slice(400, -400);
    expect(decibels(rootMeanSquare(difference))).toBeLessThan(-60);
  });

  it('takes away what the lower rate cannot hold', () => {
    const output = resample(tone(11_000, 48_000, 1), 48_000, 16_000);
    expect(decibels(rootMeanSquare(output.slice(400, -400)))).toBeLessThan(-60);
  });

  it('keeps a steady level steady, and nothing as nothing', () => {
    const steady = resample(new Float32Array(2_205).fill(0.5), 22_050, 48_000).slice(100, -100);
    for (const sample of steady) expect(sample).toBeCloseTo(0.5, 5);
    expect(resample(new Float32Array(0), 22_050, 48_000)).toHaveLength(0);
  });

  it('refuses a rate that is none', () => {
    expect(() => resample(new Float32Array(10), 0, 48_000)).toThrow(RangeError);
    expect(() => resample(new Float32Array(10), 22_050.5, 48_000)).toThrow(RangeError);
  });
});
