import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { errorCode, StoreError } from './store-error.ts';

/** The name of the file that holds the lock. */
export const lockName = 'lock.sqlite';

/** SQLite's number for "another one holds it". */
const busy = 5;

/**
 * Takes a folder for this process until the returned function is called or the process dies, however it dies. Held by the transaction of a
 * tiny SQLite file: the system lets it go with the process, so no stale lock is ever left behind.
 * @throws StoreError `folder_in_use`.
 */
export function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, lockName), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (errorCode(error) !== 'ERR_SQLITE_ERROR' || (error as { errcode?: number }).errcode !== busy) throw error;
    throw new StoreError(
      'folder_in_use',
      folder,
      `Another process uses "${folder}". Stop it first, or give this one a folder of its own (REFREEL_DATA).`,
    );
  }
  return () => lock.close();
}
