import { expect, test } from 'vitest';
import type { PlannedFigure } from '../plan.ts';
import type { FigureSprite } from '../sprite.ts';
import { tell } from '../test-request.ts';

/** The plain figures of a film of words alone, with what they are drawn as. */
function figures(prompt: string): (PlannedFigure & { shape: FigureSprite['shape'] | undefined })[] {
  const { plan } = tell({ prompt });
  return plan.shots[0]!.figures.map((figure) => {
    const sprite = 'sprite' in figure.look ? plan.sprites[figure.look.sprite] : undefined;
    return { ...figure, shape: sprite?.make === 'figure' ? sprite.shape : undefined };
  });
}

test.each(['A cat sleeps in a park.', '一只橘猫趴在沙发上。'])('who sleeps lies: %s', (prompt) => {
  const [cat] = figures(prompt);
  expect(cat!.shape).toBe('resting-animal');
  expect(cat!.gait).toBe('stand');
  expect(cat!.height).toBeLessThan(figures('A cat stands in a park.')[0]!.height);
});

test.each(['A golden retriever runs across a meadow.', '一只小犬跑过草地。'])('a dog by another word: %s', (prompt) => {
  expect(figures(prompt).map(({ shape }) => shape)).toEqual(['animal']);
});

test('a horse is larger than a dog, and a grown person than a child', () => {
  const height = (prompt: string) => figures(prompt)[0]!.height;
  expect(height('Wide shot. A horse stands.')).toBeGreaterThan(height('Wide shot. A dog stands.') * 1.5);
  expect(height('Wide shot. A woman stands.')).toBeGreaterThan(height('Wide shot. A child stands.') * 1.2);
});

test.each(['Wide shot. A woman walks.', 'Medium shot. A dog stands.', '中景，一匹马站着。'])(
  'feet that are in the frame are above the caption: %s',
  (prompt) => {
    for (const { foot } of figures(prompt)) expect(foot).toBeLessThan(0.93);
  },
);
