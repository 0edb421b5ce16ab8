import { describe, expect, it } from 'vitest';
import { cardOf, facts, picture } from '../../catalog/check-samples.ts';
import { problem } from '../../model/index.ts';
import { contextOf } from '../conformance.suite.ts';
import { type Ask, type Json, jsonBody, noBody } from '../message.ts';
import { jsonOf, limitsOverWire, notedBy, type Served, serveBy } from '../serving.suite.ts';
import { baicai } from './index.ts';

const context = contextOf(baicai);
const url = (name: string) => `https://media.example/${name}.png`;
const of = (name: string, type = 'subject', ...more: string[]) => ({ type, name, urls: [url(name), ...more.map(url)] });

function ask(body: Json, headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' }): Ask {
  return { method: 'POST', path: '/videos/generations', query: {}, headers, body: jsonBody(body) };
}

type Fields = { readonly [key: string]: Json };

/** A request as the page's example has it, with other fields in `input` and beside it. */
function make(input: Fields = {}, beside: Fields = {}): Ask {
  const usual = { prompt: '@human walks', resolution: '720p', duration: 5, mutil_reference: [of('human')] };
  return ask({
    selected_model: 'PixVerse-v4.5-MR2V',
    task_type: 'multi_ref_img2video',
    input: { ...usual, ...input },
    ...beside,
  });
}

const serve = (given: Ask, ...more: [Parameters<typeof serveBy>[2]?, Parameters<typeof serveBy>[3]?]) =>
  serveBy(baicai, given, { language: 'en', ...more[0] }, more[1]);

/** "400: message", after a look at the vendor's shape. */
function refusalOf({ refusal }: Served): string {
  if (refusal === undefined) return 'accepted';
  const body = jsonOf(refusal);
  expect(Object.keys(body)).toEqual(['code', 'message', 'data', 'ts']);
  expect(body).toMatchObject({ code: refusal.status, data: null, ts: expect.stringMatching(/\[Asia\/Shanghai\]$/) });
  return `${refusal.status}: ${body.message}`;
}

const refused = (input: Fields, beside: Fields = {}) => refusalOf(serve(make(input, beside)));
const notesOf = (given: Ask) => notedBy(serve(given));

describe('what is refused', () => {
  it.each<[string, Fields, Fields, RegExp]>([
    ['a synchronous call', {}, { async: false }, /^400: async: only asynchronous calls are supported/],
    ['no model', {}, { selected_model: null }, /^400: selected_model is missing/],
    ['an unknown model', {}, { selected_model: 'PixVerse-v5' }, /^400: There is no model "PixVerse-v5"/],
    ["another vendor's model", {}, { selected_model: 'kling-v3' }, /^400: There is no model "kling-v3"/],
    [
      'another kind of task',
      {},
      { task_type: 'txt2video' },
      /^400: task_type is txt2video; .* offers multi_ref_img2video/,
    ],
    ['no input', {}, { input: null }, /^400: input is missing/],
    ['no prompt', { prompt: null }, {}, /^400: input\.prompt is missing/],
    ['a prompt of nothing', { prompt: ' ' }, {}, /^400: input\.prompt is empty/],
    ['no resolution', { resolution: null }, {}, /^400: input\.resolution is missing/],
    ['no duration', { duration: null }, {}, /^400: input\.duration is missing/],
    ['no references', { mutil_reference: null }, {}, /^400: input\.mutil_reference is missing/],
    ['an empty list', { mutil_reference: [], prompt: 'p' }, {}, /^400: .*at least 1/],
    [
      'four references',
      { mutil_reference: ['a', 'b', 'c', 'd'].map((name) => of(name)), prompt: 'p' },
      {},
      /^400: .*at most 3/,
    ],
    ['a resolution that is not there', { resolution: '480p' }, {}, /^400: .*input\.resolution 480p.*360p, 540p, 1080p/],
    ['a resolution in capitals', { resolution: '720P' }, {}, /^400: .*input\.resolution 720P/],
    ['a resolution of no shape', { resolution: 'high' }, {}, /^400: .*input\.resolution high/],
    ['a duration between', { duration: 6 }, {}, /^400: input\.duration is 6; .* 5 or 8/],
    ['a duration of text', { duration: '5' }, {}, /^400: input\.duration is not valid/],
    ['8 s at 1080p', { resolution: '1080p', duration: 8 }, {}, /^400: input\.duration is 8; .* offers 5 at 1080p/],
    ['no films', { number_of_videos: 0 }, {}, /^400: input\.number_of_videos is 0; .* offers 1 to 4/],
    ['five films', { number_of_videos: 5 }, {}, /^400: input\.number_of_videos is 5; .* offers 1 to 4/],
    ['half a film', { number_of_videos: 1.5 }, {}, /^400: input\.number_of_videos is not valid/],
    ['an expansion in words', {}, { need_expand_prompt: 'yes' }, /^400: need_expand_prompt is not valid/],
    ['async in words', {}, { async: 'true' }, /^400: async is not valid/],
    ['a ratio in numbers', { aspect_ratio: 1.7 }, {}, /^400: input\.aspect_ratio is not valid/],
  ])('%s', (_, input, beside, expected) => {
    expect(refused(input, beside)).toMatch(expected);
  });

  it('what stands at the limits is taken', () => {
    for (const resolution of ['360p', '540p', '720p', '1080p']) expect(refused({ resolution })).toBe('accepted');
    for (const resolution of ['360p', '540p', '720p']) expect(refused({ resolution, duration: 8 })).toBe('accepted');
    for (const count of [1, 4]) {
      const served = serve(make({ number_of_videos: count }));
      expect(refusalOf(served)).toBe('accepted');
      expect(served.request?.count).toBe(count);
    }
    expect(refused({ mutil_reference: [of('human'), of('dog'), of('grass', 'background')] })).toBe('accepted');
    expect(refused({}, { async: true, need_expand_prompt: false, task_type: null })).toBe('accepted');
  });

  it.each<[string, Json, RegExp]>([
    ['another type', [{ ...of('human'), type: 'style' }], /^400: input\.mutil_reference\[0\]\.type is not valid/],
    ['no name', [{ type: 'subject', urls: [url('a')] }], /^400: input\.mutil_reference\[0\]\.name is not valid/],
    [
      'a name of two words',
      [of('human'), of('my dog')],
      /^400: input\.mutil_reference\[1\]\.name is not valid: "my dog" must be/,
    ],
    ['an empty name', [of('human'), of('')], /^400: input\.mutil_reference\[1\]\.name is not valid/],
    [
      'a name twice',
      [of('human'), of('human')],
      /^400: input\.mutil_reference\[1\]\.name is called "human", and so is/,
    ],
    ['no pictures', [{ ...of('human'), urls: [] }], /^400: .*at least 1.*pictures of a reference/],
    ['four pictures', [of('human', 'subject', 'b', 'c', 'd')], /^400: .*at most 3 pictures of a reference; found 4/],
    [
      'four pictures of a background',
      [of('human'), of('x', 'background', 'b', 'c', 'd')],
      /^400: .*at most 3 pictures/,
    ],
    ['one picture that is no list', [{ ...of('human'), urls: url('a') }], /^400: .*\.urls is not valid/],
  ])('references: %s', (_, list, expected) => {
    expect(refused({ mutil_reference: list, prompt: '@human walks' })).toMatch(expected);
  });

  it.each(['data:image/png;base64,AA==', '/etc/passwd', 'file:///a.png', 'oss://a/b.png', 'http://', '', 'asset:0'])(
    'pictures that are no address: %j',
    (given) => {
      const list = [{ type: 'subject', name: 'human', urls: [url('a'), given] }];
      expect(refused({ mutil_reference: list })).toMatch(
        /^400: input\.mutil_reference\[0\]\.urls\[1\]: .* is no address that can be read here/,
      );
    },
  );

  it('texts that are longer than anybody writes', () => {
    expect(refused({ prompt: '雨'.repeat(50_000) })).toBe('accepted');
    expect(refused({ prompt: '@a '.repeat(20_000) })).toMatch(/^400: input\.prompt: .* 60000 .* at most 50000/);
    expect(refused({ negative_prompt: 'x'.repeat(50_001) })).toMatch(/^400: input\.negative_prompt has 50001/);
  });

  it('a body that is no JSON, or no object', () => {
    expect(refusalOf(serve({ ...make(), headers: {} }))).toMatch(/^400: The body is sent as something/);
    expect(refusalOf(serve({ ...make(), body: noBody }))).toMatch(/^400: The body cannot be read/);
    for (const body of [[], 'hello', null]) expect(refusalOf(serve(ask(body)))).toMatch(/^400: body is not valid/);
  });

  it('every fault is told, and no more than anybody reads', () => {
    expect(refused({ prompt: null, resolution: null, duration: null })).toMatch(/prompt .*duration .*resolution /);
    const thousand = refused({ mutil_reference: Array.from({ length: 1000 }, () => 1) });
    expect(thousand).toMatch(/And 992 more\.$/);
    const many = refused({ mutil_reference: Array.from({ length: 1000 }, (_, index) => of(`n${index}`)) });
    expect(many).toMatch(/^400: PixVerse-v4\.5-MR2V takes at most 3 .*found 1000\. Remove 997\.$/);
  });
});

describe('what is read', () => {
  it('subjects and backgrounds with all their pictures, the first in front', () => {
    const list = [of('human', 'subject', 'b', 'c'), of('grass', 'background', 'd')];
    expect(serve(make({ mutil_reference: list })).request?.references).toEqual([
      { kind: 'subject', id: 'r1', name: 'human', image: url('human'), angles: [url('b'), url('c')] },
      { kind: 'scene', id: 'r2', name: 'grass', image: url('grass'), angles: [url('d')] },
    ]);
  });

  it('a ratio, which does nothing and is told of, whatever it is', () => {
    const upright = facts({ [url('human')]: picture({ width: 600, height: 800 }) });
    const served = (ratio: string) => notedBy(serve(make({ aspect_ratio: ratio }), {}, upright));
    expect(served('16:9')).toEqual(['ratio_follows ratio']);
    expect(served('3:4')).toEqual([]);
    expect(served('wide')).toEqual(['setting_ignored input.aspect_ratio']);
    expect(refused({ aspect_ratio: '99:1' })).toBe('accepted');
  });

  it('a reference that is never named, with a note', () => {
    const served = serve(make({ mutil_reference: [of('human'), of('dog')] }));
    expect(refusalOf(served)).toBe('accepted');
    expect(served.notes.map(({ code, path }) => `${code} ${path}`)).toContain('reference_unmentioned references[1]');
  });

  it('null as what is left out; unknown fields do nothing and are told of', () => {
    const none = make(
      { aspect_ratio: null, number_of_videos: null, negative_prompt: null },
      { async: null, need_expand_prompt: null },
    );
    expect(refusalOf(serve(none))).toBe('accepted');
    expect(notesOf(none)).toEqual([]);
    const more = make({ seed: 1, mutil_reference: [{ ...of('human'), weight: 2 }] }, { response_format: 'url' });
    expect(notesOf(more)).toEqual([
      'setting_ignored input.mutil_reference[0].weight',
      'setting_ignored response_format',
      'setting_ignored input.seed',
    ]);
    let deep: Json = 'x';
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    expect(refused({ more: deep }, { more: deep })).toBe('accepted');
  });
});

describe('every limit of the card', () => {
  it('is kept over the wire, and one past it is refused in the vendor’s shape', () => {
    let past = 0;
    for (const { limit, served, changed } of limitsOverWire(baicai, cardOf('PixVerse-v4.5-MR2V'))) {
      if (served === undefined || changed.includes(limit.refused?.path ?? '')) continue;
      const found = refusalOf(served);
      if (limit.refused === undefined) expect(found, limit.what).toBe('accepted');
      else {
        past += 1;
        expect(found, limit.what).toMatch(/^400: /);
      }
    }
    expect(past).toBeGreaterThan(30);
  });

  it('of measured media are told by the picture', () => {
    const list = [of('human', 'subject', 'b')];
    const large = facts({ [url('b')]: picture({ bytes: 20 * 1_048_576 + 1 }) });
    expect(refusalOf(serve(make({ mutil_reference: list }), {}, large))).toMatch(
      /^400: input\.mutil_reference\[0\]\.urls\[1\] has 20 MB/,
    );
    const wide = facts({ [url('human')]: picture({ width: 10_001, height: 100 }) });
    expect(refusalOf(serve(make({ mutil_reference: list }), {}, wide))).toMatch(
      /^400: input\.mutil_reference\[0\]\.urls\[0\] is 10001x100 pixels/,
    );
  });
});

describe('errors', () => {
  const said = (code: Parameters<typeof problem>[0], language?: 'en' | 'zh') =>
    refusalOf({
      request: undefined,
      notes: [],
      refusal: baicai.refusal.encode([problem(code, '', { found: 'x' })], { ...context, language }),
    });

  it('are Chinese, unless English is asked for', () => {
    expect(refusalOf(serve(make({ duration: 6 }), { language: undefined }))).toMatch(/^400: input\.duration 为 6；/);
    expect(refusalOf(serve(make({ duration: 'x' }), { language: undefined }))).toMatch(
      /^400: input\.duration 无效：无效输入/,
    );
    expect(said('generation_unknown')).toBe('404: 没有任务“x”。请检查 id；它可能已过期。');
    expect(said('generation_unknown', 'en')).toMatch(/^404: There is no generation "x"\./);
  });

  it('have the statuses of the page, and 429 for too many', () => {
    expect(said('key_missing')).toMatch(/^401: /);
    expect(said('key_invalid')).toMatch(/^401: /);
    expect(said('route_unknown')).toMatch(/^404: /);
    expect(said('disk_full', 'en')).toBe('500: Internal server error');
    expect(said('vendor_unavailable')).toBe('500: 服务器内部错误');
    expect(said('moderation_blocked')).toMatch(/^400: The content contains inappropriate information/);
    const many = baicai.refusal.encode([problem('rate_limited', '', { found: 'x' })], context);
    expect(many).toMatchObject({ status: 429, headers: { 'retry-after': '10' } });
  });

  it('what the vendor said of a request that was passed on is said again', () => {
    const theirs = { code: 404, message: '模型不存在', data: null };
    const found = baicai.refusal.decode({ status: 404, headers: {}, body: jsonBody(theirs) })!;
    expect(baicai.refusal.encode([found], { ...context, language: 'en' })).toMatchObject({
      status: 404,
      body: { value: theirs },
    });
  });

  it('a body may refuse where the status does not', () => {
    const found = (code: number, status = 200) =>
      baicai.refusal.decode({ status, headers: {}, body: jsonBody({ code, message: 'm', data: null }) })?.code;
    expect(found(0)).toBeUndefined();
    expect(found(400)).toBe('vendor_refused');
    expect(found(500)).toBe('vendor_failed');
    expect(found(0, 500)).toBe('vendor_failed');
    expect(found(401)).toBe('key_invalid');
  });
});
