import { statfsSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { bareEnvironment } from '../../processes/bare-environment.ts';
import type { FromDatabase, ToDatabase } from './messages.ts';

/** The database's C code recurses on this stack: nested JSON as deep as `JSON.stringify` can write needs more than Node's 4 MB. */
const stackMegabytes = 16;

/** A segment of the database's log: it cannot go on with less room than that. */
const segmentBytes = 16 * 1024 * 1024;

/** The thread of the database ended by itself. The code is "ENOSPC" where its disk has no room left. */
export class DatabaseEnded extends Error {
  readonly code: 'DATABASE_ENDED' | 'ENOSPC';

  constructor(reason: string, folder: string) {
    super(`the embedded database ended: ${reason}`);
    this.name = 'DatabaseEnded';
    const { bavail, bsize } = statfsSync(folder);
    this.code = bavail * bsize < segmentBytes ? 'ENOSPC' : 'DATABASE_ENDED';
  }
}

/**
 * A connection to the embedded database in `folder`, as a socket would be to PostgreSQL: `pg` speaks its protocol over it, so both
 * kinds are read by one client. Connecting starts the database in a thread of its own; ending the stream closes it. `onClosed` is
 * called when the thread has gone and the folder is free.
 */
export function connectEmbedded(folder: string, onClosed: () => void): Duplex {
  let worker: Worker | undefined;
  let reason = 'without a word';
  let ended: ((error?: Error | null) => void) | undefined;
  const send = (bytes: Uint8Array) => {
    // A copy: what `pg` writes may lie in a buffer that it uses again.
    const message = new Uint8Array(bytes);
    worker?.postMessage(message satisfies ToDatabase, [message.buffer]);
  };

  const stream = new Duplex({
    read() {},
    write(chunk: Uint8Array, _encoding, done) {
      send(chunk);
      done();
    },
    writev(chunks, done) {
      send(Buffer.concat(chunks.map(({ chunk }) => chunk as Uint8Array)));
      done();
    },
    final(done) {
      if (worker === undefined) return done();
      ended = done;
      worker.postMessage('close' satisfies ToDatabase);
    },
    destroy(error, done) {
      if (worker === undefined) return done(error);
      worker.terminate().then(() => done(error), done);
    },
  });

  const start = () => {
    worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { folder },
      resourceLimits: { stackSizeMb: stackMegabytes },
      env: bareEnvironment(),
    });
    worker.on('message', (message: FromDatabase) => {
      if (message.kind === 'bytes') stream.push(Buffer.from(message.bytes.buffer));
      else if (message.kind === 'ready') stream.emit('connect');
      else if (message.kind === 'broken') reason = message.reason;
      else stream.push(null);
    });
    worker.on('error', (error) => {
      reason = String(error);
    });
    worker.on('exit', () => {
      worker = undefined;
      onClosed();
      if (ended === undefined) stream.destroy(new DatabaseEnded(reason, folder));
      else ended();
    });
    return stream;
  };
  // What `pg` asks of a socket beyond a stream.
  return Object.assign(stream, {
    connect: start,
    setNoDelay: () => stream,
    setKeepAlive: () => stream,
    ref: () => worker?.ref(),
    unref: () => worker?.unref(),
  });
}
