import { expect, test } from 'vitest';
import { nounsIn, sizeOfName } from './noun-words.ts';

test.each([
  ['cat', 'small'],
  ['Dog2', 'small'],
  ['小猫', 'small'],
  ['robot', 'usual'],
  ['monkey', 'usual'],
  ['key', 'tiny'],
  ['horse', 'large'],
  ['mei', 'usual'],
])('%s is %s', (name, size) => {
  expect(sizeOfName(name)).toBe(size);
});

test('words inside others are none of their own', () => {
  expect(nounsIn('马路 机器人 caterpillar begin')).toMatchObject([{ word: '机器人', shape: 'person' }]);
});
