import { findCard } from '@refreel/core/catalog';
import { type Reference, situationOf } from '@refreel/core/model';
import { describe, expect, test } from 'vitest';
import { shotLimits } from './card-choices.ts';
import {
  duplicateShot,
  insertShot,
  listedShots,
  moveShot,
  removeShot,
  splitShot,
  splitText,
  timeShots,
} from './shots.ts';

const nothing = situationOf({ model: 'animatic', references: [], shots: [{ prompt: [] }] });
const shot = (prompt: string, seconds?: number) => (seconds === undefined ? { prompt } : { prompt, seconds });
const words = (shots: readonly { prompt: string; seconds?: number }[]) =>
  shots.map(({ prompt, seconds }) => `${prompt} ${seconds}`);

describe('limits of shots are those of the card', () => {
  test.each([
    ['kling-o3-pro-reference-to-video', { each: { from: 3, to: 15 }, all: 15, count: undefined, step: 1 }],
    ['animatic', { each: undefined, all: 60, count: 30, step: 0.1 }],
    ['sora-2', { all: 12, step: 1 }],
  ])('%s', (id, limits) => {
    expect(shotLimits(findCard(id)!, nothing)).toMatchObject(limits);
  });
});

describe('the list of shots', () => {
  const kling = shotLimits(findCard('kling-o3-pro-reference-to-video')!, nothing);
  const free = shotLimits(findCard('animatic')!, nothing);

  test('a new one is as long as its neighbour while so much is left, and never shorter than the model makes one', () => {
    let shots = insertShot([shot('a', 5)], 1, kling);
    shots = insertShot(shots, 2, kling);
    expect(words(shots)).toEqual(['a 5', ' 5', ' 5']);
    expect(words(insertShot(shots, 1, kling))).toEqual(['a 5', ' 3', ' 5', ' 5']);
    expect(words(insertShot([shot('a', 8)], 0, kling))).toEqual([' 7', 'a 8']);
  });

  test('what nobody said is said before others come', () => {
    expect(timeShots([shot('a'), shot('b', 4)], [2.3333333, 9])).toEqual([shot('a', 2.33), shot('b', 4)]);
  });

  test('a split parts words and seconds', () => {
    const text = 'A dog runs. It says: "Stop. Now." It barks! The end.';
    expect(words(splitShot([shot(text, 7)], 0, undefined, kling))).toEqual([
      'A dog runs. 4',
      'It says: "Stop. Now." It barks! The end. 3',
    ]);
    expect(words(splitShot([shot('她走过。她回头。', 1)], 0, undefined, free))).toEqual([
      '她走过。 0.5',
      '她回头。 0.5',
    ]);
    // Each is as long as the model's shortest, although the film becomes longer.
    expect(words(splitShot([shot('One sentence', 4)], 0, undefined, kling))).toEqual([
      'One sentence 3',
      'One sentence 3',
    ]);
    expect(splitText('left right', 5)).toEqual(['left', 'right']);
    expect(splitText('left right', 0)).toEqual(['left right', 'left right']);
  });

  test('duplicate, move, remove', () => {
    const [a, b, c] = [shot('a', 1), shot('b', 2), shot('c', 3)];
    expect(duplicateShot([a, b], 0)).toEqual([a, a, b]);
    expect(moveShot([a, b, c], 0, 2)).toEqual([b, c, a]);
    expect(moveShot([a, b, c], 2, 0)).toEqual([c, a, b]);
    expect(removeShot([a, b], 0)).toEqual([b]);
    expect(removeShot([a], 0)).toEqual([a]);
  });

  test('a text that lists shots becomes shots, by name, what stands before the list in each', () => {
    const references: Reference[] = [
      { kind: 'subject', id: '1', name: 'mei', image: 'asset:1' },
      { kind: 'scene', id: '2', name: 'yard', image: 'asset:2' },
    ];
    const guide =
      "Ink style.\nShot 1 (5s): @Element1 stands at the edge of @Image1.\nShot 2 (4s): Close-up of @Element1's face.\nShot 3: The end.";
    expect(listedShots(guide, references, 'venice-elements')).toEqual([
      shot('Ink style.\n@mei stands at the edge of @yard.', 5),
      shot("Ink style.\nClose-up of @mei's face.", 4),
      shot('Ink style.\nThe end.'),
    ]);
    expect(listedShots('Shot 1 (5s): alone', references, null)).toBeUndefined();
  });
});
