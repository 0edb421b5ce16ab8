import { describe, expect, test } from 'vitest';
import {
  ask,
  clip,
  filmSize,
  image,
  look,
  many,
  noted,
  onlyProblem,
  refusals,
  scene,
  shot,
  subject,
  video,
} from './check-samples.ts';

/** What Venice's guide says, sentence by sentence. */

describe.each(['kling-o3-pro-reference-to-video', 'kling-o3-standard-reference-to-video'])('%s', (model) => {
  const elements = (count: number) => many(count, 'element', subject);
  const scenes = (count: number) => many(count, 'scene', scene);
  const first = { startFrame: 'first.png' };
  const both = { ...first, endFrame: 'last.png' };

  test.each([
    ['7 elements', {}, 7, 0],
    ['5 elements + 2 scenes', {}, 5, 2],
    ['first frame + 3 elements + 3 scenes', first, 3, 3],
    ['first + last frame + 3 elements + 2 scenes', both, 3, 2],
  ] as const)('%s is taken', (_, frames, elementCount, sceneCount) => {
    const checked = look(ask(model, { ...frames, references: [...elements(elementCount), ...scenes(sceneCount)] }));
    expect(checked.problems).toEqual([]);
  });

  test.each([
    ['first frame + 4 elements', first],
    ['first + last frame + 4 elements', both],
  ] as const)('%s is refused: at most 3 with frames', (_, frames) => {
    const found = onlyProblem(look(ask(model, { ...frames, references: elements(4) })));
    expect(found).toMatchObject({ code: 'too_many', path: 'references', values: { found: 4, limit: 3, over: 1 } });
  });

  test('8 elements pass both limits of 7, 5 scenes that of 4', () => {
    expect(
      look(ask(model, { references: elements(8) })).problems.map(({ values }) => [values.found, values.limit]),
    ).toEqual([
      [8, 7],
      [8, 7],
    ]);
    expect(onlyProblem(look(ask(model, { references: scenes(5) }))).values).toMatchObject({ found: 5, limit: 4 });
    const together = look(ask(model, { ...both, references: [...elements(3), ...scenes(3)] }));
    expect(onlyProblem(together).values).toMatchObject({ found: 8, limit: 7 });
  });

  test('something to see is needed, and an end frame alone is not that', () => {
    for (const nothing of [ask(model), ask(model, { endFrame: 'last.png' })]) {
      expect(onlyProblem(look(nothing))).toMatchObject({ code: 'too_few', values: { found: 0, limit: 1 } });
    }
    expect(look(ask(model, first)).problems).toEqual([]);
    expect(look(ask(model, { references: scenes(1) })).problems).toEqual([]);
  });

  test('an element needs its frontal picture, and has up to three more', () => {
    expect(onlyProblem(look(ask(model, { references: [clip('cat')] })))).toMatchObject({
      code: 'image_required',
      path: 'references[0]',
    });
    const angles = (count: number) => [subject('cat', { angles: many(count, 'side', (name) => `${name}.png`) })];
    expect(noted(look(ask(model, { references: angles(3) })))).toEqual([]);
    const four = look(ask(model, { references: angles(4) }));
    expect(noted(four)).toEqual(['angles_dropped references[0].angles']);
    expect(four.taken.references[0]).toMatchObject({ angles: ['side1.png', 'side2.png', 'side3.png'] });
  });

  test('3 to 15 s, 5 unless said; each shot 3 to 15 s and 15 together', () => {
    const references = elements(1);
    expect(look(ask(model, { references })).film?.seconds).toBe(5);
    for (const seconds of [3, 15])
      expect(look(ask(model, { references, shots: [shot(seconds)] })).problems).toEqual([]);
    for (const seconds of [2, 16])
      expect(refusals(look(ask(model, { references, shots: [shot(seconds)] })))).toEqual([
        'setting_not_offered shots[0].seconds',
      ]);
    const board = look(ask(model, { references, shots: [shot(5), shot(5), shot(5)] }));
    expect(board.problems).toEqual([]);
    expect(noted(board)).toEqual(['shots_converted shots']);
    expect(board.film).toMatchObject({ seconds: 15, shotSeconds: [5, 5, 5] });
    expect(onlyProblem(look(ask(model, { references, shots: [shot(5), shot(5), shot(6)] })))).toMatchObject({
      code: 'shots_seconds',
      path: 'shots',
      values: { found: 16 },
    });
    expect(onlyProblem(look(ask(model, { references, shots: [shot(2), shot(5)] })))).toMatchObject({
      code: 'shot_seconds',
      path: 'shots[0].seconds',
      values: { found: 2 },
    });
  });

  test('16:9 and no sound unless said', () => {
    const references = elements(1);
    expect(look(ask(model, { references })).film).toMatchObject({ ratio: '16:9', audio: false });
    expect(look(ask(model, { references, audio: true })).film?.audio).toBe(true);
    for (const ratio of ['9:16', '1:1']) expect(look(ask(model, { references, ratio })).film?.ratio).toBe(ratio);
    expect(refusals(look(ask(model, { references, ratio: '4:3' })))).toEqual(['format_not_offered ratio']);
  });
});

describe('Grok Imagine', () => {
  const model = 'grok-imagine-reference-to-video';
  const images = (count: number) => many(count, 'picture', image);

  test('1 to 7 pictures, whatever they show', () => {
    for (const count of [1, 7]) expect(look(ask(model, { references: images(count) })).problems).toEqual([]);
    expect(refusals(look(ask(model)))).toEqual(['too_few references']);
    expect(onlyProblem(look(ask(model, { references: images(8) }))).values).toMatchObject({ found: 8, limit: 7 });
    const mixed = look(ask(model, { references: [subject('cat'), scene('park'), image('hat')] }));
    expect(mixed.problems).toEqual([]);
    expect(noted(mixed)).toEqual(['kind_converted references[0].kind', 'kind_converted references[1].kind']);
    expect(mixed.taken.references.map(({ kind, id }) => [kind, id])).toEqual([
      ['image', 'r-cat'],
      ['image', 'r-park'],
      ['image', 'r-hat'],
    ]);
  });

  test('8 s, 16:9, 480p unless said; 5, 8 or 10 s', () => {
    const references = images(1);
    const usual = look(ask(model, { references }));
    expect(usual.film).toMatchObject({
      seconds: 8,
      ratio: '16:9',
      tier: '480p',
      audio: false,
      width: 854,
      height: 480,
    });
    expect(filmSize(look(ask(model, { references, tier: '720p', ratio: '3:2' })))).toBe('1080x720');
    for (const seconds of [5, 8, 10])
      expect(look(ask(model, { references, shots: [shot(seconds)] })).problems).toEqual([]);
    for (const seconds of [4, 6, 9, 11])
      expect(look(ask(model, { references, shots: [shot(seconds)] })).problems, `${seconds} s`).toHaveLength(1);
  });

  test('no sound, no shots, no frames, no videos', () => {
    const references = images(1);
    expect(refusals(look(ask(model, { references, audio: true })))).toEqual(['setting_not_offered audio']);
    const shots = look(ask(model, { references, shots: [shot(5), shot(5)] }));
    expect(refusals(shots)).toEqual(['too_many_shots shots']);
    expect(noted(shots)).toEqual([]);
    expect(refusals(look(ask(model, { references, startFrame: 'a.png' })))).toEqual(['input_unsupported startFrame']);
    expect(refusals(look(ask(model, { references: [...references, video('walk')] })))).toEqual([
      'input_unsupported references[1]',
    ]);
    expect(noted(look(ask(model, { references: [subject('cat', { clip: 'cat.mp4', voice: 'cat.wav' })] })))).toEqual([
      'clip_dropped references[0].clip',
      'voice_dropped references[0].voice',
      'kind_converted references[0].kind',
    ]);
  });
});
