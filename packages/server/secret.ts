import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError, syncDirectory } from './store/index.ts';

/** The name of the secret's file in the data folder. Backups take it along, so that what was signed stays good. */
export const secretName = 'secret';

/**
 * The secret of a data folder, which is made at its first start: 256 random bits. Of several processes that start at once on one folder
 * the first one's holds. @throws StoreError where the file is there and holds no secret.
 */
export function openSecret(folder: string): string {
  const path = join(folder, secretName);
  return readSecret(path) ?? makeSecret(path, folder);
}

/** The same where it was made; undefined where it was not. */
export function findSecret(folder: string): string | undefined {
  return readSecret(join(folder, secretName));
}

function readSecret(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StoreError(
      'folder_unusable',
      path,
      `"${path}" cannot be read: ${(error as NodeJS.ErrnoException).code}.`,
      {
        cause: error,
      },
    );
  }
  const secret = text.trim();
  // Written whole or not at all: anything else was changed by hand, and must not be signed with.
  if (/^[\w-]{43}$/.test(secret)) return secret;
  throw new StoreError(
    'folder_corrupt',
    path,
    `"${path}" holds no secret. Restore it from a backup; or remove it, and a new one is made: signed addresses and browsers' sessions of before end.`,
  );
}

function makeSecret(path: string, folder: string): string {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.partial`;
  try {
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(descriptor, `${randomBytes(32).toString('base64url')}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    // A link, unlike a renaming, never replaces what another process has put there meanwhile.
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  syncDirectory(folder);
  return readSecret(path)!;
}
