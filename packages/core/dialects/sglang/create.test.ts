import { describe, expect, it, test } from 'vitest';
import type { Request } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import { type Ask, type Json, jsonBody } from '../message.ts';
import { sglang } from './index.ts';

const context = contextOf(sglang);
const home = { model: 'sglang', references: [], shots: [{ prompt: ['a cat'] }] };

function json(more: { [key: string]: Json }): Ask {
  const body = jsonBody({ model: 'sglang', prompt: 'a cat', ...more });
  return { method: 'POST', path: '/videos', query: {}, headers: { 'content-type': 'application/json' }, body };
}

function refused(ask: Ask): string[] {
  const read = decodeAsk(sglang, ask);
  return read.ok ? [] : read.problems.map(({ code, path }) => `${code} ${path}`);
}

describe('what asks for a film', () => {
  it('may be a form only with a picture', () => {
    const parts = [
      { name: 'model', value: 'sglang' },
      { name: 'prompt', value: 'a cat' },
    ];
    const form: Ask = { ...json({}), headers: {}, body: { kind: 'form', parts } };
    expect(refused(form)).toEqual(['field_missing input_reference']);
    const file = { name: 'input_reference', fileName: 'a.png', mediaType: 'image/png', bytes: 'asset:1' };
    expect(refused({ ...form, body: { kind: 'form', parts: [...parts, file] } })).toEqual([]);
  });

  it.each<[string, { [key: string]: Json }, string]>([
    ['half a second', { seconds: 4.5 }, 'invalid_request seconds'],
    ['no second', { seconds: 0 }, 'invalid_request seconds'],
    ['a path of its disk', { reference_url: '/etc/passwd' }, 'media_address reference_url'],
    ['an unknown model', { model: 'nobody' }, 'unknown_model model'],
  ])('is not read with %s', (_, more, problem) => expect(refused(json(more))).toEqual([problem]));
});

describe('written for an engine', () => {
  const write = (more: Partial<Request> = {}, fields?: Record<string, Json>) =>
    sglang.voyage.start({ ...home, ...more }, { ...context, fields });

  it('is JSON with every setting, seconds as a number', () => {
    expect(write()).toMatchObject({
      message: {
        headers: { 'content-type': 'application/json' },
        body: jsonBody({ model: 'sglang', prompt: 'a cat', seconds: 4, size: '1280x720', fps: 24 }),
      },
    });
    expect(write({ startFrame: 'https://e/a.png' })).toMatchObject({
      message: { body: { kind: 'json', value: { reference_url: 'https://e/a.png' } } },
    });
  });

  it('is a form where a picture is stored here', () => {
    const written = write({ startFrame: 'asset:1' }, { guidance_scale: 5 });
    const parts = written.ok && written.message.body.kind === 'form' ? written.message.body.parts : [];
    expect(parts).toContainEqual({ name: 'seconds', value: '4' });
    expect(parts).toContainEqual({ name: 'guidance_scale', value: '5' });
    expect(parts.at(-1)).toMatchObject({ name: 'input_reference', bytes: 'asset:1' });
  });

  it.each<[string, Partial<Request>, string]>([
    ['a picture as text', { startFrame: 'data:image/png;base64,AAAA' }, 'media_address startFrame'],
    [
      'a film',
      { references: [{ kind: 'video', id: 'v', name: 'v', video: 'https://e/a.mp4', use: 'feature' }] },
      'input_unsupported references[0]',
    ],
    ['half a second', { shots: [{ prompt: ['a cat'], seconds: 4.5 }] }, 'setting_not_offered shots[0].seconds'],
  ])('cannot say %s', (_, more, problem) => {
    const written = write(more);
    expect(written.ok ? [] : written.problems.map(({ code, path }) => `${code} ${path}`)).toContain(problem);
  });

  it('says that sound is not made', () => {
    const written = write({ audio: true });
    expect(written.ok && written.notes.map(({ code, path }) => `${code} ${path}`)).toEqual(['setting_ignored audio']);
  });
});

test('a film that failed has a sentence and no code, and its error is FastAPI’s', () => {
  const failed = jsonBody({ id: 'a', status: 'failed', error: { message: 'CUDA out of memory' } });
  expect(sglang.voyage.seen({ status: 200, headers: {}, body: failed }, { videoId: 'a' }, context)).toMatchObject({
    ...{ is: 'failed', billed: 'no', problem: { code: 'vendor_failed', values: { found: 'CUDA out of memory' } } },
  });
  const unknown = sglang.exchanges.look![0]!.answer.encode(undefined, { does: 'look', id: 'a' }, context);
  expect(unknown).toMatchObject({ status: 404, body: { value: { detail: expect.any(String) } } });
});

test('nothing is cancelled there, and nothing looked for', () => {
  expect([sglang.voyage.cancel, sglang.voyage.find]).toEqual([undefined, undefined]);
});
