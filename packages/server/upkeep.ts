import { type Database, type Files, namedHashes } from './store/index.ts';

/** What is done now and then while a server serves. */
export interface Upkeep {
  /** Waits for what is being done. */
  close(): Promise<void>;
}

export interface UpkeepOptions {
  readonly database: Database;
  readonly files: Files;
  readonly onError: (error: unknown) => void;
  /** Before the first sweep of files: a start has better things to do. Default 60. */
  readonly firstSeconds?: number;
  /** Between two. Default an hour, which is also how old a file must be to go. */
  readonly everySeconds?: number;
}

/** Sweeps away files that no row names: a server that was killed leaves what it had stored and not written down yet. */
export function startUpkeep({ database, files, onError, ...times }: UpkeepOptions): Upkeep {
  const { firstSeconds = 60, everySeconds = 3600 } = times;
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout;
  let closed = false;
  const sweepIn = (seconds: number) => {
    if (closed) return;
    timer = setTimeout(() => {
      running = files
        .sweep((hashes) => namedHashes(database.connection, hashes))
        .catch(onError)
        .then(() => sweepIn(everySeconds));
    }, seconds * 1000);
    timer.unref();
  };
  sweepIn(firstSeconds);
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
