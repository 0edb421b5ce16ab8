export type { AssetsOptions } from './assets-options.ts';
export { addressProblem, fetchProblem, unknownAsset } from './fetch-problem.ts';
export { type Assets, openAssets } from './keep-asset.ts';
export { fullDisk } from './receive.ts';
export { type AssetSource, done, type Outcome, refused } from './source.ts';
export { openWorkFolder, type WorkFolder } from './work-folder.ts';
