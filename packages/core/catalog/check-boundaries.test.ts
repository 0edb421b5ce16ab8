import { describe, expect, test } from 'vitest';
import { type Checked, check, noFacts, type Request } from '../model/index.ts';
import {
  ask,
  cardOf,
  clip,
  facts,
  footage,
  image,
  look,
  picture,
  refusals,
  scene,
  shot,
  sound,
  subject,
  video,
} from './check-samples.ts';

const noted = (checked: Checked) => checked.notes.map(({ code, path }) => `${code} ${path}`);

describe('media', () => {
  const references = [subject('cat', { angles: ['side.png'], clip: 'cat.mp4' }), scene('park')];

  test('what was not measured is noted, each by its path, and never guessed', () => {
    const request = ask('animatic', { references, startFrame: 'start.png', shots: [shot(5, 'cat in the park')] });
    const checked = look(request, noFacts);
    expect(checked.problems).toEqual([]);
    expect(noted(checked)).toEqual([
      'media_unmeasured references[0].image',
      'media_unmeasured references[0].angles[0]',
      'media_unmeasured references[0].clip',
      'media_unmeasured references[1].image',
      'media_unmeasured startFrame',
    ]);
  });

  test('a medium called like something that every object has is not measured either', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
      expect(noted(look(ask('animatic', { startFrame: name }), noFacts))).toEqual(['media_unmeasured startFrame']);
  });

  test('of a kind that does not fit its place', () => {
    const wrong = facts({ 'cat.png': footage(), 'side.png': sound(), 'cat.mp4': picture(), 'park.png': picture() });
    expect(refusals(look(ask('animatic', { references }), wrong))).toEqual([
      'media_kind references[0].image',
      'media_kind references[0].angles[0]',
      'media_kind references[0].clip',
    ]);
  });

  test('that the model leaves out has no limits', () => {
    const huge = facts({
      'cat.png': picture(),
      'cat.wav': sound({ bytes: 1e12, seconds: 9999, mediaType: 'audio/flac' }),
    });
    const checked = look(ask('wan2.6-r2v', { references: [subject('cat', { voice: 'cat.wav' })] }), huge);
    expect(checked.problems).toEqual([]);
    expect(noted(checked)).toContain('voice_dropped references[0].voice');
  });

  test('that moves where a still is wanted', () => {
    const moving = facts({ 'cat.png': picture({ mediaType: 'image/gif', animated: true }) });
    expect(noted(look(ask('animatic', { references: [image('cat')] }), moving))).toContain(
      'media_animated references[0].image',
    );
  });

  test('without any, a subject is refused once, on every model that takes subjects', () => {
    const nobody = { kind: 'subject', id: 'r', name: 'nobody' } as const;
    for (const model of ['animatic', 'kling-o3-pro-reference-to-video', 'PixVerse-v4.5-MR2V', 'wan2.7-r2v'])
      expect(refusals(look(ask(model, { references: [nobody] })))).toEqual(['subject_without_image references[0]']);
  });

  test('a frame of an unmeasured size is not held against the film', () => {
    expect(refusals(look(ask('sora-2', { startFrame: 'a.png' }), noFacts))).toEqual([]);
    const unasked = look(
      ask('kling-v2-1', { startFrame: 'a.png' }),
      facts({ 'a.png': picture({ width: 1080, height: 1920 }) }),
    );
    expect(unasked.problems, 'any named size of the ratio will do where none is asked').toEqual([]);
    const other = look(
      ask('kling-v2-1', { startFrame: 'a.png' }),
      facts({ 'a.png': picture({ width: 1000, height: 1000 }) }),
    );
    expect(other.problems).toMatchObject([{ code: 'frame_size', values: { limit: ['720x1280', '1080x1920'] } }]);
  });

  test('frame rates just below a whole one, and one that nobody could read', () => {
    const of = (fps: number) =>
      refusals(
        look(
          ask('kling-video-o1', { references: [video('walk', { use: 'edit' })] }),
          facts({ 'walk.mp4': footage({ fps }) }),
        ),
      );
    expect(of(24_000 / 1001)).toEqual([]);
    expect(of(60_000 / 1001)).toEqual([]);
    expect(of(60.06)).toEqual(['media_fps references[0].video']);
    expect(of(0)).toEqual(['media_fps references[0].video']);
  });
});

describe('names', () => {
  test('must differ in more than their case', () => {
    const of = (...names: string[]) =>
      refusals(look(ask('animatic', { references: names.map((name, index) => ({ ...image(name), id: `${index}` })) })));
    expect(of('mei', 'bob')).toEqual([]);
    expect(of('mei', 'MEI', 'Mei')).toEqual(['duplicate_name references[1].name', 'duplicate_name references[2].name']);
    expect(of('caf\u00e9', 'cafe\u0301')).toEqual(['duplicate_name references[1].name']);
    expect(of('小明', '小红')).toEqual([]);
  });

  test('and so must ids', () => {
    const twins = [image('a'), { ...image('b'), id: 'r-a' }];
    expect(refusals(look(ask('animatic', { references: twins })))).toEqual(['duplicate_id references[1].id']);
  });
});

describe('prompts', () => {
  const cat = subject('cat', { angles: ['side.png'] });
  const of = (model: string, ...shots: Request['shots']) => look(ask(model, { references: [cat], shots }));

  test.each([[[]], [['']], [['  \n']], [['\u3000', '\t']]])('%j is empty', (prompt) => {
    const checked = look(ask('animatic', { shots: [shot(2, 'A cat.'), { prompt, seconds: 2 }] }));
    expect(refusals(checked)).toEqual(['prompt_empty shots[1].prompt']);
  });

  test('a mention alone is something to read', () => {
    expect(refusals(of('animatic', shot(2, { mention: 'r-cat' })))).toEqual([]);
  });

  test('a mention of nothing', () => {
    const checked = of('animatic', shot(2, 'A cat'), shot(2, { mention: 'r-dog' }, ' and ', { mention: 'r-cat' }));
    expect(checked.problems).toMatchObject([
      { code: 'unknown_mention', path: 'shots[1].prompt', values: { found: '@r-dog', limit: ['@cat'] } },
    ]);
  });

  test('a mention of a medium that is not there', () => {
    const mention = (media: 'image' | 'clip' | 'voice' | { angle: number }) =>
      refusals(of('animatic', shot(2, { mention: 'r-cat', media })));
    expect(mention('image')).toEqual([]);
    expect(mention({ angle: 0 })).toEqual([]);
    const missing = ['mention_without_media shots[0].prompt'];
    expect(mention({ angle: 1 })).toEqual(missing);
    expect(mention('clip')).toEqual(missing);
    expect(mention('voice')).toEqual(missing);
    const film = (media: 'image' | 'clip') =>
      refusals(look(ask('animatic', { references: [video('walk')], shots: [shot(2, { mention: 'r-walk', media })] })));
    expect(film('clip')).toEqual([]);
    expect(film('image')).toEqual(missing);
    const moving = ask('animatic', {
      references: [clip('dog')],
      shots: [shot(2, { mention: 'r-dog', media: 'image' })],
    });
    expect(refusals(look(moving))).toEqual(missing);
  });

  test('mentions become words where the page has no tag for them', () => {
    const request = ask('kling-v3', { references: [image('cat')], shots: [shot(5, { mention: 'r-cat' }, ' runs')] });
    expect(noted(look(request))).toEqual(['mentions_as_text shots']);
  });

  test('a reference that no shot names is noted; one named in plain words is not', () => {
    expect(noted(of('animatic', shot(2, 'Rain.')))).toEqual(['reference_unmentioned references[0]']);
    expect(noted(of('animatic', shot(2, 'Rain.'), shot(2, 'The cat comes in.')))).toEqual([]);
  });

  test('the prompt that the vendor reads is the one that is counted', () => {
    const request = ask('sora-2', { shots: [shot(4, 'A cat.')] });
    const encoded = (length: number) =>
      check(request, cardOf('sora-2'), noFacts, { encodedPrompt: '猫'.repeat(length) }).problems;
    expect(encoded(2500)).toEqual([]);
    expect(encoded(2501)).toMatchObject([{ code: 'prompt_too_long', values: { found: 2501, over: 1 } }]);
  });

  test('several shots are counted together', () => {
    const half = shot(3, '字'.repeat(1250));
    const request = ask('kling-o3-pro-reference-to-video', { references: [cat], shots: [half, half] });
    expect(look(request).problems).toMatchObject([{ code: 'prompt_too_long', path: 'shots', values: { found: 2501 } }]);
  });
});

describe('seconds', () => {
  const kling = 'kling-o3-pro-reference-to-video';
  const of = (model: string, ...seconds: (number | undefined)[]) =>
    look(ask(model, { references: [subject('cat')], shots: seconds.map((one) => shot(one, 'The cat runs.')) }));

  test('that no shot gives are shared out, and no shot gets less than the shortest', () => {
    expect(of('animatic', undefined, undefined).film?.shotSeconds).toEqual([2.5, 2.5]);
    expect(of('animatic', 3, undefined, undefined).film?.shotSeconds).toEqual([3, 1, 1]);
    expect(of('animatic', 10, undefined).film).toMatchObject({ shotSeconds: [10, 1], seconds: 11 });
    expect(of(kling, undefined, undefined).film).toMatchObject({ shotSeconds: [3, 3], seconds: 6 });
  });

  test('thirds add up to a whole', () => {
    const thirds = of('animatic', undefined, undefined, undefined);
    expect(thirds.film?.seconds).toBe(5);
    expect(of(kling, 10 / 3, 10 / 3, 10 / 3)).toMatchObject({ problems: [], film: { seconds: 10 } });
  });

  test('half a frame more or less is the same, and the vendor is asked for what it offers', () => {
    expect(of(kling, 15.02)).toMatchObject({ problems: [], film: { seconds: 15, shotSeconds: [15] } });
    expect(of(kling, 2.98)).toMatchObject({ problems: [], film: { seconds: 3 } });
    expect(refusals(of(kling, 15.03))).toEqual(['setting_not_offered shots[0].seconds']);
    expect(refusals(of(kling, 7.5))).toEqual(['setting_not_offered shots[0].seconds']);
    expect(look(ask('sora-2', { shots: [shot(8.01)] })).film?.seconds).toBe(8);
  });
});

describe('settings', () => {
  test('an empty negative prompt asks for nothing', () => {
    expect(noted(look(ask('sora-2', { negativePrompt: ' ' })))).toEqual([]);
    expect(noted(look(ask('sora-2', { negativePrompt: 'fog' })))).toEqual(['negative_ignored negativePrompt']);
  });

  test('what a model has no switch for is noted if it is wanted, and done if it is not', () => {
    expect(noted(look(ask('sora-2', { watermark: false, expand: false })))).toEqual([]);
    expect(noted(look(ask('sora-2', { watermark: true, expand: true, seed: 0, mode: 'pro' })))).toEqual([
      'setting_ignored mode',
      'setting_ignored watermark',
      'setting_ignored expand',
      'setting_ignored seed',
    ]);
  });

  test('a frame rate is exact, but for how 24000/1001 is written', () => {
    expect(look(ask('animatic', { fps: 24_000 / 1001 })).film?.fps).toBe(23.976);
    expect(refusals(look(ask('animatic', { fps: 24.01 })))).toEqual(['setting_not_offered fps']);
    expect(noted(look(ask('sora-2', { fps: 24.01 })))).toEqual(['fps_fixed fps']);
    expect(look(ask('sora-2', { fps: 24.01 })).film?.fps).toBe(24);
    expect(noted(look(ask('sora-2', { fps: 24 })))).toEqual([]);
  });

  test('a remix of a vendor without one is a new generation, which strict refuses', () => {
    const request = (model: string, strict = false) =>
      ask(model, { references: [image('cat')], from: 'g1', shots: [shot(undefined, 'cat')], strict });
    expect(noted(look(request('kling-v3')))).toEqual(['remix_as_new from']);
    expect(refusals(look(request('kling-v3', true)))).toEqual(['strict_refuses from']);
    for (const strict of [false, true]) expect(noted(look(ask('sora-2', { from: 'g1', strict })))).toEqual([]);
  });

  test('shots of a vendor that documents no form for them are words of one prompt, which strict refuses', () => {
    const shots = [shot(2), shot(3)];
    const start = { startFrame: 'frame.png', size: { width: 1280, height: 720 } };
    const asking: [string, Partial<Request>][] = [
      ['kling-video-o1', {}],
      ['kling-v2-1', start],
      ['kling-v2-5-turbo', start],
      ['PixVerse-v4.5-MR2V', { references: [image('cat')] }],
      ['kling-v3', {}],
    ];
    for (const [model, more] of asking) {
      expect(noted(look(ask(model, { ...more, shots }))), model).toContain('shots_as_text shots');
      expect(refusals(look(ask(model, { ...more, shots, strict: true }))), model).toContain('strict_refuses shots');
    }
    const sora = { shots: [shot(2), shot(2)] };
    expect(noted(look(ask('sora-2', sora)))).toEqual(['shots_as_text shots']);
    expect(refusals(look(ask('sora-2', { ...sora, strict: true })))).toEqual(['strict_refuses shots']);
    // Where the documents write shots, it is only said otherwise.
    const o3 = ask('kling-o3-pro-reference-to-video', { references: [scene('park')], shots: [shot(4), shot(3)] });
    expect(refusals(look({ ...o3, strict: true }))).toEqual([]);
  });

  test('strict refuses what would be done less well, and nothing else', () => {
    const request = ask('wan2.7-r2v', {
      references: [scene('park')],
      audio: false,
      shots: [shot(12, 'park')],
      strict: true,
    });
    const checked = look(request);
    expect(noted(checked)).toEqual([
      'kind_converted references[0].kind',
      'audio_always audio',
      'newer_edition shots[0].seconds',
    ]);
    expect(refusals(checked)).toEqual(['strict_refuses audio']);
  });
});
