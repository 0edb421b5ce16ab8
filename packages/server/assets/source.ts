import type { Readable } from 'node:stream';
import type { Problem } from '@refreel/core/model';

/** Bytes that a caller gives. */
export type AssetSource =
  | { readonly kind: 'stream'; readonly content: Readable; readonly name?: string | undefined }
  | { readonly kind: 'data'; readonly uri: string; readonly name?: string | undefined }
  | { readonly kind: 'url'; readonly url: string; readonly name?: string | undefined };

/** Something done, or why not. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Done. */
export function done<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}

/** Not done, and why. */
export function refused(...problems: readonly Problem[]): Outcome<never> {
  return { ok: false, problems };
}
