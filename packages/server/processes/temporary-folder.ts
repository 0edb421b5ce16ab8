import { createHash } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

let swept = false;

/**
 * Makes a folder among the system's temporary ones. Its name tells the process that it is of, so that the next one takes it away where this one
 * was killed before it could.
 */
export async function makeTemporaryFolder(kind: string): Promise<string> {
  if (!swept) {
    swept = true;
    // Nobody waits for it, and what cannot be removed stays.
    void sweepTemporaryFolders().catch(() => {});
  }
  return await mkdtemp(join(tmpdir(), `refreel-${kind}-${place()}-${process.pid}-`));
}

/** Removes what processes of ours left that are dead. Numbers of other machines' or containers' processes say nothing here. */
export async function sweepTemporaryFolders(within = tmpdir()): Promise<void> {
  for (const name of await readdir(within)) {
    const [, where, pid] = /^refreel-[a-z]+-([\da-f]{8})-(\d{1,10})-\w{6}$/.exec(name) ?? [];
    if (where !== place() || isAlive(Number(pid))) continue;
    const path = join(within, name);
    const found = await lstat(path).catch(() => undefined);
    // Another user's is no business of ours, nor is a link that only looks like one of ours.
    if (found?.isDirectory() === true && (process.getuid === undefined || found.uid === process.getuid()))
      await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

let ownPlace: string | undefined;

/** Where numbers of processes mean the same: a machine, or a container of it. */
function place(): string {
  ownPlace ??= createHash('sha256').update(`${hostname()} ${processSpace()}`).digest('hex').slice(0, 8);
  return ownPlace;
}

function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    // Only Linux has several.
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
