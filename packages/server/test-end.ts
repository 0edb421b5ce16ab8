import { type Connection, claimAttempts, moveAttempt } from './store/index.ts';

/** Ends everything that waits, as a worker does, with nothing drawn: with a film each, or refused by moderation. How many these were. */
export async function endWaiting(connection: Connection, made: boolean): Promise<number> {
  const claimed = await claimAttempts(connection, {
    ...({ worker: 'test', producer: 'animatic', limit: 100, leaseSeconds: 60 } as const),
  });
  for (const { claim } of claimed) {
    await moveAttempt(connection, claim, 'running');
    await moveAttempt(connection, claim, 'fetching');
    const film = { index: claim.index, sha256: 'f'.repeat(64), mediaType: 'video/mp4', bytes: 9, facts: {} };
    const problems = [{ code: 'moderation_blocked', path: '', values: {} }] as const;
    await moveAttempt(connection, claim, made ? 'done' : 'failed', made ? { films: [film] } : { problems });
  }
  return claimed.length;
}
