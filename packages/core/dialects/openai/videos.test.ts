import { describe, expect, it } from 'vitest';
import { problem, type State, states } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import type { GenerationView } from '../dialect.ts';
import { findExchange } from '../find-exchange.ts';
import { goldenView } from '../golden.ts';
import { type Answer, type Ask, type Json, noBody } from '../message.ts';
import { openai } from './index.ts';
import { form, json, refusalOf } from './serving.suite.ts';

const context = contextOf(openai);
const { create, look, list, content, remix } = openai.exchanges;
const bodyOf = ({ body }: Answer) => (body.kind === 'json' ? (body.value as { [key: string]: Json }) : {});
const get = (path: string, query: Record<string, string> = {}): Ask => ({
  method: 'GET',
  path,
  query,
  headers: {},
  body: noBody,
});

const view: GenerationView = goldenView({
  id: 'video_1',
  model: 'sora-2',
  request: { model: 'sora-2', references: [], shots: [{ prompt: ['a cat'] }] },
  createdAt: 1_700_000_000_999,
});
const tell = (more: Partial<GenerationView>) =>
  bodyOf(look![0]!.answer.encode({ ...view, ...more }, { does: 'look', id: view.id }, context));

describe('how a video stands', () => {
  it.each<[State, string]>([
    ['preparing', 'queued'],
    ['queued', 'queued'],
    ['submitting', 'in_progress'],
    ['unconfirmed', 'in_progress'],
    ['running', 'in_progress'],
    ['fetching', 'in_progress'],
    ['cancelling', 'in_progress'],
    ['done', 'completed'],
    ['failed', 'failed'],
    ['cancelled', 'failed'],
  ])('%s is %s; every key is there', (state, status) => {
    const told = tell({ state, finishedAt: 1_700_000_100_000, expiresAt: 1_700_000_200_000 });
    expect(told).toMatchObject({ status, created_at: 1_700_000_000, seconds: '4', size: '720x1280', prompt: 'a cat' });
    expect(Object.keys(told)).toEqual([
      ...['id', 'object', 'model', 'status', 'progress', 'created_at', 'completed_at', 'expires_at'],
      ...['prompt', 'size', 'seconds', 'remixed_from_video_id', 'error'],
    ]);
    const over = ['completed', 'failed'].includes(status);
    expect(told.completed_at).toBe(over ? 1_700_000_100 : null);
    expect(told.expires_at).toBe(status === 'completed' ? 1_700_000_200 : null);
    expect(told.error === null).toBe(status !== 'failed');
  });

  it('progress is whole hundredths, and 100 only when it is there', () => {
    expect(tell({ state: 'running', progress: 0.999 }).progress).toBe(99);
    expect(tell({ state: 'running', progress: 1 }).progress).toBe(99);
    expect(tell({ state: 'queued' }).progress).toBe(0);
    expect(tell({ state: 'done', progress: 0.2 }).progress).toBe(100);
  });

  it('what was asked is told, else what it was settled to', () => {
    const film = {
      width: 1280,
      height: 720,
      ratio: '16:9',
      tier: '720p',
      mode: undefined,
      fps: 24,
      shotSeconds: [8],
      seconds: 8,
      audio: false,
      watermark: false,
      count: 1,
      attempts: 1,
    };
    expect(tell({ film })).toMatchObject({ seconds: '8', size: '1280x720' });
    const request = { ...view.request, size: { width: 720, height: 1280 } };
    expect(tell({ film, request })).toMatchObject({ size: '720x1280' });
  });

  it('a failure says its code and sentence, and nothing of this machine', () => {
    const failed = (...args: Parameters<typeof problem>) => tell({ state: 'failed', problem: problem(...args) }).error;
    expect(failed('moderation_blocked', '')).toEqual({
      code: 'moderation_blocked',
      message: 'Your request was blocked by our moderation system.',
    });
    const lost = failed('media_unreachable', 'startFrame', { found: 'https://media.example/a.png' });
    expect(lost).toMatchObject({ code: 'invalid_value', message: expect.stringMatching(/^input_reference: /) });
    expect(JSON.stringify(failed('disk_full', '', { found: '/srv/films/a.mp4' }))).not.toContain('/srv');
    expect(tell({ state: 'failed' }).error).toMatchObject({ code: 'processing_error' });
    const passed = { found: 'Too violent', vendorCode: 'content_policy_violation' };
    expect(failed('moderation_blocked', '', passed)).toEqual({
      code: 'content_policy_violation',
      message: 'Too violent',
    });
  });

  it('one that is unknown is not found', () => {
    const answer = look![0]!.answer.encode(undefined, { does: 'look', id: 'video_9' }, context);
    expect(refusalOf({ refusal: answer })).toMatch(/^404 not_found: There is no generation "video_9"/);
    expect(answer.headers['x-request-id']).toBe(context.requestId);
  });
});

describe('lists', () => {
  const read = (query: Record<string, string>) => decodeAsk(openai, get('/videos', query));

  it.each<[Record<string, string>, object]>([
    [{}, { page: { after: undefined, size: 20 }, newestFirst: true }],
    [{ limit: '0' }, { page: { after: undefined, size: 0 } }],
    [
      { limit: '100', order: 'desc' },
      { page: { after: undefined, size: 100 }, newestFirst: true },
    ],
    [
      { after: 'video_1', order: 'asc' },
      { page: { after: 'video_1', size: 20 }, newestFirst: false },
    ],
  ])('%j', (query, expected) => expect(read(query)).toMatchObject({ ok: true, value: expected }));

  it.each<Record<string, string>>([
    { limit: '101' },
    { limit: '-1' },
    { limit: 'x' },
    { limit: '1.5' },
    { order: 'up' },
  ])('refuse %j', (query) => {
    const found = read(query);
    if (found.ok) throw new Error('accepted');
    const [name] = Object.keys(query);
    expect(refusalOf({ refusal: openai.refusal.encode(found.problems, context) })).toMatch(
      new RegExp(`^400 invalid_value ${name}: `),
    );
  });

  it('begin and end with the ids by which the next page is asked for', () => {
    const question = read({});
    if (!question.ok || question.value.does !== 'list') throw new Error('refused');
    const generations = [view, { ...view, id: 'video_2' }];
    const told = bodyOf(list![0]!.answer.encode({ generations, total: 3, more: true }, question.value, context));
    expect(told).toMatchObject({ object: 'list', first_id: 'video_1', last_id: 'video_2', has_more: true });
  });
});

describe('films', () => {
  it.each(['video', 'thumbnail', 'spritesheet'])('as %s', (variant) =>
    expect(decodeAsk(openai, get('/videos/v/content', { variant }))).toMatchObject({ value: { variant } }),
  );

  it('in no other form', () => {
    const read = decodeAsk(openai, get('/videos/v/content', { variant: 'gif' }));
    if (read.ok) throw new Error('accepted');
    expect(refusalOf({ refusal: openai.refusal.encode(read.problems, context) })).toMatch(
      /^400 invalid_value variant: /,
    );
  });

  it('that are not there are not found', () => {
    const answer = content![0]!.answer.encode(undefined, { does: 'content', id: 'v', variant: 'video' }, context);
    expect(answer.status).toBe(404);
  });
});

describe('remixes', () => {
  const path = '/videos/video_1/remix';
  const refused = (ask: Ask) => {
    const read = decodeAsk(openai, ask);
    return read.ok ? 'accepted' : refusalOf({ refusal: openai.refusal.encode(read.problems, context) });
  };

  it.each<[string, Ask, RegExp]>([
    ['no prompt', json({}, path), /^400 missing_required_parameter prompt: /],
    ['an empty prompt', json({ prompt: ' ' }, path), /^400 invalid_value prompt: prompt is empty\./],
    ['a prompt of numbers', json({ prompt: 1 }, path), /^400 invalid_type prompt: /],
    ['more than a prompt', json({ prompt: 'x', seconds: '8' }, path), /^400 unknown_parameter seconds: /],
    ['a list', json([], path), /^400 invalid_value body: /],
    ['another form', { ...form([['words', 'x']]), path }, /^400 missing_required_parameter prompt: /],
  ])('%s', (_, ask, expected) => expect(refused(ask)).toMatch(expected));

  it('three things that are wrong with a source are told apart', () => {
    const told = (...args: Parameters<typeof problem>) =>
      refusalOf({ refusal: openai.refusal.encode([problem(...args)], context) });
    expect(told('remix_source_missing', 'id', { found: 'v' })).toMatch(/^404 not_found id: /);
    // 409 would be sent again by clients of the vendor.
    expect(told('remix_source_unfinished', 'id', { found: 'v' })).toMatch(/^400 video_not_completed id: /);
    expect(told('prompt_empty', 'prompt')).toMatch(/^400 invalid_value prompt: /);
  });

  it('say what they are of, and their own words', () => {
    const request = { ...view.request, shots: [{ prompt: ['night'], seconds: 4 }] };
    const question = { does: 'remix', id: 'video_1', prompt: 'night' } as const;
    const told = remix![0]!.answer.encode({ ...view, id: 'video_2', request, remixOf: 'video_1' }, question, context);
    expect(bodyOf(told)).toMatchObject({ id: 'video_2', prompt: 'night', remixed_from_video_id: 'video_1' });
  });
});

it('an id of the vendor is as long as its own', () => {
  expect(openai.publicId('0123456789ABCDEF0123456789abcdef', 1)).toBe('video_0123456789abcdef0123456789abcdef');
});

it('nothing that stays wrong is answered so that clients send it again', () => {
  const again = [408, 409, 429];
  for (const code of ['repeat_differs', 'remix_source_unfinished', 'render_cancelled', 'cancel_too_late'] as const)
    expect(again).not.toContain(openai.refusal.encode([problem(code, '', { found: 'x' })], context).status);
});

it('a path with slashes at its end is the same', () => {
  expect(findExchange(openai, 'POST', '/videos/')?.exchange).toBe(create![0]);
  expect(findExchange(openai, 'GET', '/videos/')?.exchange).toBe(list![0]);
});

it('every state has a word that is read again', () => {
  for (const state of states) expect(openai.words[state]).toMatch(/^(?:queued|in_progress|completed|failed)$/);
});
