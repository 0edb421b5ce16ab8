import { unknownModel } from '../../catalog/index.ts';
import type { Card, Problem } from '../../model/index.ts';
import type { CodecContext } from '../dialect.ts';

export const dialectId = 'qiniu';

/** The card of a model of this vendor, or why there is none. */
export function findModel(model: string, context: CodecContext): { card: Card } | { problem: Problem } {
  const card = context.findCard(model);
  return card === undefined || card.dialect !== dialectId ? { problem: unknownModel(model) } : { card };
}

/** Kling O1 takes every picture in `image_list`, frames among them; the others a frame a field. A card says by its inputs which it is. */
export function takesList(card: Card): boolean {
  return card.inputs.image !== null;
}
