export { AllowanceInvalid } from './allowance.ts';
export { type DataLimits, type DataRead, readBase64, readDataUri } from './data-uri.ts';
export type { Downloaded, FetchLimits } from './download.ts';
export { type GuardedFetch, type GuardedFetchOptions, isRefusal, openGuardedFetch } from './guarded-fetch.ts';
export type { MediaKind } from './media-type.ts';
export { type FetchRefusal, type FetchRefusalCode, fetchRefusalCodes } from './refusal.ts';
export type { ForbiddenAddress, Lookup } from './resolve.ts';
export { shownUrl } from './shown-url.ts';
