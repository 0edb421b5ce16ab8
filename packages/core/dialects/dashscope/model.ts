import { inRegion, unknownModel } from '../../catalog/index.ts';
import type { Card, Problem } from '../../model/index.ts';
import type { CodecContext } from '../dialect.ts';

export const dialectId = 'dashscope';

/** The card of a model as it is in the region that is spoken to, or why it cannot be asked for there. */
export function findModel(model: string, context: CodecContext): { card: Card } | { problem: Problem } {
  const card = context.findCard(model);
  if (card === undefined || card.dialect !== dialectId) return { problem: unknownModel(model) };
  if (context.region === undefined) return { card };
  const there = inRegion(card, context.region);
  return 'code' in there ? { problem: there } : { card: there };
}
