import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

const hookMilliseconds = 60_000;

let server: TestServer;
let cat: string;
beforeAll(async () => {
  server = await startTestServer({});
  const bytes = readFileSync(new URL('../../../../media/cat.png', import.meta.url));
  cat = (await server.ask('/v1/assets', { bytes, headers: { 'content-type': 'image/png' } })).json.asset;
}, hookMilliseconds);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

const request = () => ({
  references: [{ name: 'tom', image: cat }],
  prompt: '@tom sleeps.',
  seconds: 5,
  seed: 7,
});
const check = (query: string, json: object = request(), headers: Record<string, string> = {}) =>
  server.ask(`/v1/check?models=${query}`, { json, headers });

interface Told {
  readonly model: string;
  readonly counts: { readonly degraded: number };
  readonly fields: readonly { readonly path: string; readonly fate: string; readonly becomes: string | null }[];
}
const field = (report: Told, path: string) => report.fields.find((one) => one.path === path);

describe('a check of several models', () => {
  test('tells of each, in order, what becomes of every field', async () => {
    const { status, json, bytes } = await check('kling-o3-pro-reference-to-video,sora-2');
    expect(status, bytes.toString()).toBe(200);
    const [kling, sora] = json.models as [Told, Told];
    expect(json.models.map(({ model, ok }: { model: string; ok: boolean }) => [model, ok])).toEqual([
      ['kling-o3-pro-reference-to-video', true],
      ['sora-2', false],
    ]);
    expect(field(kling, 'references[0].name')).toMatchObject({ fate: 'converted', becomes: '@Element1' });
    expect(field(kling, 'seed')).toMatchObject({ fate: 'degraded', becomes: 'left out' });
    expect(field(sora, 'references[0]')).toMatchObject({ fate: 'refused', problems: [{ code: 'input_unsupported' }] });
    expect(json.models[0].strictProblems).toMatchObject([{ code: 'strict_refuses', path: 'seed' }]);
    expect(json.models[0].quote).toMatchObject({ total: { currency: 'USD' }, source: 'venice-reference-guide' });
    // The request's own model is told as ever.
    expect([json.ok, json.refusing]).toEqual([true, []]);
  });

  test('all are those that can make it, fewest losses first; the rest are named', async () => {
    const { json } = await check('all');
    const losses = (json.models as Told[]).map(({ counts }) => counts.degraded);
    expect(losses).toEqual([...losses].sort((one, other) => one - other));
    expect(json.models[0].model).toBe('animatic');
    expect(json.refusing).toContain('sora-2');
    expect((await server.ask('/v1/check', { json: request() })).json.models).toBeUndefined();
  });

  test('words are in the language of the caller', async () => {
    const { json } = await check('kling-o3-pro-reference-to-video', request(), { 'accept-language': 'zh' });
    expect(field(json.models[0], 'seed')).toMatchObject({ becomes: '舍去' });
  });

  test('what refuses a request on any model refuses it on each', async () => {
    const { json } = await check('animatic,wan2.7-r2v', { ...request(), prompt: '@rex sleeps.' });
    expect(json.models.map(({ ok }: { ok: boolean }) => ok)).toEqual([false, false]);
    expect(field(json.models[1], 'shots[0].prompt')).toMatchObject({ problems: [{ code: 'unknown_mention' }] });
    const strange = await check('animatic', {
      ...request(),
      references: [{ name: 'tom', image: `asset:${'0'.repeat(64)}` }],
    });
    expect(field(strange.json.models[0], 'references[0].image')).toMatchObject({ fate: 'refused' });
  });

  test('a model that nobody knows is told beside the others; a list that is none is refused', async () => {
    const { status, json } = await check('animatic,klingon');
    expect([status, json.models[1].ok]).toEqual([200, false]);
    expect(field(json.models[1], 'model')).toMatchObject({ problems: [{ code: 'unknown_model' }] });
    for (const query of ['', ',', 'a,,b', '%20', Array.from({ length: 51 }, (_, index) => `m${index}`).join(',')])
      expect((await check(query)).status, query).toBe(400);
  });
});

describe('strict', () => {
  const clip = () => ({
    ...request(),
    seed: undefined,
    model: 'kling-o3-standard-reference-to-video',
    watermark: true,
    strict: true,
  });

  test('a request that would be less than asked is refused when it is submitted, by its fields', async () => {
    const refused = await server.ask('/v1/generations', { json: clip() });
    expect(refused.status, refused.bytes.toString()).toBe(422);
    expect(refused.json.problems).toMatchObject([{ code: 'strict_refuses', path: 'watermark' }]);
    const words = await server.ask('/v1/generations', {
      json: { ...request(), model: 'kling-v3', strict: true, seed: undefined },
    });
    expect(words.json.problems.map(({ path }: { path: string }) => path)).toEqual(['shots']);
  });

  test('one that is only said in other words is taken', async () => {
    const { watermark: _, ...plain } = clip();
    const taken = await server.ask('/v1/generations', { json: plain });
    expect(taken.status, taken.bytes.toString()).toBe(202);
  });
});
