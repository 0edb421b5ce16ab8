import { expect, test } from 'vitest';
import { isPressed } from './shortcuts.ts';

const plain = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test.each([
  ['?', ['?'], { shiftKey: true }, true],
  ['?', ['?'], {}, true],
  ['Enter', ['Mod', 'Enter'], { ctrlKey: true }, true],
  ['Enter', ['Mod', 'Enter'], { metaKey: true }, true],
  ['Enter', ['Mod', 'Enter'], {}, false],
  ['Enter', ['Mod', 'Enter'], { ctrlKey: true, altKey: true }, false],
  ['z', ['Mod', 'Z'], { ctrlKey: true }, true],
  ['Z', ['Mod', 'Z'], { ctrlKey: true, shiftKey: true }, false],
  ['Z', ['Mod', 'Shift', 'Z'], { ctrlKey: true, shiftKey: true }, true],
  ['¡', ['Alt', '1'], { altKey: true, code: 'Digit1' }, true],
  ['1', ['Alt', '1'], {}, false],
] as const)('%s for %j with %j: %s', (key, keys, more, pressed) => {
  expect(isPressed({ ...plain, ...more, key }, keys)).toBe(pressed);
});
