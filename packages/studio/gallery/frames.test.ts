import { expect, test } from 'vitest';
import { frameAt, momentOf, stepped } from './frames.ts';

test.each([
  [24, 120],
  [30, 1],
  [23.976, 143],
  [29.97, 450],
])('at %f frames a second every one of %i frames is reached, each once, from both ends', (fps, frames) => {
  const film = { fps, frames };
  const walk = (from: number, by: number) => {
    const seen = [frameAt(from, film)];
    let at = from;
    for (let step = 1; step < frames; step += 1) {
      at = stepped(at, by, film);
      seen.push(frameAt(at, film));
    }
    return seen;
  };
  const all = Array.from({ length: frames }, (_, index) => index);
  expect(walk(0, 1)).toEqual(all);
  expect(walk(frames / fps, -1)).toEqual(all.reverse());
});

test('beyond its ends there is nothing', () => {
  const film = { fps: 24, frames: 48 };
  expect([stepped(0, -1, film), stepped(2, 1, film)]).toEqual([momentOf(0, film), momentOf(47, film)]);
  // A browser rounds moments to its own ticks.
  expect(frameAt(10 / 24 - 0.0001, film)).toBe(10);
});
