import { describe, expect, it } from 'vitest';
import type { Reference, Request } from '../../model/index.ts';
import { contextOf } from '../conformance.suite.ts';
import { type Answer, type Ask, type Body, type Json, jsonBody, noBody } from '../message.ts';
import { goldens } from './goldens/index.ts';
import { venice } from './index.ts';
import { element, type Fields, grok, kling, picture, pro, queue } from './serving.suite.ts';

const { voyage } = venice;
const context = contextOf(venice);
const answer = (value: Json, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: jsonBody(value),
});
const golden = (name: string) => goldens.answers.find((one) => one.name === name)!.answer;
const bytes = (mediaType: string): Answer => ({
  status: 200,
  headers: { 'content-type': mediaType },
  body: { kind: 'bytes', bytes: 'download:1', mediaType },
});
const handle = { model: pro, queueId: 'q' };
const ofGrok = { model: grok, queueId: 'q' };
const blocked = (more: Fields = {}) =>
  answer({ error: { message: 'm', type: 'provider_content_policy', ...more } }, 422);

describe('a film at the vendor', () => {
  it('starts, is looked at, is the answer itself, and is given up', () => {
    const accepted = voyage.accepted(golden('accepted'), context);
    if (!('handle' in accepted)) throw new Error('not accepted');
    const known = { model: pro, queue_id: '123e4567-e89b-12d3-a456-426614174000' };
    expect(accepted.handle).toEqual({ model: pro, queueId: known.queue_id });
    expect(voyage.look(accepted.handle, context)).toMatchObject({
      method: 'POST',
      path: '/video/retrieve',
      body: { kind: 'json', value: known },
    });
    expect(voyage.seen(golden('at work'), accepted.handle, context)).toEqual({
      is: 'working',
      state: 'running',
      progress: 53_200 / 145_000,
    });
    expect(voyage.seen(golden('the film'), accepted.handle, context)).toEqual({
      is: 'films',
      films: [{ bytes: 'film:1', seconds: undefined }],
      billedSeconds: undefined,
    });
    expect(voyage.complete!(accepted.handle, context)).toMatchObject({
      method: 'POST',
      path: '/video/complete',
      body: { kind: 'json', value: known },
    });
    expect([voyage.cancel, voyage.upload]).toEqual([undefined, undefined]);
  });

  it('is accepted by its id alone, under either name; the ask tells the model that the answer leaves out', () => {
    const sent = kling();
    expect(voyage.accepted(answer({ id: 'q' }), context, sent)).toEqual({ handle });
    expect(voyage.accepted(answer({ queue_id: 'q', model: 7 }), context, sent)).toEqual({ handle });
    expect(voyage.accepted(answer({ queue_id: 'q', id: 'other', model: grok }), context, sent)).toEqual({
      handle: ofGrok,
    });
    const nameless = voyage.accepted(answer({ id: 'q' }), context);
    expect(nameless).toEqual({ handle: { model: null, queueId: 'q' } });
    expect(voyage.look({ model: null, queueId: 'q' }, context).body).toEqual(jsonBody({ queue_id: 'q' }));
  });

  it('of a private model is fetched where its acceptance said', () => {
    const url = 'https://private-share.venice.ai/v1/share/read/x';
    const accepted = voyage.accepted(answer({ model: 'm', queue_id: 'q', download_url: url }), context);
    if (!('handle' in accepted)) throw new Error('not accepted');
    const done = answer({ status: 'COMPLETED', average_execution_time: 1, execution_duration: 1 });
    expect(voyage.seen(done, accepted.handle, context)).toMatchObject({ is: 'films', films: [{ url }] });
    expect(voyage.seen(done, handle, context)).toMatchObject({ is: 'failed', billed: 'yes' });
  });

  it.each<[string, Answer, object]>([
    [
      'refused',
      answer({ error: 'Number of images exceeds the limit' }, 400),
      { billed: 'no', problem: { code: 'vendor_refused' } },
    ],
    [
      'a wrong key',
      answer({ error: 'Authentication failed' }, 401),
      { billed: 'no', problem: { code: 'key_invalid' } },
    ],
    ['without money', answer({ error: 'Insufficient' }, 402), { billed: 'no', problem: { code: 'quota_exhausted' } }],
    ['consent is needed', answer({ error: { code: 'needs_consent', message: 'm' } }, 409), { billed: 'no' }],
    ['too large', answer({ code: 'PAYLOAD_TOO_LARGE', error: 'm' }, 413), { billed: 'no' }],
    [
      'moderated',
      answer({ error: 'Your prompt violates' }, 422),
      { billed: 'no', problem: { code: 'moderation_blocked' } },
    ],
    [
      'a clip that is too long',
      answer({ error: 'Video duration exceeds the maximum allowed.' }, 422),
      { billed: 'no', problem: { code: 'vendor_refused' } },
    ],
    ['an error that is no JSON', { status: 400, headers: {}, body: noBody }, { billed: 'no' }],
    ['a fault on their side', answer({ error: 'Inference processing failed' }, 500), { billed: 'unknown' }],
    ['a gateway', { status: 502, headers: {}, body: noBody }, { billed: 'unknown' }],
    ['a busy gateway', { status: 503, headers: {}, body: noBody }, { billed: 'unknown' }],
    ['a timeout', { status: 408, headers: {}, body: noBody }, { billed: 'unknown' }],
    ['no id', answer({ model: pro }), { billed: 'unknown', problem: { code: 'answer_unreadable' } }],
    ['a page', bytes('text/html'), { billed: 'unknown', problem: { code: 'answer_unreadable' } }],
  ])('%s at the start', (_, given, expected) => {
    expect(voyage.accepted(given, context, kling())).toMatchObject({ is: 'failed', ...expected });
  });

  it('too many, or too busy: later', () => {
    expect(voyage.accepted(answer({ error: 'Rate limit exceeded' }, 429), context)).toEqual({
      is: 'later',
      seconds: 5,
    });
    const told = answer({ error: 'Rate limit exceeded' }, 429, { 'Retry-After': '7' });
    expect(voyage.accepted(told, context)).toEqual({ is: 'later', seconds: 7 });
    expect(voyage.accepted(answer({ error: 'The model is at capacity.' }, 503), context)).toMatchObject({
      is: 'later',
    });
  });

  it.each<[string, Json, object]>([
    ['waits', { status: 'queued' }, { is: 'working', state: 'queued', progress: undefined }],
    [
      'runs',
      { status: 'running', average_execution_time: 0, execution_duration: 5 },
      { is: 'working', state: 'running', progress: undefined },
    ],
    [
      'runs longer than most',
      { status: 'PROCESSING', average_execution_time: 10, execution_duration: 50 },
      { is: 'working', progress: 0.99 },
    ],
    ['is in a state that nobody knows', { status: 'NEW' }, { is: 'working', state: 'running' }],
    ['has numbers that are none', { status: 'PROCESSING', average_execution_time: 'x' }, { is: 'working' }],
    ['failed by a word', { status: 'failed' }, { is: 'failed', billed: 'no', problem: { code: 'vendor_failed' } }],
    [
      'is to be had elsewhere',
      { status: 'succeeded', video_url: 'https://e/a.mp4' },
      { is: 'films', films: [{ url: 'https://e/a.mp4' }] },
    ],
  ])('%s', (_, value, expected) => {
    expect(voyage.seen(answer(value), handle, context)).toMatchObject(expected);
  });

  it('is gone when the vendor does not know it any more', () => {
    for (const status of [400, 404, 410])
      expect(voyage.seen(answer({ error: 'x' }, status), handle, context)).toEqual({ is: 'gone' });
  });

  it('a look that is refused says nothing about the film', () => {
    for (const status of [401, 402, 403, 408, 409, 429, 500, 502, 503, 504])
      expect(voyage.seen(answer({ error: 'x' }, status), handle, context)).toMatchObject({ is: 'later' });
    for (const one of [bytes('text/html'), bytes('application/json'), answer([])])
      expect(voyage.seen(one, handle, context)).toMatchObject({ is: 'later' });
    const nothing: Body = noBody;
    expect(voyage.seen({ status: 200, headers: {}, body: nothing }, handle, context)).toMatchObject({ is: 'later' });
  });
});

describe('what a refused film costs', () => {
  const billed = (given: Answer, known: Json) => {
    const seen = voyage.seen(given, known, context);
    return seen.is === 'failed' ? seen.billed : seen.is;
  };

  it("Grok's are billed, others are not", () => {
    expect(billed(blocked(), ofGrok)).toBe('yes');
    expect(billed(blocked(), handle)).toBe('no');
    expect(billed(answer({ error: 'Your generation was blocked' }, 422), ofGrok)).toBe('yes');
  });

  it('what the vendor says of the refund goes first', () => {
    expect(billed(blocked({ credits_refunded: true }), ofGrok)).toBe('no');
    expect(billed(blocked({ credits_refunded: false }), handle)).toBe('yes');
    expect(billed(answer({ error: 'm', credits_refunded: true }, 422), ofGrok)).toBe('no');
  });

  it('of a model that no card describes nobody knows it', () => {
    expect(billed(blocked(), { model: 'grok-imagine-1-5', queueId: 'q' })).toBe('unknown');
    expect(billed(blocked(), { model: null, queueId: 'q' })).toBe('unknown');
  });

  it('a failure that is not of moderation is not billed', () => {
    expect(billed(answer({ status: 'failed' }), ofGrok)).toBe('no');
    expect(billed(answer({ error: 'Video duration is too short.' }, 422), ofGrok)).toBe('no');
  });

  it("what is refused at the door is free, but of Grok's prompts nobody says it", () => {
    const atTheDoor = (sent: Ask, more: Fields = {}) =>
      voyage.accepted(answer({ error: 'm', ...more }, 422), context, sent);
    expect(atTheDoor(kling())).toMatchObject({ billed: 'no' });
    expect(atTheDoor(queue({ model: grok }))).toMatchObject({ billed: 'unknown' });
    expect(atTheDoor(queue({ model: grok }), { credits_refunded: true })).toMatchObject({ billed: 'no' });
  });
});

describe('written for the vendor', () => {
  const mei: Reference = { kind: 'subject', id: 'm', name: 'mei', image: picture('mei') };
  const request = (more: Partial<Request> = {}): Request => ({
    model: pro,
    references: [mei],
    shots: [{ prompt: [{ mention: 'm' }, ' runs.'] }],
    ...more,
  });
  const write = (one: Request, echo?: Json) => voyage.start(one, context, echo);
  const bodyOf = (one: Request, echo?: Json) => {
    const written = write(one, echo);
    if (!written.ok || written.message.body.kind !== 'json') throw new Error(JSON.stringify(written));
    return written.message.body.value as Fields;
  };

  it("length, ratio and, where it can be chosen, sound are always said, by the specification's names", () => {
    expect(bodyOf(request())).toEqual({
      model: pro,
      prompt: '@Element1 runs.',
      duration: '5s',
      aspect_ratio: '16:9',
      audio: false,
      elements: [element('mei')],
    });
    const park: Reference = { kind: 'scene', id: 'm', name: 'park', image: picture('park') };
    expect(bodyOf(request({ model: grok, references: [park], tier: '720p', ratio: '3:2' }))).toEqual({
      model: grok,
      prompt: '@Image1 runs.',
      duration: '8s',
      aspect_ratio: '3:2',
      resolution: '720p',
      reference_image_urls: [picture('park')],
    });
    expect(bodyOf(request({ startFrame: picture('a'), endFrame: picture('b'), audio: true }))).toMatchObject({
      image_url: picture('a'),
      end_image_url: picture('b'),
      audio: true,
    });
  });

  it('goes on word for word where it came in that way', () => {
    const came = '＠Element１ runs.';
    expect(bodyOf(request(), { prompt: came }).prompt).toBe(came);
    expect(bodyOf(request(), { prompt: 'snow' }).prompt).toBe('@Element1 runs.');
    for (const echo of [null, 'x', { prompt: null }, { prompt: 7 }])
      expect(bodyOf(request(), echo).prompt).toBe('@Element1 runs.');
  });

  it('notes whatever is less than what was asked', () => {
    const whole = request({
      references: [
        {
          ...mei,
          angles: ['side', 'back', 'top', 'low'].map(picture),
          voice: 'https://media.example/v.mp3',
        } as Reference,
        { kind: 'image', id: 'i', name: 'hat', image: picture('hat') },
      ],
      size: { width: 1080, height: 1920 },
      watermark: true,
      seed: 1,
      fps: 30,
    });
    const written = write(whole);
    expect(written.ok && written.notes.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'angles_dropped references[0].angles',
      'voice_dropped references[0].voice',
      'kind_converted references[1].kind',
      'size_converted size',
      'setting_ignored watermark',
      'setting_ignored seed',
      'fps_fixed fps',
    ]);
    expect(bodyOf(whole)).toMatchObject({ aspect_ratio: '9:16', resolution: '1080p' });
    expect((bodyOf(whole).elements as readonly Fields[])[0]?.reference_image_urls).toHaveLength(3);
    const untold = write(request({ model: grok, shots: [{ prompt: ['rain'] }] }));
    expect(untold.ok && untold.notes.map(({ code }) => code)).toEqual(['kind_converted', 'mentions_prepended']);
  });

  it.each<[string, Partial<Request>, string]>([
    ['an unknown model', { model: 'sora-2' }, 'unknown_model model'],
    [
      'a video',
      { references: [{ kind: 'video', id: 'm', name: 'v', video: 'https://e/v.mp4', use: 'subject' }] },
      'input_unsupported references[0]',
    ],
    ['a frame for Grok', { model: grok, startFrame: picture('a') }, 'input_unsupported startFrame'],
    [
      'a clip for Grok',
      { model: grok, references: [{ kind: 'subject', id: 'm', name: 'mei', clip: 'https://e/a.mp4' }] },
      'image_required references[0]',
    ],
    ['a page as a picture', { startFrame: 'data:text/html;base64,AA==' }, 'media_address startFrame'],
    [
      'a picture as a clip',
      { references: [{ ...mei, clip: 'data:image/png;base64,AA==' } as Reference] },
      'media_address references[0].clip',
    ],
    ['too long a prompt', { shots: [{ prompt: ['x'.repeat(2501)] }] }, 'prompt_too_long shots[0].prompt'],
    ['half a second', { shots: [{ prompt: ['x'], seconds: 4.5 }] }, 'setting_not_offered shots[0].seconds'],
  ])('cannot say %s', (_, more, expected) => {
    const written = write(request(more));
    expect(written.ok ? [] : written.problems.map(({ code, path }) => `${code} ${path}`)).toContain(expected);
  });
});
