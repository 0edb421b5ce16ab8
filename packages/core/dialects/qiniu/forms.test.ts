import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCard } from '../../catalog/index.ts';
import { check, noFacts, Request } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import type { Ask, FormPart, Json } from '../message.ts';
import { readFields, writeFields } from '../openai/fields.ts';
import { openai } from '../openai/index.ts';
import { qiniu } from './index.ts';

const ask = (parts: readonly FormPart[]): Ask => ({
  method: 'POST',
  path: '/videos',
  query: {},
  headers: {},
  body: { kind: 'form', parts },
});
const texts = (...parts: readonly string[]) =>
  ask(parts.map((part) => ({ name: part.split('=')[0]!, value: part.split('=')[1]! })));
const read = (given: Ask) => {
  const fields = readFields(given);
  return 'problems' in fields
    ? fields.problems.map(({ code, path }) => `${code} ${path}`)
    : JSON.parse(JSON.stringify(fields.value));
};

describe('names of a form', () => {
  it.each<[string, Ask, Json]>([
    ['objects', texts('a[b]=1', 'a[c]=2'), { a: { b: '1', c: '2' } }],
    ['lists', texts('a[]=1', 'a[]=2'), { a: ['1', '2'] }],
    ['lists of objects', texts('a[][b]=1', 'a[][c]=2', 'a[][b]=3'), { a: [{ b: '1', c: '2' }, { b: '3' }] }],
    [
      'an entry ends where a name comes again',
      texts('a[][b]=1', 'a[][b]=2', 'a[][c]=3'),
      { a: [{ b: '1' }, { b: '2', c: '3' }] },
    ],
    ['objects inside of them', texts('a[][b][c]=1', 'a[][b][c]=2'), { a: [{ b: { c: '1' } }, { b: { c: '2' } }] }],
    ['other signs are words', texts('a[=1', '[b]=2', 'a]b=3'), { 'a[': '1', '[b]': '2', 'a]b': '3' }],
    ['too deep are words', texts('a[b][c][d][e]=1'), { 'a[b][c][d][e]': '1' }],
    [
      'nothing that every object has',
      texts('__proto__[x]=1', 'a[__proto__]=2', 'toString=3'),
      JSON.parse('{"__proto__":{"x":"1"},"a[__proto__]":"2","toString":"3"}') as Json,
    ],
    ['the same twice', texts('a=1', 'a=2'), ['invalid_request a']],
    ['a text and an object', texts('a=1', 'a[b]=2'), ['invalid_request a[b]']],
    ['an object and a list', texts('a[b]=1', 'a[]=2'), ['invalid_request a[]']],
    [
      'a file and a text',
      ask([
        { name: 'a', value: '1' },
        { name: 'a', fileName: 'f', mediaType: 'image/png', bytes: 'asset:1' },
      ]),
      ['invalid_request a'],
    ],
    [
      'a file that nobody stored',
      ask([{ name: 'a', fileName: 'f', mediaType: 'image/png', bytes: '' }]),
      ['field_missing a'],
    ],
  ])('%s', (_, given, expected) => {
    expect(read(given)).toEqual(expected);
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  it('what is written is read again, wherever a list has whole entries', () => {
    const fields = {
      model: 'm',
      image_list: [{ image: 'a', type: 'first_frame' }, { image: 'b' }, { image: 'c' }],
      tags: ['x', 'y'],
    };
    const { body, headers } = writeFields(fields, true);
    expect(headers).toEqual({});
    expect(read({ ...ask([]), body })).toEqual(fields);
  });
});

const name = fc.oneof(
  fc.constantFrom(
    ...['seconds', 'size', 'mode', 'seed', 'input_reference', 'input_reference[image_url]', 'input_reference[file_id]'],
    ...[
      'image_tail',
      'image_list',
      'image_list[]',
      'image_list[][image]',
      'image_list[][type]',
      'image_list[][image][x]',
    ],
    ...['video_list', 'video_list[][video_url]', 'video_list[][refer_type]', 'video_list[][keep_original_sound]'],
    ...['__proto__', 'a[__proto__][b]', 'constructor[prototype][x]', '[]', 'a['],
  ),
  fc.string(),
);
const value = fc.oneof(
  fc.constantFrom(
    '4',
    '5',
    '1280x720',
    'pro',
    'https://e/a.png',
    '/9j/AAAA',
    'iVBORw0KGgoA',
    'first_frame',
    'base',
    'no',
  ),
  fc.string(),
);
const part = fc.oneof(
  { weight: 5, arbitrary: fc.record({ name, value }) },
  { weight: 1, arbitrary: fc.record({ name, fileName: fc.string(), mediaType: fc.string(), bytes: value }) },
);

it.each([openai, qiniu])(
  '$id: any form is read or refused, and what is read can be looked over and written',
  (dialect) => {
    const context = contextOf(dialect);
    const model = fc.constantFrom('sora-2', 'kling-video-o1', 'kling-v2-1', 'kling-v2-5-turbo');
    let said = 0;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), model, (parts, called) => {
        const start = [
          { name: 'model', value: called },
          { name: 'prompt', value: 'x' },
        ];
        const result = decodeAsk(dialect, ask([...start, ...parts]));
        if (!result.ok) {
          const { status } = dialect.refusal.encode(result.problems, context);
          expect(status).toBeGreaterThanOrEqual(400);
          expect(status).toBeLessThan(500);
          return;
        }
        said += 1;
        if (result.value.does !== 'create') throw new Error('not a create');
        const { request, echo } = result.value;
        expect(Request.safeParse(request).error).toBeUndefined();
        expect(check(request, findCard(request.model)!, noFacts).taken.model).toBe(called);
        expect(typeof dialect.voyage.start(request, context, echo).ok).toBe('boolean');
      }),
      { numRuns: 1000 },
    );
    expect(said).toBeGreaterThan(20);
  },
);
