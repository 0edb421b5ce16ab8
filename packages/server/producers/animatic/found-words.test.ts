import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { foundWords } from './found-words.ts';

test('everything that the media room finds has Chinese words', () => {
  const media = new URL('../../media/', import.meta.url);
  const sources = readdirSync(media).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const said = sources.flatMap((name) => {
    const text = readFileSync(new URL(name, media), 'utf8');
    const thrown = [...text.matchAll(/found: '([^']+)'/g)].map(([, words]) => words!);
    const described = name === 'describe.ts' ? [...text.matchAll(/'((?:an?|the) [^'\\]+|text|unknown|empty)'/g)] : [];
    return [...thrown, ...described.map(([, words]) => words!)];
  });
  expect(said.length).toBeGreaterThan(30);
  // Said only of a folder, whose problem names the file itself.
  const without = said.filter((words) => typeof foundWords(words) === 'string' && words !== 'a folder');
  expect(without).toEqual([]);
});

test('what a library said stays as it is', () => {
  expect(foundWords('VipsJpeg: premature end of JPEG image')).toBe('VipsJpeg: premature end of JPEG image');
});
