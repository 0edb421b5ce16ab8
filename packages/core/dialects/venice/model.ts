import { unknownModel } from '../../catalog/index.ts';
import type { Card, Problem } from '../../model/index.ts';
import type { CodecContext } from '../dialect.ts';
import { veniceElements } from './mentions.ts';

export const dialectId = 'venice';

/** The card of a model, or why it cannot be asked for here. */
export function findModel(model: string, context: CodecContext): { card: Card } | { problem: Problem } {
  const card = context.findCard(model);
  return card === undefined || card.dialect !== dialectId ? { problem: unknownModel(model) } : { card };
}

/** Kling O3 takes elements, scene images and frames, Grok a flat list of pictures. A card says by its mentions which of the two it is. */
export function takesElements(card: Card): boolean {
  return card.prompt.mentions === veniceElements.key;
}
