import { describe, expect, it } from 'vitest';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import { findExchange } from '../find-exchange.ts';
import type { Answer, Ask, Json } from '../message.ts';
import { jsonBody } from '../message.ts';
import { goldens } from './goldens/index.ts';
import { dashscope } from './index.ts';

const { voyage } = dashscope;
const context = contextOf(dashscope);
const answer = (value: Json, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: jsonBody(value),
});
const golden = (name: string) => goldens.answers.find((one) => one.name === name)!.answer;
const handle = { taskId: 't' };
const seen = (value: Json, status = 200) => voyage.seen(answer(value, status), handle, context);

describe('a film at the vendor', () => {
  it('starts, is looked at and comes home', () => {
    const accepted = voyage.accepted(golden('accepted'), context);
    expect(accepted).toEqual({ handle: { taskId: '0385dc79-5ff8-4d82-bcb6-xxxxxx' } });
    if (!('handle' in accepted)) throw new Error('not accepted');
    expect(voyage.look(accepted.handle, context)).toMatchObject({
      method: 'GET',
      path: '/tasks/0385dc79-5ff8-4d82-bcb6-xxxxxx',
    });
    expect(voyage.seen(golden('a film of 2.7'), accepted.handle, context)).toEqual({
      is: 'films',
      films: [{ url: 'https://dashscope-a717.oss-accelerate.aliyuncs.com/xxx.mp4?xxxx', seconds: 10 }],
      billedSeconds: 15,
    });
  });

  it('is accepted by its id alone, whatever else is odd', () => {
    expect(voyage.accepted(answer({ output: { task_id: 't' } }), context)).toEqual({ handle });
    expect(voyage.accepted(answer({ output: { task_id: 't', task_status: 7 }, usage: [] }), context)).toEqual({
      handle,
    });
  });

  it.each<[string, Answer, object]>([
    [
      'refused',
      answer({ code: 'InvalidParameter', message: 'm' }, 400),
      { is: 'failed', billed: 'no', problem: { code: 'vendor_refused' } },
    ],
    [
      'moderated',
      answer({ code: 'DataInspectionFailed', message: 'm' }, 400),
      { is: 'failed', billed: 'no', problem: { code: 'moderation_blocked' } },
    ],
    [
      'in debt',
      answer({ code: 'Arrearage', message: 'm' }, 400),
      { is: 'failed', billed: 'no', problem: { code: 'quota_exhausted' } },
    ],
    [
      'a wrong key',
      answer({ code: 'InvalidApiKey', message: 'm' }, 401),
      { is: 'failed', billed: 'no', problem: { code: 'key_invalid' } },
    ],
    ['an error that is no JSON', { status: 400, headers: {}, body: { kind: 'none' } }, { is: 'failed', billed: 'no' }],
    [
      'a fault on their side',
      answer({ code: 'InternalError', message: 'm' }, 500),
      { is: 'failed', billed: 'unknown' },
    ],
    ['a gateway', { status: 502, headers: {}, body: { kind: 'none' } }, { is: 'failed', billed: 'unknown' }],
    ['no id', answer({ output: {} }), { is: 'failed', billed: 'unknown', problem: { code: 'answer_unreadable' } }],
    [
      'a page',
      { status: 200, headers: {}, body: { kind: 'bytes', bytes: 'b', mediaType: 'text/html' } },
      { is: 'failed', billed: 'unknown' },
    ],
    ['a busy gateway', { status: 503, headers: {}, body: { kind: 'none' } }, { is: 'failed', billed: 'unknown' }],
    ['too many', answer({ code: 'Throttling.RateQuota', message: 'm' }, 429), { is: 'later', seconds: 15 }],
    [
      'too many, with a time',
      answer({ code: 'Throttling', message: 'm' }, 429, { 'Retry-After': '7' }),
      { is: 'later', seconds: 7 },
    ],
    ['no capacity', answer({ code: 'ModelServingError', message: 'm' }, 503), { is: 'later', seconds: 15 }],
  ])('%s at the start', (_, given, expected) => {
    expect(voyage.accepted(given, context)).toMatchObject(expected);
  });

  it.each<[string, Json, object]>([
    ['waits', { output: { task_id: 't', task_status: 'PENDING' } }, { is: 'working', state: 'queued' }],
    ['is held', { output: { task_id: 't', task_status: 'SUSPENDED' } }, { is: 'working', state: 'queued' }],
    ['runs', { output: { task_id: 't', task_status: 'RUNNING' } }, { is: 'working', state: 'running' }],
    [
      'is in a state that nobody knows',
      { output: { task_id: 't', task_status: 'NEW' } },
      { is: 'working', state: 'running' },
    ],
    ['is forgotten', { output: { task_id: 't', task_status: 'UNKNOWN' } }, { is: 'gone' }],
    [
      'failed, which is free',
      { output: { task_id: 't', task_status: 'FAILED', code: 'IPInfringementSuspect', message: 'm' } },
      { is: 'failed', billed: 'no', problem: { code: 'moderation_blocked', values: { found: 'm' } } },
    ],
    [
      'failed without a word',
      { output: { task_id: 't', task_status: 'FAILED' } },
      { is: 'failed', billed: 'no', problem: { code: 'vendor_refused' } },
    ],
    [
      'was taken back',
      { output: { task_id: 't', task_status: 'CANCELED' } },
      { is: 'failed', billed: 'no', problem: { code: 'render_cancelled' } },
    ],
    [
      'is done and has no film',
      { output: { task_id: 't', task_status: 'SUCCEEDED' } },
      { is: 'failed', billed: 'yes' },
    ],
    [
      'is done, its usage unreadable',
      { output: { task_id: 't', task_status: 'SUCCEEDED', video_url: 'https://e/a.mp4' }, usage: { duration: 'x' } },
      { is: 'films', billedSeconds: undefined },
    ],
  ])('%s', (_, value, expected) => {
    expect(seen(value)).toMatchObject(expected);
  });

  it('a look that is refused says nothing about the film', () => {
    for (const status of [400, 401, 403, 404, 429, 500, 503])
      expect(seen({ code: 'x', message: 'm' }, status)).toMatchObject({ is: 'later' });
    expect(seen([])).toMatchObject({ is: 'later' });
  });

  it('may be taken back', () => {
    const ask = voyage.cancel!(handle, context);
    expect(ask).toMatchObject({ method: 'POST', path: '/tasks/t/cancel', body: { kind: 'none' } });
    expect(voyage.look({ taskId: 'a/../b ü' }, context).path).toBe('/tasks/a%2F..%2Fb%20%C3%BC');
  });
});

describe('a file on its way', () => {
  const file = { fileName: 'cat.png', mediaType: 'image/png', bytes: 'asset:cat' };

  it('asks for leave, fills in the form, and has a name', () => {
    const leave = voyage.upload!.permit!('wan2.7-r2v', context);
    expect(leave).toMatchObject({ path: '/uploads', query: { action: 'getPolicy', model: 'wan2.7-r2v' } });
    const step = voyage.upload!.send(file, golden('leave to upload'), context);
    if ('is' in step) throw new Error('refused');
    expect(step.url).toBe('oss://dashscope-instant/xxx/2024-07-18/xxx/cat.png');
    expect(step.ask.address).toBe('https://dashscope-file-xxx.oss-cn-beijing.aliyuncs.com');
    expect(step.ask.headers).toEqual({});
    const { body } = step.ask;
    const names = body.kind === 'form' ? body.parts.map(({ name }) => name) : [];
    expect(names.slice(0, 7)).toEqual([
      ...['OSSAccessKeyId', 'Signature', 'policy', 'key'],
      ...['x-oss-object-acl', 'x-oss-forbid-overwrite', 'success_action_status'],
    ]);
    expect(names.at(-1)).toBe('file');
    expect(decodeAsk(dashscope, step.ask)).toMatchObject({
      ok: true,
      value: { fileName: 'cat.png', fields: { key: 'dashscope-instant/xxx/2024-07-18/xxx/cat.png' } },
    });
  });

  it('is not sent without leave', () => {
    const refused = voyage.upload!.send(file, answer({ code: 'AccessDenied', message: 'm' }, 403), context);
    expect(refused).toMatchObject({ is: 'failed', billed: 'no' });
    const busy = voyage.upload!.send(file, answer({ code: 'Throttling', message: 'm' }, 429), context);
    expect(busy).toMatchObject({ is: 'later' });
  });

  it.each<[string, (parts: readonly object[]) => readonly object[], RegExp]>([
    [
      'without a policy',
      (parts) => parts.filter((part) => !('name' in part && part.name === 'policy')),
      /Field required: policy/,
    ],
    ['without the file', (parts) => parts.filter((part) => !('bytes' in part)), /Field required: file/],
    ['with the file first', (parts) => parts.toReversed(), /it must be the last field/],
    ['with two files', (parts) => [parts.at(-1)!, ...parts], /one file at a time/],
  ])('%s it is refused', (_, change, expected) => {
    const ask = goldens.asks.find(({ name }) => name === 'a file')!.ask;
    if (ask.body.kind !== 'form') throw new Error('no form');
    const changed = { ...ask, body: { kind: 'form', parts: change(ask.body.parts) } } as Ask;
    const read = decodeAsk(dashscope, changed);
    if (read.ok) throw new Error('accepted');
    const refusal = dashscope.refusal.encode(read.problems, context);
    expect(refusal.status).toBe(400);
    expect(JSON.stringify(refusal.body)).toMatch(expected);
  });

  it('leave is only given for models that are offered', () => {
    const ask = (query: Record<string, string>, region = 'cn-beijing') => {
      const given: Ask = { method: 'GET', path: '/uploads', query, headers: {}, body: { kind: 'none' } };
      const read = decodeAsk(dashscope, given, contextOf(dashscope, { region }));
      return read.ok ? 'leave' : read.problems[0]?.code;
    };
    expect(ask({ action: 'getPolicy', model: 'wan2.7-r2v' })).toBe('leave');
    expect(ask({ action: 'getPolicy', model: 'wan2.7-r2v' }, 'us-east-1')).toBe('region_not_offered');
    expect(ask({ action: 'getPolicy', model: 'wan9' })).toBe('unknown_model');
    expect(ask({ action: 'getPolicy' })).toBe('field_missing');
    expect(ask({ model: 'wan2.7-r2v' })).toBe('invalid_request');
  });

  it('comes to this server at the address of the permit', () => {
    expect(findExchange(dashscope, 'POST', '/uploads')?.exchange.does).toBe('upload');
    expect(findExchange(dashscope, 'GET', '/uploads')?.exchange.does).toBe('permit');
  });
});
