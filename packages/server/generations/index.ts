export { type GenerationLimits, type GenerationsOptions, openGenerations } from './open-generations.ts';
export {
  type AssetSource,
  assetHash,
  type Caller,
  type GenerationFacts,
  type Generations,
  type Outcome,
  type Submission,
} from './service.ts';
export type { Watch } from './watch.ts';
