import { describe, expect, test } from 'vitest';
import { explainProblem } from '../model/index.ts';
import { cards } from './cards.ts';
import { filterCards } from './filter.ts';
import { closestModel, findCard, unknownModel } from './find.ts';

const ids = (wish: Parameters<typeof filterCards>[0]) => filterCards(wish).map((card) => card.id);

describe('find', () => {
  test('by id and by alias, exactly', () => {
    expect(findCard('wan2.7-r2v')?.id).toBe('wan2.7-r2v');
    expect(findCard('wan2.7-r2v-2026-06-12')?.id).toBe('wan2.7-r2v');
    expect(findCard('Sora-2')).toBeUndefined();
    expect(findCard('')).toBeUndefined();
  });

  test("an account's own card comes before ours", () => {
    const own = { ...findCard('sora-2')!, price: null, name: { en: 'Own', zh: '自有' } };
    expect(findCard('sora-2', [own])?.name.en).toBe('Own');
    const other = { ...own, id: 'my-model' };
    expect(findCard('my-model', [other])).toBe(other);
    expect(findCard('my-model')).toBeUndefined();
    expect(closestModel('my-modal', [other])).toBe('my-model');
  });

  test.each([
    ['sora2', 'sora-2'],
    ['SORA-2', 'sora-2'],
    ['kling-v3.0', 'kling-v3'],
    ['kling-video-01', 'kling-video-o1'],
    ['klingv2-5-turbo', 'kling-v2-5-turbo'],
    ['wan2.7', 'wan2.7-r2v'],
    ['wan-2.6-r2v', 'wan2.6-r2v'],
    ['pixverse', 'PixVerse-v4.5-MR2V'],
    ['grok-imagine', 'grok-imagine-reference-to-video'],
    ['kling-o3-pro', 'kling-o3-pro-reference-to-video'],
    ['animatics', 'animatic'],
  ])('%s probably means %s', (typed, meant) => {
    expect(closestModel(typed)).toBe(meant);
  });

  test('a name that is like none is answered without a guess', () => {
    for (const typed of ['foo', '', 'midjourney']) {
      expect(closestModel(typed)).toBeUndefined();
      expect(explainProblem(unknownModel(typed), 'en').remedy).toBe('`refreel models` lists all of them.');
      expect(explainProblem(unknownModel(typed), 'zh').remedy).toBe('`refreel models` 可列出全部模型。');
    }
    expect(explainProblem(unknownModel('sora2'), 'en').remedy).toMatch(/^Did you mean "sora-2"\? `refreel/);
    expect(explainProblem(unknownModel('sora2'), 'zh').remedy).toMatch(/^您是否想用“sora-2”？`refreel/);
  });
});

describe('filter', () => {
  test('nothing wished is every model', () => {
    expect(filterCards({})).toEqual(cards);
  });

  test('by inputs', () => {
    expect(ids({ inputs: ['edit'] })).toEqual(['animatic', 'kling-video-o1']);
    expect(ids({ inputs: ['voice'] })).toEqual(['animatic', 'wan2.7-r2v']);
    expect(ids({ inputs: ['subject', 'endFrame'] })).toEqual([
      'animatic',
      'kling-o3-pro-reference-to-video',
      'kling-o3-standard-reference-to-video',
      'kling-video-o1',
      'kling-v3',
    ]);
    expect(ids({ inputs: ['startFrame', 'footage'] })).toEqual([
      'animatic',
      'kling-o3-pro-reference-to-video',
      'kling-o3-standard-reference-to-video',
      'kling-video-o1',
      'wan2.7-r2v',
    ]);
    expect(ids({ inputs: ['angle'], offline: false })).toEqual([
      'kling-o3-pro-reference-to-video',
      'kling-o3-standard-reference-to-video',
      'PixVerse-v4.5-MR2V',
    ]);
  });

  test('by sound, shots, seconds and place', () => {
    expect(ids({ audio: true, offline: false })).toEqual([
      'kling-o3-pro-reference-to-video',
      'kling-o3-standard-reference-to-video',
      'wan2.7-r2v',
      'wan2.6-r2v',
      'wan2.6-r2v-flash',
      'kling-v3',
    ]);
    expect(ids({ audio: false })).not.toContain('wan2.7-r2v');
    expect(ids({ severalShots: true })).toEqual([
      'animatic',
      'kling-o3-pro-reference-to-video',
      'kling-o3-standard-reference-to-video',
      'wan2.7-r2v',
      'wan2.6-r2v',
      'wan2.6-r2v-flash',
    ]);
    expect(ids({ seconds: 15, offline: false })).toEqual([
      'kling-o3-pro-reference-to-video',
      'kling-o3-standard-reference-to-video',
      'wan2.7-r2v',
      'kling-v3',
    ]);
    expect(ids({ seconds: 2.5 })).toEqual(['animatic']);
    expect(ids({ offline: true })).toEqual(['animatic']);
  });
});
