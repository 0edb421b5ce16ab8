import { describe, expect, it } from 'vitest';
import { type Ambience, ambienceOf } from './ambience.ts';
import { decibels, rootMeanSquare } from './level.ts';
import { mixRate } from './mix-rate.ts';

const places: readonly Ambience[] = ['room', 'wind', 'sea', 'rain', 'city', 'forest', 'night'];

describe.each(places)('the ambience %s', (place) => {
  const length = 20 * mixRate;
  const { left, right } = ambienceOf(place, length, 11);

  it('is quiet, on both sides alike', () => {
    for (const channel of [left, right]) {
      expect(channel).toHaveLength(length);
      const level = decibels(rootMeanSquare(channel));
      expect(level).toBeGreaterThan(-44);
      expect(level).toBeLessThan(-35);
      expect(channel.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeLessThan(0.12);
    }
  });

  it('is wide: its sides are not the same', () => {
    const difference = left.map((sample, index) => sample - right[index]!);
    expect(rootMeanSquare(difference)).toBeGreaterThan(rootMeanSquare(left) * 0.5);
  });

  it('is no hiss: little of it is above 3 kHz', () => {
    // The difference of neighbours raises a tone of f by 2 sin(pi f / rate): its level tells where the sound lies.
    const steps = left.map((sample, index) => sample - (left[index - 1] ?? sample));
    expect(rootMeanSquare(steps) / rootMeanSquare(left)).toBeLessThan(2 * Math.sin((Math.PI * 3_400) / mixRate));
  });

  it('is the same for the same seed and another for another', () => {
    const again = ambienceOf(place, mixRate, 11);
    expect(ambienceOf(place, mixRate, 11)).toEqual(again);
    expect(ambienceOf(place, mixRate, 12).left).not.toEqual(again.left);
  });

  it('can be short', () => {
    for (const short of [0, 1, 479, 480, 481]) expect(ambienceOf(place, short, 1).left).toHaveLength(short);
  });
});
