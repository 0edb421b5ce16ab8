import type { Reference } from '@refreel/core/model';
import { expect, test } from 'vitest';
import { insertMention, matching, queryAt } from './mention-query.ts';

const named = (name: string): Reference => ({ kind: 'scene', id: name, name, image: 'asset:1' });

test.each([
  ['@', { start: 0, typed: '' }],
  ['then ＠小', { start: 5, typed: '小' }],
  ['然后@mei', { start: 2, typed: 'mei' }],
  ['a@mei', undefined],
  ['@@mei', undefined],
  ['@mei walks', undefined],
])('a mention is being typed at the end of %s', (text, query) => {
  expect(queryAt(text, text.length)).toEqual(query);
});

test('names that begin with what was typed stand before those that hold it', () => {
  const all = ['grandma', 'Ma', 'bob', 'max'].map(named);
  expect(matching(all, 'ma').map(({ name }) => name)).toEqual(['Ma', 'max', 'grandma']);
});

test('a name is kept apart from what follows', () => {
  expect(insertMention('a @m walks', { start: 2, typed: 'm' }, 'mei')).toEqual({ text: 'a @mei walks', caret: 6 });
  expect(insertMention('a @m', { start: 2, typed: 'm' }, 'mei')).toEqual({ text: 'a @mei ', caret: 7 });
  expect(insertMention('＠小走', { start: 0, typed: '小' }, '小猫')).toEqual({ text: '@小猫 走', caret: 4 });
});
