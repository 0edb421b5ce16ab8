import { expect, test } from 'vitest';
import { fromSource } from './film.ts';

test('a source stands in the brackets of its language', () => {
  expect(fromSource('Venice', '2026-11-20', 'en')).toBe(' (Venice, 2026-11-20)');
  expect(fromSource('Venice', '2026-11-20', 'zh')).toBe('（来源：Venice，2026-11-20）');
});
