import type { State } from '../../model/index.ts';

/**
 * The vendor's word for each state. Its specification has two; what failed, and what was taken back, is an HTTP error there and never
 * a word: those two are ours and stand on no wire.
 */
export const words = {
  preparing: 'PROCESSING',
  queued: 'PROCESSING',
  submitting: 'PROCESSING',
  unconfirmed: 'PROCESSING',
  running: 'PROCESSING',
  fetching: 'PROCESSING',
  cancelling: 'PROCESSING',
  done: 'COMPLETED',
  failed: 'FAILED',
  cancelled: 'CANCELLED',
} as const satisfies Record<State, string>;

/**
 * What a word means to a client; undefined for words that nobody knows. Besides the specification's two, those that the vendor's own
 * command line reads (venice-cli of 2026-08-15); one of its guides has "queued", "running" and "failed".
 */
export function readWord(word: string): State | undefined {
  const read: Readonly<Record<string, State>> = {
    pending: 'queued',
    queued: 'queued',
    processing: 'running',
    in_progress: 'running',
    running: 'running',
    completed: 'done',
    succeeded: 'done',
    done: 'done',
    failed: 'failed',
    error: 'failed',
    cancelled: 'cancelled',
  };
  const small = word.toLowerCase();
  return Object.hasOwn(read, small) ? read[small] : undefined;
}
