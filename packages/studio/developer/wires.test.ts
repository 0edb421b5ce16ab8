import { readRequest } from '@refreel/core/authoring';
import { noFacts, type Request } from '@refreel/core/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curlSnippet } from './snippets/curl.ts';
import { literal } from './snippets/node.ts';
import { snippetsOf } from './snippets.ts';
import { wiresOf } from './wires.ts';

const origin = 'http://127.0.0.1:8787';
const image = `asset:${'a'.repeat(64)}`;

function read(written: object): Request {
  const { request } = readRequest(written);
  if (request === undefined) throw new Error('a request of the tests cannot be read');
  return request;
}

const ofReferences = () =>
  wiresOf(
    read({ model: 'animatic', references: [{ name: 'cat', image }], prompt: '@cat waits.', seconds: 5 }),
    noFacts,
    origin,
  );
const ofWords = () => wiresOf(read({ model: 'sora-2', prompt: 'Rain.', seconds: 4 }), noFacts, origin);

test.each([
  ['native', ofReferences, ['id'], ['state'], 'done', { is: 'path' }],
  ['venice', ofReferences, ['queue_id'], ['status'], 'COMPLETED', { is: 'answer' }],
  [
    'dashscope',
    ofReferences,
    ['output', 'task_id'],
    ['output', 'task_status'],
    'SUCCEEDED',
    { at: ['output', 'video_url'] },
  ],
  ['toapis', ofReferences, ['id'], ['status'], 'completed', { at: ['result', 'data', 0, 'url'] }],
  ['baicai', ofReferences, ['data', 'taskId'], ['data', 'status'], 'COMPLETED', { at: ['data', 'urls', 0] }],
  ['qiniu', ofWords, ['id'], ['status'], 'completed', { at: ['task_result', 'videos', 0, 'url'] }],
  ['openai', ofWords, ['id'], ['status'], 'completed', { is: 'path' }],
] as const)('%s says where id, state and film stand', (id, wires, idAt, stateAt, done, film) => {
  const { course, problems } = wires().find((wire) => wire.id === id)!;
  expect(problems).toEqual([]);
  expect(course).toMatchObject({ id: idAt, state: { at: stateAt, done }, film });
});

test('media are addresses of the server; natively they are its assets', () => {
  const bodies = ofReferences().map(({ id, course }) => [id, JSON.stringify(course?.create.body)] as const);
  for (const [id, body] of bodies.filter(([, said]) => said !== undefined)) {
    expect(body?.includes(image), id).toBe(id === 'native');
    expect(body?.includes(`${origin}/v1/assets/${'a'.repeat(64)}/content`), id).toBe(id !== 'native');
  }
});

test('a model of the dialect is taken, the own one where it has it', () => {
  const models = (wires: ReturnType<typeof wiresOf>) => Object.fromEntries(wires.map(({ id, model }) => [id, model]));
  expect(models(ofWords())).toMatchObject({ native: 'sora-2', openai: 'sora-2', qiniu: 'sora-2' });
  const own = read({ model: 'wan2.6-r2v', references: [{ name: 'cat', image }], prompt: '@cat waits.' });
  expect(models(wiresOf(own, noFacts, origin))).toMatchObject({ dashscope: 'wan2.6-r2v', native: 'wan2.6-r2v' });
});

test('a body that is JSON stands in a script as it is, whatever it says', () => {
  const wires = wiresOf(read({ model: 'animatic', prompt: `it's "x" $HOME \\ 雨\nJSON\n` }), noFacts, origin);
  const { course } = wires.find(({ id }) => id === 'native')!;
  const [, body] = /<<'JSON'\n(.*?)\nJSON\n/s.exec(curlSnippet(course!)) ?? [];
  expect(JSON.parse(body!)).toEqual(course!.create.body.kind === 'json' && course!.create.body.value);
  expect(snippetsOf(wires[0]!).map(({ language }) => language)).toEqual(['JSON', 'curl', 'Python', 'Node.js']);
});

test('what is written for JavaScript says the same there', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.boolean(), (value, broad) => {
      const wanted = JSON.parse(JSON.stringify(value));
      if (JSON.stringify(wanted).includes('__proto__')) return;
      expect(new Function(`return ${literal(wanted, broad)}`)()).toEqual(wanted);
    }),
    { numRuns: 500 },
  );
});
