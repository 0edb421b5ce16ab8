import type { State } from '../../model/index.ts';

/** The vendor's word for each state. It has none for a film that was cancelled: that is one which failed. */
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

/** What a word means to a client; one that nobody knows is a film that is still at work. */
export function readWord(word: string | undefined): State {
  // The English edition of "Video task status" has "submitted" in one of its tables (read 2026-11-20).
  if (word === 'queued' || word === 'submitted') return 'queued';
  if (word === 'completed') return 'done';
  return word === 'failed' ? 'failed' : 'running';
}
