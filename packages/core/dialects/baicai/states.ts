import type { State } from '../../model/index.ts';

/** The vendor's word for each state, as a client of its pictures knows them (read 2026-11-20). */
export const words = {
  preparing: 'PENDING',
  queued: 'PENDING',
  submitting: 'RUNNING',
  unconfirmed: 'RUNNING',
  running: 'RUNNING',
  fetching: 'RUNNING',
  cancelling: 'RUNNING',
  done: 'COMPLETED',
  failed: 'FAILED',
  cancelled: 'CANCELED',
} as const satisfies Record<State, string>;

/** What a word means to a client; undefined for none, and for one that nobody knows. */
export function readWord(word: string | undefined): State | undefined {
  const read: Readonly<Record<string, State>> = {
    PENDING: 'queued',
    RUNNING: 'running',
    COMPLETED: 'done',
    FAILED: 'failed',
    CANCELED: 'cancelled',
  };
  return word !== undefined && Object.hasOwn(read, word) ? read[word] : undefined;
}
