import { describe, expect, test } from 'vitest';
import type { Reference } from '../model/index.ts';
import { savedIn } from './read-references.ts';
import { readRequest } from './read-request.ts';

const mei: Reference = { kind: 'subject', id: 'ref_1', name: 'mei', image: `asset:${'a'.repeat(64)}` };
const saved = new Map([
  ['ref_1', mei],
  ['mei', mei],
]);
const read = (references: object[], prompt = 'A dog runs.') => readRequest({ prompt, references }, [], saved);

describe('a saved reference', () => {
  test('stands in the request as if it were written there, and keeps its id', () => {
    for (const word of ['ref_1', 'mei']) expect(read([{ saved: word }]).request?.references).toEqual([mei]);
  });

  test('is bound by its name, or by the one that it has here', () => {
    expect(read([{ saved: 'mei' }], '@mei waits.').request?.shots[0]?.prompt).toContainEqual({ mention: 'ref_1' });
    const renamed = read([{ saved: 'mei', name: 'anna', id: 'x' }], '@anna waits.');
    expect([renamed.problems, renamed.request?.references]).toEqual([[], [{ ...mei, name: 'anna', id: 'x' }]]);
    expect(read([{ saved: 'mei', name: 'anna' }], '@mei waits.').problems.map(({ code }) => code)).toEqual([
      'unknown_mention',
    ]);
  });

  test('stands among written ones, which keep their numbers', () => {
    const { request } = read([{ image: 'a.png' }, { saved: 'mei' }, { image: 'b.png' }]);
    expect(request?.references.map(({ name }) => name)).toEqual(['subject1', 'mei', 'subject2']);
  });

  test.each([
    [{ saved: 'nobody' }, 'reference_unknown', 'references[0].saved'],
    [{ saved: 'mei', image: 'a.png' }, 'invalid_request', 'references[0].image'],
    [{ saved: 'mei', kind: 'scene' }, 'invalid_request', 'references[0].kind'],
    [{ saved: '' }, 'invalid_request', 'references[0].saved'],
    [{ saved: 7 }, 'invalid_request', 'references[0].saved'],
  ])('%j is refused', (reference, code, path) => {
    const { request, problems } = read([reference]);
    expect([request, problems.map((one) => [one.code, one.path])]).toEqual([undefined, [[code, path]]]);
  });

  test('is unknown where nothing is kept', () => {
    expect(readRequest({ prompt: 'x', references: [{ saved: 'mei' }] }).problems[0]?.code).toBe('reference_unknown');
  });
});

test('what is named is found in a request of any shape', () => {
  expect(
    savedIn({ references: [{ saved: 'a' }, { saved: 'b' }, { saved: 'a' }, { saved: 7 }, null, 'saved'] }),
  ).toEqual(['a', 'b']);
  for (const odd of [undefined, null, 7, 'x', [], {}, { references: 'x' }, { references: { saved: 'a' } }])
    expect(savedIn(odd)).toEqual([]);
});
