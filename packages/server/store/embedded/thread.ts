import { Worker } from 'node:worker_threads';
import { bareEnvironment } from '../../processes/bare-environment.ts';
import type { FromDatabase, ToDatabase } from './messages.ts';

/** The database's C code recurses on this stack: nested JSON as deep as `JSON.stringify` can write needs more than Node's 4 MB. */
const stackMegabytes = 16;

/** Hears of a thread. */
export interface ThreadListener {
  onMessage(message: FromDatabase): void;
  /** It is gone and its folder is free. `reason` says why where it ended by itself. */
  onExit(reason: string): void;
}

/** The thread of an embedded database. */
export interface DatabaseThread {
  /** What it said before is told then: it may be ready sooner than what works on it. */
  listen(listener: ThreadListener): void;
  post(message: ToDatabase): void;
  /** Ends it at once. */
  stop(): Promise<void>;
  ref(): void;
  unref(): void;
}

/** Starts the database in `folder`, which answers once it has recovered. */
export function startThread(folder: string): DatabaseThread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { folder },
    resourceLimits: { stackSizeMb: stackMegabytes },
    env: bareEnvironment(),
  });
  const early: ((to: ThreadListener) => void)[] = [];
  let listener: ThreadListener | undefined;
  const tell = (happened: (to: ThreadListener) => void) => {
    if (listener === undefined) early.push(happened);
    else happened(listener);
  };
  let reason = 'without a word';
  worker.on('message', (message: FromDatabase) => {
    if (message.kind === 'broken') reason = message.reason;
    else tell(({ onMessage }) => onMessage(message));
  });
  worker.on('error', (error) => {
    reason = String(error);
  });
  worker.on('exit', () => tell(({ onExit }) => onExit(reason)));
  return {
    listen(to) {
      listener = to;
      for (const happened of early.splice(0)) happened(to);
    },
    post: (message) => worker.postMessage(message, typeof message === 'string' ? [] : [message.buffer as ArrayBuffer]),
    stop: async () => void (await worker.terminate()),
    ref: () => worker.ref(),
    unref: () => worker.unref(),
  };
}
