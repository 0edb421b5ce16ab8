import { expect, it } from 'vitest';
import { contextOf } from '../conformance.suite.ts';
import { type Json, jsonBody } from '../message.ts';
import { qiniu } from '../qiniu/index.ts';
import { openai } from './index.ts';

const context = contextOf(openai);
const find = openai.voyage.find!;
const request = { model: 'sora-2', references: [], shots: [{ prompt: ['Rain.'], seconds: 4 }] };
const page = (value: Json, status = 200) => ({ status, headers: {}, body: jsonBody(value) });
const video = (id: string, created_at: number) => ({
  id,
  status: 'queued',
  model: 'sora-2',
  prompt: 'Rain.',
  created_at,
});
const span = { from: 5_500, to: 6_000 };

it('keeps what the vendor repeats of a submit, and nothing of a remix', () => {
  const started = openai.voyage.start(request, context);
  expect(started.ok && find.trace(started.message)).toEqual({ model: 'sora-2', prompt: 'Rain.' });
  const remixed = openai.voyage.start({ ...request, from: 'video_1' }, context);
  expect(remixed.ok && find.trace(remixed.message)).toBeUndefined();
});

it('reads pages until they are older than the span, in whole seconds', () => {
  expect(find.list(span, undefined, context)).toMatchObject({
    path: '/videos',
    query: { limit: '100', order: 'desc' },
  });
  expect(find.list(span, 'b', context).query).toMatchObject({ after: 'b' });
  const first = find.listed(page({ data: [video('a', 7), video('b', 5)], has_more: true }), span, undefined, context);
  expect(first).toMatchObject({ found: [{ id: 'a', prompt: 'Rain.', createdAt: 7000 }, { id: 'b' }], next: 'b' });
  const last = find.listed(page({ data: [video('c', 4)], has_more: true }), span, 'b', context);
  expect(last).toMatchObject({ found: [{ id: 'c' }], next: undefined });
  expect(find.listed(page({ data: [video('d', 6)] }), span, undefined, context)).toMatchObject({ next: undefined });
  expect(find.listed(page({ error: { message: 'busy' } }, 503), span, undefined, context)).toBeUndefined();
});

it('is nothing that Qiniu documents', () => {
  expect(qiniu.voyage.find).toBeUndefined();
});
