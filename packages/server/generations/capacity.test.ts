import { expect, test } from 'vitest';
import { rendersAtOnce } from './capacity.ts';

test('as many films as there are cores and memory, and at least one', () => {
  expect(rendersAtOnce(2, 24_000)).toBe(2);
  expect(rendersAtOnce(16, 4_000)).toBe(5);
  expect(rendersAtOnce(8, 500)).toBe(1);
});
