import { expect, test } from 'vitest';
import { makeIds } from './ids.ts';

test('ids sort in the order of their making, even when the clock goes back', () => {
  const instants = [5_000, 5_000, 5_000, 4_000, 5_001, 9_000_000_000_000];
  const make = makeIds(() => instants.shift()!);
  const ids = Array.from({ length: 6 }, () => make('gen'));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(6);
  for (const id of ids) expect(id).toMatch(/^gen_[0-9a-hjkmnp-tv-z]{26}$/);
});
