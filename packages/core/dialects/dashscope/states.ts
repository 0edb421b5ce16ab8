import { type State, states } from '../../model/index.ts';

/** The vendor's word for each state. Whoever reads PENDING may cancel, so that only what can be stopped at once says so. */
export const words = {
  preparing: 'PENDING',
  queued: 'PENDING',
  submitting: 'RUNNING',
  unconfirmed: 'RUNNING',
  running: 'RUNNING',
  fetching: 'RUNNING',
  cancelling: 'RUNNING',
  done: 'SUCCEEDED',
  failed: 'FAILED',
  cancelled: 'CANCELED',
} as const satisfies Record<State, string>;

/** What is said of a task that is unknown, expired, or a stranger's. */
export const unknownWord = 'UNKNOWN';

/** All words, with the one that only the vendor's Python client knows. */
export const knownWords: readonly string[] = [...new Set(Object.values(words)), unknownWord, 'SUSPENDED'];

/** "It only cancels tasks in PENDING": the states that say so. */
export const cancelledWhileIn: readonly State[] = statesOf('PENDING');

/** The states that a word stands for; none for UNKNOWN, which no task of one's own is in. */
export function statesOf(word: string): State[] {
  return states.filter((state) => words[state] === word);
}

/** What a vendor's word means to a client; undefined for UNKNOWN and for words that nobody knows. */
export function readWord(word: string): State | undefined {
  const read: Readonly<Record<string, State>> = {
    PENDING: 'queued',
    SUSPENDED: 'queued',
    RUNNING: 'running',
    SUCCEEDED: 'done',
    FAILED: 'failed',
    CANCELED: 'cancelled',
  };
  return Object.hasOwn(read, word) ? read[word] : undefined;
}
