import { type Claim, type Connection, type Json, renewAttempt } from '../store/index.ts';

/** Why work on an attempt stops before its end. */
export type StopReason = 'cancelled' | 'lost' | 'closing';

/** The hold on an attempt while it is worked on. */
export interface Lease {
  /** Aborted with a `Stopped` when the work must stop. */
  readonly signal: AbortSignal;
  /** Tells how far it is; only the newest of what comes within a quarter of a second is written. */
  progress(progress: Json): void;
  /** Looks at once whether the attempt was cancelled. */
  look(): void;
  stop(reason: StopReason): void;
  /** No more is written after it. */
  end(): Promise<void>;
}

/** The reason of a lease's signal. */
export class Stopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`the work was stopped: ${reason}`);
    this.name = 'Stopped';
    this.reason = reason;
  }
}

export interface LeaseOptions {
  readonly connection: Connection;
  readonly leaseSeconds: number;
  readonly onProgress: () => void;
  /** A renewal failed; it is tried again as long as the lease may still hold. */
  readonly onError: (error: unknown) => void;
}

/** Least time between two reports, so that a film is no stream of its own. */
const reportMilliseconds = 250;

/** Renews a claim until it ends, a third of its time before it would. */
export function holdLease(claim: Claim, { connection, leaseSeconds, onProgress, onError }: LeaseOptions): Lease {
  const controller = new AbortController();
  const stop = (reason: StopReason) => controller.abort(new Stopped(reason));
  let told: Json | undefined;
  let reported = 0;
  let renewedAt = performance.now();
  let running: Promise<void> | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let ended = false;

  const renew = async (): Promise<void> => {
    const progress = told;
    told = undefined;
    const began = performance.now();
    try {
      const state = await renewAttempt(connection, claim, leaseSeconds, progress);
      if (state === undefined) return stop('lost');
      renewedAt = began;
      if (state === 'cancelling') return stop('cancelled');
      if (progress !== undefined) onProgress();
    } catch (error) {
      onError(error);
      // Another worker has it by now; what is made here would be thrown away.
      if (performance.now() - renewedAt > leaseSeconds * 1000) stop('lost');
    }
  };
  const start = () => {
    if (ended || running !== undefined) return;
    running = renew().finally(() => {
      running = undefined;
      if (told !== undefined) report();
    });
  };
  const report = () => {
    if (ended || waiting !== undefined) return;
    const wait = Math.max(0, reported + reportMilliseconds - performance.now());
    waiting = setTimeout(() => {
      waiting = undefined;
      reported = performance.now();
      start();
    }, wait);
  };
  const beat = setInterval(start, (leaseSeconds * 1000) / 3);

  return {
    signal: controller.signal,
    progress(progress) {
      told = progress;
      report();
    },
    look() {
      // What is running may have read the row before it was changed.
      if (running === undefined) start();
      else void running.then(start);
    },
    stop,
    async end() {
      ended = true;
      clearInterval(beat);
      clearTimeout(waiting);
      await running;
    },
  };
}
