import type { Reference } from '@refreel/core/model';
import { expect, test } from 'vitest';
import { cleanName, freeName } from './names.ts';
import { bindTags, renameInShots } from './prompt-text.ts';

const subject = (id: string, name = id): Reference => ({ kind: 'subject', id, name, image: 'asset:1' });
const scene = (id: string): Reference => ({ kind: 'scene', id, name: id, image: 'asset:2' });

test('a rename is written wherever a text speaks of the reference, and nowhere else', () => {
  const before = [subject('1', 'mei'), subject('2', 'meiling')];
  const after = [subject('1', '小梅'), subject('2', 'meiling')];
  const shots = [{ prompt: '@mei and ＠Mei.angle2 meet @meiling; mei@mei.com', seconds: 3 }];
  expect(renameInShots(shots, before, after, '1')).toEqual([
    { prompt: '@小梅 and @小梅.angle2 meet @meiling; mei@mei.com', seconds: 3 },
  ]);
});

test('tags of any vendor become names, and what points at nothing stays', () => {
  const references = [subject('mei'), subject('bob'), scene('pier')];
  expect(bindTags('@Element2 on @Image1, @Element9', references, 'venice-elements')).toBe('@bob on @pier, @Element9');
  expect(bindTags('@Element1', [], 'venice-elements')).toBe('@Element1');
});

test('names are made of files, and are free', () => {
  expect(cleanName('My face (2).jpeg')).toBe('My_face_2');
  expect(cleanName('小猫.webp')).toBe('小猫');
  expect(freeName('mei.png', 'subject', [subject('Mei')])).toBe('mei2');
  expect(freeName(undefined, 'subject', [])).toBe('subject1');
});
