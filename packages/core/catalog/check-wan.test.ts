import { describe, expect, test } from 'vitest';
import { check, type Request } from '../model/index.ts';
import {
  ask,
  cardOf,
  clip,
  facts,
  filmSize,
  image,
  look,
  many,
  measured,
  noted,
  onlyProblem,
  picture,
  refusals,
  scene,
  shot,
  sound,
  subject,
  video,
} from './check-samples.ts';
import { inRegion } from './edition.ts';

/** What Alibaba Cloud's guide says, sentence by sentence. */

describe('Wan', () => {
  test('2.7: 2 to 10 s; 11 to 15 without a video is noted as newer', () => {
    const of = (references: Request['references'], seconds: number) =>
      look(ask('wan2.7-r2v', { references, shots: [shot(seconds)] }));
    for (const seconds of [2, 10]) expect(noted(of([image('a')], seconds))).toEqual([]);
    for (const seconds of [11, 15]) {
      const longer = of([image('a')], seconds);
      expect(longer.problems).toEqual([]);
      expect(noted(longer)).toEqual(['newer_edition shots[0].seconds']);
      expect(longer.film?.seconds).toBe(seconds);
      for (const moving of [video('walk'), clip('cat')])
        expect(refusals(of([moving], seconds))).toEqual(['setting_not_offered shots[0].seconds']);
    }
    for (const seconds of [1, 16, 4.5])
      expect(refusals(of([image('a')], seconds))).toEqual(['setting_not_offered shots[0].seconds']);
  });

  test('2.7: one to five references, each with a voice; a first frame is none of them', () => {
    const five = [
      subject('girl', { voice: 'girl.wav' }),
      video('boy', { voice: 'boy.wav' }),
      image('a'),
      image('b'),
      scene('c'),
    ];
    const checked = look(ask('wan2.7-r2v', { references: five, startFrame: 'first.png', shots: [shot(10)] }));
    expect(checked.problems).toEqual([]);
    expect(noted(checked)).toEqual(['kind_converted references[4].kind']);
    expect(onlyProblem(look(ask('wan2.7-r2v', { references: [...five, image('d')] }))).values).toMatchObject({
      found: 6,
      limit: 5,
    });
    expect(refusals(look(ask('wan2.7-r2v', { startFrame: 'first.png' })))).toEqual(['too_few references']);
    expect(refusals(look(ask('wan2.7-r2v', { references: five, endFrame: 'last.png' })))).toEqual([
      'input_unsupported endFrame',
    ]);
    expect(look(ask('wan2.7-r2v', { references: five })).taken.references[0]).toMatchObject({ voice: 'girl.wav' });
    const loud = look(ask('wan2.7-r2v', { references: [video('walk', { keepSound: true })] }));
    expect(noted(loud)).toEqual(['setting_ignored references[0].keepSound']);
  });

  test('2.7: sizes, and a first frame that gives the ratio', () => {
    const references = [image('a')];
    const of = (more: Partial<Request>, frame = picture()) =>
      look(ask('wan2.7-r2v', { references, ...more }), facts({ 'a.png': picture(), 'first.png': frame }));
    expect(filmSize(of({}))).toBe('1920x1080');
    expect(filmSize(of({ tier: '720p', ratio: '4:3' }))).toBe('1104x832');
    expect(filmSize(of({ ratio: '4:3' }))).toBe('1648x1248');
    expect(of({ size: { width: 1648, height: 1248 } })).toMatchObject({
      problems: [],
      film: { ratio: '4:3', tier: '1080p' },
    });
    expect(refusals(of({ size: { width: 1088, height: 832 } }))).toEqual(['format_not_offered size']);
    expect(refusals(of({ ratio: '21:9' }))).toEqual(['format_not_offered ratio']);

    const first = { startFrame: 'first.png' };
    const square = picture({ width: 800, height: 800 });
    const followed = of({ ...first, tier: '720p', ratio: '16:9' }, square);
    expect(followed).toMatchObject({ problems: [], film: { width: 960, height: 960, ratio: '1:1' } });
    expect(noted(followed)).toEqual(['ratio_follows ratio']);
    expect(noted(of({ ...first, tier: '720p', ratio: '1:1' }, square))).toEqual([]);
    // A ratio that is not offered does no harm beside a frame: it is ignored like any other.
    expect(noted(of({ ...first, ratio: '21:9' }, square))).toEqual(['ratio_follows ratio']);
    expect(noted(of({ ...first, size: { width: 1280, height: 720 } }, square))).toEqual(['ratio_follows size']);
    expect(filmSize(of({ ...first, tier: '720p' }, picture({ width: 1000, height: 500 })))).toBe('1440x720');
  });

  test('2.6: its own sizes, 0 to 3 videos, 5 in all', () => {
    for (const model of ['wan2.6-r2v', 'wan2.6-r2v-flash']) {
      const of = (more: Partial<Request>) => look(ask(model, { references: [image('a')], ...more }));
      expect(filmSize(of({}))).toBe('1920x1080');
      const sizes = [
        ...['1280x720', '720x1280', '960x960', '1088x832', '832x1088'],
        ...['1920x1080', '1080x1920', '1440x1440', '1632x1248', '1248x1632'],
      ];
      for (const size of sizes) {
        const [width = 0, height = 0] = size.split('x').map(Number);
        expect(filmSize(of({ size: { width, height } })), size).toBe(size);
      }
      expect(refusals(of({ size: { width: 1104, height: 832 } }))).toEqual(['format_not_offered size']);
      expect(of({ references: [...many(3, 'v', video), ...many(2, 'p', image)] }).problems).toEqual([]);
      expect(onlyProblem(of({ references: many(4, 'v', video) })).values).toMatchObject({ found: 4, limit: 3 });
      expect(onlyProblem(of({ references: many(6, 'p', image) })).values).toMatchObject({ found: 6, limit: 5 });
      expect(refusals(of({ shots: [shot(11)] }))).toEqual(['setting_not_offered shots[0].seconds']);
      expect(refusals(of({ startFrame: 'first.png' }))).toEqual(['input_unsupported startFrame']);
      expect(noted(of({ references: [subject('girl', { voice: 'girl.wav' })] }))).toEqual([
        'voice_dropped references[0].voice',
      ]);
    }
  });

  test('only flash can be silent', () => {
    const of = (model: string, audio: boolean) => look(ask(model, { references: [image('a')], audio }));
    for (const model of ['wan2.7-r2v', 'wan2.6-r2v']) {
      expect(noted(of(model, false))).toEqual(['audio_always audio']);
      expect(of(model, false).film?.audio).toBe(true);
      expect(noted(of(model, true))).toEqual([]);
    }
    for (const audio of [true, false]) {
      expect(noted(of('wan2.6-r2v-flash', audio))).toEqual([]);
      expect(of('wan2.6-r2v-flash', audio).film?.audio).toBe(audio);
    }
  });

  test('a longer prompt is cut by the vendor, and that is said', () => {
    for (const [model, most] of [
      ['wan2.7-r2v', 5000],
      ['wan2.6-r2v', 1500],
    ] as const) {
      const of = (count: number) =>
        look(ask(model, { references: [image('a')], shots: [shot(5, '🐈'.repeat(count))] }));
      expect(noted(of(most))).toEqual([]);
      expect(of(most + 1).problems).toEqual([]);
      expect(noted(of(most + 1))).toEqual(['prompt_cut shots[0].prompt']);
      const negative = (count: number) =>
        look(ask(model, { references: [image('a')], negativePrompt: '雾'.repeat(count) }));
      expect(negative(500).problems).toEqual([]);
      expect(refusals(negative(501))).toEqual(['negative_prompt_too_long negativePrompt']);
    }
  });

  test('of a picture and a clip of one subject, the clip is sent', () => {
    const checked = look(ask('wan2.7-r2v', { references: [subject('cat', { clip: 'cat.mp4' })] }));
    expect(noted(checked)).toEqual(['image_dropped references[0].image']);
    expect(checked.taken.references[0]).not.toHaveProperty('image');
  });

  test('the voice has limits of its own', () => {
    const of = (voice: Parameters<typeof sound>[0]) =>
      refusals(
        look(
          ask('wan2.7-r2v', { references: [subject('girl', { voice: 'girl.wav' })] }),
          facts({ 'girl.png': picture(), 'girl.wav': sound(voice) }),
        ),
      );
    for (const fits of [{ seconds: 1 }, { seconds: 10 }, { bytes: 15_728_640 }, { mediaType: 'audio/mpeg' }])
      expect(of(fits)).toEqual([]);
    expect(of({ seconds: 0.9 })).toEqual(['media_too_short references[0].voice']);
    expect(of({ seconds: 10.1 })).toEqual(['media_too_long references[0].voice']);
    expect(of({ bytes: 15_728_641 })).toEqual(['media_bytes references[0].voice']);
    expect(of({ mediaType: 'audio/flac' })).toEqual(['media_type references[0].voice']);
  });

  test('in Virginia: text and video, 5 or 10 s', () => {
    const card = inRegion(cardOf('wan2.6-r2v'), 'us-east-1');
    if ('code' in card) throw new Error('wan2.6-r2v is offered in Virginia');
    const of = (more: Partial<Request>) => check(ask('wan2.6-r2v', more), card, measured);
    for (const seconds of [5, 10])
      expect(of({ references: [video('walk')], shots: [shot(seconds)] }).problems).toEqual([]);
    expect(of({ references: [clip('cat')] }).problems).toEqual([]);
    expect(refusals(of({ references: [video('walk')], shots: [shot(7)] }))).toEqual([
      'setting_not_offered shots[0].seconds',
    ]);
    expect(refusals(of({ references: [image('a'), video('walk')] }))).toEqual(['input_unsupported references[0]']);
    expect(refusals(of({ references: [scene('a'), video('walk')] }))).toEqual(['input_unsupported references[0]']);
    expect(refusals(of({ references: [subject('cat'), video('walk')] }))).toEqual([
      'input_unsupported references[0].image',
    ]);
    expect(noted(of({ references: [subject('cat', { clip: 'cat.mp4' })] }))).toEqual([
      'image_dropped references[0].image',
    ]);
    expect(onlyProblem(of({ references: many(4, 'v', video) })).values).toMatchObject({ found: 4, limit: 3 });
    expect(refusals(of({}))).toEqual(['too_few references']);
    expect(inRegion(cardOf('wan2.7-r2v'), 'us-east-1')).toMatchObject({ code: 'region_not_offered' });
  });

  test('several shots go as the page writes them; only the whole film has a time there', () => {
    for (const model of ['wan2.7-r2v', 'wan2.6-r2v']) {
      const of = (shots: Request['shots']) => noted(look(ask(model, { references: [image('a')], shots })));
      expect(of([shot(), shot()])).toEqual(['shots_converted shots']);
      expect(of([shot(2), shot(3)])).toEqual(['shots_converted shots', 'shot_times_open shots']);
    }
    expect(noted(look(ask('sora-2', { shots: [shot(2), shot(2)] })))).toEqual(['shots_as_text shots']);
  });
});
