import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, type Release, releaseAttempts } from '../store/index.ts';

/** What ends within it is written together. */
const momentMilliseconds = 10;

/**
 * Gives attempts back: all that come in the same moment by one statement and one commit, so that thousands a second are dozens. Rejects for all of
 * them where it could not be written; their leases let go of them then.
 */
export function gatherReleases(connection: Connection): (release: Release) => Promise<void> {
  let waiting: Release[] = [];
  let writing: Promise<void> | undefined;
  const write = async () => {
    await pause(momentMilliseconds);
    const all = waiting;
    waiting = [];
    writing = undefined;
    await releaseAttempts(connection, all);
  };
  return (release) => {
    waiting.push(release);
    writing ??= write();
    return writing;
  };
}
