/** Resolves after the milliseconds; rejects with the signal's reason as soon as it is aborted. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** A clock that runs out unless it is set back, for whatever must not stay silent. */
export interface Patience {
  /** Aborted when it has run out, or the outer signal is. */
  readonly signal: AbortSignal;
  /** Whether it ran out by itself. */
  over(): boolean;
  /** Starts again; 0 waits for ever. */
  reset(seconds: number): void;
  end(): void;
}

/** Starts a patience that also ends with the outer signal. */
export function openPatience(seconds: number, outer?: AbortSignal): Patience {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  const onAbort = () => controller.abort(outer!.reason);
  if (outer?.aborted) onAbort();
  else outer?.addEventListener('abort', onAbort, { once: true });
  const reset = (next: number) => {
    clearTimeout(timer);
    if (next === 0 || controller.signal.aborted) return;
    timer = setTimeout(() => {
      over = true;
      controller.abort(new Error(`silent for ${next} s`));
    }, next * 1000);
  };
  reset(seconds);
  return {
    signal: controller.signal,
    over: () => over,
    reset,
    end() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', onAbort);
    },
  };
}
