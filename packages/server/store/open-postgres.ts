import { sql } from 'kysely';
import { openConnection, patienceMilliseconds } from './connect.ts';
import type { Connection } from './connection.ts';
import { type Database, type DatabaseOptions, withMaintenance } from './database.ts';
import { takeEmptySchemaAway } from './empty-schema.ts';
import { migrate } from './migrate.ts';
import { openPool } from './pool.ts';
import { errorCode, StoreError } from './store-error.ts';
import { sweepRows } from './sweep-rows.ts';

/** The oldest PostgreSQL that has everything the statements use. */
const oldestServer = 130_000;

/** Opens a PostgreSQL by its URL. @throws StoreError */
export async function openPostgres(url: string, options: DatabaseOptions): Promise<Database> {
  const pool = openPool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: patienceMilliseconds,
    application_name: 'refreel',
  });
  const connection = openConnection(pool);
  try {
    await requireServer(connection, url);
    if (options.anew === true) await takeEmptySchemaAway(connection, nameOf(url));
    if (options.asItIs !== true) await migrate(connection, options.steps);
  } catch (error) {
    await connection.destroy();
    throw error;
  }
  return withMaintenance({
    kind: 'postgres',
    connection,
    options,
    close: () => connection.destroy(),
    maintain: () => sweepRows(connection),
  });
}

async function requireServer(connection: Connection, url: string): Promise<void> {
  const place = nameOf(url);
  let version: number;
  try {
    const { rows } = await sql<{ version: string }>`select current_setting('server_version_num') as version`.execute(
      connection,
    );
    version = Number(rows[0]!.version);
  } catch (error) {
    const why = errorCode(error) ?? (error instanceof Error ? error.message : String(error));
    throw new StoreError(
      'database_unreachable',
      place,
      `The database ${place} does not answer (${why}). Check DATABASE_URL and that it is running.`,
      { cause: error },
    );
  }
  if (version < oldestServer)
    throw new StoreError(
      'database_too_old',
      place,
      `The database ${place} is PostgreSQL ${Math.floor(version / 10_000)}; 13 or newer is needed.`,
    );
}

/** Host and name, never the password. */
function nameOf(url: string): string {
  if (!URL.canParse(url)) return '"DATABASE_URL"';
  const { host, pathname } = new URL(url);
  return `"${host}${pathname}"`;
}
