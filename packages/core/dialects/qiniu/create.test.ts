import { describe, expect, it } from 'vitest';
import { cardOf, facts, footage, picture } from '../../catalog/check-samples.ts';
import { showPrompt } from '../../model/index.ts';
import { type Ask, type Json, noBody } from '../message.ts';
import { form, json, refusalOf, serve } from '../openai/serving.suite.ts';
import { limitsOverWire, notedBy } from '../serving.suite.ts';
import { qiniu } from './index.ts';

const url = (name: string) => `https://media.example/${name}`;
const jpeg = '/9j/4AAQSkZJRgABAQAAAQ==';
const png = 'iVBORw0KGgoAAAANSUhEUg==';

const sora = (more: { [key: string]: Json } = {}) => json({ model: 'sora-2', prompt: '雨', ...more });
const o1 = (more: { [key: string]: Json } = {}) => json({ model: 'kling-video-o1', prompt: '雨', ...more });
const v21 = (more: { [key: string]: Json } = {}) =>
  json({ model: 'kling-v2-1', prompt: '雨', input_reference: url('a.jpg'), ...more });
const turbo = (more: { [key: string]: Json } = {}) =>
  json({ model: 'kling-v2-5-turbo', prompt: '雨', input_reference: url('a.jpg'), ...more });
const pictures = (count: number) => Array.from({ length: count }, (_, index) => ({ image: url(`${index}.jpg`) }));

const refused = (given: Ask, measured?: Parameters<typeof serve>[2]) => refusalOf(serve(qiniu, given, measured));
const notesOf = (given: Ask, measured?: Parameters<typeof serve>[2]) => notedBy(serve(qiniu, given, measured));

describe('the body', () => {
  it.each<[string, Ask, RegExp]>([
    ['words', json('hello'), /^400 invalid_value body: /],
    ['no body', { ...sora(), body: noBody }, /^400: We could not parse the body of your request\./],
    ['no type', { ...sora(), headers: {} }, /^400 unsupported_content_type Content-Type: /],
    [
      'no model',
      json({ prompt: '雨' }),
      /^400 missing_required_parameter model: Missing required parameter: 'model'\.$/,
    ],
    ['an empty model', sora({ model: '' }), /^400 missing_required_parameter model: /],
    ['no prompt', json({ model: 'sora-2' }), /^400 missing_required_parameter prompt: /],
    ['an empty prompt', sora({ prompt: '' }), /^400 invalid_value prompt: prompt is empty\./],
    ['an unknown model', sora({ model: 'sora-3' }), /^404 model_not_found model: /],
    ["another vendor's model", sora({ model: 'wan2.7-r2v' }), /^404 model_not_found model: /],
    ['seconds as a number', sora({ seconds: 4 }), /^400 invalid_type seconds: /],
    ['a size with a star', sora({ size: '1280*720' }), /^400 invalid_value size: /],
    ['an unknown mode', v21({ mode: 'max' }), /^400 invalid_value mode: mode is max; kling-v2-1 offers std or pro/],
    [
      'an unknown role',
      o1({ image_list: [{ image: url('a.jpg'), type: 'last' }] }),
      /^400 invalid_value image_list\[0\]\.type: /,
    ],
    ['an entry without a picture', o1({ image_list: [{}] }), /^400 invalid_value image_list\[0\]\.image: /],
    ['pictures without a list', o1({ image_list: url('a.jpg') }), /^400 invalid_value image_list: /],
    [
      'an unknown kind of video',
      o1({ video_list: [{ video_url: url('a.mp4'), refer_type: 'edit' }] }),
      /^400 invalid_value video_list\[0\]\.refer_type: /,
    ],
    [
      'sound as a boolean',
      o1({ video_list: [{ video_url: url('a.mp4'), keep_original_sound: true }] }),
      /^400 invalid_value video_list\[0\]\.keep_original_sound: /,
    ],
  ])('%s', (_, given, expected) => expect(refused(given)).toMatch(expected));

  it('keys that nobody documents are taken, do nothing, and are told of', () => {
    expect(notesOf(sora({ duration: 8, n: null, user: 'me' }))).toEqual([
      'setting_ignored duration',
      'setting_ignored user',
    ]);
    expect(notesOf(o1({ image_list: [{ image: url('a.jpg'), weight: 1 }] }))).toEqual([
      'setting_ignored image_list[0].weight',
    ]);
    expect(notesOf(sora({ mode: 'pro' }))).toEqual(['setting_ignored mode']);
  });

  it('takes null for what is left out', () => {
    const nothing = { input_reference: null, image_tail: null, image_list: null, video_list: null, seconds: null };
    expect(serve(qiniu, sora({ ...nothing, size: null, mode: null })).request).toEqual({
      model: 'sora-2',
      references: [],
      shots: [{ prompt: ['雨'] }],
    });
  });

  it.each(['@image1 图1 @Image1', '<<<image_1>>> 和 video1', 'Image 1, character1', '@mei'])(
    '%s: its page has no way to point at a picture, so that these are words',
    (prompt) => {
      const { request } = serve(qiniu, o1({ prompt, image_list: pictures(1) }));
      expect(showPrompt(request!.shots[0]!.prompt, request!.references)).toBe(prompt);
      expect(request!.shots[0]!.prompt).toEqual([prompt]);
    },
  );
});

it('an error names the entry of the list, or the list where frames may stand between its entries', () => {
  const small = facts({ [url('0.jpg')]: picture({ width: 200, height: 200 }), [url('a.mp4')]: footage({ fps: 5 }) });
  const given = { video_list: [{ video_url: url('a.mp4'), refer_type: 'feature' }] };
  expect(refused(o1({ ...given, image_list: [{ image: url('1.jpg') }, { image: url('0.jpg') }] }), small)).toMatch(
    /^400 invalid_value image_list\[1\]: .*video_list\[0\] has 5 frames/,
  );
  const framed = [{ image: url('1.jpg'), type: 'first_frame' }, { image: url('0.jpg') }];
  expect(refused(o1({ image_list: framed }), small)).toMatch(/^400 invalid_value image_list: /);
});

describe('seconds, sizes, modes', () => {
  it.each([
    ['sora-2', ['4', '8', '12'], ['3', '5', '10', '13']],
    ['kling-video-o1', ['5', '10'], ['4', '6', '11']],
    ['kling-v2-1', ['5', '10'], ['4', '6', '11']],
    ['kling-v2-5-turbo', ['5', '10'], ['4', '6', '11']],
  ] as const)('%s makes %j s and not %j', (model, taken, not) => {
    const frame = model.startsWith('kling-v2') ? { input_reference: url('a.jpg') } : {};
    for (const seconds of taken) expect(refused(json({ model, prompt: 'p', ...frame, seconds }))).toBe('accepted');
    for (const seconds of not)
      expect(refused(json({ model, prompt: 'p', ...frame, seconds }))).toMatch(
        /^400 invalid_value seconds: seconds is \d+; .* offers /,
      );
  });

  it.each(['1920x1080', '1080x1920', '1280x720', '720x1280', '1080x1080', '720x720'])(
    'of Kling %s gives the ratio',
    (size) => {
      for (const given of [o1({ size }), v21({ size }), turbo({ size })]) expect(refused(given)).toBe('accepted');
    },
  );

  it('no others', () => {
    for (const given of [o1({ size: '1280x721' }), v21({ size: '640x360' }), sora({ size: '1080x1080' })])
      expect(refused(given)).toMatch(/^400 invalid_value size: /);
    for (const size of ['1280x720', '720x1280']) expect(refused(sora({ size }))).toBe('accepted');
  });

  it('O1 is pro; std is of a newer page', () => {
    expect(notesOf(o1({ mode: 'pro' }))).toEqual([]);
    expect(notesOf(o1({ mode: 'std' }))).toEqual(['newer_edition mode']);
  });

  it('2500 characters, as many of any script', () => {
    for (const ask of [sora, o1, v21, turbo]) {
      expect(refused(ask({ prompt: '🐈'.repeat(2500) }))).toBe('accepted');
      expect(refused(ask({ prompt: '🐈'.repeat(2501) }))).toMatch(/^400 invalid_value prompt: .*2501 characters/);
    }
  });
});

describe('frames', () => {
  it('each field is of its models', () => {
    const a = url('a.jpg');
    expect(refused(o1({ input_reference: a }))).toMatch(/^400 invalid_value input_reference: .*image_list/);
    expect(refused(o1({ image_tail: a }))).toMatch(/^400 invalid_value image_tail: .*image_list/);
    expect(refused(sora({ image_tail: a }))).toMatch(/^400 invalid_value image_tail: /);
    for (const ask of [sora, v21, turbo]) {
      expect(refused(ask({ image_list: pictures(1) }))).toMatch(/^400 invalid_value image_list: .*input_reference/);
      expect(refused(ask({ video_list: [{ video_url: url('a.mp4') }] }))).toMatch(/^400 invalid_value video_list: /);
      expect(refused(ask({ image_list: [], video_list: [] }))).toBe('accepted');
    }
  });

  it('start and end', () => {
    const served = serve(qiniu, turbo({ image_tail: url('b.jpg') }));
    expect(served.request).toMatchObject({ startFrame: url('a.jpg'), endFrame: url('b.jpg') });
    const tail = turbo({ input_reference: null, image_tail: url('b.jpg') });
    expect(refused(tail)).toBe('accepted');
    expect(notesOf(tail)).toEqual(['end_frame_alone endFrame']);
  });

  it('V2.1 needs a picture; V2.5 Turbo from words is of a newer page', () => {
    expect(refused(v21({ input_reference: null }))).toMatch(/^400 invalid_value input_reference: .*at least 1/);
    expect(notesOf(turbo({ input_reference: null }))).toEqual(['newer_edition startFrame']);
  });

  it.each([png, `data:image/png;base64,${png}`, '/etc/passwd', 'file:///a.png', 'ftp://a/b.png', '', 'asset:0123'])(
    'are addresses, not %j',
    (value) => {
      for (const ask of [sora, v21, turbo])
        expect(refused(ask({ input_reference: value }))).toMatch(/^400 invalid_value input_reference: .*public http/);
      expect(refused(turbo({ image_tail: value }))).toMatch(/^400 invalid_value image_tail: .*public http/);
    },
  );

  it('an object with the address is taken as clients of the original send it, and told of', () => {
    const served = serve(qiniu, sora({ input_reference: { image_url: url('a.jpg'), detail: 'high' } }));
    expect(served.request?.startFrame).toBe(url('a.jpg'));
    expect(notedBy(served)).toEqual(['beyond_page input_reference', 'setting_ignored input_reference.detail']);
    expect(refused(sora({ input_reference: { file_id: 'f' } }))).toMatch(/^400 invalid_value input_reference/);
    expect(refused(sora({ input_reference: { image_url: png } }))).toMatch(/^400 invalid_value input_reference: /);
  });

  it('a file of a form is taken as clients of the original send it, and told of: the page takes addresses', () => {
    const given = form(
      [
        ['model', 'kling-v2-1'],
        ['prompt', '雨'],
      ],
      [
        ['input_reference', 'asset:1'],
        ['image_tail', 'asset:2'],
      ],
    );
    const served = serve(qiniu, given);
    expect(served.request).toMatchObject({ startFrame: 'asset:1', endFrame: 'asset:2' });
    expect(notedBy(served)).toEqual([
      'beyond_page Content-Type',
      'beyond_page input_reference',
      'beyond_page image_tail',
    ]);
    for (const name of ['prompt', 'model', 'image_list', 'video_list', 'size', '__proto__', 'image_list[][image]'])
      expect(
        refused(
          form(
            [
              ['model', 'sora-2'],
              ['prompt', '雨'],
            ],
            [[name, 'asset:1']],
          ),
        ),
        name,
      ).toMatch(/^400 /);
    const strange = form(
      [
        ['model', 'sora-2'],
        ['prompt', '雨'],
      ],
      [['picture', 'asset:1']],
    );
    expect(refused(strange)).toMatch(/^400 invalid_value picture: .*public http/);
    const listed = form(
      [
        ['model', 'kling-video-o1'],
        ['prompt', '雨'],
      ],
      [['input_reference', 'asset:1']],
    );
    expect(refused(listed)).toMatch(/^400 invalid_value input_reference: .*image_list/);
  });

  it('have the pixels of the size', () => {
    const at = (width: number, height: number) => facts({ [url('a.jpg')]: picture({ width, height }) });
    for (const ask of [sora, v21, turbo]) {
      const given = ask({ input_reference: url('a.jpg'), size: '1280x720' });
      expect(refused(given, at(1280, 720))).toBe('accepted');
      expect(refused(given, at(1279, 720))).toMatch(/^400 input_reference: Inpaint image must match /);
    }
  });
});

describe('lists of Kling O1', () => {
  it('roles: first frame, end frame, and what the model decides of', () => {
    const image_list = [
      { image: url('1.jpg') },
      { image: url('2.jpg'), type: 'end_frame' },
      { image: url('3.jpg'), type: 'first_frame' },
      { image: url('4.jpg'), type: null },
    ];
    const { request } = serve(qiniu, o1({ image_list }));
    expect(request).toMatchObject({
      startFrame: url('3.jpg'),
      endFrame: url('2.jpg'),
      references: [
        { kind: 'image', name: 'image1', image: url('1.jpg') },
        { kind: 'image', name: 'image2', image: url('4.jpg') },
      ],
    });
    const two = [
      { image: url('1.jpg'), type: 'end_frame' },
      { image: url('2.jpg'), type: 'end_frame' },
    ];
    expect(refused(o1({ image_list: two }))).toMatch(/^400 invalid_value image_list: .*at most 1 end frames/);
    const alone = o1({ image_list: [{ image: url('1.jpg'), type: 'end_frame' }] });
    expect(notesOf(alone)).toEqual(['end_frame_alone endFrame']);
  });

  it('four pictures; the fifth is ignored, as the page says, and told of', () => {
    expect(notesOf(o1({ image_list: pictures(4) }))).toEqual([]);
    const five = serve(qiniu, o1({ image_list: pictures(6) }));
    expect(refusalOf(five)).toBe('accepted');
    expect(five.request?.references).toHaveLength(4);
    expect(notedBy(five)).toEqual(['setting_ignored image_list[4]', 'setting_ignored image_list[5]']);
    const odd = [...pictures(4), { image: 'no address', type: 'first_frame' }];
    const served = serve(qiniu, o1({ image_list: odd }));
    expect(served.request).toMatchObject({ references: { length: 4 } });
    expect(served.request?.startFrame).toBeUndefined();
  });

  it('addresses or bare base64, all or none', () => {
    const { request } = serve(qiniu, o1({ image_list: [{ image: jpeg }, { image: png, type: 'first_frame' }] }));
    expect(request?.references).toMatchObject([{ image: `data:image/jpeg;base64,${jpeg}` }]);
    expect(request?.startFrame).toBe(`data:image/png;base64,${png}`);
    expect(refused(o1({ image_list: [{ image: jpeg }, { image: url('a.jpg') }] }))).toMatch(
      /^400 invalid_value image_list: .*all addresses or all base64/,
    );
  });

  it.each([
    `data:image/png;base64,${png}`,
    '/etc/passwd',
    'file:///a.png',
    'a.png',
    '',
    'AAAA',
    `${png}!`,
    'iVBORw0KGgoAA',
    `${png}\n`,
    'asset:0123',
  ])('no picture is %j', (image) => {
    expect(refused(o1({ image_list: [{ image }] }))).toMatch(/^400 invalid_value image_list\[0\]\.image: .*base64/s);
  });

  it('does not repeat a megabyte', () => {
    expect(refused(o1({ image_list: [{ image: 'A'.repeat(1_000_000) }] })).length).toBeLessThan(600);
  });

  it('one video, to be edited if nothing is said, with or without its sound', () => {
    const film = (more: { [key: string]: Json } = {}) => ({ video_url: url('a.mp4'), ...more });
    const read = (more: { [key: string]: Json }) =>
      serve(qiniu, o1({ video_list: [film(more)] })).request?.references[0];
    expect(read({})).toEqual({ kind: 'video', id: 'v1', name: 'video1', video: url('a.mp4'), use: 'edit' });
    expect(read({ refer_type: 'feature', keep_original_sound: 'yes' })).toMatchObject({
      use: 'feature',
      keepSound: true,
    });
    expect(read({ refer_type: 'base', keep_original_sound: 'no' })).toMatchObject({ use: 'edit', keepSound: false });
    expect(refused(o1({ video_list: [film(), film()] }))).toMatch(/^400 invalid_value .*_list: .*at most 1/);
    expect(refused(o1({ video_list: [{ video_url: 'data:video/mp4;base64,AAAA' }] }))).toMatch(
      /^400 invalid_value video_list\[0\]\.video_url: /,
    );
  });

  it('no frames beside a video to edit; beside one to follow they may be', () => {
    const image_list = [{ image: url('1.jpg'), type: 'first_frame' }];
    const beside = (refer_type: string) => o1({ image_list, video_list: [{ video_url: url('a.mp4'), refer_type }] });
    expect(refused(beside('base'))).toMatch(/^400 invalid_value image_list: .*together/);
    expect(refused(beside('feature'))).toBe('accepted');
    const reference = o1({ image_list: pictures(1), video_list: [{ video_url: url('a.mp4'), refer_type: 'base' }] });
    expect(refused(reference)).toBe('accepted');
  });

  it.each<[string, Parameters<typeof picture>[0], boolean]>([
    ['300 pixels', { width: 300, height: 300 }, true],
    ['299 pixels', { width: 299, height: 300 }, false],
    ['5 to 2', { width: 1000, height: 400 }, true],
    ['more than 5 to 2', { width: 1001, height: 400 }, false],
    ['10 MB', { bytes: 10_485_760 }, true],
    ['more than 10 MB', { bytes: 10_485_761 }, false],
    ['JPEG', { mediaType: 'image/jpeg' }, true],
    ['WebP', { mediaType: 'image/webp' }, false],
  ])('a picture of %s', (_, more, taken) => {
    const found = refused(o1({ image_list: pictures(1) }), facts({ [url('0.jpg')]: picture(more) }));
    expect(found).toMatch(taken ? /^accepted$/ : /^400 invalid_value image_list\[0\]: /);
  });

  it.each<[string, Parameters<typeof footage>[0], boolean]>([
    ['3 s', { seconds: 3 }, true],
    ['2.9 s', { seconds: 2.9 }, false],
    ['10 s', { seconds: 10 }, true],
    ['10.1 s', { seconds: 10.1 }, false],
    ['720 and 2160 pixels', { width: 720, height: 2160 }, true],
    ['718 pixels', { width: 718, height: 1280 }, false],
    ['2162 pixels', { width: 2162, height: 1280 }, false],
    ['24 frames', { fps: 24 }, true],
    ['60 frames', { fps: 60 }, true],
    ['23 frames', { fps: 23 }, false],
    ['61 frames', { fps: 61 }, false],
    ['200 MB', { bytes: 209_715_200 }, true],
    ['more than 200 MB', { bytes: 209_715_201 }, false],
    ['MOV', { mediaType: 'video/quicktime' }, true],
    ['WebM', { mediaType: 'video/webm' }, false],
  ])('a video of %s', (_, more, taken) => {
    const given = o1({ video_list: [{ video_url: url('a.mp4') }] });
    const found = refused(given, facts({ [url('a.mp4')]: footage(more) }));
    expect(found).toMatch(taken ? /^accepted$/ : /^400 invalid_value video_list\[0\]: /);
  });
});

describe.each([
  ['sora-2', 4],
  ['kling-video-o1', 15],
  ['kling-v2-1', 8],
  ['kling-v2-5-turbo', 8],
])('every limit of the card of %s', (model, least) => {
  it("is kept over the wire, and one past it is refused in the vendor's shape", () => {
    let past = 0;
    for (const { limit, served, changed } of limitsOverWire(qiniu, cardOf(model))) {
      if (served === undefined || changed.includes(limit.refused?.path ?? '')) continue;
      const found = refusalOf(served);
      // Frames have the pixels of one size of a ratio; which one is chosen for a tier the codec cannot know.
      if (limit.refused === undefined && changed.includes('tier')) continue;
      if (limit.refused === undefined) expect(found, limit.what).toBe('accepted');
      else {
        past += 1;
        expect(found, limit.what).toMatch(/^400 /);
      }
    }
    expect(past).toBeGreaterThanOrEqual(least);
  });
});

describe('keys', () => {
  const read = (authorization: string) => qiniu.key.read({ ...sora(), headers: { authorization } });
  it('with and without "Bearer", as the examples show them', () => {
    expect(read('Bearer sk-xxxxx')).toBe('sk-xxxxx');
    expect(read('sk-xxxxx')).toBe('sk-xxxxx');
    for (const wrong of ['Bearer', 'bearer ', 'Basic abc', 'sk x', '']) expect(read(wrong)).toBeUndefined();
  });
});
