import { unknownModel } from '../../catalog/index.ts';
import type { Card, Problem } from '../../model/index.ts';
import type { CodecContext } from '../dialect.ts';

export const dialectId = 'openai';

/** What is made where a request names no model (openapi.yaml, 2026-08-21). */
export const usualModel = 'sora-2';

/**
 * The card of a model. This wire is spoken by many services, each with models of its own, so that any model may be asked for; its
 * card refuses what it needs and the wire cannot say.
 */
export function findModel(model: string, context: CodecContext): { card: Card } | { problem: Problem } {
  const card = context.findCard(model);
  return card === undefined ? { problem: unknownModel(model) } : { card };
}
