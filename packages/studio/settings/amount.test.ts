import { expect, test } from 'vitest';
import { readMicros } from './amount.ts';

test.each([
  ['12', 12_000_000],
  ['12.5', 12_500_000],
  [' 0,063 ', 63_000],
  ['0', 0],
  ['', undefined],
  ['-1', undefined],
  ['1.2345678', undefined],
  ['1e3', undefined],
  ['1.2.3', undefined],
] as const)('%j is %s', (text, micros) => {
  expect(readMicros(text)).toBe(micros);
});
