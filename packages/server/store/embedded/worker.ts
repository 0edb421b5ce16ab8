import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import type { FromDatabase, ToDatabase } from './messages.ts';
import { openSyncedFileSystem } from './synced-file-system.ts';
import { unpackTemplate } from './template.ts';

// The thread of the embedded database: it takes the bytes of PostgreSQL's protocol and gives back those of the answers.

const port = parentPort!;
const { folder } = workerData as { folder: string };
const answer = (message: FromDatabase, moved: ArrayBuffer[] = []) => port.postMessage(message, moved);

/** What PGlite throws where C would `longjmp`; anything else that comes out of its loop is the end of it. */
const longJump = 100;

const settings = {
  // The default would call fdatasync, which Emscripten answers without doing anything.
  wal_sync_method: 'fsync',
  shared_buffers: '32MB',
  // Nothing checkpoints by itself here: maintenance does, and keeps this little.
  max_wal_size: '64MB',
  min_wal_size: '32MB',
  jit: 'off',
};

try {
  if (!existsSync(join(folder, 'PG_VERSION'))) unpackTemplate(folder);
  const { fileSystem, syncs } = openSyncedFileSystem(folder);
  const database = await PGlite.create({
    fs: fileSystem,
    startParams: [
      ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
  });
  await proveSync(database, syncs);
  endOnCrash(database);

  port.on('message', async (message: ToDatabase) => {
    if (message === 'close') {
      await database.close();
      answer({ kind: 'closed' });
      return port.close();
    }
    await database.execProtocolRawStream(message, {
      syncToFs: false,
      onRawData: (chunk) => {
        const bytes = chunk.slice();
        answer({ kind: 'bytes', bytes }, [bytes.buffer]);
      },
    });
  });
  answer({ kind: 'ready' });
} catch (error) {
  end(error);
}

/** One commit must have reached the disk: the hook is in, and the settings let it be called. */
async function proveSync(database: PGlite, syncs: () => number): Promise<void> {
  const before = syncs();
  await database.query('select pg_logical_emit_message(true, $1, $2)', ['refreel', 'start']);
  if (syncs() === before)
    throw new Error('a commit made no fsync: this version of PGlite is not the one that was proven');
}

/**
 * A trap inside the database (a full disk under its log, a stack that is used up) would be caught by PGlite and tried again without end.
 * The thread ends instead; the next connection starts another, which recovers from the log.
 */
function endOnCrash(database: PGlite): void {
  const module = database.Module;
  const once = module._PostgresMainLoopOnce;
  module._PostgresMainLoopOnce = () => {
    try {
      once();
    } catch (error) {
      if ((error as { status?: unknown }).status !== longJump) end(error);
      throw error;
    }
  };
}

function end(error: unknown): never {
  answer({ kind: 'broken', reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  process.exit(1);
}
