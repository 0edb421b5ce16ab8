import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countWhile } from './ordered.ts';

it('counts what something holds for at the beginning of a list', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 })), fc.integer({ min: -1, max: 31 }), (list, limit) => {
      const sorted = list.toSorted((one, other) => one - other);
      expect(countWhile(sorted, (one) => one < limit)).toBe(sorted.filter((one) => one < limit).length);
    }),
  );
});

it('looks at a few items of a long list', () => {
  let looks = 0;
  const list = Array.from({ length: 100_000 }, (_, index) => index);
  const count = countWhile(list, (one) => {
    looks += 1;
    return one < 777;
  });
  expect(count).toBe(777);
  expect(looks).toBeLessThan(20);
});
