import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import type { Connection } from './connection.ts';
import type { Tables } from './tables.ts';

/** A statement waits this long for a connection before it fails: longer than any pause of maintenance. */
export const patienceMilliseconds = 60_000;

/** What statements are written with, on a pool of either kind. */
export function openConnection(pool: PostgresPool): Connection {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}
