import { openConnection, patienceMilliseconds } from './connect.ts';
import { type Database, type DatabaseOptions, withMaintenance } from './database.ts';
import { connectEmbedded } from './embedded/stream.ts';
import { type DatabaseThread, startThread } from './embedded/thread.ts';
import { corrupt, type Folder } from './folder.ts';
import { releaseFormerProcess } from './former-process.ts';
import { checkpointEvery, maintainEmbedded } from './maintenance.ts';
import { migrate } from './migrate.ts';
import { openPool } from './pool.ts';
import { diskFull, isDiskFull, StoreError } from './store-error.ts';
import { sweepRows } from './sweep-rows.ts';

/** A folder that is held, and the thread of its database, which may still be starting. */
export interface StartedEmbedded {
  readonly folder: Folder;
  readonly thread: DatabaseThread;
}

/** Opens the embedded database of a folder. @throws StoreError; the folder is free then */
export async function openEmbedded({ folder, thread }: StartedEmbedded, options: DatabaseOptions): Promise<Database> {
  let first: DatabaseThread | undefined = thread;
  let threads = 0;
  let onFree = () => {};
  const pool = openPool({
    stream: () => {
      threads += 1;
      // One that broke is followed by another, which recovers from the log.
      const next = first ?? startThread(folder.database);
      first = undefined;
      return connectEmbedded(next, folder.database, () => {
        threads -= 1;
        if (threads === 0) onFree();
      });
    },
    user: 'postgres',
    database: 'postgres',
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: patienceMilliseconds,
  });
  const connection = openConnection(pool);
  const free = async () => {
    await connection.destroy();
    await first?.stop();
    await new Promise<void>((resolve) => {
      if (threads === 0) resolve();
      else onFree = resolve;
    });
    folder.close();
  };
  try {
    if (options.asItIs !== true) await migrate(connection, options.steps);
    // The lock on the folder proves that nobody else is at it.
    if (options.asItIs !== true && options.steps === undefined) await releaseFormerProcess(connection);
    folder.finish();
  } catch (error) {
    await free();
    throw explainFailure(folder, error);
  }
  const checkpoint = checkpointEvery(connection);
  return withMaintenance({
    kind: 'embedded',
    connection,
    options,
    close: free,
    maintain: async () => {
      await sweepRows(connection);
      await maintainEmbedded(connection);
      await checkpoint();
    },
  });
}

function explainFailure(folder: Folder, error: unknown): unknown {
  if (error instanceof StoreError) return error;
  return isDiskFull(error) ? diskFull(folder.path, error) : corrupt(folder.path, 'its database does not start', error);
}
