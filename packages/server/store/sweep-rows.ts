import { sql } from 'kysely';
import type { Connection } from './connection.ts';

/** Events are kept this long: a stream that was away for longer reads the generations themselves. */
const eventDays = 7;

/** Rows of one statement, so that none holds up the others for long. */
const batch = 5_000;

/** Deletes what has expired, of every workspace: answers kept for repeated requests, and old events. */
export async function sweepRows(connection: Connection): Promise<void> {
  for (let deleted = batch; deleted === batch; ) {
    // every workspace: expiry does not depend on the owner
    const { numAffectedRows = 0n } = await sql`
      delete from idempotency where (workspace_id, dialect, key) in (
        select workspace_id, dialect, key from idempotency where expires_at < now() limit ${batch})
    `.execute(connection);
    deleted = Number(numAffectedRows);
  }
  for (let deleted = batch; deleted === batch; ) {
    // every workspace: age does not depend on the owner
    const { numAffectedRows = 0n } = await sql`
      delete from events where (workspace_id, id) in (
        select workspace_id, id from events where at < now() - make_interval(days => ${eventDays}::int) limit ${batch})
    `.execute(connection);
    deleted = Number(numAffectedRows);
  }
}
