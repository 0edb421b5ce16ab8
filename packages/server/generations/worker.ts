import { type Problem, problem, Refusal, stateTable } from '@refreel/core/model';
import { fullDisk } from '../assets/index.ts';
import {
  type Claim,
  type ClaimedAttempt,
  claimAttempts,
  isDiskFull,
  moveAttempt,
  releaseAttempt,
  StoreError,
  secondsUntilDue,
  type WorkspaceId,
} from '../store/index.ts';
import { type DrawingRoom, drawAttempt } from './draw.ts';
import { holdLease, type Lease, type Stopped, type StopReason } from './lease.ts';
import { lookAgainSeconds, prepareAttempt, timesBegun } from './prepare.ts';
import { failed, type Step } from './prepared.ts';
import type { Watch } from './watch.ts';
import { type Looking, startWorkLoop, type Job as WorkJob, type WorkLoop } from './work-loop.ts';

export interface WorkerOptions {
  readonly room: DrawingRoom;
  /** Name of this worker, for people. */
  readonly name: string;
  /** Films that are drawn at the same time. */
  readonly renders: number;
  /** Requests whose media are fetched at the same time, a quarter of them of one workspace: that waits for others' servers, so it takes no slot. */
  readonly preparations: number;
  readonly leaseSeconds: number;
  /** Between two looks for work that another process accepted. */
  readonly idleSeconds: number;
  readonly watch: Watch;
  /** What was asked to go wrong with a life. */
  readonly spoil: (faults: readonly string[]) => 'stuck' | Problem | undefined;
  /** Something of a workspace has changed. */
  readonly onChange: (workspace: WorkspaceId) => void;
  /** What went wrong and is tried again. */
  readonly onError: (error: unknown) => void;
}

/** Makes the films of whatever is accepted, of every workspace. Closed, it gives back what was not finished. */
export type Worker = Omit<WorkLoop, 'wakeSoon'>;

/** An attempt that was begun so often and never ended brings its process down, so it is not begun again. Its pauses grow to a minute: most of an hour. */
const mostBegun = 60;
const firstPauseSeconds = 0.5;
const longestPauseSeconds = 60;

interface Job extends WorkJob {
  readonly drawing: boolean;
}

export function startWorker(options: WorkerOptions): Worker {
  const { room, name, renders, preparations, leaseSeconds, idleSeconds, watch, spoil, onChange, onError } = options;
  const { connection } = room;
  const jobs = new Set<Job>();

  /** Moves an attempt on. A move that does not happen means that a cancel came first, or that the claim is lost. */
  const move = async ({ claim, request, producer }: ClaimedAttempt, { to, change }: Step): Promise<boolean> => {
    const moved =
      (await moveAttempt(connection, claim, to, change)) ?? (await moveAttempt(connection, claim, 'cancelled'));
    onChange(claim.workspace);
    if (moved !== undefined && stateTable[moved.state].terminal)
      watch.ended({ model: request.model, producer, state: moved.state });
    return moved?.state === to;
  };
  const release = (claim: Claim, dueInSeconds: number | null) => releaseAttempt(connection, claim, { dueInSeconds });

  const prepare = async (attempt: ClaimedAttempt, lease: Lease) => {
    const step = await prepareAttempt(room, attempt, lease.signal);
    if ('to' in step) await move(attempt, step);
    else await release(attempt.claim, step.againInSeconds);
  };
  const draw = async (attempt: ClaimedAttempt, lease: Lease) => {
    const { state } = attempt;
    if (state === 'queued' && !(await move(attempt, { to: 'running', change: {} }))) return;
    const drawn = await drawAttempt(room, attempt, lease.signal, (progress) => lease.progress(progress));
    try {
      lease.signal.throwIfAborted();
      // One that was begun before may be farther already.
      if (state !== 'fetching' && !(await move(attempt, { to: 'fetching', change: {} }))) return;
      const films = await drawn.keep();
      const change = { films, progress: { share: 1 }, billed: 'no' } as const;
      // Nothing may be written after the end, and a cancel that came by now still counts; a server that stops finishes what is stored.
      await lease.end();
      if (whyStopped(lease) === 'cancelled') throw lease.signal.reason;
      await move(attempt, { to: 'done', change });
    } finally {
      await drawn.discard();
    }
  };

  const watched = async (attempt: ClaimedAttempt, lease: Lease) => {
    const over = watch.draws(attempt.request.model);
    await draw(attempt, lease).finally(over);
  };

  /** Nothing is drawn for what is not to be seen. What is stuck waits for a cancel. */
  const end = async (attempt: ClaimedAttempt, life: 'stuck' | Problem) => {
    if (attempt.state === 'queued' && !(await move(attempt, { to: 'running', change: {} }))) return;
    if (life === 'stuck') await release(attempt.claim, null);
    else await move(attempt, failed([life]));
  };

  const run = async (attempt: ClaimedAttempt, lease: Lease): Promise<void> => {
    const { state } = attempt;
    const life = state === 'preparing' ? undefined : spoil(attempt.faults);
    try {
      if (state === 'cancelling') await move(attempt, { to: 'cancelled', change: {} });
      else if (life !== undefined) await end(attempt, life);
      else if (timesBegun(attempt) > mostBegun) await move(attempt, failed([givenUp(timesBegun(attempt) - 1)]));
      else if (state === 'preparing') await prepare(attempt, lease);
      else await watched(attempt, lease);
    } catch (error) {
      await recover(attempt, lease, error);
    }
  };
  const recover = async (attempt: ClaimedAttempt, lease: Lease, error: unknown): Promise<void> => {
    const { claim } = attempt;
    const why = whyStopped(lease);
    if (why === 'lost') return;
    if (why === 'closing') return void (await release(claim, 0));
    if (why === 'cancelled') return void (await move(attempt, { to: 'cancelled', change: { billed: 'no' } }));
    if (error instanceof Refusal && error.problems.length > 0)
      return void (await move(attempt, failed(error.problems)));
    onError(error);
    if (isDiskFull(error)) return void (await move(attempt, failed([fullDisk('film')])));
    // No later try would find other bytes.
    if (error instanceof StoreError && error.code === 'folder_corrupt')
      return void (await move(attempt, failed([problem('store_damaged', '', { found: error.place })])));
    // The store was away, or a fault of ours: once more, a little later each time.
    await release(claim, Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** (timesBegun(attempt) - 1)));
  };

  const begin = (attempt: ClaimedAttempt) => {
    const { claim } = attempt;
    const lease = holdLease(claim, {
      connection,
      leaseSeconds,
      onError,
      onProgress: () => onChange(claim.workspace),
    });
    const end = run(attempt, lease)
      // What cannot even be written down is taken up again when its lease is over.
      .catch(onError)
      .then(() => lease.end())
      .then(() => {
        jobs.delete(job);
        loop.wake();
      });
    const job: Job = { claim, lease, drawing: attempt.state !== 'preparing', end };
    jobs.add(job);
  };

  /** Slow addresses of one workspace hold up its own preparations, not everybody's, and no drawing at all. */
  const hasLane = (workspace: WorkspaceId): boolean => {
    const preparing = [...jobs].filter(({ drawing }) => !drawing);
    const own = preparing.filter(({ claim }) => claim.workspace === workspace);
    return preparing.length < preparations && own.length < Math.ceil(preparations / 4);
  };
  const look = async (looking: Looking): Promise<number> => {
    const limit = renders - [...jobs].filter((job) => job.drawing).length;
    if (limit <= 0) return idleSeconds;
    const claimed = await claimAttempts(connection, { worker: name, producer: 'animatic', limit, leaseSeconds });
    for (const attempt of claimed) {
      const { claim, claims, state } = attempt;
      if (looking.closing) await release(claim, 0);
      else if (state === 'preparing' && !hasLane(claim.workspace)) await release(claim, lookAgainSeconds(claims));
      else begin(attempt);
    }
    if (claimed.length === limit) return 0;
    return Math.min(idleSeconds, (await secondsUntilDue(connection, { producer: 'animatic' })) ?? idleSeconds);
  };
  const loop = startWorkLoop({ look, jobs, idleSeconds, onError });
  return loop;
}

function whyStopped({ signal }: Lease): StopReason | undefined {
  return signal.aborted ? (signal.reason as Stopped).reason : undefined;
}

function givenUp(times: number) {
  const found = { en: `it was begun ${times} times and never ended`, zh: `已尝试 ${times} 次，均未完成` };
  return problem('render_failed', '', { found });
}
