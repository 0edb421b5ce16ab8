import { describe, expect, it } from 'vitest';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import { type Answer, type Json, jsonBody } from '../message.ts';
import { goldens } from './goldens/index.ts';
import { baicai } from './index.ts';

const { voyage } = baicai;
const context = contextOf(baicai);
const answer = (value: Json, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: jsonBody(value),
});
const golden = (name: string) => goldens.answers.find((one) => one.name === name)!.answer;
const refused = (code: number, status = code) => answer({ code, message: 'm', data: null }, status);
const handle = { taskId: 't', finished: false };
const finished = { taskId: 't', finished: true };
const data = (value: Json, of: Json = handle) => voyage.seen(answer({ code: 0, data: value }), of, context);

describe('films at the vendor', () => {
  it('start, are looked at, and then asked for at another address', () => {
    const accepted = voyage.accepted(golden('accepted'), context);
    expect(accepted).toEqual({ handle: { taskId: '3524e0b3ba014b12ab1faf29f9f*****', finished: false } });
    if (!('handle' in accepted)) throw new Error('not accepted');
    const id = '3524e0b3ba014b12ab1faf29f9f*****';
    expect(voyage.look(accepted.handle, context)).toMatchObject({
      method: 'GET',
      path: `/comfyui/tasks/${id}/status`,
    });
    expect(voyage.seen(golden('at work'), accepted.handle, context)).toEqual({
      is: 'working',
      state: 'running',
      progress: 0.4,
    });
    const done = voyage.seen(golden('finished'), accepted.handle, context);
    expect(done).toEqual({ is: 'working', state: 'running', progress: 1, handle: { taskId: id, finished: true } });
    if (done.is !== 'working' || done.handle === undefined) throw new Error('no way on');
    expect(voyage.look(done.handle, context).path).toBe(`/comfyui/tasks/${id}/result`);
    const films = voyage.seen(golden('two films of one task, /comfyui/tasks/:id/result'), done.handle, context);
    expect(films).toEqual({
      is: 'films',
      films: ['1', '2'].map((name) => ({ url: `https://media.example/${name}.mp4`, seconds: undefined })),
      billedSeconds: undefined,
    });
  });

  it('are accepted by their id alone, whatever else is odd', () => {
    for (const value of [
      { code: 0, data: { taskId: 't' } },
      { data: [{ taskId: 't', status: 7 }] },
      { code: 200, data: { taskId: 't', progress: [] } },
    ])
      expect(voyage.accepted(answer(value), context)).toEqual({ handle });
  });

  it.each<[string, Answer, object]>([
    [
      'refused',
      refused(400),
      { is: 'failed', billed: 'no', problem: { code: 'vendor_refused', values: { found: 'm' } } },
    ],
    ['a wrong key', refused(401), { is: 'failed', billed: 'no', problem: { code: 'key_invalid' } }],
    [
      'refused in the body alone, which may be read in two ways',
      refused(400, 200),
      { is: 'failed', billed: 'unknown', problem: { code: 'vendor_refused' } },
    ],
    ['an error that is no JSON', { status: 400, headers: {}, body: { kind: 'none' } }, { billed: 'no' }],
    ['a time-out', { status: 408, headers: {}, body: { kind: 'none' } }, { is: 'failed', billed: 'unknown' }],
    ['a fault on their side', refused(500), { is: 'failed', billed: 'unknown' }],
    ['a busy gateway', { status: 503, headers: {}, body: { kind: 'none' } }, { is: 'failed', billed: 'unknown' }],
    [
      'no id',
      answer({ code: 0, data: {} }),
      { is: 'failed', billed: 'unknown', problem: { code: 'answer_unreadable' } },
    ],
    ['nothing', answer({ code: 0, data: null }), { is: 'failed', billed: 'unknown' }],
    ['too many', refused(429), { is: 'later', seconds: 10 }],
    ['too many, with a time', { ...refused(429), headers: { 'Retry-After': '7' } }, { is: 'later', seconds: 7 }],
  ])('%s at the start', (_, given, expected) => {
    expect(voyage.accepted(given, context)).toMatchObject(expected);
  });

  it.each<[string, Json, object]>([
    ['wait', [{ status: 'PENDING', progress: '0' }], { is: 'working', state: 'queued', progress: 0 }],
    ['run', [{ status: 'RUNNING' }], { is: 'working', state: 'running' }],
    ['are in a state that nobody knows', [{ status: 'NEW' }], { is: 'working', state: 'running' }],
    ['failed; nobody says whether that is charged', [{ status: 'FAILED' }], { is: 'failed', billed: 'unknown' }],
    [
      'were taken back',
      [{ status: 'CANCELED' }],
      { is: 'failed', billed: 'unknown', problem: { code: 'render_cancelled' } },
    ],
    ['are there at once', { status: 'COMPLETED', urls: ['https://e/1.mp4'] }, { is: 'films' }],
  ])('%s', (_, value, expected) => {
    expect(data(value)).toMatchObject(expected);
    expect(data(value)).not.toHaveProperty('handle');
  });

  it('that are finished and not there were paid for', () => {
    expect(data({ status: 'COMPLETED', urls: [] }, finished)).toMatchObject({ is: 'failed', billed: 'yes' });
    // An answer without a state says nothing: the films may follow.
    expect(data({}, finished)).toMatchObject({ is: 'working' });
    expect(data({ urls: ['https://e/1.mp4'] }, finished)).toMatchObject({ is: 'films' });
  });

  it('are gone only when the vendor says so', () => {
    for (const of of [handle, finished]) {
      expect(voyage.seen(refused(404), of, context)).toEqual({ is: 'gone' });
      expect(voyage.seen(answer({ detail: 'Not Found' }, 404), of, context)).toMatchObject({ is: 'later' });
    }
  });

  it('a look that is refused says nothing about them', () => {
    for (const given of [
      refused(400),
      refused(401),
      refused(429),
      refused(500),
      refused(500, 200),
      answer([]),
      answer({}),
    ])
      expect(voyage.seen(given, handle, context)).toMatchObject({ is: 'later' });
  });

  it('cannot be taken back, and their id is one part of an address', () => {
    expect(voyage.cancel).toBeUndefined();
    const odd = { taskId: 'a/../b ü', finished: true };
    expect(voyage.look(odd, context).path).toBe('/comfyui/tasks/a%2F..%2Fb%20%C3%BC/result');
  });
});

describe('a picture on its way', () => {
  const file = { fileName: 'cat.png', mediaType: 'image/png', bytes: 'asset:cat' };

  it('is sent without leave, and the answer says what it is called', () => {
    const step = voyage.upload!.send(file, undefined, context);
    if ('is' in step) throw new Error('refused');
    expect(step.url).toBeUndefined();
    expect(step.ask).toMatchObject({ method: 'POST', path: '/resources/upload', headers: {} });
    expect(decodeAsk(baicai, step.ask)).toMatchObject({ ok: true, value: file });
    expect(voyage.upload!.sent!(golden('a picture'), context)).toEqual({ url: 'https://media.example/12.png' });
  });

  it.each<[string, Answer, object]>([
    ['refused', refused(400), { is: 'failed', billed: 'no' }],
    ['refused in the body alone', refused(400, 200), { is: 'failed', billed: 'no' }],
    ['no address', answer({ code: 0, data: {} }), { is: 'failed', problem: { code: 'answer_unreadable' } }],
    ['too many', refused(429), { is: 'later', seconds: 10 }],
    ['a fault on their side, which costs nothing to try again', refused(502), { is: 'later' }],
  ])('%s', (_, given, expected) => {
    expect(voyage.upload!.sent!(given, context)).toMatchObject(expected);
  });
});
