import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClockMove } from '../store/index.ts';
import { realAt, shownAt } from './clock-moves.ts';

const moves: ClockMove[] = [
  { at: 1000, ahead: 500 },
  { at: 2000, ahead: 10_500 },
];

describe('a clock that was moved twice', () => {
  it.each([
    [0, 0],
    [999, 999],
    [1000, 1500],
    [1999, 2499],
    [2000, 12_500],
    [9000, 19_500],
  ])('at %i it showed %i', (real, shown) => {
    expect(shownAt(real, moves)).toBe(shown);
    expect(realAt(shown, moves)).toBe(real);
  });

  it.each([
    [1000, 999],
    [1499, 999],
    [2500, 1999],
    [12_499, 1999],
  ])('%i was skipped: the last instant before is %i', (shown, real) => {
    expect(realAt(shown, moves)).toBe(real);
    expect(realAt(shown, moves, 'after')).toBe(real + 1);
  });
});

it('goes forward only, and what it showed is found again', () => {
  const some = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 10_000 })), { maxLength: 6 })
    .map((steps) => {
      const made: ClockMove[] = [];
      for (const [after, by] of steps) {
        const last = made.at(-1) ?? { at: 0, ahead: 0 };
        made.push({ at: last.at + after, ahead: last.ahead + by });
      }
      return made;
    });
  const instant = fc.integer({ min: 0, max: 10_000 });
  fc.assert(
    fc.property(some, instant, instant, (made, one, other) => {
      const [early, late] = [Math.min(one, other), Math.max(one, other)];
      expect(shownAt(late, made) - shownAt(early, made)).toBeGreaterThanOrEqual(late - early);
      expect(realAt(shownAt(one, made), made)).toBe(one);
    }),
  );
});
