import { randomFrom } from '@refreel/core/mixing';
import { describe, expect, it } from 'vitest';
import { fundamentalHertz } from './pitch.ts';

/** A buzz of many harmonics, as a voice has them. */
const buzz = (hertz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, index) => {
    let sample = 0;
    for (let harmonic = 1; harmonic <= 8; harmonic += 1) {
      sample += Math.sin((2 * Math.PI * hertz * harmonic * index) / rate) / harmonic;
    }
    return sample / 4;
  });

describe('fundamentalHertz', () => {
  it.each([
    [80, 48_000],
    [118, 44_100],
    [205, 22_050],
    [290, 16_000],
    [440, 48_000],
  ])('finds %i Hz at %i samples a second', (hertz, rate) => {
    const found = fundamentalHertz(buzz(hertz, rate, 0.6), rate)!;
    expect(Math.abs(found / hertz - 1)).toBeLessThan(0.01);
  });

  it('is not led astray by pauses', () => {
    const samples = new Float32Array(48_000 * 2);
    samples.set(buzz(130, 48_000, 0.4), 10_000);
    samples.set(buzz(130, 48_000, 0.4), 60_000);
    expect(fundamentalHertz(samples, 48_000)).toBeCloseTo(130, 0);
  });

  it('finds none in noise, silence and a blip', () => {
    const random = randomFrom(5);
    expect(
      fundamentalHertz(
        Float32Array.from({ length: 48_000 }, () => random()),
        48_000,
      ),
    ).toBeUndefined();
    expect(fundamentalHertz(new Float32Array(48_000), 48_000)).toBeUndefined();
    expect(fundamentalHertz(buzz(130, 48_000, 0.05), 48_000)).toBeUndefined();
    expect(fundamentalHertz(new Float32Array(0), 48_000)).toBeUndefined();
  });
});
