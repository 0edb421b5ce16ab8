/** The life of a generation and of each of its attempts. */
export const states = [
  'preparing',
  'queued',
  'submitting',
  'unconfirmed',
  'running',
  'fetching',
  'cancelling',
  'done',
  'failed',
  'cancelled',
] as const;
export type State = (typeof states)[number];

/** What is true in a state, and where it can go from there. */
export interface StateFacts {
  /** Nothing will change any more. */
  readonly terminal: boolean;
  /** A vendor may charge for it, or may already have. */
  readonly billable: boolean;
  readonly next: readonly State[];
}

/**
 * One table: transitions that are not in it cannot happen.
 * `unconfirmed` means that the answer to a paid submit may have been lost. It leaves only by evidence or by a person: towards
 * `running` (the vendor has it), `queued` (the vendor does not) or an end. It never submits again by itself. What waited when a backup was made that is restored later is
 * so too: it may have been sent since.
 */
export const stateTable: Readonly<Record<State, StateFacts>> = {
  preparing: { terminal: false, billable: false, next: ['queued', 'failed', 'cancelled'] },
  queued: {
    terminal: false,
    billable: false,
    next: ['submitting', 'unconfirmed', 'running', 'failed', 'cancelled'],
  },
  submitting: {
    terminal: false,
    billable: true,
    next: ['running', 'fetching', 'unconfirmed', 'queued', 'done', 'failed', 'cancelling'],
  },
  unconfirmed: { terminal: false, billable: true, next: ['running', 'queued', 'failed', 'cancelled'] },
  running: { terminal: false, billable: true, next: ['fetching', 'done', 'failed', 'cancelling', 'cancelled'] },
  fetching: { terminal: false, billable: true, next: ['done', 'failed', 'cancelling'] },
  cancelling: { terminal: false, billable: true, next: ['cancelled', 'done', 'failed', 'fetching'] },
  done: { terminal: true, billable: true, next: [] },
  failed: { terminal: true, billable: true, next: [] },
  cancelled: { terminal: true, billable: true, next: [] },
};

/** Whether the table has this transition. */
export function canMove(from: State, to: State): boolean {
  return stateTable[from].next.includes(to);
}

/** The attempt that speaks for the whole: what is farthest from its end decides, one finished film is enough for `done`. */
const order: readonly State[] = [
  'unconfirmed',
  'cancelling',
  'fetching',
  'running',
  'submitting',
  'queued',
  'preparing',
  'done',
  'failed',
  'cancelled',
];

/** A generation's state follows from its attempts. Throws on an empty list: a generation has at least one attempt. */
export function stateOf(attempts: readonly State[]): State {
  const found = order.find((state) => attempts.includes(state));
  if (found === undefined) throw new Error('a generation without attempts has no state');
  return found;
}
