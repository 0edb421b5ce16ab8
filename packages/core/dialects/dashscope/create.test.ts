import { describe, expect, it } from 'vitest';
import { cardOf, facts, footage, picture } from '../../catalog/check-samples.ts';
import { type Reference, showPrompt } from '../../model/index.ts';
import { contextOf } from '../conformance.suite.ts';
import { type Json, jsonBody, noBody } from '../message.ts';
import { dashscope } from './index.ts';
import { ask26, ask27, create, frame, image, noted, refusalOf, serve, video } from './serving.suite.ts';

/** Every request here has notes of these. */
const always = /^(?:reference_unmentioned|media_unmeasured)/;
const notesOf = (...args: Parameters<typeof serve>) => noted(serve(...args)).filter((note) => !always.test(note));

describe('headers', () => {
  it('are read whatever the case of their names; a charset of the body does not count', () => {
    const body = { model: 'wan2.7-r2v', input: { prompt: 'p', media: [image('a')] } };
    const shouted = {
      ...create(body),
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-DashScope-Async': 'enable' },
    };
    expect(refusalOf(serve(shouted))).toBe('accepted');
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'no async',
      { 'content-type': 'application/json' },
      '403 AccessDenied: current user api does not support synchronous calls',
    ],
    [
      'async off',
      { 'content-type': 'application/json', 'x-dashscope-async': 'disable' },
      '403 AccessDenied: current user api does not support synchronous calls',
    ],
    [
      'no type',
      { 'x-dashscope-async': 'enable' },
      '400 BadRequest.IllegalInput: The input parameter requires json format.',
    ],
    [
      'a form',
      { 'content-type': 'application/x-www-form-urlencoded', 'x-dashscope-async': 'enable' },
      '400 BadRequest.IllegalInput: The input parameter requires json format.',
    ],
  ])('%s', (_, headers, expected) => {
    expect(refusalOf(serve({ ...ask27(), headers }))).toMatch(expected);
  });

  it('oss: needs one of its own, for media and for voices', () => {
    const stored = { type: 'reference_image', url: 'oss://dashscope-instant/a.png' };
    const spoken = { ...image('a'), reference_voice: 'oss://dashscope-instant/a.mp3' };
    for (const media of [[stored], [spoken], [{ ...stored, type: 'first_frame' }, image('a')]])
      expect(refusalOf(serve(ask27({ media })))).toMatch(
        /^400 InvalidParameter: url error, please check url! The header X-DashScope-OssResourceResolve must be "enable" here\./,
      );
    expect(refusalOf(serve(ask26({ reference_urls: ['oss://dashscope-instant/a.png'] })))).toMatch(
      /^400 .*OssResourceResolve/,
    );
    const resolved = create(
      { model: 'wan2.7-r2v', input: { prompt: 'p', media: [stored] } },
      { 'X-DashScope-OssResourceResolve': 'enable' },
    );
    expect(refusalOf(serve(resolved))).toBe('accepted');
  });
});

describe('the body', () => {
  it.each<[string, Json, string]>([
    [
      'no model',
      { input: { prompt: 'p' } },
      '400 BadRequest.EmptyModel: Required parameter "model" missing from request.',
    ],
    ['no input', { model: 'wan2.7-r2v' }, '400 BadRequest.EmptyInput: Required input parameter missing from request.'],
    [
      'no prompt',
      { model: 'wan2.7-r2v', input: { media: [image('a')] } },
      '400 InvalidParameter: Field required: input.prompt',
    ],
    [
      'an unknown model',
      { model: 'wan9', input: { prompt: 'p' } },
      '404 ModelNotFound: The model does not exist or you do not have access to it.',
    ],
    [
      "another vendor's model",
      { model: 'sora-2', input: { prompt: 'p' } },
      '404 ModelNotFound: The model does not exist or you do not have access to it.',
    ],
    ['a list', [], '400 InvalidParameter: the body is not valid: '],
    ['words', 'hello', '400 InvalidParameter: the body is not valid: '],
  ])('%s', (_, body, expected) => {
    expect(refusalOf(serve(create(body)))).toContain(expected);
  });

  it('is JSON', () => {
    for (const body of [noBody, { kind: 'bytes', bytes: 'b', mediaType: 'application/json' } as const])
      expect(refusalOf(serve({ ...ask27(), body }))).toMatch(
        /^400 InvalidParameter: Required body invalid, please check the request body format\./,
      );
    expect(refusalOf(serve({ ...ask27(), body: jsonBody(null) }))).toMatch(
      /^400 InvalidParameter: the body is not valid/,
    );
  });

  it.each<[string, Json, RegExp]>([
    ['duration as text', { duration: '5' }, /parameters\.duration is not valid: .*expected number/],
    ['duration of nothing', { duration: 0 }, /parameters\.duration is not valid: it must be more than 0/],
    [
      'duration of halves',
      { duration: 4.5 },
      /parameters\.duration is 4\.5; wan2\.7-r2v offers 2 to 10 in whole numbers/,
    ],
    ['too short', { duration: 1 }, /parameters\.duration is 1; wan2\.7-r2v offers 2 to 10/],
    ['too long', { duration: 16 }, /parameters\.duration is 16; /],
    [
      'a tier in small letters',
      { resolution: '720p' },
      /parameters\.resolution is not valid: it must be a tier such as "720P"/,
    ],
    ['a tier that is not there', { resolution: '480P' }, /parameters\.resolution 480p\. It offers/],
    ['a ratio that is not there', { ratio: '21:9' }, /parameters\.ratio 21:9/],
    ['a ratio in words', { ratio: 'wide' }, /parameters\.ratio is not valid/],
    ['a seed below 0', { seed: -1 }, /parameters\.seed is not valid: it must be a whole number in \[0, 2147483647\]/],
    ['a seed past the most', { seed: 2_147_483_648 }, /parameters\.seed is not valid/],
    ['a watermark in words', { watermark: 'true' }, /parameters\.watermark is not valid/],
    ['an expansion in words', { prompt_extend: 1 }, /parameters\.prompt_extend is not valid/],
    ['parameters in a list', [], /parameters is not valid/],
  ])('2.7, %s', (_, parameters, expected) => {
    const refusal = refusalOf(serve(ask27({}, parameters)));
    expect(refusal).toMatch(/^400 InvalidParameter: /);
    expect(refusal).toMatch(expected);
  });

  it.each<[string, Json, RegExp]>([
    ['a size with an x', { size: '1280x720' }, /parameters\.size is not valid: it must be width\*height/],
    ['a size of 2.7', { size: '1104*832' }, /parameters\.size 1104x832/],
    ['a tier for a size', { size: '720P' }, /parameters\.size is not valid/],
    ['an unknown kind of shots', { shot_type: 'many' }, /parameters\.shot_type is not valid/],
    ['too long', { duration: 11 }, /parameters\.duration is 11; wan2\.6-r2v offers 2 to 10/],
  ])('2.6, %s', (_, parameters, expected) => {
    const refusal = refusalOf(serve(ask26({}, parameters)));
    expect(refusal).toMatch(/^400 InvalidParameter: /);
    expect(refusal).toMatch(expected);
  });

  it('takes null for a field that is left out', () => {
    const nothing = { resolution: null, ratio: null, duration: null, seed: null, watermark: null, prompt_extend: null };
    const served = serve(ask27({ negative_prompt: null, reference_urls: null }, { ...nothing, other: null }));
    expect(refusalOf(served)).toBe('accepted');
    expect(notesOf(ask27({}, { other: null }))).toEqual([]);
  });

  it('may be as deep as it likes', () => {
    let deep: Json = 'x';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(notesOf(ask27({ more: deep }, { more: deep }))).toEqual([
      'setting_ignored parameters.more',
      'setting_ignored input.more',
    ]);
    expect(refusalOf(serve(ask27({ media: deep })))).toMatch(/^400 InvalidParameter: input\.media\[0\] is not valid/);
  });

  it('tells every fault, and takes the code of the first', () => {
    const refusal = refusalOf(serve(ask27({}, { duration: 'x', seed: 'y' })));
    expect(refusal).toMatch(/parameters\.duration .*parameters\.seed/);
    const thousand = refusalOf(serve(ask27({ media: Array.from({ length: 1000 }, () => 1) })));
    expect(thousand).toMatch(/And 992 more\.$/);
    expect(thousand.length).toBeLessThan(2000);
  });
});

describe('references', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => image(`p${index}`));
  const urls = (count: number, ending: string) =>
    Array.from({ length: count }, (_, index) => `https://media.example/${index}.${ending}`);

  it('2.7: one to five pictures and videos together; a first frame is none of them', () => {
    expect(refusalOf(serve(ask27({ media: [frame, ...many(4), video('a')] })))).toBe('accepted');
    expect(refusalOf(serve(ask27({ media: many(6) })))).toMatch(/^400 InvalidParameter: .*at most 5/);
    expect(refusalOf(serve(ask27({ media: [frame] })))).toMatch(/^400 InvalidParameter: .*at least 1/);
    expect(refusalOf(serve(ask27({ media: [] })))).toMatch(/^400 InvalidParameter: .*at least 1/);
    expect(refusalOf(serve(ask27({ media: [frame, frame, image('a')] })))).toMatch(
      /^400 InvalidParameter: .*at most 1 start frames/,
    );
    expect(refusalOf(serve(ask27({ media: [{ ...image('a'), type: 'last_frame' }] })))).toMatch(
      /input\.media\[0\]\.type is not valid/,
    );
  });

  it('2.6: images 0 to 5, videos 0 to 3, five in all', () => {
    expect(refusalOf(serve(ask26({ reference_urls: [...urls(3, 'mp4'), ...urls(2, 'png')] })))).toBe('accepted');
    expect(refusalOf(serve(ask26({ reference_urls: urls(6, 'png') })))).toMatch(/^400 InvalidParameter: .*at most 5/);
    expect(refusalOf(serve(ask26({ reference_urls: urls(4, 'mp4') })))).toMatch(/^400 InvalidParameter: .*at most 3/);
    expect(refusalOf(serve(ask26({ reference_urls: [] })))).toMatch(/^400 InvalidParameter: .*at least 1/);
  });

  it('a wrong field is the "url error" of a client that is too old', () => {
    const old = serve(ask27({ media: null, reference_urls: urls(1, 'png') }));
    expect(refusalOf(old)).toMatch(/^400 InvalidParameter: url error, please check url!/);
    expect(refusalOf(serve(ask27({ media: null })))).toMatch(/^400 InvalidParameter: url error, please check url!/);
    const mixed = serve(ask26({ reference_urls: null, media: [image('a')] }));
    expect(refusalOf(mixed)).toMatch(/^400 InvalidParameter: url error, please check url!/);
  });

  it.each([
    '/etc/passwd',
    'file:///a.png',
    'ftp://a/b.png',
    'a.png',
    '',
    'http://',
    'data:text/html;base64,AAAA',
    'asset:0123',
  ])('an address is not %j', (url) => {
    const refusal = /^400 InvalidParameter: url error, please check url!/;
    expect(refusalOf(serve(ask27({ media: [{ type: 'reference_image', url }] })))).toMatch(refusal);
    expect(refusalOf(serve(ask27({ media: [{ type: 'reference_video', url }] })))).toMatch(refusal);
    expect(refusalOf(serve(ask27({ media: [{ ...image('a'), reference_voice: url }] })))).toMatch(refusal);
    expect(refusalOf(serve(ask26({ reference_urls: [url] })))).toMatch(refusal);
  });

  it('data URIs are for pictures of 2.7', () => {
    const url = 'data:image/png;base64,iVBORw0KGgo=';
    expect(
      refusalOf(
        serve(
          ask27({
            media: [
              { type: 'first_frame', url },
              { type: 'reference_image', url },
            ],
          }),
        ),
      ),
    ).toBe('accepted');
    expect(refusalOf(serve(ask27({ media: [{ type: 'reference_image', url: url.replace('png', 'gif') }] })))).toMatch(
      /url error/,
    );
    expect(refusalOf(serve(ask27({ media: [{ type: 'reference_video', url }] })))).toMatch(/url error/);
    expect(refusalOf(serve(ask26({ reference_urls: [url] })))).toMatch(/url error/);
    const long = refusalOf(serve(ask26({ reference_urls: [`${url}${'A'.repeat(100_000)}`] })));
    expect(long.length).toBeLessThan(500);
  });

  it('limits of measured media are told by the number of the reference', () => {
    const small = facts({ 'https://media.example/a.png': picture({ width: 200, height: 200 }) });
    expect(refusalOf(serve(ask27(), {}, small))).toMatch(
      /^400 InvalidParameter: reference 1 \(url\) is 200x200 pixels; wan2\.7-r2v needs at least 240/,
    );
  });

  it('2.6 learns what an address holds by measuring it', () => {
    const measured = facts({
      'https://media.example/film': footage(),
      'https://media.example/picture.mp4': picture(),
    });
    const read = ask26({ reference_urls: ['https://media.example/film', 'https://media.example/picture.mp4'] });
    const served = serve(read, {}, measured);
    expect(refusalOf(served)).toBe('accepted');
    expect(served.request?.references.map(({ kind }) => kind)).toEqual(['video', 'image']);
  });

  it('a list of videos that is not used any more is still read', () => {
    const served = serve(ask26({ reference_urls: null, reference_video_urls: ['https://media.example/film'] }));
    expect(served.request?.references).toEqual([
      { kind: 'video', id: 'r1', name: 'character1', video: 'https://media.example/film', use: 'subject' },
    ]);
    const both = ask26({ reference_video_urls: ['https://media.example/film'] });
    expect(notesOf(both)).toEqual(['setting_ignored input.reference_video_urls']);
    expect(serve(both).request?.references).toHaveLength(1);
  });

  it('a voice makes a subject of a picture; beside a first frame it is taken and does nothing', () => {
    const voice = { reference_voice: 'https://media.example/v.mp3' };
    const served = serve(
      ask27({
        media: [
          { ...frame, ...voice },
          { ...image('a'), ...voice },
          { ...video('b'), ...voice },
        ],
      }),
    );
    expect(refusalOf(served)).toBe('accepted');
    expect(served.request?.references).toMatchObject([
      { kind: 'subject', voice: voice.reference_voice },
      { kind: 'video', voice: voice.reference_voice },
    ]);
    expect(noted(served)).toContain('setting_ignored input.media[0].reference_voice');
  });
});

describe('prompts', () => {
  const shown = (input: { [key: string]: Json }) => {
    const { request } = serve(ask27(input));
    return request === undefined ? undefined : showPrompt(request.shots[0]!.prompt, request.references);
  };

  it('bind tags to what is counted, and names to nothing', () => {
    const media = [frame, image('a'), video('b'), image('c')];
    expect(shown({ media, prompt: '图2走向视频1，@图1 看着' })).toBe('@图2走向@视频1，@图1 看着');
    expect(shown({ media, prompt: 'Image 2 meets Video 1' })).toBe('@Image2 meets @Video1');
    expect(shown({ media: [image('a')], prompt: '参考图片里的人走了。' })).toBe('@图1里的人走了。');
  });

  it('a tag out of range is refused, and 图10 is not 图1', () => {
    expect(refusalOf(serve(ask27({ prompt: '图10走了。' })))).toMatch(
      /^400 InvalidParameter: input\.prompt speaks of "图10", but there is only one such reference/,
    );
  });

  it('past the limit are cut as the vendor does it, told of, and repeated whole', () => {
    const prompt = '🐈'.repeat(5001);
    const served = serve(ask27({ prompt }));
    expect(refusalOf(served)).toBe('accepted');
    expect(noted(served)).toContain('prompt_cut shots[0].prompt');
    expect(served.request?.shots[0]?.prompt).toEqual(['🐈'.repeat(5000)]);
    const read = dashscope.exchanges.create![0]!.ask.decode(ask27({ prompt }), {}, contextOf(dashscope));
    expect(read).toMatchObject({ ok: true, value: { echo: { prompt } } });
    expect(notesOf(ask26({ prompt: 'x'.repeat(1501) }))).toEqual(['prompt_cut shots[0].prompt']);
    expect(notesOf(ask26({ prompt: 'x'.repeat(1500) }))).toEqual([]);
    const negative = serve(ask27({ negative_prompt: '雾'.repeat(501) }));
    expect(noted(negative)).toContain('prompt_cut negativePrompt');
    expect(negative.request?.negativePrompt).toBe('雾'.repeat(500));
  });

  it('that say nothing are refused', () => {
    for (const prompt of ['', ' \n'])
      expect(refusalOf(serve(ask27({ prompt })))).toMatch(/^400 InvalidParameter: input\.prompt is empty\./);
  });

  it('a storyboard becomes shots where nothing is lost by it', () => {
    const shots = (prompt: string, parameters: Json = {}) => serve(ask27({ prompt }, parameters)).request?.shots;
    expect(shots('分镜脚本: 1. 全景：雨。 2. 中景：图1走了。')).toEqual([
      { prompt: ['全景：雨。'] },
      { prompt: ['中景：', { mention: 'r1' }, '走了。'] },
    ]);
    expect(shots('分镜脚本: 1. （2秒）雨。 2. （4秒）雪。', { duration: 6 })).toEqual([
      { prompt: ['雨。'], seconds: 2 },
      { prompt: ['雪。'], seconds: 4 },
    ]);
    // Other seconds than those of the shots, or words before the list: one shot, whose words list them.
    expect(shots('分镜脚本: 1. （2秒）雨。 2. （4秒）雪。', { duration: 8 })).toHaveLength(1);
    expect(shots('韩漫风格。分镜脚本: 1. 雨。 2. 雪。')).toHaveLength(1);
  });

  it('several shots of 2.6 are a line each, with the switch', () => {
    const shots = (prompt: string, parameters: Json) => serve(ask26({ prompt }, parameters)).request?.shots;
    expect(shots('rain\nsnow', { shot_type: 'multi' })).toEqual([{ prompt: ['rain'] }, { prompt: ['snow'] }]);
    expect(shots('rain\nsnow', { shot_type: 'multi', duration: 8 })).toEqual([
      { prompt: ['rain'], seconds: 4 },
      { prompt: ['snow'], seconds: 4 },
    ]);
    expect(shots('rain\nsnow', { shot_type: 'single' })).toHaveLength(1);
    expect(shots('rain\nsnow', {})).toHaveLength(1);
    expect(notesOf(ask27({}, { shot_type: 'multi' }))).toEqual(['setting_ignored parameters.shot_type']);
  });
});

describe('settings', () => {
  it('what is left out stays so, but for sound, which is what the vendor takes it for', () => {
    expect(Object.keys(serve(ask27()).request ?? {}).sort()).toEqual(['model', 'references', 'shots']);
    expect(serve(ask26({}, {}, 'wan2.6-r2v-flash')).request?.audio).toBe(true);
    expect(serve(ask26()).request?.audio).toBeUndefined();
  });

  it('only flash can be silent; sound of the others is no parameter of theirs', () => {
    expect(serve(ask26({}, { audio: false }, 'wan2.6-r2v-flash')).request?.audio).toBe(false);
    for (const silent of [ask26({}, { audio: false }), ask27({}, { audio: false })]) {
      expect(refusalOf(serve(silent))).toBe('accepted');
      expect(notesOf(silent)).toEqual(['audio_always audio']);
    }
  });

  it('what a model has no parameter for is taken, does nothing, and is told of', () => {
    expect(notesOf(ask27({}, { size: '1280*720', n: 2 }))).toEqual([
      'setting_ignored parameters.size',
      'setting_ignored parameters.n',
    ]);
    expect(notesOf(ask26({}, { resolution: '720P', ratio: '1:1' }))).toEqual([
      'setting_ignored parameters.resolution',
      'setting_ignored parameters.ratio',
    ]);
    const body = { model: 'wan2.7-r2v', input: { prompt: 'p', media: [image('a')] }, callback: 'x' };
    expect(notesOf(create(body))).toEqual(['setting_ignored callback']);
  });

  it('11 to 15 s without a video are of a newer page; with one they are refused', () => {
    expect(notesOf(ask27({}, { duration: 12 }))).toEqual(['newer_edition shots[0].seconds']);
    expect(refusalOf(serve(ask27({ media: [video('a')] }, { duration: 12 })))).toMatch(/parameters\.duration is 12/);
  });

  it('a ratio beside a first frame is ignored, whatever it is', () => {
    expect(notesOf(ask27({ media: [frame, image('a')] }, { ratio: '21:9' }))).toEqual(['ratio_follows ratio']);
  });

  it('a snapshot is asked for by its own name', () => {
    const served = serve(create({ model: 'wan2.7-r2v-2026-06-12', input: { prompt: 'p', media: [image('a')] } }));
    expect(served.request?.model).toBe('wan2.7-r2v-2026-06-12');
  });
});

describe('regions', () => {
  const virginia = { region: 'us-east-1' };

  it('a model of another region is not there, and it is said where it is', () => {
    expect(refusalOf(serve(ask27(), virginia))).toMatch(
      /^404 ModelNotFound: The model does not exist or you do not have access to it\. wan2\.7-r2v is not offered in us-east-1\..*cn-beijing/,
    );
    expect(refusalOf(serve(ask27(), { region: 'ap-southeast-1' }))).toBe('accepted');
  });

  it('in Virginia 2.6 takes videos, for 5 or 10 s', () => {
    const moving = { reference_urls: ['https://media.example/a.mp4'] };
    expect(refusalOf(serve(ask26(moving, { duration: 10 }), virginia))).toBe('accepted');
    expect(refusalOf(serve(ask26(moving, { duration: 7 }), virginia))).toMatch(
      /^400 InvalidParameter: parameters\.duration is 7/,
    );
    expect(refusalOf(serve(ask26(), virginia))).toMatch(/^400 InvalidParameter: /);
  });
});

describe('written for the vendor', () => {
  const references: Reference[] = [{ kind: 'image', id: 'a', name: 'mei', image: 'https://media.example/a.png' }];
  const write = (more: object, model = 'wan2.7-r2v') => {
    const request = { model, references, shots: [{ prompt: [{ mention: 'a' }, ' runs.'] }], ...more };
    return dashscope.voyage.start(request, contextOf(dashscope));
  };

  it('sound is said wherever it can be', () => {
    const parametersOf = (written: ReturnType<typeof write>) =>
      written.ok && written.message.body.kind === 'json'
        ? (written.message.body.value as { parameters: Json }).parameters
        : undefined;
    expect(parametersOf(write({}, 'wan2.6-r2v-flash'))).toEqual({ audio: false });
    expect(parametersOf(write({ audio: true }, 'wan2.6-r2v-flash'))).toEqual({ audio: true });
    expect(parametersOf(write({ audio: true }))).toEqual({});
  });

  it('the header for stored files stands beside the first that is one', () => {
    const stored = [{ ...references[0]!, image: 'oss://dashscope-instant/a.png' }];
    expect(write({ references: stored })).toMatchObject({
      message: { headers: { 'x-dashscope-ossresourceresolve': 'enable' } },
    });
    const plain = write({});
    expect(plain.ok && Object.keys(plain.message.headers)).toEqual(['content-type', 'x-dashscope-async']);
  });

  it.each<[string, object, string, string]>([
    ['an end frame', { endFrame: 'https://media.example/z.png' }, 'wan2.7-r2v', 'input_unsupported endFrame'],
    [
      'a start frame for 2.6',
      { startFrame: 'https://media.example/z.png' },
      'wan2.6-r2v',
      'input_unsupported startFrame',
    ],
    [
      'a picture as bytes for 2.6',
      { references: [{ ...references[0], image: 'data:image/png;base64,AA==' }] },
      'wan2.6-r2v',
      'media_address references[0]',
    ],
    [
      'a subject with nothing to show',
      { references: [{ kind: 'subject', id: 'a', name: 'mei' }] },
      'wan2.7-r2v',
      'subject_without_image references[0]',
    ],
    ['an unknown model', {}, 'wan9', 'unknown_model model'],
  ])('cannot say %s', (_, more, model, expected) => {
    const written = write(more, model);
    expect(written.ok ? [] : written.problems.map(({ code, path: at }) => `${code} ${at}`)).toContain(expected);
  });

  it('goes on word for word where it came in that way', () => {
    const ask = ask26({ prompt: 'Character1 dances' }, { shot_type: 'multi' });
    const context = contextOf(dashscope);
    const read = dashscope.exchanges.create![0]!.ask.decode(ask, {}, context);
    if (!read.ok) throw new Error('refused');
    const { request, echo } = read.value;
    const kept = dashscope.voyage.start(request, context, echo);
    expect(kept).toMatchObject({
      message: { body: { value: { input: { prompt: 'Character1 dances' }, parameters: { shot_type: 'multi' } } } },
    });
    // A prompt that was changed since is written anew.
    const changed = dashscope.voyage.start({ ...request, shots: [{ prompt: ['rain'] }] }, context, echo);
    expect(changed).toMatchObject({ message: { body: { value: { input: { prompt: 'rain' } } } } });
  });

  it('a region that does not offer the model is a problem before anything is sent', () => {
    const written = dashscope.voyage.start(
      { model: 'wan2.7-r2v', references, shots: [{ prompt: ['x'] }] },
      contextOf(dashscope, { region: 'us-east-1' }),
    );
    expect(written).toMatchObject({ ok: false, problems: [{ code: 'region_not_offered' }] });
    expect(cardOf('wan2.7-r2v').regions?.map(({ id }) => id)).not.toContain('us-east-1');
  });
});
