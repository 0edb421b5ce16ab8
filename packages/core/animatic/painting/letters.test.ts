import { expect, test } from 'vitest';
import { settable } from './letters.ts';

/** As if the font held only what ISO 8859-1 and Chinese have: all else is an em wide. */
const widthOf = (text: string) => (/^[\u0020-\u00ff]$/u.test(text) ? 0.5 : 1);

test.each([
  ['She said, “don’t…”', 'She said, "don\'t..."'],
  ['“早上好！”她说', '“早上好！”她说'],
  ['他说“OK”。', '他说“OK”。'],
  ['żółw, Łódź, č', 'zólw, Lódz, c'],
  ['e\u0301tude', 'étude'],
  ['Ａ猫', 'Ａ猫'],
  ['a\u0000b\tc', 'a b c'],
])('%s is set as %s', (line, wanted) => {
  expect(settable(line, widthOf)).toBe(wanted);
});
