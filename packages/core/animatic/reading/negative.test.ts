import { describe, expect, test } from 'vitest';
import { bind, scene, subject, tell } from '../test-request.ts';

const references = [subject('mei'), subject('dog'), scene('park')];
const prompt = bind('@mei and @dog walk in @park in the rain. @mei says: "Come!"', {
  '@mei': 'mei',
  '@dog': 'dog',
  '@park': 'park',
});
const without = (negativePrompt: string) => tell({ references, prompt, more: { negativePrompt } }).plan;

describe('a negative prompt removes what it names', () => {
  test.each(['dog', '@dog', 'no dog', 'DOG, mist', '不要出现dog'])('%s', (words) => {
    const shot = without(words).shots[0]!;
    expect(shot.figures.map(({ reference }) => reference)).toEqual(['mei']);
  });

  test('a place', () => {
    expect(without('@park').shots[0]!.scene.kind).toBe('backdrop');
  });

  test.each(['rain', 'no rain', '雨', '下雨'])('the weather: %s', (words) => {
    expect(without('').shots[0]!.weather?.kind).toBe('rain');
    expect(without(words).shots[0]!.weather).toBeUndefined();
    expect(without(words).notUnderstood).toEqual([]);
  });

  test.each(['text', 'subtitles', 'no captions', '文字', '字幕'])('what is written: %s', (words) => {
    expect(without('').subtitles).toHaveLength(1);
    expect(without(words).subtitles).toEqual([]);
    expect(without(words).lines).toHaveLength(1);
    expect(without(words).notUnderstood).toEqual([]);
  });

  test('people whom only the words name', () => {
    const street = (negativePrompt: string) =>
      tell({ prompt: 'A man walks in a street.', more: { negativePrompt } }).plan;
    expect(street('').shots[0]!.figures).toHaveLength(1);
    expect(street('people').shots[0]!.figures).toEqual([]);
  });
});

test('what it cannot remove is listed', () => {
  expect(without('blurry, low quality; 失真').notUnderstood).toEqual(
    ['blurry', 'low quality', '失真'].map((text) => ({ shot: 0, text, why: 'negative-prompt' })),
  );
});

test('a prompt that asks for no letters has none', () => {
  const { plan } = tell({ prompt: 'A woman in a cafe, no text. She says: "Good morning, everybody."' });
  expect(plan.subtitles).toEqual([]);
  expect(plan.shots[0]!.caption).toBeUndefined();
});

test('somebody whom a shot names and the negative prompt takes out is told', () => {
  expect(without('dog').notUnderstood).toEqual([{ shot: 0, text: '@dog', why: 'nobody-shown' }]);
  expect(without('@park').notUnderstood).toEqual([]);
});
