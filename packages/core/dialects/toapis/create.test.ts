import { describe, expect, it } from 'vitest';
import { cardOf, facts, picture } from '../../catalog/check-samples.ts';
import { check, noFacts, type Reference, type Request } from '../../model/index.ts';
import { contextOf } from '../conformance.suite.ts';
import { type Ask, type Json, jsonBody, noBody } from '../message.ts';
import { jsonOf, limitsOverWire, notedBy, type Served, serveBy } from '../serving.suite.ts';
import { toapis } from './index.ts';

const context = contextOf(toapis);
const url = (name: string) => `https://media.example/${name}.png`;
const role = (name: string, of: string) => ({ url: url(name), role: of });

function ask(body: Json, headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' }): Ask {
  return { method: 'POST', path: '/videos/generations', query: {}, headers, body: jsonBody(body) };
}

const of = (more: { readonly [key: string]: Json } = {}) => ask({ model: 'kling-v3', prompt: 'rain', ...more });
const serve = (given: Ask, ...more: [Parameters<typeof serveBy>[2]?, Parameters<typeof serveBy>[3]?]) =>
  serveBy(toapis, given, ...more);

/** "400 invalid_request: message", after a look at the vendor's shape. */
function refusalOf({ refusal }: Served): string {
  if (refusal === undefined) return 'accepted';
  const body = jsonOf(refusal);
  const { error } = body as { error: { code: number; message: string; type: string } };
  expect(Object.keys(body)).toEqual(['error']);
  expect(Object.keys(error)).toEqual(['code', 'message', 'type']);
  expect(error.code).toBe(refusal.status);
  return `${refusal.status} ${error.type}: ${error.message}`;
}

const refused = (more: { readonly [key: string]: Json }) => refusalOf(serve(of(more)));

describe('what is refused', () => {
  it.each<[string, Json, RegExp]>([
    ['no model', { prompt: 'p' }, /^400 invalid_request: model is missing/],
    ['no prompt', { model: 'kling-v3' }, /^400 invalid_request: prompt is missing/],
    ['a prompt of nothing', { model: 'kling-v3', prompt: ' ' }, /^400 invalid_request: prompt is empty/],
    ['an unknown model', { model: 'kling-v9', prompt: 'p' }, /^400 invalid_request: There is no model "kling-v9"/],
    ["another vendor's model", { model: 'sora-2', prompt: 'p' }, /^400 invalid_request: There is no model "sora-2"/],
    ['a list', [], /^400 invalid_request: body is not valid/],
    ['words', 'hello', /^400 invalid_request: body is not valid/],
  ])('%s', (_, body, expected) => {
    expect(refusalOf(serve(ask(body)))).toMatch(expected);
  });

  it('a body that is no JSON', () => {
    expect(refusalOf(serve({ ...of(), headers: {} }))).toMatch(/^400 invalid_request: The body is sent as something/);
    expect(refusalOf(serve({ ...of(), body: noBody }))).toMatch(/^400 invalid_request: The body cannot be read/);
    const charset = { 'Content-Type': 'application/json; charset=utf-8' };
    expect(refusalOf(serve({ ...of(), headers: charset }))).toBe('accepted');
  });

  it.each<[string, { readonly [key: string]: Json }, RegExp]>([
    ['a mode that is not there', { mode: '4k' }, /mode is 4k; kling-v3 offers std or pro/],
    ['a duration of text', { duration: '5' }, /duration is not valid: .*expected number, received string\.$/],
    ['a duration of halves', { duration: 5.5 }, /duration is not valid/],
    ['a duration of nothing', { duration: 0 }, /duration is not valid/],
    ['a duration between', { duration: 7 }, /duration is 7; kling-v3 offers 5, 10 or 15/],
    ['one past the longest', { duration: 16 }, /duration is 16/],
    ['a ratio that is not there', { aspect_ratio: '4:3' }, /aspect_ratio 4:3.*It offers 16:9, 9:16, 1:1/],
    ['a ratio in words', { aspect_ratio: 'wide' }, /aspect_ratio wide.*It offers 16:9, 9:16, 1:1/],
    ['sound in words', { audio: 'true' }, /audio is not valid/],
    ['a watermark in words', { metadata: { watermark: 'no' } }, /metadata\.watermark is not valid/],
    ['a list of extensions', { metadata: [] }, /metadata is not valid/],
    ['a role that is not there', { image_with_roles: [role('a', 'middle')] }, /image_with_roles\[0\]\.role is middle/],
    ['no role', { image_with_roles: [{ url: url('a') }] }, /image_with_roles\[0\]\.role is not valid/],
    ['a picture as an object', { reference_images: [{ url: url('a') }] }, /reference_images\[0\] is not valid/],
    [
      'two first frames',
      { image_with_roles: [role('a', 'first_frame'), role('b', 'first_frame')] },
      /at most 1 start frames/,
    ],
  ])('%s', (_, more, expected) => {
    const found = refused(more);
    expect(found).toMatch(/^400 invalid_request: /);
    expect(found).toMatch(expected);
  });

  it('15 s with pictures, of which 10 is the most', () => {
    expect(refused({ duration: 15 })).toBe('accepted');
    for (const more of [
      { reference_images: [url('a')] },
      { image_with_roles: [role('a', 'first_frame')] },
      { image_with_roles: [role('a', 'last_frame')] },
    ]) {
      expect(refused({ ...more, duration: 10 })).toBe('accepted');
      expect(refused({ ...more, duration: 15 })).toMatch(/^400 invalid_request: duration is 15; .*5 or 10/);
    }
  });

  it.each([
    'data:image/png;base64,iVBORw0KGgo=',
    'iVBORw0KGgoAAAANSUhEUg==',
    '/etc/passwd',
    'file:///a.png',
    'oss://a/b.png',
    'asset:0123',
    'http://',
    '',
  ])('pictures that are no address: %j', (given) => {
    const expected = /is no address that can be read here\. Give a public http or https address; base64 is not taken/;
    expect(refused({ reference_images: [given] })).toMatch(expected);
    expect(refused({ image_with_roles: [{ url: given, role: 'last_frame' }] })).toMatch(expected);
    const long = refused({ reference_images: [given.padEnd(100_000, 'A')] });
    expect(long.length).toBeLessThan(500);
  });

  it('texts that are longer than anybody writes', () => {
    expect(refused({ prompt: '雨'.repeat(50_000) })).toBe('accepted');
    expect(refused({ prompt: '雨'.repeat(50_001) })).toMatch(/^400 invalid_request: prompt: .* 50001 .* at most 50000/);
    expect(refused({ metadata: { negative_prompt: 'x'.repeat(50_001) } })).toMatch(
      /^400 invalid_request: metadata\.negative_prompt has 50001/,
    );
  });

  it('tells every fault, and no more than anybody reads', () => {
    expect(refused({ duration: 'x', audio: 'y' })).toMatch(/duration .*audio /);
    const many = (count: number) => refused({ reference_images: Array.from({ length: count }, () => 'x') });
    expect(many(50)).toMatch(/And 42 more\.$/);
    expect(many(51)).toMatch(/^400 invalid_request: kling-v3 takes at most 50 pictures; found 51\. Remove 1\.$/);
    expect(refused({ reference_images: Array.from({ length: 50 }, (_, index) => url(`p${index}`)) })).toBe('accepted');
  });
});

describe('what is read', () => {
  it('plain references and frames, of which nothing is taken for the other', () => {
    const mixed = serve(
      of({
        reference_images: [url('a'), url('b')],
        image_with_roles: [
          role('first', 'first_frame'),
          role('c', 'reference_image'),
          role('last', 'last_frame'),
          role('d', 'reference'),
        ],
      }),
    );
    expect(refusalOf(mixed)).toBe('accepted');
    expect(mixed.request).toMatchObject({
      references: ['a', 'b', 'c', 'd'].map((name) => ({ kind: 'image', image: url(name) })),
      startFrame: url('first'),
      endFrame: url('last'),
    });
    const two = serve(of({ reference_images: [url('a'), url('b')] }));
    expect(two.request).not.toHaveProperty('endFrame');
    expect(two.request).not.toHaveProperty('startFrame');
    const last = serve(of({ image_with_roles: [role('last', 'last_frame')] }));
    expect(notedBy(last)).toEqual(['end_frame_alone endFrame']);
  });

  it('a prompt word for word: the vendor has no way to point at a picture', () => {
    const { request } = serve(of({ prompt: '@image1 <<<image_1>>> 图1', reference_images: [url('a')] }));
    expect(request?.shots).toEqual([{ prompt: ['@image1 <<<image_1>>> 图1'] }]);
  });

  it('its own length, whatever the prompt lists', () => {
    const listed = 'Shot 1 (5s): rain. Shot 2 (5s): sun.';
    expect(serve(of({ prompt: listed })).request?.shots[0]?.seconds).toBe(5);
    expect(serve(of({ prompt: listed, duration: 10 })).request?.shots[0]?.seconds).toBe(10);
    expect(serve(of({ prompt: 'rain' })).request?.shots[0]).toEqual({ prompt: ['rain'] });
  });

  it('null as what is left out; unknown fields do nothing and are told of', () => {
    const nothing = { mode: null, duration: null, aspect_ratio: null, audio: null, metadata: null };
    const none = serve(of({ ...nothing, reference_images: null, image_with_roles: null, other: null }));
    expect(refusalOf(none)).toBe('accepted');
    expect(notedBy(none)).toEqual([]);
    const more = serve(
      of({
        image_urls: [url('a')],
        reference_images: [url('a')],
        image_with_roles: [{ ...role('b', 'first_frame'), weight: 1 }],
        metadata: { last_frame_image: url('c') },
      }),
    );
    expect(notedBy(more)).toEqual([
      'setting_ignored image_with_roles[0].weight',
      'setting_ignored metadata.last_frame_image',
      'setting_ignored image_urls',
    ]);
  });

  it('extensions no deeper than anybody needs', () => {
    const nested = (levels: number) => Array.from({ length: levels }).reduce<Json>((value) => [value], 1);
    expect(refused({ metadata: { trace: nested(8) } })).toBe('accepted');
    expect(refused({ metadata: { trace: nested(9) } })).toMatch(/metadata\.trace is not valid: it is more than 8/);
    expect(refused({ metadata: { trace: nested(50_000) } })).toMatch(/^400 invalid_request/);
    expect(refused({ other: nested(50_000) })).toBe('accepted');
  });
});

describe('every limit of the card', () => {
  const cases = limitsOverWire(toapis, cardOf('kling-v3'));

  it('is kept over the wire, and one past it is refused in the vendor’s shape', () => {
    let past = 0;
    for (const { limit, served, changed } of cases) {
      if (served === undefined || changed.includes(limit.refused?.path ?? '')) continue;
      const found = refusalOf(served);
      if (limit.refused === undefined) expect(found, limit.what).toBe('accepted');
      else {
        past += 1;
        expect(found, limit.what).toMatch(/^400 invalid_request: /);
      }
    }
    expect(past).toBeGreaterThan(20);
  });

  it('of measured media are told by the picture', () => {
    const large = facts({ [url('a')]: picture({ bytes: 10_485_761 }) });
    const found = refusalOf(serve(of({ reference_images: [url('a')] }), {}, large));
    expect(found).toMatch(/^400 invalid_request: reference image 1 has 10 MB/);
    const exact = facts({ [url('a')]: picture({ bytes: 10_485_760 }) });
    expect(refusalOf(serve(of({ reference_images: [url('a')] }), {}, exact))).toBe('accepted');
    const bitmap = facts({ [url('a')]: picture({ mediaType: 'image/bmp' }) });
    expect(refusalOf(serve(of({ image_with_roles: [role('a', 'first_frame')] }), {}, bitmap))).toMatch(
      /^400 invalid_request: first_frame is image\/bmp/,
    );
  });
});

describe('in the language of the caller', () => {
  it.each<[{ readonly [key: string]: Json }, string]>([
    [{ duration: 7 }, '400 invalid_request: duration 为 7；kling-v3 可选 5、10、15（没有图像时）。请从中选择'],
    [{ duration: 'x' }, '400 invalid_request: duration 无效：'],
    [{ reference_images: ['x'] }, '400 invalid_request: reference_images[0]：“x”不是可读取的地址。请提供公网'],
    [{ prompt: null }, '400 invalid_request: 缺少 prompt。请补充。'],
  ])('%j', (more, expected) => {
    const found = refusalOf(serve(of(more), { language: 'zh' }));
    expect(found.slice(0, expected.length)).toBe(expected);
    expect(refusalOf(serve(of(more), { language: 'en' }))).toBe(refused(more));
  });

  it('keys, tasks and moderation in the words of the page', () => {
    const said = (code: 'key_missing' | 'generation_unknown' | 'moderation_blocked', language: 'en' | 'zh') =>
      refusalOf({
        request: undefined,
        notes: [],
        refusal: toapis.refusal.encode([{ code, path: '', values: {} }], { ...context, language }),
      });
    expect(said('key_missing', 'zh')).toBe('401 authentication_error: 身份验证失败，请检查您的API密钥');
    expect(said('key_missing', 'en')).toBe(
      '401 authentication_error: Authentication failed, please check your API key',
    );
    expect(said('generation_unknown', 'zh')).toBe('404 not_found_error: 任务不存在');
    expect(said('moderation_blocked', 'en')).toMatch(/^422 content_policy_violation: /);
  });

  it('what the vendor said of a request that was passed on is said again', () => {
    const theirs = {
      status: 422,
      headers: {},
      body: jsonBody({ error: { code: 422, message: 'No.', type: 'content_policy_violation' } }),
    };
    const found = toapis.refusal.decode(theirs)!;
    expect(toapis.refusal.encode([found], { ...context, language: 'zh' })).toMatchObject({
      status: 422,
      body: theirs.body,
    });
    // What another vendor said has no place in this one's table.
    const other = {
      code: 'vendor_refused',
      path: '',
      values: { found: 'No.', vendorCode: 'InvalidParameter' },
    } as const;
    expect(toapis.refusal.encode([other], context)).toMatchObject({ status: 400 });
  });

  it('too many requests say when to come again', () => {
    const answer = toapis.refusal.encode([{ code: 'rate_limited', path: '', values: { found: 'x' } }], context);
    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '10' } });
  });
});

describe('written for the vendor', () => {
  const references: Reference[] = [
    {
      kind: 'subject',
      id: 'a',
      name: 'mei',
      image: url('a'),
      angles: [url('b')],
      voice: 'https://media.example/v.mp3',
    },
    { kind: 'scene', id: 'b', name: 'park', image: url('c') },
  ];
  const write = (more: Partial<Request> = {}, echo?: Json) => {
    const request = { model: 'kling-v3', references, shots: [{ prompt: [{ mention: 'a' }, ' runs.'] }], ...more };
    const written = toapis.voyage.start(request, context, echo);
    if (!written.ok) return { problems: written.problems.map(({ code, path }) => `${code} ${path}`) };
    const body = written.message.body.kind === 'json' ? (written.message.body.value as { [key: string]: Json }) : {};
    return { body, notes: written.notes.map(({ code, path }) => `${code} ${path}`), problems: [] };
  };

  it('references become pictures, names become words, and each loss is told', () => {
    expect(write()).toEqual({
      body: { model: 'kling-v3', prompt: 'mei runs.', reference_images: [url('a'), url('c')], audio: false },
      notes: [
        'mentions_as_text shots[0].prompt',
        'angles_not_taken references[0].angles',
        'voice_dropped references[0].voice',
        'kind_converted references[0].kind',
        'kind_converted references[1].kind',
      ],
      problems: [],
    });
  });

  it('several shots are words of one prompt, which is less', () => {
    const shots = [
      { prompt: ['rain'], seconds: 4 },
      { prompt: ['sun'], seconds: 6 },
    ];
    const { body, notes } = write({ shots, references: [] });
    expect(body).toMatchObject({ prompt: 'Shot 1 (4s): rain\nShot 2 (6s): sun', duration: 10 });
    expect(notes).toEqual(['shots_as_text shots']);
    const untimed = write({ shots: [{ prompt: ['rain'] }, { prompt: ['sun'] }], references: [] });
    expect(untimed.body).toMatchObject({ duration: 5 });
  });

  it('which strict refuses', () => {
    const shots = [{ prompt: ['rain'] }, { prompt: ['sun'] }];
    const request = { model: 'kling-v3', references: [], shots, strict: true };
    expect(check(request, cardOf('kling-v3'), noFacts).problems).toMatchObject([
      { code: 'strict_refuses', path: 'shots' },
    ]);
  });

  it('a length that only the prompt lists is said, since the vendor does not read it there', () => {
    const listed = write({ shots: [{ prompt: ['Shot 1 (5s): rain. Shot 2 (5s): sun.'] }], references: [] });
    expect(listed.body).toMatchObject({ duration: 10 });
    expect(listed.notes).toEqual(['seconds_of_list shots[0].seconds']);
    expect(write({ shots: [{ prompt: ['rain'] }], references: [] }).body).not.toHaveProperty('duration');
  });

  it('tiers and sizes become a mode and a ratio', () => {
    const shape = (more: Partial<Request>) => {
      const { body, notes, problems } = write({ shots: [{ prompt: ['rain'] }], references: [], ...more });
      return problems.length > 0 ? problems : [body?.mode, body?.aspect_ratio, ...(notes ?? [])];
    };
    expect(shape({ tier: '1080p' })).toEqual(['pro', undefined, 'format_converted tier', 'format_converted mode']);
    expect(shape({ tier: '720p', ratio: '1:1' })).toEqual(['std', '1:1', 'format_converted tier']);
    expect(shape({ mode: 'pro', ratio: '9:16' })).toEqual(['pro', '9:16']);
    expect(shape({ size: { width: 720, height: 1280 } })).toEqual(['std', '9:16', 'size_converted size']);
    expect(shape({ mode: 'std', tier: '1080p' })).toEqual(['format_not_offered tier']);
    expect(shape({ size: { width: 640, height: 360 } })).toEqual(['format_not_offered size']);
  });

  it('sound is always said; extensions are sent on as they came', () => {
    const echo = { metadata: { watermark: false, negative_prompt: 'old', trace: 'x' }, roles: [null, 'reference'] };
    const { body } = write({ audio: true, negativePrompt: 'fog', watermark: true }, echo);
    expect(body).toMatchObject({
      audio: true,
      metadata: { trace: 'x', negative_prompt: 'fog', watermark: true },
      reference_images: [url('a')],
      image_with_roles: [{ url: url('c'), role: 'reference' }],
    });
    expect(write({}, { metadata: [], roles: 'x' }).body).toMatchObject({ reference_images: [url('a'), url('c')] });
  });

  it.each<[string, Partial<Request>, string]>([
    [
      'a video',
      { references: [{ kind: 'video', id: 'v', name: 'v', video: 'https://media.example/v.mp4', use: 'subject' }] },
      'input_unsupported references[0]',
    ],
    [
      'a picture as bytes',
      { references: [{ kind: 'image', id: 'i', name: 'i', image: 'data:image/png;base64,AA==' }] },
      'media_address references[0].image',
    ],
    ['a frame as bytes', { startFrame: 'data:image/png;base64,AA==' }, 'media_address startFrame'],
    [
      'a subject in motion only',
      { references: [{ kind: 'subject', id: 's', name: 's', clip: 'https://e/c.mp4' }] },
      'image_required references[0]',
    ],
    ['a mention of nobody', { shots: [{ prompt: [{ mention: 'zoe' }] }] }, 'unknown_mention shots[0].prompt'],
    ['an unknown model', { model: 'sora-2' }, 'unknown_model model'],
  ])('cannot say %s', (_, more, expected) => {
    expect(write(more).problems).toContain(expected);
  });

  it('has nothing for what it has no field for', () => {
    const { notes } = write({
      seed: 1,
      expand: true,
      fps: 30,
      count: 3,
      from: 'g',
      references: [],
      shots: [{ prompt: ['x'] }],
    });
    expect(notes).toEqual([
      'fps_fixed fps',
      'setting_ignored seed',
      'setting_ignored expand',
      'count_split count',
      'remix_as_new from',
    ]);
  });
});
