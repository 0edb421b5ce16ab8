import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes the names in a directory last. Windows cannot open a directory, and keeps names in its journal. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
