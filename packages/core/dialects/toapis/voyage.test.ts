import { describe, expect, it } from 'vitest';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import { type Answer, type Json, jsonBody } from '../message.ts';
import { goldens } from './goldens/index.ts';
import { toapis } from './index.ts';

const { voyage } = toapis;
const context = contextOf(toapis);
const answer = (value: Json, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: jsonBody(value),
});
const golden = (name: string) => goldens.answers.find((one) => one.name === name)!.answer;
const handle = { taskId: 't' };
const seen = (value: Json, status = 200) => voyage.seen(answer(value, status), handle, context);
const error = (status: number, type: string): Answer => answer({ error: { code: status, message: 'm', type } }, status);

describe('a film at the vendor', () => {
  it('starts, is looked at and comes home', () => {
    const request = { model: 'kling-v3', references: [], shots: [{ prompt: ['rain'] }] };
    const started = voyage.start(request, context);
    expect(started).toMatchObject({ ok: true, message: { method: 'POST', path: '/videos/generations' } });
    const accepted = voyage.accepted(golden('accepted'), context);
    expect(accepted).toEqual({ handle: { taskId: 'video_01J9HA7JPQ9A0Z6JZ3V8M9W6PZ' } });
    if (!('handle' in accepted)) throw new Error('not accepted');
    expect(voyage.look(accepted.handle, context)).toMatchObject({
      method: 'GET',
      path: '/videos/generations/video_01J9HA7JPQ9A0Z6JZ3V8M9W6PZ',
    });
    expect(voyage.seen(golden('at work'), accepted.handle, context)).toEqual({
      is: 'working',
      state: 'running',
      progress: 0.65,
    });
    expect(voyage.seen(golden('a film'), accepted.handle, context)).toEqual({
      is: 'films',
      films: [{ url: expect.stringMatching(/\.mp4$/), seconds: undefined }],
      billedSeconds: undefined,
    });
  });

  it('is accepted by its id alone, whatever else is odd', () => {
    for (const value of [{ id: 't' }, { task_id: 't' }, { id: 't', status: 7, progress: [], created_at: 'x' }])
      expect(voyage.accepted(answer(value), context)).toEqual({ handle });
  });

  it.each<[string, Answer, object]>([
    ['refused', error(400, 'invalid_request'), { is: 'failed', billed: 'no', problem: { code: 'vendor_refused' } }],
    ['a wrong key', error(401, 'authentication_error'), { billed: 'no', problem: { code: 'key_invalid' } }],
    ['in debt', error(402, 'insufficient_quota'), { billed: 'no', problem: { code: 'quota_exhausted' } }],
    [
      'moderated',
      error(422, 'content_policy_violation'),
      { billed: 'no', problem: { code: 'moderation_blocked', values: { found: 'm' } } },
    ],
    ['an error that is no JSON', { status: 400, headers: {}, body: { kind: 'none' } }, { billed: 'no' }],
    ['a time-out', { status: 408, headers: {}, body: { kind: 'none' } }, { is: 'failed', billed: 'unknown' }],
    ['a fault on their side', error(500, 'internal_error'), { is: 'failed', billed: 'unknown' }],
    ['a busy gateway', { status: 503, headers: {}, body: { kind: 'none' } }, { is: 'failed', billed: 'unknown' }],
    ['no id', answer({}), { is: 'failed', billed: 'unknown', problem: { code: 'answer_unreadable' } }],
    [
      'a page',
      { status: 200, headers: {}, body: { kind: 'bytes', bytes: 'b', mediaType: 'text/html' } },
      { is: 'failed', billed: 'unknown' },
    ],
    ['too many', error(429, 'rate_limit_exceeded'), { is: 'later', seconds: 10 }],
    [
      'too many, with a time',
      { ...error(429, 'rate_limit_exceeded'), headers: { 'Retry-After': '7' } },
      { is: 'later', seconds: 7 },
    ],
    [
      'too many, with a time that nobody waits for',
      { ...error(429, 'rate_limit_exceeded'), headers: { 'retry-after': '999999' } },
      { is: 'later', seconds: 10 },
    ],
  ])('%s at the start', (_, given, expected) => {
    expect(voyage.accepted(given, context)).toMatchObject(expected);
  });

  it.each<[string, Json, object]>([
    ['waits', { status: 'queued' }, { is: 'working', state: 'queued' }],
    ['runs', { status: 'in_progress' }, { is: 'working', state: 'running' }],
    ['is in a state that nobody knows', { status: 'NEW' }, { is: 'working', state: 'running' }],
    [
      'failed; nobody says whether that is charged',
      { status: 'failed', error: { code: 'generation_failed', message: 'm' } },
      { is: 'failed', billed: 'unknown', problem: { code: 'vendor_failed', values: { found: 'm' } } },
    ],
    [
      'failed by policy, by its code',
      { status: 'failed', error: { code: 'content_policy_violation', message: 'm' } },
      { is: 'failed', problem: { code: 'moderation_blocked' } },
    ],
    ['failed without a word', { status: 'failed' }, { is: 'failed', problem: { code: 'vendor_failed' } }],
    ['is done and has no film', { status: 'completed' }, { is: 'failed', billed: 'yes' }],
  ])('%s', (_, value, expected) => {
    expect(seen(value)).toMatchObject(expected);
  });

  it('is gone only when the vendor says so', () => {
    expect(seen({ error: { code: 404, message: 'm', type: 'not_found_error' } }, 404)).toEqual({ is: 'gone' });
    expect(seen({ detail: 'x' }, 404)).toMatchObject({ is: 'later' });
    expect(voyage.seen({ status: 404, headers: {}, body: { kind: 'none' } }, handle, context)).toMatchObject({
      is: 'later',
    });
  });

  it('a look that is refused says nothing about the film', () => {
    for (const status of [400, 401, 402, 403, 429, 500, 503])
      expect(seen({ error: { code: status, message: 'm', type: 'x' } }, status)).toMatchObject({ is: 'later' });
    expect(seen([])).toMatchObject({ is: 'later' });
    expect(seen({})).toMatchObject({ is: 'later' });
  });

  it('cannot be taken back, and its id is one part of an address', () => {
    expect(voyage.cancel).toBeUndefined();
    expect(voyage.look({ taskId: 'a/../b ü' }, context).path).toBe('/videos/generations/a%2F..%2Fb%20%C3%BC');
  });
});

describe('a picture on its way', () => {
  const file = { fileName: 'cat.png', mediaType: 'image/png', bytes: 'asset:cat' };

  it('is sent without leave, and the answer says what it is called', () => {
    const step = voyage.upload!.send(file, undefined, context);
    if ('is' in step) throw new Error('refused');
    expect(step.url).toBeUndefined();
    expect(step.ask).toMatchObject({ method: 'POST', path: '/uploads/images', headers: {} });
    expect(step.ask).not.toHaveProperty('address');
    expect(decodeAsk(toapis, step.ask)).toMatchObject({ ok: true, value: file });
    expect(voyage.upload!.sent!(golden('a picture'), context)).toEqual({
      url: 'https://files.toapis.com/uploads/123/1737568800_abc12345.jpg',
    });
  });

  it.each<[string, Answer, object]>([
    [
      'too large',
      answer({ success: false, message: 'Image too large. Maximum size is 10MB' }, 400),
      { is: 'failed', billed: 'no', problem: { values: { found: 'Image too large. Maximum size is 10MB' } } },
    ],
    ['a wrong key', error(401, 'authentication_error'), { is: 'failed', problem: { code: 'key_invalid' } }],
    ['no address', answer({ success: true, data: {} }), { is: 'failed', problem: { code: 'answer_unreadable' } }],
    ['too many', error(429, 'rate_limit_exceeded'), { is: 'later', seconds: 10 }],
    ['a fault on their side, which costs nothing to try again', error(502, 'x'), { is: 'later' }],
  ])('%s', (_, given, expected) => {
    expect(voyage.upload!.sent!(given, context)).toMatchObject(expected);
  });
});
