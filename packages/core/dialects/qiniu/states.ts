import type { State } from '../../model/index.ts';
import type { GenerationView } from '../dialect.ts';

/** The vendor's eight words (its page of 2026-11-20), but for two that depend on the time as well. */
export const words = {
  preparing: 'initializing',
  queued: 'queued',
  submitting: 'in_progress',
  unconfirmed: 'in_progress',
  running: 'in_progress',
  fetching: 'downloading',
  cancelling: 'in_progress',
  done: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<State, string>;

/** Of the time in line, the first seconds are said to be the setting up: ours, as the page gives no times. */
const initializingMilliseconds = 3000;
/** Shares of the making at whose end the film is fetched and stored: ours. */
const downloadingFrom = 0.9;
const uploadingFrom = 0.95;

/**
 * The word at a moment: initializing, queued, in_progress, downloading, uploading, completed, never one that came before. What only stands in
 * for the vendor has no steps of its own for setting up, fetching and storing, so that they are the first seconds and the last tenth of its way.
 */
export function wordOf({ state, progress, createdAt }: GenerationView, now: number): string {
  if (state === 'preparing' || state === 'queued')
    return now - createdAt < initializingMilliseconds ? words.preparing : words.queued;
  if (state !== 'running' && state !== 'fetching') return words[state];
  if (progress === undefined) return words[state];
  if (progress >= uploadingFrom) return 'uploading';
  return progress >= downloadingFrom ? words.fetching : words.running;
}
