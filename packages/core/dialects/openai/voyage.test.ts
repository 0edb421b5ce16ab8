import { describe, expect, it } from 'vitest';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import { type Answer, type Json, jsonBody } from '../message.ts';
import { openai } from './index.ts';

const context = contextOf(openai);
const { voyage } = openai;
const answer = (value: Json, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: jsonBody(value),
});
const page = (status: number): Answer => ({
  status,
  headers: {},
  body: { kind: 'bytes', bytes: 'b', mediaType: 'text/html' },
});
const error = (status: number, code: string | null, headers: Record<string, string> = {}) =>
  answer({ error: { message: 'm', type: 't', param: null, code } }, status, headers);
const handle = { videoId: 'video_1' };
const seen = (value: Json, status = 200) =>
  voyage.seen(answer({ id: 'video_1', ...(value as object) }, status), handle, context);

describe('what comes of asking', () => {
  it('an id is kept, whatever else is odd', () => {
    expect(voyage.accepted(answer({ id: 'video_1', object: 'video', status: 'queued' }), context)).toEqual({ handle });
    expect(voyage.accepted(answer({ id: 'video_1', status: 7 }), context)).toEqual({ handle });
  });

  it.each<[string, Answer, object]>([
    [
      'a refusal at the door costs nothing',
      error(400, 'invalid_value'),
      { is: 'failed', billed: 'no', problem: { code: 'vendor_refused' } },
    ],
    [
      'nor does moderation',
      error(400, 'moderation_blocked'),
      { is: 'failed', billed: 'no', problem: { code: 'moderation_blocked' } },
    ],
    [
      'nor an empty account',
      error(429, 'insufficient_quota'),
      { is: 'failed', billed: 'no', problem: { code: 'quota_exhausted' } },
    ],
    ['nor a wrong key', error(401, null), { is: 'failed', billed: 'no', problem: { code: 'key_invalid' } }],
    [
      'too many requests: later',
      error(429, 'rate_limit_exceeded', { 'retry-after': '7' }),
      { is: 'later', seconds: 7 },
    ],
    ['a fault may have come too late', error(500, null), { is: 'failed', billed: 'unknown' }],
    ['so may a gateway', page(502), { is: 'failed', billed: 'unknown' }],
    ['and one that is busy', page(503), { is: 'failed', billed: 'unknown' }],
    ['a timeout too', error(408, null), { is: 'failed', billed: 'unknown' }],
    [
      'an answer that says nothing',
      answer({}),
      { is: 'failed', billed: 'unknown', problem: { code: 'answer_unreadable' } },
    ],
    ['an engine that refuses', answer({ detail: 'no' }, 422), { is: 'failed', billed: 'no' }],
  ])('%s', (_, given, expected) => expect(voyage.accepted(given, context)).toMatchObject(expected));
});

describe('looking', () => {
  it('asks for it', () => {
    expect(voyage.look(handle, context)).toMatchObject({ method: 'GET', path: '/videos/video_1' });
    expect(decodeAsk(openai, voyage.look({ videoId: 'a/b c' }, context))).toMatchObject({ value: { id: 'a/b c' } });
  });

  it.each<[string, object]>([
    ['queued', { is: 'working', state: 'queued' }],
    ['initializing', { is: 'working', state: 'queued' }],
    ['in_progress', { is: 'working', state: 'running' }],
    ['downloading', { is: 'working', state: 'running' }],
    ['uploading', { is: 'working', state: 'running' }],
    ['something new', { is: 'working', state: 'running' }],
    ['failed', { is: 'failed', billed: 'no' }],
    ['cancelled', { is: 'failed', billed: 'unknown', problem: { code: 'render_cancelled' } }],
    ['deleted', { is: 'failed', billed: 'unknown' }],
  ])('%s', (status, expected) => expect(seen({ status, progress: 40 })).toMatchObject(expected));

  it('progress is a share', () =>
    expect(seen({ status: 'in_progress', progress: 40 })).toMatchObject({ progress: 0.4 }));

  it('a film is below the same base address, for the same key', () => {
    expect(seen({ status: 'completed', seconds: '4' })).toEqual({
      is: 'films',
      films: [{ url: '/videos/video_1/content', seconds: undefined }],
      billedSeconds: undefined,
    });
  });

  it('or where the answer says, if that is on the web', () => {
    expect(seen({ status: 'completed', url: 'https://films.example/a.mp4', seconds: 4 })).toMatchObject({
      films: [{ url: 'https://films.example/a.mp4', seconds: 4 }],
    });
    expect(seen({ status: 'completed', url: '/tmp/a.mp4' })).toMatchObject({
      films: [{ url: '/videos/video_1/content' }],
    });
  });

  it.each<[string, Answer, object]>([
    ['unknown', error(404, 'not_found'), { is: 'gone' }],
    ['unknown to an engine', answer({ detail: 'Video not found' }, 404), { is: 'gone' }],
    ['a page of a proxy', page(404), { is: 'later' }],
    ['a key that is out of order', error(401, 'invalid_api_key'), { is: 'later' }],
    ['a busy service', error(503, null, { 'retry-after': '30' }), { is: 'later', seconds: 30 }],
    ['half an answer', answer({ status: 'completed' }), { is: 'later' }],
  ])('%s', (_, given, expected) => expect(voyage.seen(given, handle, context)).toMatchObject(expected));

  it('why it failed is told by its code', () => {
    const blocked = { code: 'moderation_blocked', message: 'm' };
    expect(seen({ status: 'failed', error: blocked })).toMatchObject({ problem: { code: 'moderation_blocked' } });
    expect(seen({ status: 'failed', error: { code: 'x', message: 'moderation_blocked' } })).toMatchObject({
      problem: { code: 'vendor_failed', values: { vendorCode: 'x' } },
    });
    expect(seen({ status: 'failed', error: null })).toMatchObject({ problem: { code: 'vendor_failed' } });
  });
});

describe('the rest of the way', () => {
  const request = { model: 'sora-2', references: [], shots: [{ prompt: ['night'] }] };

  it('deleting stops an engine', () => {
    expect(voyage.cancel!(handle, context)).toMatchObject({ method: 'DELETE', path: '/videos/video_1' });
  });

  it("a remix is the service's own, of an id of the service, with the words alone", () => {
    const written = voyage.start({ ...request, from: 'video_1' }, context);
    expect(written).toMatchObject({
      ok: true,
      notes: [],
      message: {
        method: 'POST',
        path: '/videos/video_1/remix',
        headers: { 'content-type': 'application/json' },
        body: { value: { prompt: 'night' } },
      },
    });
  });

  it('what a remix makes otherwise than asked is told', () => {
    const shots = [{ prompt: ['rain'] }, { prompt: ['snow'] }];
    const written = voyage.start({ ...request, shots, from: 'video_1' }, context);
    expect(written.ok && written.notes.map(({ code, path }) => `${code} ${path}`)).toEqual(['shots_as_text shots']);
  });
});
