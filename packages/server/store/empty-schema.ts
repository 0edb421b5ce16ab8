import { sql, type Transaction } from 'kysely';
import { dumpedTables } from './backup-format.ts';
import type { Connection } from './connection.ts';
import { StoreError } from './store-error.ts';
import type { Tables } from './tables.ts';

/** Tables of ours whose rows come back by themselves. */
const derivedTables = ['spending', 'migrations'];

/**
 * Takes the schema of a store away that nobody has used yet, so that it can be made anew as a backup needs it: a server that was started once
 * leaves one. @throws StoreError `target_exists` where anything is in it.
 */
export async function takeEmptySchemaAway(connection: Connection, place: string): Promise<void> {
  await connection.transaction().execute(async (transaction) => {
    const tables = await ownTables(transaction);
    for (const table of tables) if (await isUsed(transaction, table)) throw inUse(place, table);
    // What triggers call goes with the tables whose triggers they are.
    const { rows: functions } = await sql<{ name: string }>`
      select distinct t.tgfoid::regprocedure::text as name from pg_trigger t
      where not t.tgisinternal and t.tgrelid = any(${tables}::regclass[])
    `.execute(transaction);
    for (const table of tables) await sql`drop table ${sql.table(table)} cascade`.execute(transaction);
    for (const { name } of functions) await sql`drop function ${sql.raw(name)}`.execute(transaction);
  });
}

async function ownTables(transaction: Transaction<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select tablename::text as name from pg_tables
    where schemaname = current_schema() and tablename = any(${[...dumpedTables, ...derivedTables]}::text[])
  `.execute(transaction);
  return rows.map(({ name }) => name);
}

/** Whether a table holds what somebody would miss: the steps of the schema are none, nor is the workspace that is there by itself. */
async function isUsed(transaction: Transaction<Tables>, table: string): Promise<boolean> {
  if (table === 'migrations') return false;
  const byItself = table === 'workspaces' ? sql`where id <> 'wsp_default'` : sql``;
  // every workspace: a backup holds all of them
  const { rows } = await sql`select 1 from ${sql.table(table)} ${byItself} limit 1`.execute(transaction);
  return rows.length > 0;
}

function inUse(place: string, table: string): StoreError {
  return new StoreError(
    'target_exists',
    place,
    `The database ${place} is in use: its table "${table}" holds rows. Restore into an empty one.`,
  );
}
