import { describe, expect, it, test } from 'vitest';
import { cardOnEngine } from '../../catalog/index.ts';
import type { Request } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import { type Ask, type FormPart, type Json, jsonBody } from '../message.ts';
import { vllm } from './index.ts';

const context = contextOf(vllm);
const home = { model: 'vllm', references: [], shots: [{ prompt: ['a cat'] }] };
const video = { kind: 'video', id: 'v', name: 'v', video: 'https://e/a.mp4', use: 'feature' } as const;

function form(texts: Readonly<Record<string, string>>, ...files: readonly FormPart[]): Ask {
  const parts = Object.entries({ model: 'vllm', prompt: 'a cat', ...texts }).map(([name, value]) => ({ name, value }));
  return {
    method: 'POST',
    path: '/videos',
    query: {},
    headers: {},
    body: { kind: 'form', parts: [...parts, ...files] },
  };
}

const file: FormPart = { name: 'input_reference', fileName: 'a.png', mediaType: 'image/png', bytes: 'asset:1' };

function refused(ask: Ask): string[] {
  const read = decodeAsk(vllm, ask);
  return read.ok ? [] : read.problems.map(({ code, path }) => `${code} ${path}`);
}

describe('the form', () => {
  it.each<[string, Ask, string]>([
    [
      'two media',
      form({ image_reference: '{"image_url":"https://e/a.png"}' }, file),
      'invalid_request input_reference',
    ],
    ['a stored file', form({ image_reference: '{"file_id":"f"}' }), 'invalid_request image_reference'],
    ['no JSON', form({ video_reference: 'https://e/a.mp4' }), 'invalid_request video_reference'],
    ['a path of its disk', form({ video_reference: '{"video_url":"/etc/passwd"}' }), 'media_address video_reference'],
    ['half a second', form({ seconds: '4.5' }), 'invalid_request seconds'],
    ['no second', form({ seconds: '0' }), 'invalid_request seconds'],
    ['an unknown model', form({ model: 'nobody' }), 'unknown_model model'],
    ['a file elsewhere', form({}, { ...file, name: 'picture' }), 'unknown_field picture'],
  ])('is not read with %s', (_, ask, problem) => expect(refused(ask)).toEqual([problem]));

  it('is no JSON', () => {
    const ask: Ask = {
      ...form({}),
      headers: { 'content-type': 'application/json' },
      body: jsonBody({ model: 'vllm', prompt: 'a cat' }),
    };
    expect(refused(ask)).toEqual(['content_type Content-Type']);
  });

  it('says frames rather than seconds, where it says both', () => {
    const read = decodeAsk(vllm, form({ seconds: '9', num_frames: '48', fps: '16' }));
    expect(read.ok && 'request' in read.value && read.value.request.shots).toMatchObject([{ seconds: 3 }]);
  });
});

describe('written for an engine', () => {
  const write = (more: Partial<Request> = {}, model = 'vllm') =>
    vllm.voyage.start({ ...home, model, ...more }, contextOf(vllm, { findCard: (id) => cardOnEngine('vllm', id) }));
  const texts = (written: ReturnType<typeof write>) =>
    written.ok && written.message.body.kind === 'form'
      ? Object.fromEntries(
          written.message.body.parts.map((part) => [part.name, 'value' in part ? part.value : part.bytes]),
        )
      : undefined;

  it('says every setting, asked for or not', () => {
    expect(texts(write())).toEqual({
      ...{ model: 'vllm', prompt: 'a cat', seconds: '4', size: '1280x720', fps: '24', generate_sound: 'false' },
    });
    expect(texts(write({ ratio: '9:16', tier: '480p', audio: true }, 'our-wan'))).toMatchObject({
      ...{ model: 'our-wan', size: '480x854', generate_sound: 'true' },
    });
  });

  it('names a picture by its address, and what is stored here as a file', () => {
    expect(texts(write({ startFrame: 'https://e/a.png' }))).toMatchObject({
      image_reference: '{"image_url":"https://e/a.png"}',
    });
    expect(texts(write({ startFrame: 'asset:1' }))).toMatchObject({ input_reference: 'asset:1' });
    expect(texts(write({ references: [video] }))).toMatchObject({ video_reference: '{"video_url":"https://e/a.mp4"}' });
  });

  it.each<[string, Partial<Request>, string]>([
    ['a film beside a start frame', { references: [video], startFrame: 'asset:1' }, 'too_many references'],
    ['an end frame', { endFrame: 'asset:1' }, 'input_unsupported endFrame'],
    ['a film to edit', { references: [{ ...video, use: 'edit' }] }, 'setting_not_offered references[0].use'],
    [
      'a reference image, which would be its start frame',
      { references: [{ kind: 'image', id: 'i', name: 'i', image: 'asset:1' }] },
      'input_unsupported references[0]',
    ],
    ['half a second', { shots: [{ prompt: ['a cat'], seconds: 4.5 }] }, 'setting_not_offered shots[0].seconds'],
  ])('cannot say %s', (_, more, problem) => {
    const written = write(more);
    expect(written.ok ? [] : written.problems.map(({ code, path }) => `${code} ${path}`)).toContain(problem);
  });

  it('adds what the account has, and never in place of what the request says', () => {
    const fields: Record<string, Json> = { num_inference_steps: 40, extra_params: { task: 'x' }, seconds: '99' };
    expect(texts(vllm.voyage.start(home, { ...context, fields }))).toMatchObject({
      ...{ num_inference_steps: '40', extra_params: '{"task":"x"}', seconds: '4' },
    });
  });
});

test.each<[string, object | null, string]>([
  ['its fault', { code: 500, message: 'CUDA out of memory' }, 'vendor_failed'],
  ['ours', { code: 400, message: 'Invalid input' }, 'vendor_refused'],
  ['nobody’s', null, 'vendor_failed'],
])('a film that failed by %s', (_, error, code) => {
  const answer = { status: 200, headers: {}, body: jsonBody({ id: 'video_gen_1', status: 'failed', error } as Json) };
  expect(vllm.voyage.seen(answer, { videoId: 'video_gen_1' }, context)).toMatchObject({
    ...{ is: 'failed', billed: 'no', problem: { code } },
  });
});

test('what it finds wrong with a form is told by field', () => {
  const detail = [{ loc: ['body', 'seconds'], msg: "String should match pattern '^[1-9]\\d*$'", type: 'x' }];
  const answer = { status: 422, headers: {}, body: jsonBody({ detail }) };
  expect(vllm.refusal.decode(answer)?.values).toEqual({
    found: "body.seconds: String should match pattern '^[1-9]\\d*$'",
  });
});

test('deleting stops it, its list is searched, and it needs no key', () => {
  expect(vllm.voyage.cancel?.({ videoId: 'a' }, context)).toMatchObject({ method: 'DELETE', path: '/videos/a' });
  const written = vllm.voyage.start(home, context);
  expect(written.ok && vllm.voyage.find?.trace(written.message)).toEqual({ model: 'vllm', prompt: 'a cat' });
  expect(vllm.keyless).toBe(true);
});
