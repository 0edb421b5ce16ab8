import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../processes/temporary-folder.ts';

/** A folder of this process for what is not stored yet. */
export interface WorkFolder {
  /** A path that nothing has. */
  file(ending?: string): string;
  remove(): Promise<void>;
}

/** Takes a folder, or makes one among the system's temporary ones. A folder that is named is of this process alone: what an earlier one left goes. */
export async function openWorkFolder(named?: string): Promise<WorkFolder> {
  let folder = named;
  if (folder === undefined) folder = await makeTemporaryFolder('work');
  else {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  return {
    file: (ending = '') => join(folder, `${randomUUID()}${ending}`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
