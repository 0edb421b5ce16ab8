import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problem, type State } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import type { GenerationView } from '../dialect.ts';
import { goldenView } from '../golden.ts';
import { type Ask, jsonBody, noBody } from '../message.ts';
import { jsonOf } from '../serving.suite.ts';
import { toapis } from './index.ts';

const context = contextOf(toapis);
const task = toapis.exchanges.look![0]!;
const created = Date.UTC(2026, 10, 20, 8, 0, 0, 999);
const film = { index: 0, url: 'https://media.example/1.mp4', seconds: 5, width: 1280, height: 720, bytes: 1 };
const view = (more: Partial<GenerationView> = {}) =>
  goldenView({ id: 'video_1', model: 'kling-v3', createdAt: created, ...more });
const tell = (of: GenerationView | undefined, language?: 'en' | 'zh') =>
  jsonOf(task.answer.encode(of, { does: 'look', id: 'video_1' }, { ...context, language }));

describe('how a task stands', () => {
  it.each<[State, string, number]>([
    ['preparing', 'queued', 0],
    ['queued', 'queued', 0],
    ['submitting', 'in_progress', 40],
    ['unconfirmed', 'in_progress', 40],
    ['running', 'in_progress', 40],
    ['fetching', 'in_progress', 40],
    ['cancelling', 'in_progress', 40],
    ['done', 'completed', 100],
    ['failed', 'failed', 0],
    ['cancelled', 'failed', 0],
  ])('%s is %s at %i %%', (state, word, progress) => {
    const told = tell(view({ state, progress: 0.4, films: [film] }));
    expect(told).toMatchObject({ status: word, progress, created_at: Math.floor(created / 1000) });
    expect(Object.hasOwn(told, 'result')).toBe(word === 'completed');
    expect(Object.hasOwn(told, 'expires_at')).toBe(word === 'completed');
    expect(Object.hasOwn(told, 'error')).toBe(word === 'failed');
  });

  it('is at no other percentage than 0 to 99 before it is done', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 2, noNaN: true }), (progress) => {
        const told = tell(view({ state: 'running', progress })).progress;
        expect(Number.isInteger(told)).toBe(true);
        expect(told).toBeGreaterThanOrEqual(0);
        expect(told).toBeLessThanOrEqual(99);
      }),
    );
    expect(tell(view({ state: 'running' })).progress).toBe(0);
  });

  it('a film lives for 24 hours, or as long as it is said to', () => {
    const finishedAt = created + 60_000;
    const seconds = Math.floor(finishedAt / 1000);
    expect(tell(view({ state: 'done', finishedAt, films: [film] }))).toMatchObject({
      completed_at: seconds,
      expires_at: seconds + 86_400,
      result: { type: 'video', data: [{ url: film.url, format: 'mp4' }] },
    });
    expect(tell(view({ state: 'done', finishedAt, expiresAt: finishedAt + 5000 })).expires_at).toBe(seconds + 5);
  });

  it('a failure says why in the language of whoever looks, and nothing of this machine', () => {
    const moderated = view({ state: 'failed', problem: problem('moderation_blocked', '') });
    expect(tell(moderated, 'zh').error).toEqual({
      code: 'generation_failed',
      message: '生成失败: 内容违反了内容政策',
    });
    expect(tell(moderated, 'en').error).toMatchObject({ message: expect.stringMatching(/^Generation failed: /) });
    expect(tell(moderated)).toEqual(tell(moderated, 'en'));
    const small = problem('media_type', 'references[0].image', { found: 'image/bmp', model: 'm', limit: 'image/png' });
    expect(tell(view({ state: 'failed', problem: small })).error).toMatchObject({
      message: expect.stringContaining('reference image 1 is image/bmp'),
    });
    const broken = view({ state: 'failed', problem: problem('disk_full', '', { found: '/srv/films/a.mp4' }) });
    expect(JSON.stringify(tell(broken))).not.toContain('/srv');
    expect(tell(view({ state: 'cancelled' }), 'zh').error).toMatchObject({ code: 'generation_failed' });
  });

  it('repeats the extensions of the request only where it is accepted', () => {
    const echo = { metadata: { trace: 'x' }, roles: [] };
    const question = { does: 'create', request: view().request, echo, notes: [] } as const;
    const create = toapis.exchanges.create![0]!;
    expect(jsonOf(create.answer.encode(view({ echo }), question, context)).metadata).toEqual({ trace: 'x' });
    expect(jsonOf(create.answer.encode(view({ echo: 'odd' }), question, context)).metadata).toEqual({});
    expect(tell(view({ echo }))).not.toHaveProperty('metadata');
  });
});

describe('what clients read', () => {
  const read = (value: object, status = 200) =>
    task.answer.decode(
      { status, headers: {}, body: jsonBody(value as never) },
      { does: 'look', id: 'video_1' },
      context,
    );

  it.each<[string, object, string]>([
    ['the list of results', { result: { data: [{ url: 'https://e/1.mp4' }] } }, 'https://e/1.mp4'],
    [
      'a film among odd entries',
      { result: { data: [null, { url: 'https://e/1.mp4' }, { url: '' }] } },
      'https://e/1.mp4',
    ],
    ['the form of another page', { data: { url: 'https://e/2.mp4', thumbnail: 't' } }, 'https://e/2.mp4'],
    ['the form of a third page', { video_url: 'https://e/3.mp4' }, 'https://e/3.mp4'],
  ])('%s', (_, more, url) => {
    expect(read({ status: 'completed', ...more })).toMatchObject({
      ok: true,
      value: { id: 'video_1', state: 'done', films: [{ url }] },
    });
  });

  it('"submitted" as waiting, and a word that nobody knows as being at work', () => {
    expect(read({ task_id: 't', status: 'submitted' })).toMatchObject({ value: { id: 't', state: 'queued' } });
    expect(read({ status: 'NEW' })).toMatchObject({ value: { state: 'running' } });
  });

  it('a task that is not there, but not from whoever stands between', () => {
    expect(read({ error: { code: 404, type: 'not_found_error' } }, 404)).toEqual({
      ok: true,
      value: undefined,
      notes: [],
    });
    expect(read({ detail: 'Not Found' }, 404)).toMatchObject({ ok: false, problems: [{ code: 'vendor_refused' }] });
    expect(read({})).toMatchObject({ ok: false, problems: [{ code: 'answer_unreadable' }] });
  });
});

describe('a picture to upload', () => {
  const file = { name: 'file', fileName: 'a.png', mediaType: 'image/png', bytes: 'asset:a' };
  const ask = (body: Ask['body']): Ask => ({ method: 'POST', path: '/uploads/images', query: {}, headers: {}, body });
  const form = (...parts: ({ name: string; value: string } | typeof file)[]) => ask({ kind: 'form', parts });

  it('stands anywhere in the form, with a purpose or without', () => {
    const read = decodeAsk(toapis, form(file, { name: 'purpose', value: 'generation' }));
    expect(read).toMatchObject({ ok: true, value: { bytes: 'asset:a', fields: { purpose: 'generation' } } });
    if (!read.ok || read.value.does !== 'upload') throw new Error('refused');
    expect(toapis.exchanges.upload![0]!.ask.encode(read.value, context)).toMatchObject({
      message: form(file, { name: 'purpose', value: 'generation' }),
    });
  });

  it.each<[string, Ask, string]>([
    ['no form', ask(noBody), 'The body cannot be read'],
    ['no file', form({ name: 'purpose', value: 'x' }), 'file is missing'],
    ['a file of another name', form({ ...file, name: 'image' }), 'file is missing'],
    ['two files', form(file, file), 'one file at a time'],
  ])('%s is an error of the upload page', (_, given, expected) => {
    const read = decodeAsk(toapis, given);
    if (read.ok) throw new Error('accepted');
    const { status, body } = toapis.refusal.encode(read.problems, context);
    expect(status).toBe(400);
    expect(body).toMatchObject({ value: { success: false, message: expect.stringContaining(expected) } });
  });

  it('its other errors are those of the page', () => {
    const said = (code: 'media_type_unsupported' | 'media_too_large') =>
      jsonOf(toapis.refusal.encode([problem(code, 'file', { found: 'x' })], context));
    expect(said('media_type_unsupported')).toEqual({
      success: false,
      message: 'Unsupported image type. Allowed: JPEG, PNG, WebP, GIF',
    });
    expect(said('media_too_large')).toEqual({ success: false, message: 'Image too large. Maximum size is 10MB' });
  });
});
