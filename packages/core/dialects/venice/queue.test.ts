import { describe, expect, it } from 'vitest';
import { cardOf, facts, footage, picture as pictureFacts } from '../../catalog/check-samples.ts';
import { showPrompt } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import { type Json, jsonBody, noBody } from '../message.ts';
import { limitsOverWire } from '../serving.suite.ts';
import { venice } from './index.ts';
import {
  element,
  elements,
  type Fields,
  grok,
  imagine,
  kling,
  noted,
  picture,
  pictures,
  pro,
  queue,
  refusalOf,
  serve,
  standard,
} from './serving.suite.ts';

describe('the body', () => {
  it('is JSON, and says so', () => {
    const shouted = { ...kling(), headers: { 'Content-Type': 'application/json; charset=utf-8' } };
    expect(refusalOf(serve(shouted))).toBe('accepted');
    for (const headers of [{}, { 'content-type': 'text/plain' }])
      expect(refusalOf(serve({ ...kling(), headers }))).toMatch(/^415 Invalid request content-type\nContent-Type: /);
    for (const body of [noBody, { kind: 'bytes', bytes: 'b', mediaType: 'application/json' } as const])
      expect(refusalOf(serve({ ...kling(), body }))).toMatch(
        /^400 Invalid request parameters\n: The body cannot be read/,
      );
  });

  it.each<[string, Json, string | RegExp]>([
    ['no model', { prompt: 'p' }, '400 Invalid request parameters\nmodel: Field is required'],
    ['no prompt', { model: pro }, '400 Invalid request parameters\nprompt: Field is required'],
    ['an unknown model', { model: 'kling-9', prompt: 'p' }, /^400 Invalid model specified\nmodel: There is no model/],
    ["another vendor's model", { model: 'sora-2', prompt: 'p' }, /^400 Invalid model specified/],
    ['a list', [], /^400 Invalid request parameters\n: the body is not valid/],
    ['nothing', null, /^400 Invalid request parameters\n: the body is not valid/],
  ])('%s', (_, body, expected) => {
    const refusal = refusalOf(serve(queue(body)));
    if (typeof expected === 'string') expect(refusal).toBe(expected);
    else expect(refusal).toMatch(expected);
  });

  it('an unknown key is taken, does nothing, and is told of; null is a field that is left out', () => {
    const served = serve(kling({ imageUrl: 'https://media.example/x.png', seed: 7, upscale_factor: 2, other: null }));
    expect(refusalOf(served)).toBe('accepted');
    expect(noted(served)).toEqual([
      'setting_ignored imageUrl',
      'setting_ignored seed',
      'setting_ignored upscale_factor',
    ]);
    const nothing = {
      image_url: null,
      elements: null,
      image_urls: null,
      multi_prompt: null,
      audio: null,
      resolution: null,
    };
    expect(refusalOf(serve(imagine(nothing)))).toBe('accepted');
    const inside = serve(kling({ elements: [element('a', { other: 1, video_url: null })] }));
    expect(noted(inside)).toEqual(['setting_ignored elements[0].other']);
  });

  it('may be as deep as it likes, and may call a field whatever it likes', () => {
    let deep: Json = 'x';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(noted(serve(kling({ more: deep })))).toEqual(['setting_ignored more']);
    expect(refusalOf(serve(kling({ elements: deep })))).toMatch(/^400 Invalid request parameters\nelements\.0: /);
    const wild = JSON.parse('{"__proto__":{"a":1},"constructor":2}') as Fields;
    expect(
      refusalOf(serve({ ...kling(), body: jsonBody({ ...wild, model: pro, prompt: 'p', elements: elements(1) }) })),
    ).toBe('accepted');
  });

  it('tells many faults, each at its field', () => {
    const refusal = refusalOf(serve(kling({ duration: 5, audio: 'yes', aspect_ratio: 'wide' })));
    expect(refusal.split('\n').map((line) => line.split(':')[0])).toEqual([
      '400 Invalid request parameters',
      'duration',
      'aspect_ratio',
      'audio',
    ]);
    const thousand = refusalOf(serve(kling({ elements: Array.from({ length: 1000 }, () => 1) })));
    expect(thousand).toMatch(/\n: And 992 more\.\n/);
    expect(thousand.length).toBeLessThan(2000);
  });
});

describe('both spellings', () => {
  it('of scene images, of flat images and of seconds are read alike', () => {
    const scenes = pictures(2);
    expect(serve(kling({ scene_image_urls: scenes })).request).toEqual(serve(kling({ image_urls: scenes })).request);
    expect(serve(imagine({ referenceImageUrls: null, reference_image_urls: [picture('a')] })).request).toEqual(
      serve(imagine()).request,
    );
    expect(serve(kling({ duration: '8s' })).request?.shots).toEqual(serve(kling({ duration: '8' })).request?.shots);
    expect(serve(kling({ duration: '8s' })).request?.shots[0]?.seconds).toBe(8);
  });

  it('may stand beside each other if they say the same', () => {
    const same = kling({ image_urls: pictures(2), scene_image_urls: pictures(2) });
    expect(refusalOf(serve(same))).toBe('accepted');
    expect(serve(same).request?.references).toHaveLength(3);
    expect(refusalOf(serve(kling({ image_urls: pictures(2), scene_image_urls: pictures(1) })))).toMatch(
      /^400 Invalid request parameters\nscene_image_urls: .*left out beside image_urls/,
    );
    expect(refusalOf(serve(imagine({ reference_image_urls: [picture('b')] })))).toMatch(
      /^400 Invalid request parameters\nreference_image_urls: /,
    );
  });
});

describe.each([pro, standard])('%s', (model) => {
  const frames = { image_url: picture('first'), end_image_url: picture('last') };
  const limit = '400 Number of images exceeds the limit';
  const ask = (fields: Fields) => refusalOf(serve(kling({ elements: null, ...fields }, model)));
  const put = (count: number, scenes: number, more: Fields = {}) =>
    ask({ elements: elements(count), image_urls: pictures(scenes), ...more });

  it('reads elements, their angles and clips, scenes and frames', () => {
    const angles = [picture('side'), picture('back')];
    const clip = 'https://media.example/walk.mp4';
    const served = serve(
      kling(
        {
          elements: [element('mei', { reference_image_urls: angles, video_url: clip }), element('dog')],
          image_urls: [picture('park')],
          ...frames,
        },
        model,
      ),
    );
    expect(refusalOf(served)).toBe('accepted');
    expect(served.request).toMatchObject({
      references: [
        { kind: 'subject', name: 'Element1', image: picture('mei'), angles, clip },
        { kind: 'subject', name: 'Element2', image: picture('dog') },
        { kind: 'scene', name: 'Image1', image: picture('park') },
      ],
      startFrame: frames.image_url,
      endFrame: frames.end_image_url,
    });
  });

  it('the six combinations of the guide', () => {
    const { image_url: _, ...endOnly } = frames;
    const { end_image_url: __, ...startOnly } = frames;
    expect(put(7, 0)).toBe('accepted');
    expect(put(5, 2)).toBe('accepted');
    expect(put(3, 3, startOnly)).toBe('accepted');
    expect(put(3, 2, frames)).toBe('accepted');
    expect(put(4, 0, startOnly)).toContain(limit);
    expect(put(4, 0, frames)).toContain(limit);
    expect(put(4, 0, endOnly)).toContain(limit);
  });

  it("one past each limit is refused in the vendor's words", () => {
    expect(put(8, 0)).toMatch(new RegExp(`^${limit}\nelements: .*at most 7`));
    expect(put(0, 4)).toBe('accepted');
    expect(put(0, 5)).toMatch(new RegExp(`^${limit}\nimage_urls: .*at most 4`));
    expect(put(5, 3)).toContain(limit);
    expect(put(3, 4, { image_url: picture('first') })).toContain(limit);
    const views = (count: number) => ask({ elements: [element('a', { reference_image_urls: pictures(count) })] });
    expect(views(3)).toBe('accepted');
    expect(views(4)).toMatch(new RegExp(`^${limit}\nelements\\.0\\.reference_image_urls: .*at most 3`));
  });

  it('something to see is needed: a start frame, an element or a scene; an end frame alone is not that', () => {
    expect(ask({ image_url: picture('first') })).toBe('accepted');
    expect(put(1, 0)).toBe('accepted');
    expect(put(0, 1)).toBe('accepted');
    expect(ask({})).toMatch(/^400 Invalid request parameters\nelements: .*at least 1/);
    expect(ask({ end_image_url: picture('last') })).toMatch(/^400 Invalid request parameters\nelements: .*at least 1/);
  });

  it('an element needs its frontal image', () => {
    expect(ask({ elements: [element('a'), { video_url: 'https://media.example/a.mp4' }] })).toMatch(
      /^400 Invalid request parameters\nelements\.1\.frontal_image_url: .*frontal image/,
    );
    expect(ask({ elements: [{}] })).toMatch(/^400 Invalid request parameters\nelements\.0\.frontal_image_url: /);
  });

  it('3 to 15 s, 5 unless said', () => {
    for (const duration of ['3', '3s', '15', '15s', null])
      expect(put(1, 0, { duration }), `${duration}`).toBe('accepted');
    for (const duration of ['2', '16s'])
      expect(put(1, 0, { duration })).toMatch(/^400 Invalid request parameters\nduration: duration is \d+; .*3 to 15/);
    for (const duration of ['', '0', '5.5', 's', 'auto', '-1', '1 gen', '99999', 5])
      expect(put(1, 0, { duration }), `${duration}`).toMatch(/^400 Invalid request parameters\nduration: /);
  });

  it('16:9, 9:16 and 1:1; its own tier', () => {
    for (const ratio of ['16:9', '9:16', '1:1']) expect(put(1, 0, { aspect_ratio: ratio })).toBe('accepted');
    for (const ratio of ['4:3', '21:9', 'auto', 'adaptive'])
      expect(put(1, 0, { aspect_ratio: ratio })).toMatch(/^400 Invalid request parameters\naspect_ratio: /);
    const [own, other] = model === pro ? ['1080p', '720p'] : ['720p', '1080p'];
    expect(put(1, 0, { resolution: own })).toBe('accepted');
    expect(put(1, 0, { resolution: other })).toMatch(/^400 Invalid request parameters\nresolution: /);
    expect(put(1, 0, { resolution: '4k' })).toMatch(/^400 Invalid request parameters\nresolution: /);
  });

  it('sound is on unless it is turned off', () => {
    expect(serve(kling({}, model)).request?.audio).toBe(true);
    expect(serve(kling({ audio: false }, model)).request?.audio).toBe(false);
  });

  it('media of other models are refused, by the name of their field', () => {
    for (const field of ['referenceImageUrls', 'reference_image_urls', 'reference_video_urls', 'keyframes'])
      expect(put(1, 0, { [field]: ['https://media.example/a'] })).toMatch(
        new RegExp(`^400 Invalid request parameters\n${field}: ${model} takes no `),
      );
    expect(put(1, 0, { video_url: 'https://media.example/a.mp4' })).toMatch(/\nvideo_url: /);
    expect(put(1, 0, { reference_image_urls: [], keyframes: [] })).toBe('accepted');
  });
});

describe('Grok', () => {
  it('takes 1 to 7 pictures', () => {
    const ask = (count: number) => refusalOf(serve(imagine({ referenceImageUrls: pictures(count) })));
    expect(ask(1)).toBe('accepted');
    expect(ask(7)).toBe('accepted');
    expect(ask(8)).toMatch(/^400 Number of images exceeds the limit\nreferenceImageUrls: .*at most 7/);
    const none = /^400 At least one reference image is required\nreferenceImageUrls: /;
    expect(refusalOf(serve(imagine({ prompt: 'rain', referenceImageUrls: [] })))).toMatch(none);
    expect(refusalOf(serve(imagine({ prompt: 'rain', referenceImageUrls: null })))).toMatch(none);
  });

  it.each<[string, Json]>([
    ['elements', elements(1)],
    ['image_urls', pictures(1)],
    ['scene_image_urls', pictures(1)],
    ['imageUrl', picture('a')],
    ['image_url', picture('a')],
    ['end_image_url', picture('a')],
    ['multi_prompt', [{ prompt: 'rain', duration: '5' }]],
    ['video_url', 'https://media.example/a.mp4'],
  ])('%s is refused by its name', (field, value) => {
    expect(refusalOf(serve(imagine({ [field]: value })))).toMatch(
      new RegExp(`^400 Invalid request parameters\n${field}: ${grok} takes no `),
    );
  });

  it('makes no sound', () => {
    expect(refusalOf(serve(imagine({ audio: true })))).toMatch(/^400 Invalid request parameters\naudio: /);
    expect(refusalOf(serve(imagine({ audio: false })))).toBe('accepted');
  });

  it('5, 8 or 10 s, 8 unless said; seven ratios; 480p or 720p', () => {
    const ask = (fields: Fields) => refusalOf(serve(imagine(fields)));
    for (const duration of ['5', '8', '8s', '10', null]) expect(ask({ duration })).toBe('accepted');
    for (const duration of ['4', '6', '9s', '11'])
      expect(ask({ duration })).toMatch(/^400 Invalid request parameters\nduration: /);
    for (const ratio of ['16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16'])
      expect(ask({ aspect_ratio: ratio })).toBe('accepted');
    expect(ask({ aspect_ratio: '21:9' })).toMatch(/^400 Invalid request parameters\naspect_ratio: /);
    for (const resolution of ['480p', '720p']) expect(ask({ resolution })).toBe('accepted');
    expect(ask({ resolution: '1080p' })).toMatch(/^400 Invalid request parameters\nresolution: /);
  });

  it('a list of shots in the words is words: the film keeps the length of the model', () => {
    const served = serve(imagine({ prompt: 'Shot 1 (5s): @Image1 runs.\nShot 2 (5s): It rains.', duration: null }));
    expect(served.request?.shots).toHaveLength(1);
    expect(served.request?.shots[0]?.seconds).toBe(8);
  });
});

describe.each([pro, standard, grok])('every limit of the card of %s', (model) => {
  it("is kept over the wire, and one past it is refused in the vendor's shape", () => {
    let past = 0;
    for (const { limit, served, changed } of limitsOverWire(venice, cardOf(model))) {
      if (served === undefined || changed.includes(limit.refused?.path ?? '')) continue;
      const found = refusalOf(served);
      if (limit.refused === undefined) expect(found, limit.what).toBe('accepted');
      else {
        past += 1;
        expect(found, limit.what).toMatch(
          /^400 (?:Invalid request parameters|Number of images exceeds the limit|At least one reference image is required)\n\w/,
        );
      }
    }
    expect(past).toBeGreaterThan(model === grok ? 4 : 8);
  });
});

describe('prompts', () => {
  const shown = (ask: ReturnType<typeof kling>) => {
    const { request } = serve(ask);
    return request === undefined ? undefined : showPrompt(request.shots[0]!.prompt, request.references);
  };
  const both = { elements: elements(2), image_urls: pictures(2) };

  it.each<[string, string]>([
    ['@Element1 walks through @Image2', '[r1] walks through [r4]'],
    ["@Element2's hat, (@Image1).", "[r2]'s hat, ([r3])."],
    ['@Element1走进@Image2的房间，抱起@Element2。', '[r1]走进[r4]的房间，抱起[r2]。'],
    ['＠Element１和@element2', '[r1]和[r2]'],
    ['mei@Element1', 'mei[r1]'],
    ['图1, Image 1, character1, @r1, @Elements', '图1, Image 1, character1, @r1, @Elements'],
  ])('%s', (prompt, expected) => {
    const { request } = serve(kling({ ...both, prompt }));
    const text = request?.shots[0]?.prompt
      .map((part) => (typeof part === 'string' ? part : `[${part.mention}]`))
      .join('');
    expect(text).toBe(expected);
  });

  it.each(['@Element3 runs', '@Image3', '@Element10 runs', '@Element0'])('%s is out of range', (prompt) => {
    expect(refusalOf(serve(kling({ ...both, prompt })))).toMatch(
      /^400 Invalid request parameters\nprompt: prompt speaks of/,
    );
  });

  it('of Grok without a tag are about all pictures', () => {
    const images = { referenceImageUrls: pictures(3) };
    const served = serve(imagine({ ...images, prompt: 'walking through a park' }));
    expect(served.request?.shots[0]?.prompt).toEqual([
      ...[{ mention: 'r1' }, ' ', { mention: 'r2' }, ' ', { mention: 'r3' }],
      ' walking through a park',
    ]);
    expect(noted(served)).toEqual(['mentions_prepended shots[0].prompt']);
    expect(shown(imagine({ ...images, prompt: '在公园散步' }))).toBe('@Image1 @Image2 @Image3 在公园散步');
    // One tag is enough: then it is about that one.
    expect(shown(imagine({ ...images, prompt: '@Image2 walks' }))).toBe('@Image2 walks');
    expect(noted(serve(imagine({ ...images, prompt: '@Image2 walks' })))).toEqual([]);
    // Of Kling no document says such a thing.
    expect(shown(kling({ ...both, prompt: 'walks' }))).toBe('walks');
  });

  it('that say nothing are refused', () => {
    for (const prompt of ['', ' \n'])
      for (const ask of [kling({ prompt }), imagine({ prompt })])
        expect(refusalOf(serve(ask))).toMatch(/^400 Invalid request parameters\nprompt: prompt is empty/);
  });

  it('have 2500 characters at most, however many bytes these are', () => {
    for (const prompt of ['🐈'.repeat(2500), `@Image1${'x'.repeat(2493)}`])
      for (const ask of [kling({ image_urls: pictures(1), prompt }), imagine({ prompt })])
        expect(refusalOf(serve(ask))).toBe('accepted');
    for (const ask of [kling({ prompt: '🐈'.repeat(2501) }), imagine({ prompt: '🐈'.repeat(2501) })])
      expect(refusalOf(serve(ask))).toMatch(/^400 Invalid request parameters\nprompt: .*2501 characters.*at most 2500/);
    const negative = (count: number) => refusalOf(serve(kling({ negative_prompt: '雾'.repeat(count) })));
    expect(negative(2500)).toBe('accepted');
    expect(negative(2501)).toMatch(/^400 Invalid request parameters\nnegative_prompt: .*2501/);
    expect(serve(kling({ negative_prompt: 'fog' })).request?.negativePrompt).toBe('fog');
    expect(noted(serve(imagine({ negative_prompt: 'fog' })))).toEqual(['negative_ignored negativePrompt']);
  });
});

describe('addresses', () => {
  it.each([
    '/etc/passwd',
    'file:///a.png',
    'ftp://a/b.png',
    'oss://store/a.png',
    'a.png',
    '',
    'http://',
    'iVBORw0KGgo=',
    'data:text/html;base64,AAAA',
    'asset:0123',
  ])('are not %j', (url) => {
    const refused = (ask: ReturnType<typeof kling>, field: string) =>
      expect(refusalOf(serve(ask))).toMatch(new RegExp(`^400 Invalid request parameters\n${field}: .*is no address`));
    refused(kling({ elements: [{ frontal_image_url: url }] }), 'elements\\.0\\.frontal_image_url');
    refused(
      kling({ elements: [element('a', { reference_image_urls: [url] })] }),
      'elements\\.0\\.reference_image_urls\\.0',
    );
    refused(kling({ elements: [element('a', { video_url: url })] }), 'elements\\.0\\.video_url');
    refused(kling({ scene_image_urls: [picture('a'), url] }), 'scene_image_urls\\.1');
    refused(kling({ image_url: url }), 'image_url');
    refused(kling({ end_image_url: url }), 'end_image_url');
    refused(imagine({ referenceImageUrls: [url] }), 'referenceImageUrls\\.0');
  });

  it('may be data URLs, of pictures where a picture goes and of films where a film goes', () => {
    const image = 'data:image/png;base64,iVBORw0KGgo=';
    const film = 'data:video/mp4;base64,AAAAFGZ0eXA=';
    const fields = { elements: [{ frontal_image_url: image, reference_image_urls: [image], video_url: film }] };
    expect(refusalOf(serve(kling({ ...fields, image_urls: [image], image_url: image })))).toBe('accepted');
    expect(refusalOf(serve(imagine({ referenceImageUrls: [image] })))).toBe('accepted');
    expect(refusalOf(serve(kling({ image_url: film })))).toMatch(/\nimage_url: /);
    expect(refusalOf(serve(kling({ elements: [element('a', { video_url: image })] })))).toMatch(/video_url: /);
    const long = refusalOf(serve(kling({ image_url: `data:text/plain;base64,${'A'.repeat(100_000)}` })));
    expect(long.length).toBeLessThan(600);
  });

  it('whose files break a limit are told by their field', () => {
    const at = (ask: ReturnType<typeof kling>, media: Parameters<typeof facts>[0]) =>
      refusalOf(serve(ask, facts(media)));
    const moving = { [picture('a')]: pictureFacts({ mediaType: 'image/gif' }) };
    expect(at(imagine(), moving)).toMatch(/^400 Invalid request parameters\nreferenceImageUrls\.0: .*image\/gif/);
    expect(at(kling({ image_url: picture('a') }), moving)).toMatch(/\nimage_url: image_url is image\/gif/);
    const film = { [picture('a')]: footage() };
    expect(at(imagine(), film)).toMatch(/^400 .*\nreferenceImageUrls\.0: .*is a film; it must be a picture/);
    const scene = kling({ elements: elements(2), image_urls: [picture('b'), picture('a')] });
    expect(at(scene, film)).toMatch(/\nimage_urls\.1: image_urls\[1\] is a film/);
    expect(at(kling({ elements: [element('b'), element('a')] }), film)).toMatch(/\nelements\.1\.frontal_image_url: /);
    const clip = 'https://media.example/a.mp4';
    expect(at(kling({ elements: [element('b', { video_url: clip })] }), { [clip]: pictureFacts() })).toMatch(
      /\nelements\.0\.video_url: /,
    );
  });
});

it('keeps the words by which a request came', () => {
  const read = decodeAsk(venice, kling({ prompt: '＠Element１ runs' }), contextOf(venice));
  expect(read).toMatchObject({ ok: true, value: { echo: { prompt: '＠Element１ runs' } } });
});
