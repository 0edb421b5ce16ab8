import type { Quote } from '@refreel/core/catalog';
import { expect, test } from 'vitest';
import { cheapestFirst } from './route.ts';

const caps: Readonly<Record<string, Quote['cap']>> = {
  dear: { micros: 9, currency: 'USD' },
  yuan: { micros: 1, currency: 'CNY' },
  cheap: { micros: 3, currency: 'USD' },
  same: { micros: 3, currency: 'USD' },
  unknown: null,
};

test('the cheapest first; what cannot be compared keeps its order, and an unknown price is last', () => {
  const names = ['unknown', 'dear', 'yuan', 'cheap', 'same'];
  const sorted = cheapestFirst(names, (name) => ({ cap: caps[name] ?? null }) as Quote);
  expect(sorted).toEqual(['cheap', 'same', 'dear', 'yuan', 'unknown']);
});
