import type { Claim } from '../store/index.ts';
import type { Lease } from './lease.ts';

/** Something that is at work under a lease. */
export interface Job {
  readonly claim: Claim;
  readonly lease: Lease;
  readonly end: Promise<void>;
}

export interface WorkLoopOptions<Kind extends Job> {
  /** Begins what there is room for. The answer: seconds until it looks again by itself. */
  readonly look: (loop: Looking) => Promise<number>;
  /** What is begun and not over. */
  readonly jobs: ReadonlySet<Kind>;
  /** After a look that failed. */
  readonly idleSeconds: number;
  readonly onError: (error: unknown) => void;
}

/** What a look may know of the loop that it is a turn of. */
export interface Looking {
  readonly closing: boolean;
}

/** Looks for work, one look after the other, until it is closed. */
export interface WorkLoop {
  /** There may be work: looks at once. */
  wake(): void;
  /** Something is over, so that there may be room, or work that waited for it: looks in a moment, once for all that end within it. */
  wakeSoon(): void;
  /** A generation was cancelled: what is at it looks at once. */
  cancelled(generationId: string): void;
  /** Takes nothing any more, stops what is begun, and waits for its end. */
  close(): Promise<void>;
}

/** Thousands of jobs a second end; each look is a statement or two. */
const momentMilliseconds = 15;

/** Starts to look. */
export function startWorkLoop<Kind extends Job>(options: WorkLoopOptions<Kind>): WorkLoop {
  const { look, jobs, idleSeconds, onError } = options;
  let closing = false;
  let woken = false;
  let wakeUp = () => {};
  let soon: NodeJS.Timeout | undefined;
  const wake = () => {
    woken = true;
    wakeUp();
  };
  const looking: Looking = {
    get closing() {
      return closing;
    },
  };
  const loop = async () => {
    while (!closing) {
      woken = false;
      const seconds = await look(looking).catch((error: unknown) => {
        onError(error);
        return idleSeconds;
      });
      if (woken || closing) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, seconds * 1000);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const looped = loop();
  return {
    wake,
    wakeSoon() {
      soon ??= setTimeout(() => {
        soon = undefined;
        wake();
      }, momentMilliseconds);
    },
    cancelled(generationId) {
      for (const { claim, lease } of jobs) if (claim.generationId === generationId) lease.look();
      wake();
    },
    async close() {
      closing = true;
      clearTimeout(soon);
      wake();
      await looped;
      for (const { lease } of jobs) lease.stop('closing');
      await Promise.all([...jobs].map(({ end }) => end));
    },
  };
}
