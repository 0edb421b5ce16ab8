import { describe, expect, test } from 'vitest';
import {
  ask,
  facts,
  filmSize,
  image,
  look,
  many,
  noted,
  onlyProblem,
  picture,
  refusals,
  scene,
  shot,
  subject,
  video,
} from './check-samples.ts';

/** What the pages of Baicai and ToAPIs say, and what the animatic takes, sentence by sentence. */

describe('PixVerse at Baicai', () => {
  const model = 'PixVerse-v4.5-MR2V';
  const example = [subject('human'), subject('dog'), scene('grass')];
  const prompt = [{ mention: 'r-human' }, ' and ', { mention: 'r-dog' }, ' paly on the ', { mention: 'r-grass' }];

  test("the page's example", () => {
    const checked = look(ask(model, { references: example, tier: '720p', shots: [shot(5, ...prompt)] }));
    expect(checked.problems).toEqual([]);
    expect(checked.notes).toEqual([]);
    expect(checked.film).toMatchObject({ width: 1280, height: 720, seconds: 5, count: 1, attempts: 1 });
  });

  test('one to three references, three pictures each', () => {
    expect(refusals(look(ask(model)))).toEqual(['too_few references']);
    expect(onlyProblem(look(ask(model, { references: [...example, image('ball')] }))).values).toMatchObject({
      found: 4,
      limit: 3,
    });
    const angles = (count: number) => [subject('dog', { angles: many(count, 'side', (name) => `${name}.png`) })];
    expect(noted(look(ask(model, { references: angles(2) })))).toEqual([]);
    expect(noted(look(ask(model, { references: angles(3) })))).toEqual(['angles_dropped references[0].angles']);
  });

  test('5 or 8 s, and 1080p only 5', () => {
    const of = (tier: string, seconds: number) =>
      look(ask(model, { references: example, tier, shots: [shot(seconds)] }));
    for (const tier of ['360p', '540p', '720p']) {
      for (const seconds of [5, 8]) expect(of(tier, seconds).problems).toEqual([]);
      expect(refusals(of(tier, 6))).toEqual(['setting_not_offered shots[0].seconds']);
    }
    expect(of('1080p', 5).problems).toEqual([]);
    expect(onlyProblem(of('1080p', 8))).toMatchObject({ code: 'setting_not_offered', values: { found: 8 } });
    expect(refusals(of('480p', 5))).toEqual(['format_not_offered tier']);
  });

  test("the ratio is the first picture's", () => {
    const upright = facts({ 'human.png': picture({ width: 600, height: 800 }) });
    const checked = look(ask(model, { references: [subject('human')], ratio: '16:9' }), upright);
    expect(checked.film).toMatchObject({ width: 720, height: 960, ratio: '3:4' });
    expect(noted(checked)).toEqual(['ratio_follows ratio']);
    expect(noted(look(ask(model, { references: [subject('human')], ratio: '3:4' }), upright))).toEqual([]);
    // The first picture of the first reference, whatever that is, and no other.
    const several = facts({
      'lawn.png': picture({ width: 800, height: 800 }),
      'human.png': picture({ width: 600, height: 800 }),
      'human-view-0.png': picture({ width: 1600, height: 900 }),
    });
    const mixed = [scene('lawn'), subject('human', { angles: ['human-view-0.png'] })];
    expect(look(ask(model, { references: mixed }), several).film).toMatchObject({ ratio: '1:1' });
    expect(look(ask(model, { references: mixed.toReversed() }), several).film).toMatchObject({ ratio: '3:4' });
    const sized = (width: number, height: number) =>
      look(ask(model, { references: [subject('human')], size: { width, height } }), upright);
    expect(noted(sized(720, 960))).toEqual([]);
    expect(noted(sized(1280, 720))).toEqual(['ratio_follows size']);
    expect(sized(540, 720).film).toMatchObject({ tier: '540p', width: 540, height: 720 });
    expect(refusals(sized(800, 600))).toEqual(['format_not_offered size']);
  });

  test('1 to 4 films of one generation; more only split', () => {
    const of = (count: number, allowSplit?: boolean) =>
      look(ask(model, { references: example, count, ...(allowSplit !== undefined && { allowSplit }) }));
    for (const count of [1, 4]) expect(of(count)).toMatchObject({ problems: [], film: { count, attempts: 1 } });
    expect(onlyProblem(of(5))).toMatchObject({
      code: 'count_needs_split',
      path: 'count',
      values: { found: 5, limit: 4 },
    });
    expect(of(5, true)).toMatchObject({ problems: [], film: { count: 1, attempts: 5 } });
    const grok = (allowSplit: boolean) =>
      look(ask('grok-imagine-reference-to-video', { references: [image('a')], count: 2, allowSplit }));
    expect(refusals(grok(false))).toEqual(['count_needs_split count']);
    expect(grok(true).film).toMatchObject({ count: 1, attempts: 2 });
    expect(noted(grok(true))).toEqual(['count_split count']);
  });

  test('a reference that is never named is accepted with a note', () => {
    const checked = look(ask(model, { references: example, shots: [shot(5, { mention: 'r-human' }, ' runs')] }));
    expect(checked.problems).toEqual([]);
    expect(checked.notes.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'reference_unmentioned references[1]',
      'reference_unmentioned references[2]',
    ]);
  });
});

describe('Kling v3 at ToAPIs', () => {
  const model = 'kling-v3';

  test('5, 10, 15 s from text; 10 at most with pictures', () => {
    for (const seconds of [5, 10, 15]) expect(look(ask(model, { shots: [shot(seconds)] })).problems).toEqual([]);
    for (const more of [{ references: [image('a')] }, { startFrame: 'a.png' }, { endFrame: 'a.png' }]) {
      for (const seconds of [5, 10]) expect(look(ask(model, { ...more, shots: [shot(seconds)] })).problems).toEqual([]);
      expect(onlyProblem(look(ask(model, { ...more, shots: [shot(15)] })))).toMatchObject({
        code: 'setting_not_offered',
        path: 'shots[0].seconds',
        values: { found: 15 },
      });
    }
  });

  test('std is 720p, pro 1080p', () => {
    expect(look(ask(model)).film).toMatchObject({ mode: 'std', tier: '720p', ratio: '16:9', seconds: 5, audio: false });
    expect(look(ask(model, { mode: 'pro', ratio: '9:16' })).film).toMatchObject({
      tier: '1080p',
      width: 1080,
      height: 1920,
    });
    expect(look(ask(model, { tier: '1080p' })).film).toMatchObject({ mode: 'pro' });
    expect(look(ask(model, { size: { width: 1920, height: 1080 } })).film).toMatchObject({
      mode: 'pro',
      tier: '1080p',
    });
    expect(refusals(look(ask(model, { mode: 'std', tier: '1080p' })))).toEqual(['format_not_offered tier']);
    expect(refusals(look(ask(model, { mode: 'max' })))).toEqual(['setting_not_offered mode']);
  });

  test('references, frames and both', () => {
    const mixed = { references: [image('a')], startFrame: 'start.png', endFrame: 'end.png' };
    const checked = look(ask(model, { ...mixed, mode: 'pro', shots: [shot(5)] }));
    expect(checked.problems).toEqual([]);
    expect(noted(checked)).toEqual([]);
  });
});

describe('the animatic', () => {
  test('takes whatever any vendor takes', () => {
    const everything = ask('animatic', {
      references: [
        subject('girl', { angles: ['side.png'], clip: 'girl.mp4', voice: 'girl.wav' }),
        scene('park', { angles: ['far.png'] }),
        image('hat'),
        ...(['subject', 'feature', 'edit'] as const).map((use) => video(use, { use, keepSound: true })),
      ],
      startFrame: 'start.png',
      endFrame: 'end.png',
      shots: [shot(3), shot(4.5)],
      negativePrompt: 'fog',
      size: { width: 320, height: 180 },
      fps: 29.97,
      audio: true,
      watermark: true,
      seed: 7,
      count: 4,
      expand: true,
    });
    const checked = look(everything);
    expect(checked.problems).toEqual([]);
    expect(noted(checked)).toEqual([]);
    expect(checked.film).toEqual({
      ...{ width: 320, height: 180, ratio: '16:9', tier: '180p', mode: undefined, fps: 29.97 },
      ...{ shotSeconds: [3, 4.5], seconds: 7.5, audio: true, watermark: true, count: 4, attempts: 1 },
    });
  });

  test('any even size; ratio and tier must agree with it', () => {
    const size = { width: 1280, height: 720 };
    expect(refusals(look(ask('animatic', { size: { width: 1281, height: 720 } })))).toEqual(['size_odd size']);
    expect(refusals(look(ask('animatic', { size, ratio: '4:3' })))).toEqual(['format_not_offered ratio']);
    expect(refusals(look(ask('animatic', { size, tier: '1080p' })))).toEqual(['format_not_offered tier']);
    expect(look(ask('animatic', { size, ratio: '16:9', tier: '720p' })).problems).toEqual([]);
    expect(filmSize(look(ask('animatic', { ratio: '9:16', tier: '480p' })))).toBe('480x854');
  });
});
