import { describe, expect, it } from 'vitest';
import { cards } from '../catalog/index.ts';
import { takeAs } from '../model/check/take.ts';
import type { Reference } from '../model/index.ts';
import { tagsFor } from './index.ts';

const kinds: Reference[] = [
  { kind: 'subject', id: 'plain', name: 'plain', image: 'a.png' },
  { kind: 'image', id: 'image', name: 'image', image: 'a.png' },
  { kind: 'subject', id: 'both', name: 'both', image: 'a.png', angles: ['b.png'], clip: 'a.mp4' },
  { kind: 'scene', id: 'scene', name: 'scene', image: 'a.png' },
  { kind: 'subject', id: 'clip', name: 'clip', clip: 'a.mp4' },
  { kind: 'video', id: 'video', name: 'video', video: 'a.mp4', use: 'subject' },
  { kind: 'subject', id: 'last', name: 'last', image: 'a.png' },
];

describe.each(cards.map((card) => [card.id, card] as const))('%s', (_, card) => {
  it('numbers the references that are asked for as it numbers what the model takes of them', () => {
    const accepted = kinds.filter(
      (reference) => takeAs({ model: card.id, references: [reference], shots: [] }, card).problems.length === 0,
    );
    const { taken } = takeAs({ model: card.id, references: accepted, shots: [] }, card);
    for (const language of ['en', 'zh'] as const) {
      const tags = tagsFor(accepted, card.prompt.mentions, language);
      expect(tagsFor(taken.references, card.prompt.mentions, language)).toEqual(tags);
      // Whatever a model takes it can also be pointed at, where it can be pointed at all.
      if (card.prompt.mentions !== null) expect(tags.filter(({ tag }) => tag === undefined)).toEqual([]);
    }
  });
});
