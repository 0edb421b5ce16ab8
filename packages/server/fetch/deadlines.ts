import { FetchRefused } from './refusal.ts';

/** The two clocks of a fetch. */
export interface Deadlines {
  /** Aborted when a clock runs out (its reason is a `FetchRefused`) or the caller aborts (its reason is the caller's). */
  readonly signal: AbortSignal;
  /** Something arrived: the idle clock starts again. */
  progress(): void;
  /** Waits for something that cannot be stopped, a name service say, no longer than the clocks allow. */
  hold<Value>(waiting: Promise<Value>): Promise<Value>;
  end(): void;
}

export function openDeadlines(
  limits: { readonly totalSeconds: number; readonly idleSeconds: number },
  outer?: AbortSignal,
): Deadlines {
  const controller = new AbortController();
  const { signal } = controller;
  const runOut = (found: string, seconds: number) =>
    setTimeout(
      () => controller.abort(new FetchRefused({ code: 'timeout', unit: 'seconds', limit: seconds, found })),
      seconds * 1000,
    );
  const total = runOut('unfinished', limits.totalSeconds);
  const idle = runOut('idle', limits.idleSeconds);
  const giveUp = () => controller.abort(outer?.reason);
  if (outer?.aborted) giveUp();
  outer?.addEventListener('abort', giveUp, { once: true });
  return {
    signal,
    progress: () => idle.refresh(),
    hold(waiting) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        const stop = () => reject(signal.reason);
        signal.addEventListener('abort', stop, { once: true });
        waiting.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
      });
    },
    end() {
      clearTimeout(total);
      clearTimeout(idle);
      outer?.removeEventListener('abort', giveUp);
    },
  };
}
