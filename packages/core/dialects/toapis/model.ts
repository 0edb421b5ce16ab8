import { unknownModel } from '../../catalog/index.ts';
import type { Card, Problem } from '../../model/index.ts';
import type { CodecContext } from '../dialect.ts';

export const dialectId = 'toapis';

/** The card of a model of this vendor, or why there is none. */
export function findModel(model: string, context: CodecContext): { card: Card } | { problem: Problem } {
  const card = context.findCard(model);
  return card === undefined || card.dialect !== dialectId ? { problem: unknownModel(model) } : { card };
}
