export { assetHash } from './asset-hash.ts';
export { isEnd, stateSaid } from './follow-events.ts';
export { type GenerationLimits, type GenerationsOptions, openGenerations } from './open-generations.ts';
export type { AssetSource, Caller, GenerationFacts, Generations, Outcome, Reviewed, Submission } from './service.ts';
export type { Watch } from './watch.ts';
