export type { AuthoredRequest } from '@refreel/core/authoring';
export type { Advice, Card, Request, State } from '@refreel/core/model';
export type * from './answers.ts';
export type { Assets, Upload, UploadOptions } from './assets.ts';
export type { Download } from './download.ts';
export { RefreelError, type RefreelErrorKind } from './error.ts';
export type { FollowOptions } from './follow.ts';
export type { CreateOptions, GenerationFilter, Generations, Resolution, WaitOptions } from './generations.ts';
export { makeId } from './make-id.ts';
export type { PageOptions } from './pages.ts';
export {
  type CheckOptions,
  type LookOptions,
  type ModelFilter,
  openRefreel,
  type Refreel,
  type RefreelOptions,
} from './refreel.ts';
export type { Fetch } from './transport.ts';
