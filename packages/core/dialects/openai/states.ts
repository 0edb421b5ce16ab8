import type { State } from '../../model/index.ts';

/** The four words of the original (openapi.yaml, 2026-08-21). It has none for what was taken back: that has failed. */
export const words = {
  preparing: 'queued',
  queued: 'queued',
  submitting: 'in_progress',
  unconfirmed: 'in_progress',
  running: 'in_progress',
  fetching: 'in_progress',
  cancelling: 'in_progress',
  done: 'completed',
  failed: 'failed',
  cancelled: 'failed',
} as const satisfies Record<State, string>;

/**
 * What a word means to a client; undefined for words that nobody knows. Services of this shape add their own: Qiniu the steps before
 * and after the making and `cancelled`, SGLang `deleted`.
 */
export function readWord(word: string): State | undefined {
  const read: Readonly<Record<string, State>> = {
    initializing: 'queued',
    queued: 'queued',
    in_progress: 'running',
    downloading: 'fetching',
    uploading: 'fetching',
    completed: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
    deleted: 'cancelled',
  };
  return Object.hasOwn(read, word) ? read[word] : undefined;
}
