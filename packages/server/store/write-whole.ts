import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncDirectory } from './sync-directory.ts';

/** Writes a small file so that it is either whole, and stays after a power cut, or not there. Several processes may do so at the same time. */
export function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.partial`;
  const descriptor = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
  syncDirectory(dirname(file));
}
