import { constants } from 'node:os';

/** Whether somebody asked this process to end. */
export interface Cancellation {
  /** Exit code of a process that ended by the signal, which is 130 for Ctrl-C; undefined while nobody asked. */
  exitCode(): number | undefined;
  /** Lets signals end the process at once again. */
  release(): void;
}

/** A terminal signals every process of a command, and a launcher passes its own on: what comes within this time is one wish. */
const sameWishMilliseconds = 1_000;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls `stop` at the first signal, which then has to bring the work to its end; a later one ends the process at once. */
export function watchCancellation(stop: () => void): Cancellation {
  let asked: { code: number; at: number } | undefined;
  const onSignal = (signal: (typeof signals)[number]) => {
    const now = performance.now();
    if (asked === undefined) {
      asked = { code: 128 + constants.signals[signal], at: now };
      stop();
    } else if (now - asked.at > sameWishMilliseconds) {
      process.exit(asked.code);
    }
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    exitCode: () => asked?.code,
    release() {
      for (const signal of signals) process.removeListener(signal, onSignal);
    },
  };
}
