import { baicai } from './baicai/index.ts';
import { dashscope } from './dashscope/index.ts';
import type { Dialect } from './dialect.ts';
import { openai } from './openai/index.ts';
import { qiniu } from './qiniu/index.ts';
import { toapis } from './toapis/index.ts';
import { venice } from './venice/index.ts';

/** Every wire format that is spoken, in both directions. A new one is a folder and a line. */
export const dialects: readonly Dialect[] = [dashscope, openai, qiniu, venice, toapis, baicai];

/** The dialect that a card or an account names; undefined for "native" and for what nobody speaks. */
export function findDialect(id: string): Dialect | undefined {
  return dialects.find((dialect) => dialect.id === id);
}
