import { type State, stateTable } from '@refreel/core/model';

/** What is true of a generation, and what would be usual. All times in milliseconds since 1970, by the stand-in's clock. */
export interface TrueState {
  readonly state: State;
  readonly createdAt: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** 0 to 1; undefined where nobody knows. */
  readonly progress: number | undefined;
  /** When its owner took it back although it was made. */
  readonly recalledAt: number | undefined;
}

/** How slowly things go. */
export interface Pace {
  /** What the vendor usually takes for a film like this. */
  readonly typicalSeconds: number;
  /** 0: as fast as it is made; 1: as slow as the vendor. */
  readonly scale: number;
}

/** What is shown of it. */
export interface ShownState {
  readonly state: State;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly progress: number | undefined;
  /** Its films may be seen. */
  readonly open: boolean;
}

/** Of the whole time, this share is spent in the line. States between the line and the end that a dialect has may divide the rest. */
export const queuedShare = 0.1;

/** Progress of what is made and not shown yet. */
const mostProgress = 0.99;

/** Something of a generation that its events tell: that it came to a state, or how much of it is done, 0 to 1. */
export type Told = { readonly state: State } | { readonly share: number };

/**
 * From when on such a thing may be told, so that nobody learns from events what is not shown yet. `happenedAt`: when it did. Undefined: never, as
 * its owner took it back before.
 */
export function toldFrom(
  told: Told,
  truth: Pick<TrueState, 'state' | 'createdAt' | 'recalledAt'>,
  { typicalSeconds, scale }: Pace,
  happenedAt: number,
): number | undefined {
  const whole = typicalSeconds * scale * 1000;
  const at = Math.max(happenedAt, truth.createdAt + whole * shareOfTime(told));
  if (truth.recalledAt !== undefined) return at < truth.recalledAt ? at : undefined;
  // Nobody waits for bad news.
  return stateTable[truth.state].terminal && truth.state !== 'done' ? happenedAt : at;
}

/** How much of the usual time is over when it is told. */
function shareOfTime(told: Told): number {
  if ('share' in told) return queuedShare + Math.min(1, Math.max(0, told.share)) * (1 - queuedShare);
  if (told.state === 'done') return 1;
  const early = told.state === 'preparing' || told.state === 'queued' || told.state === 'cancelling';
  return early || stateTable[told.state].terminal ? 0 : queuedShare;
}

/**
 * What is shown at a moment: waiting, then running, then the end, none of it before the vendor would be there, and none before it is true. A
 * failure, and what was cancelled, is shown at once.
 */
export function shownState(truth: TrueState, { typicalSeconds, scale }: Pace, now: number): ShownState {
  const { state, createdAt, recalledAt } = truth;
  if (recalledAt !== undefined)
    return { state: 'cancelled', startedAt: undefined, finishedAt: recalledAt, progress: undefined, open: false };
  const whole = typicalSeconds * scale * 1000;
  const { startedAt, finishedAt, progress } = truth;
  const early = stateTable[state].terminal && state !== 'done';
  if (whole === 0 || early) return { state, startedAt, finishedAt, progress, open: state === 'done' };
  const begins = createdAt + whole * queuedShare;
  const ends = createdAt + whole;
  const waits = state === 'preparing' || state === 'queued';
  if (waits || now < begins)
    return {
      state: state === 'preparing' ? state : 'queued',
      startedAt: undefined,
      finishedAt: undefined,
      progress: waits ? progress : 0,
      open: false,
    };
  const started = Math.max(startedAt ?? begins, begins);
  if (now >= ends && state === 'done')
    return { state, startedAt: started, finishedAt: Math.max(finishedAt ?? ends, ends), progress, open: true };
  const elapsed = Math.min(mostProgress, Math.max(0, (now - begins) / (ends - begins)));
  return {
    // What was stopped, or waits for evidence, says so itself.
    state: state === 'done' ? 'running' : state,
    startedAt: started,
    finishedAt: undefined,
    progress: state === 'done' ? elapsed : Math.min(elapsed, progress ?? elapsed),
    open: false,
  };
}
