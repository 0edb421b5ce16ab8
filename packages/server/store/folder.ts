import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder, lockName } from './folder-lock.ts';
import { makeFolder } from './make-folder.ts';
import { diskFull, errorCode, isDiskFull, StoreError } from './store-error.ts';
import { writeWhole } from './write-whole.ts';

/** What the layout of a folder is called; raised when an older program could no longer read it. */
export const folderFormat = 1;

/** Everything of the embedded default lies in one folder. */
export const folderNames = {
  format: 'format.json',
  database: 'database',
  files: 'files',
  /** What is not stored yet; emptied at start. */
  work: 'work',
  lock: lockName,
  /** There while the database is made for the first time: what lies beside it was never used and is made anew. */
  unfinished: 'unfinished',
} as const;

/** A folder that this process holds. */
export interface Folder {
  readonly path: string;
  /** Where the embedded database lies. */
  readonly database: string;
  /** Says that the first start succeeded: from now on the folder must open. */
  finish(): void;
  close(): void;
}

/**
 * Takes a folder, which is made if there is none. @throws StoreError `folder_in_use`, `folder_newer`, `folder_corrupt` or
 * `folder_unusable` (it cannot be written).
 */
export function openFolder(path: string): Folder {
  let unlock: () => void;
  try {
    makeWritable(path);
    unlock = lockFolder(path);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw isDiskFull(error) ? diskFull(path, error) : unusable(path, error);
  }
  try {
    return takeFolder(path, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function takeFolder(path: string, unlock: () => void): Folder {
  const place = (name: keyof typeof folderNames) => join(path, folderNames[name]);
  const made = existsSync(place('format'));
  if (made) {
    readFormat(path, place('format'));
    rmSync(place('unfinished'), { force: true });
    if (!existsSync(join(place('database'), 'PG_VERSION'))) throw corrupt(path, `"${place('database')}" is missing`);
  } else {
    if (!existsSync(place('unfinished')) && existsSync(place('database')))
      throw corrupt(path, `"${place('format')}" is missing`);
    writeFileSync(place('unfinished'), '');
    rmSync(place('database'), { recursive: true, force: true });
    mkdirSync(place('database'), { mode: 0o700 });
  }
  return {
    path,
    database: place('database'),
    finish() {
      if (made) return;
      writeWhole(place('format'), `${JSON.stringify({ format: folderFormat })}\n`);
      rmSync(place('unfinished'));
    },
    close: unlock,
  };
}

function readFormat(path: string, file: string): void {
  let format: unknown;
  try {
    format = (JSON.parse(readFileSync(file, 'utf8')) as { format?: unknown }).format;
  } catch (error) {
    throw corrupt(path, `"${file}" cannot be read`, error);
  }
  if (!Number.isInteger(format) || (format as number) < 1) throw corrupt(path, `"${file}" names no format`);
  if ((format as number) > folderFormat)
    throw new StoreError(
      'folder_newer',
      path,
      `"${path}" was written by a newer Refreel (format ${format}; this one reads ${folderFormat}). Update Refreel, or restore a backup of before.`,
    );
}

/** Makes a folder that files are written into, where there is none. @throws StoreError `folder_unusable` or `disk_full` */
export function makeWritable(path: string): void {
  try {
    makeFolder(path);
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw isDiskFull(error) ? diskFull(path, error) : unusable(path, error);
  }
}

/** A folder that this user cannot have, and what to do. */
function unusable(path: string, cause: unknown): StoreError {
  return new StoreError(
    'folder_unusable',
    path,
    `"${path}" cannot be written: ${errorCode(cause) ?? cause}. Name a folder that this user may write (REFREEL_DATA).`,
    { cause },
  );
}

/** A folder that does not open, and what to do. */
export function corrupt(path: string, what: string, cause?: unknown): StoreError {
  return new StoreError(
    'folder_corrupt',
    path,
    `"${path}" is damaged: ${what}. Keep a copy of the folder, then restore the last backup into a new one (refreel restore).`,
    { cause },
  );
}
