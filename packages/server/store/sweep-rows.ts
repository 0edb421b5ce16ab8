import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import { deletedDays } from './projects.ts';

/** Events are kept this long: a stream that was away for longer reads the generations themselves. */
const eventDays = 7;

/** Quotes that nobody accepted are known for a day longer than they hold, so that whoever names one late learns why it is refused. */
const quoteDays = 1;

/** Rows of one statement, so that none holds up the others for long. */
const batch = 5_000;

/**
 * Deletes what has expired, of every workspace: answers kept for repeated requests, old events, quotes, sessions that
 * would be over by now, and what was deleted a while ago.
 */
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
  for (let deleted = batch; deleted === batch; ) {
    // every workspace: expiry does not depend on the owner
    const { numAffectedRows = 0n } = await sql`
      delete from quotes where (workspace_id, id) in (
        select workspace_id, id from quotes
        where generation_id is null and expires_at < now() - make_interval(days => ${quoteDays}::int) limit ${batch})
    `.execute(connection);
    deleted = Number(numAffectedRows);
  }
  // every workspace: expiry does not depend on the owner
  await sql`delete from ended_sessions where until < now()`.execute(connection);
  for (let purged = batch; purged === batch; ) {
    // every workspace: what was deleted goes, whoever's it was
    const { rows } = await sql<{ count: number }>`
      with purged as (
        update generations set purged_at = now() where (workspace_id, id) in (
          select workspace_id, id from generations
          where purged_at is null and deleted_at < now() - make_interval(days => ${deletedDays}::int) limit ${batch})
        returning workspace_id, id
      ), gone as (
        delete from films f using purged
        where f.workspace_id = purged.workspace_id and f.generation_id = purged.id
      )
      select count(*)::int as count from purged
    `.execute(connection);
    purged = rows[0]!.count;
  }
  // every workspace: what was deleted goes, whoever's it was
  await sql`
    delete from projects where (workspace_id, id) in (
      select workspace_id, id from projects
      where deleted_at < now() - make_interval(days => ${deletedDays}::int) limit ${batch})
  `.execute(connection);
}
