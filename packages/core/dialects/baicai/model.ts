import { unknownModel } from '../../catalog/index.ts';
import type { Card, Problem } from '../../model/index.ts';
import type { CodecContext } from '../dialect.ts';

export const dialectId = 'baicai';

/** The card of a model of this vendor, or why there is none. `path` is where the model was named. */
export function findModel(model: string, context: CodecContext, path = 'model'): { card: Card } | { problem: Problem } {
  const card = context.findCard(model);
  return card === undefined || card.dialect !== dialectId ? { problem: { ...unknownModel(model), path } } : { card };
}
