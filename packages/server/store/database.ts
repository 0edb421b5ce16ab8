import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import type { Connection } from './connection.ts';
import { connectEmbedded } from './embedded/stream.ts';
import { takeEmptySchemaAway } from './empty-schema.ts';
import { corrupt, type Folder, openFolder } from './folder.ts';
import { releaseFormerProcess } from './former-process.ts';
import { checkpointEvery, maintainEmbedded } from './maintenance.ts';
import { migrate } from './migrate.ts';
import { openPool } from './pool.ts';
import { diskFull, errorCode, isDiskFull, StoreError } from './store-error.ts';
import { sweepRows } from './sweep-rows.ts';
import type { Tables } from './tables.ts';

/** An open store, migrated to what this program knows. */
export interface Database {
  readonly kind: 'embedded' | 'postgres';
  /** What every query function takes. */
  readonly connection: Connection;
  /** Sweeps what has expired and, embedded, shortens the log and vacuums. Runs by itself; call it to have it done now. */
  maintain(): Promise<void>;
  /** Waits for what is running, then lets go of the folder. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Between two runs of maintenance. Default 30; 0 leaves it to the caller. */
  readonly maintenanceSeconds?: number;
  /** Stops after so many steps of the schema: for putting a backup of an older version back. Default: all. */
  readonly steps?: number;
  /** Of a PostgreSQL that nobody has used yet, makes the schema anew; one that holds anything is refused. */
  readonly anew?: boolean;
  /** Connections to PostgreSQL. Default 10. The embedded database has one. */
  readonly connections?: number;
}

/** The oldest PostgreSQL that has everything the statements use. */
const oldestServer = 130_000;

/** A statement waits this long for a connection before it fails: longer than any pause of maintenance. */
const patienceMilliseconds = 60_000;

/**
 * Opens the embedded database in a folder, which is made at the first start, or a PostgreSQL by its URL.
 * @throws StoreError with what to do: the folder is in use, newer, damaged, not writable or full; the server cannot be reached or is
 * too old; the migrations are not those that were applied.
 */
export function openDatabase(
  where: { readonly folder: string } | { readonly url: string },
  options: DatabaseOptions = {},
): Promise<Database> {
  return 'folder' in where ? openEmbedded(where.folder, options) : openPostgres(where.url, options);
}

async function openEmbedded(path: string, options: DatabaseOptions): Promise<Database> {
  const folder = openFolder(path);
  let threads = 0;
  let onFree = () => {};
  const pool = openPool({
    stream: () => {
      threads += 1;
      return connectEmbedded(folder.database, () => {
        threads -= 1;
        if (threads === 0) onFree();
      });
    },
    user: 'postgres',
    database: 'postgres',
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: patienceMilliseconds,
  });
  const connection = openConnection(pool);
  const free = async () => {
    await connection.destroy();
    await new Promise<void>((resolve) => {
      if (threads === 0) resolve();
      else onFree = resolve;
    });
    folder.close();
  };
  try {
    await migrate(connection, options.steps);
    // The lock on the folder proves that nobody else is at it.
    if (options.steps === undefined) await releaseFormerProcess(connection);
    folder.finish();
  } catch (error) {
    await free();
    throw explainFailure(folder, error);
  }
  const checkpoint = checkpointEvery(connection);
  return withMaintenance({
    kind: 'embedded',
    connection,
    options,
    close: free,
    maintain: async () => {
      await sweepRows(connection);
      await maintainEmbedded(connection);
      await checkpoint();
    },
  });
}

function explainFailure(folder: Folder, error: unknown): unknown {
  if (error instanceof StoreError) return error;
  return isDiskFull(error) ? diskFull(folder.path, error) : corrupt(folder.path, 'its database does not start', error);
}

async function openPostgres(url: string, options: DatabaseOptions): Promise<Database> {
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
    await migrate(connection, options.steps);
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

function openConnection(pool: PostgresPool): Connection {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
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

function withMaintenance(opened: {
  readonly kind: Database['kind'];
  readonly connection: Connection;
  readonly options: DatabaseOptions;
  maintain(): Promise<void>;
  close(): Promise<void>;
}): Database {
  const seconds = opened.options.maintenanceSeconds ?? 30;
  let running: Promise<void> | undefined;
  const maintain = (): Promise<void> => {
    running ??= opened.maintain().finally(() => {
      running = undefined;
    });
    return running;
  };
  // A run that fails (the server is away, the disk is full) is tried again at the next tick; requests say what is wrong meanwhile.
  const timer = seconds > 0 ? setInterval(() => void maintain().catch(() => {}), seconds * 1000) : undefined;
  timer?.unref();
  let closing: Promise<void> | undefined;
  return {
    kind: opened.kind,
    connection: opened.connection,
    maintain,
    close() {
      clearInterval(timer);
      closing ??= (running ?? Promise.resolve()).catch(() => {}).then(() => opened.close());
      return closing;
    },
  };
}
