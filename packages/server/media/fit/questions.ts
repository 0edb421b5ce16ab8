import type { FitTarget } from '@refreel/core/model';
import type { MediaRefusal } from '../refusal.ts';

/** What the child is asked: to write a file anew, as `to` says. Both paths are absolute. */
export interface FitQuestion {
  readonly file: string;
  readonly into: string;
  readonly to: FitTarget;
}

/** Written, or why it cannot be: nothing is left behind that counts. */
export type FitAnswer = { readonly ok: true } | { readonly ok: false; readonly refusal: MediaRefusal };
