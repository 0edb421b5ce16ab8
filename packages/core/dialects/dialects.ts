import { baicai } from './baicai/index.ts';
import { dashscope } from './dashscope/index.ts';
import type { Dialect } from './dialect.ts';
import { openai } from './openai/index.ts';
import { qiniu } from './qiniu/index.ts';
import { sglang } from './sglang/index.ts';
import { toapis } from './toapis/index.ts';
import { venice } from './venice/index.ts';
import { vllm } from './vllm/index.ts';

/** Every wire format of a vendor: served here, and spoken. A new one is a folder and a line. */
export const dialects: readonly Dialect[] = [dashscope, openai, qiniu, venice, toapis, baicai];

/** Those of the engines that people run themselves: spoken only. Nobody needs a stand-in for what costs nothing and runs at home. */
export const engines: readonly Dialect[] = [vllm, sglang];

/** The dialect that a card or an account names; undefined for "native" and for what nobody speaks. */
export function findDialect(id: string): Dialect | undefined {
  return [...dialects, ...engines].find((dialect) => dialect.id === id);
}
