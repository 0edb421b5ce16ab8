import { makeNote, problem } from '@refreel/core/model';
import { describe, expect, test } from 'vitest';
import { languageOfCaller, noteHeader, refusal } from './answer.ts';

test.each([
  [null, 'en'],
  ['', 'en'],
  ['zh', 'zh'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['en-US,en;q=0.9,zh;q=0.8', 'en'],
  ['en;q=0.2, zh-TW;q=0.3', 'zh'],
  ['fr, de', 'en'],
  ['fr, zh;q=0.1', 'zh'],
  ['zh;q=0', 'en'],
  ['ZH-hans', 'zh'],
  ['zha', 'en'],
  ['zh;q=x, en', 'en'],
  ['*', 'en'],
])('Accept-Language %j is %s', (header, language) => {
  expect(languageOfCaller(header)).toBe(language);
});

describe('the header of notes', () => {
  const note = (path: string) => makeNote('media_unmeasured', path);

  test('names code and place, in ASCII', () => {
    expect(noteHeader([])).toEqual({});
    const header = noteHeader([note('references[0].image'), note('名字\r\nx: y')])['x-refreel-notes']!;
    expect(header).toContain('media_unmeasured references');
    expect(header).toMatch(/^[\x20-\x7e]+$/);
  });

  test('is bounded, and says how many are left out', () => {
    const notes = Array.from({ length: 500 }, (_, index) => note(`references[${index}].image`));
    const header = noteHeader(notes)['x-refreel-notes']!;
    expect(header.length).toBeLessThan(1100);
    const told = header.split(', ').length - 1;
    expect(header).toMatch(new RegExp(`, \\+${500 - told}$`));
  });
});

test('what may succeed later says when to come again', async () => {
  const later = refusal([problem('repeat_running', '', { found: 'x' })], 'en');
  expect([later.status, later.headers.get('retry-after')]).toEqual([409, '1']);
  const never = refusal([problem('repeat_differs', '', { found: 'x' })], 'en');
  expect([never.status, never.headers.get('retry-after')]).toEqual([409, null]);
  const outside = refusal([problem('range_unsatisfiable', 'Range', { found: 'bytes=9-', limit: 5 })], 'zh');
  expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */5']);
});
