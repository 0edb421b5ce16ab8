import { describe, expect, test } from 'vitest';
import { check, type Request } from '../model/index.ts';
import {
  ask,
  cardOf,
  facts,
  filmSize,
  footage,
  image,
  look,
  many,
  noted,
  onlyProblem,
  picture,
  refusals,
  shot,
  video,
} from './check-samples.ts';

/** What Qiniu's page says, sentence by sentence. */

describe('Qiniu', () => {
  test('sora-2: 4, 8, 12 s and two sizes', () => {
    expect(look(ask('sora-2')).film).toMatchObject({ seconds: 4, width: 720, height: 1280 });
    for (const seconds of [4, 8, 12]) expect(look(ask('sora-2', { shots: [shot(seconds)] })).problems).toEqual([]);
    for (const seconds of [3, 5, 10, 13])
      expect(refusals(look(ask('sora-2', { shots: [shot(seconds)] })))).toEqual([
        'setting_not_offered shots[0].seconds',
      ]);
    expect(filmSize(look(ask('sora-2', { size: { width: 1280, height: 720 } })))).toBe('1280x720');
    const large = onlyProblem(look(ask('sora-2', { size: { width: 1920, height: 1080 } })));
    expect(large).toMatchObject({
      code: 'format_not_offered',
      path: 'size',
      values: { limit: ['720x1280', '1280x720'] },
    });
  });

  test('a start picture has exactly the pixels of the size', () => {
    const frame = { startFrame: 'frame.png' };
    const wide = { size: { width: 1280, height: 720 } };
    expect(look(ask('sora-2', { ...frame, ...wide })).problems).toEqual([]);
    const other = onlyProblem(look(ask('sora-2', frame)));
    expect(other).toMatchObject({
      code: 'frame_size',
      path: 'startFrame',
      values: { found: '1280x720', limit: ['720x1280'] },
    });
    const oneOff = facts({ 'frame.png': picture({ width: 1281 }) });
    expect(refusals(look(ask('sora-2', { ...frame, ...wide }), oneOff))).toEqual(['frame_size startFrame']);
    expect(refusals(look(ask('sora-2', { endFrame: 'end.png' })))).toEqual(['input_unsupported endFrame']);
  });

  test('Kling: 5 or 10 s, and 4 is refused although the table names it', () => {
    for (const model of ['kling-video-o1', 'kling-v2-1', 'kling-v2-5-turbo']) {
      const base = { startFrame: 'frame.png', size: { width: 1280, height: 720 } };
      expect(look(ask(model, base)).film?.seconds, model).toBe(5);
      for (const seconds of [5, 10]) expect(look(ask(model, { ...base, shots: [shot(seconds)] })).problems).toEqual([]);
      for (const seconds of [4, 6, 15])
        expect(onlyProblem(look(ask(model, { ...base, shots: [shot(seconds)] })))).toMatchObject({
          code: 'setting_not_offered',
          path: 'shots[0].seconds',
          values: { found: seconds },
        });
    }
  });

  test('o1: four pictures, frames among them', () => {
    const pictures = (count: number) => many(count, 'picture', image);
    expect(look(ask('kling-video-o1', { references: pictures(4) })).problems).toEqual([]);
    expect(onlyProblem(look(ask('kling-video-o1', { references: pictures(5) }))).values).toMatchObject({
      found: 5,
      limit: 4,
    });
    const frames = { startFrame: 'first.png', endFrame: 'last.png' };
    expect(look(ask('kling-video-o1', { ...frames, references: pictures(2) })).problems).toEqual([]);
    expect(onlyProblem(look(ask('kling-video-o1', { ...frames, references: pictures(3) })))).toMatchObject({
      code: 'too_many',
      values: { found: 5, limit: 4, over: 1 },
    });
  });

  test('o1: one video; one to edit excludes frames, one to follow does not', () => {
    const walk = (use: 'edit' | 'feature' | 'subject') => video('walk', { use, keepSound: true });
    const taken = look(ask('kling-video-o1', { references: [walk('feature')] }));
    expect(taken.problems).toEqual([]);
    expect(noted(taken)).toEqual([]);
    expect(taken.taken.references[0]).toMatchObject({ keepSound: true, use: 'feature' });
    expect(look(ask('kling-video-o1', { references: [walk('edit'), image('hat')] })).problems).toEqual([]);
    for (const frame of [{ startFrame: 'a.png' }, { endFrame: 'b.png' }]) {
      expect(refusals(look(ask('kling-video-o1', { ...frame, references: [walk('edit')] })))).toEqual([
        'inputs_exclude references',
      ]);
      expect(look(ask('kling-video-o1', { ...frame, references: [walk('feature')] })).problems).toEqual([]);
    }
    expect(onlyProblem(look(ask('kling-video-o1', { references: [walk('subject')] })))).toMatchObject({
      code: 'setting_not_offered',
      path: 'references[0].use',
      values: { found: 'subject', limit: ['feature', 'edit'] },
    });
    const two = [walk('edit'), video('run', { use: 'feature' })];
    expect(onlyProblem(look(ask('kling-video-o1', { references: two }))).values).toMatchObject({ found: 2, limit: 1 });
  });

  test('o1 is pro and 1080p whatever the size says; std is noted as newer', () => {
    expect(look(ask('kling-video-o1')).film).toMatchObject({ mode: 'pro', width: 1080, height: 1920 });
    const small = look(ask('kling-video-o1', { size: { width: 1280, height: 720 }, mode: 'pro' }));
    expect(filmSize(small)).toBe('1920x1080');
    expect(noted(small)).toEqual(['size_by_ratio size']);
    const std = look(ask('kling-video-o1', { mode: 'std' }));
    expect(std.problems).toEqual([]);
    expect(noted(std)).toEqual(['newer_edition mode']);
    expect(std.film?.mode).toBe('std');
    expect(refusals(look(ask('kling-video-o1', { mode: 'max' })))).toEqual(['setting_not_offered mode']);
  });

  test("o1: the pictures' and the video's limits", () => {
    const of = (media: Parameters<typeof facts>[0], references: Request['references']) =>
      refusals(look(ask('kling-video-o1', { references }), facts(media)));
    const hat = [image('hat')];
    expect(of({ 'hat.png': picture({ width: 300, height: 750 }) }, hat)).toEqual([]);
    expect(of({ 'hat.png': picture({ width: 299, height: 700 }) }, hat)).toEqual([
      'media_too_small references[0].image',
    ]);
    expect(of({ 'hat.png': picture({ width: 300, height: 751 }) }, hat)).toEqual(['media_ratio references[0].image']);
    expect(of({ 'hat.png': picture({ bytes: 10_485_760 }) }, hat)).toEqual([]);
    expect(of({ 'hat.png': picture({ bytes: 10_485_761 }) }, hat)).toEqual(['media_bytes references[0].image']);
    expect(of({ 'hat.png': picture({ mediaType: 'image/webp' }) }, hat)).toEqual(['media_type references[0].image']);
    const walk = [video('walk', { use: 'feature' })];
    const clips: [Parameters<typeof footage>[0], string[]][] = [
      [{ seconds: 3 }, []],
      [{ seconds: 10 }, []],
      [{ seconds: 2.9 }, ['media_too_short references[0].video']],
      [{ seconds: 10.1 }, ['media_too_long references[0].video']],
      [{ fps: 23.976 }, []],
      [{ fps: 60 }, []],
      [{ fps: 23 }, ['media_fps references[0].video']],
      [{ fps: 61 }, ['media_fps references[0].video']],
      [{ width: 720, height: 2160 }, []],
      [{ width: 718, height: 1280 }, ['media_too_small references[0].video']],
      [{ width: 1280, height: 2162 }, ['media_too_wide references[0].video']],
      [{ bytes: 209_715_200 }, []],
      [{ bytes: 209_715_201 }, ['media_bytes references[0].video']],
      [{ mediaType: 'video/webm' }, ['media_type references[0].video']],
    ];
    for (const [clipFacts, expected] of clips) expect(of({ 'walk.mp4': footage(clipFacts) }, walk)).toEqual(expected);
  });

  test('kling-v2-1 needs a picture; v2-5-turbo from text is noted as newer', () => {
    expect(onlyProblem(look(ask('kling-v2-1')))).toMatchObject({
      code: 'too_few',
      path: 'startFrame',
      values: { found: 0, limit: 1 },
    });
    const turbo = look(ask('kling-v2-5-turbo'));
    expect(turbo.problems).toEqual([]);
    expect(noted(turbo)).toEqual(['newer_edition startFrame']);
    const tail = look(ask('kling-v2-1', { endFrame: 'last.png', size: { width: 1280, height: 720 } }));
    expect(tail.problems).toEqual([]);
    expect(noted(tail)).toEqual(['end_frame_alone endFrame']);
  });

  test('kling-v2: the size gives the ratio, the mode the pixels', () => {
    const of = (more: Partial<Request>) => look(ask('kling-v2-1', { startFrame: 'frame.png', ...more }));
    const named = { size: { width: 1920, height: 1080 } };
    // The frame is 1280x720, so it is refused beside any other named size; the film is the mode's all the same.
    expect(of(named).film).toMatchObject({ mode: 'std', width: 1280, height: 720 });
    expect(refusals(of(named))).toEqual(['frame_size startFrame']);
    expect(of({ size: { width: 1280, height: 720 }, mode: 'pro' })).toMatchObject({
      problems: [],
      film: { mode: 'pro', width: 1920, height: 1080 },
    });
    expect(of({ tier: '1080p', ratio: '16:9' }).film).toMatchObject({ mode: 'pro' });
    expect(refusals(of({ tier: '1080p', ratio: '16:9', mode: 'std' }))).toEqual(['format_not_offered tier']);
    expect(refusals(of({ ratio: '16:9', mode: 'max' }))).toEqual(['setting_not_offered mode']);
    expect(refusals(of({ size: { width: 1024, height: 576 } }))).toContain('format_not_offered size');
    for (const size of ['1920x1080', '1080x1920', '1280x720', '720x1280', '1080x1080', '720x720']) {
      const [width = 0, height = 0] = size.split('x').map(Number);
      const frame = facts({ 'frame.png': picture({ width, height }) });
      const checked = check(
        ask('kling-v2-1', { startFrame: 'frame.png', size: { width, height } }),
        cardOf('kling-v2-1'),
        frame,
      );
      expect(checked.problems, size).toEqual([]);
      expect(checked.film?.tier).toBe('720p');
    }
  });

  test('2500 characters, counted in code points', () => {
    for (const model of ['sora-2', 'kling-video-o1']) {
      const long = (count: number) => look(ask(model, { shots: [shot(undefined, '猫'.repeat(count - 1), '🐈')] }));
      expect(long(2500).problems).toEqual([]);
      expect(onlyProblem(long(2501))).toMatchObject({
        code: 'prompt_too_long',
        path: 'shots[0].prompt',
        values: { found: 2501, limit: 2500, over: 1 },
      });
    }
  });
});
