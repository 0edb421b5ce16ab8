import { statfsSync } from 'node:fs';
import { Duplex } from 'node:stream';
import type { DatabaseThread } from './thread.ts';

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
 * kinds are read by one client. Ending the stream closes the database. `onClosed` is called when the thread has gone and the folder is free.
 */
export function connectEmbedded(thread: DatabaseThread, folder: string, onClosed: () => void): Duplex {
  let alive = true;
  let ended: ((error?: Error | null) => void) | undefined;
  // A copy: what `pg` writes may lie in a buffer that it uses again.
  const send = (bytes: Uint8Array) => thread.post(new Uint8Array(bytes));

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
      if (!alive) return done();
      ended = done;
      thread.post('close');
    },
    destroy(error, done) {
      if (!alive) return done(error);
      thread.stop().then(() => done(error), done);
    },
  });

  const listen = () =>
    thread.listen({
      onMessage(message) {
        if (message.kind === 'bytes') stream.push(Buffer.from(message.bytes.buffer));
        else if (message.kind === 'ready') stream.emit('connect');
        else stream.push(null);
      },
      onExit(reason) {
        alive = false;
        onClosed();
        if (ended === undefined) stream.destroy(new DatabaseEnded(reason, folder));
        else ended();
      },
    });
  // What `pg` asks of a socket beyond a stream. It listens to it once it has asked it to connect.
  return Object.assign(stream, {
    connect() {
      setImmediate(listen);
      return stream;
    },
    setNoDelay: () => stream,
    setKeepAlive: () => stream,
    ref: () => thread.ref(),
    unref: () => thread.unref(),
  });
}
