import { sql } from 'kysely';
import type { Connection } from './connection.ts';

/** A checkpoint is made after this much log, or this long after the last one if anything was written. */
const logBytes = 48 * 1024 * 1024;
const longestSeconds = 300;

/**
 * What PostgreSQL's checkpointer does, which the embedded database lacks: without it the log would grow without end, and a start after
 * a crash would read all of it.
 */
export function checkpointEvery(connection: Connection, now: () => number = Date.now): () => Promise<void> {
  let last: { position: string; at: number } | undefined;
  return async () => {
    const { rows } = await sql<{ position: string; written: number }>`
      select pg_current_wal_lsn()::text as position,
        coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), ${last?.position ?? null}::pg_lsn), 0)::bigint as written
    `.execute(connection);
    const { position, written } = rows[0]!;
    if (last === undefined) {
      last = { position, at: now() };
      return;
    }
    const old = now() - last.at > longestSeconds * 1000;
    if (written < logBytes && !(old && written > 0)) return;
    await sql`checkpoint`.execute(connection);
    last = { position, at: now() };
  };
}

/** Changed rows of a table after which it is vacuumed: a share of it, as PostgreSQL's own autovacuum has it, but rarer for small ones. */
const deadRows = 1_000;
const deadShare = 0.2;

/** What autovacuum does. One table a statement, so that requests pass in between. */
export async function maintainEmbedded(connection: Connection): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_stat_user_tables
    where n_dead_tup > ${deadRows} + ${deadShare}::float8 * n_live_tup
      or n_mod_since_analyze > ${deadRows} + ${deadShare}::float8 * n_live_tup
      or n_ins_since_vacuum > 10 * ${deadRows} + ${deadShare}::float8 * n_live_tup
  `.execute(connection);
  for (const { name } of rows) await sql`vacuum (analyze) ${sql.table(name)}`.execute(connection);
}
