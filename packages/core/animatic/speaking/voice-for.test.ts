import { describe, expect, it } from 'vitest';
import { voiceFor } from './voice-for.ts';

describe('voiceFor', () => {
  it('takes a man below 160 Hz and a woman above', () => {
    expect(voiceFor(110, 'en').variant).toMatch(/^m/);
    expect(voiceFor(159, 'zh').variant).toMatch(/^m/);
    expect(voiceFor(161, 'zh').variant).toMatch(/^f/);
    expect(voiceFor(230, 'en').variant).toMatch(/^f/);
  });

  it('never lowers the pitch for a higher sample of the same variant', () => {
    const last = new Map<string, number>();
    for (let hertz = 60; hertz <= 400; hertz += 5) {
      const { variant, pitch } = voiceFor(hertz, 'en');
      expect(pitch).toBeGreaterThanOrEqual(last.get(variant) ?? 0);
      expect(pitch).toBeLessThanOrEqual(99);
      last.set(variant, pitch);
    }
  });

  it('refuses what is no pitch', () => {
    expect(() => voiceFor(0, 'en')).toThrow(RangeError);
    expect(() => voiceFor(Number.NaN, 'en')).toThrow(RangeError);
  });
});
