import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { sql, type Transaction } from 'kysely';
import { type BackupSummary, type OnFiles, refuseExisting } from './backup.ts';
import { backupFormat, backupNames, type DumpedTable, dumpedTables, type Manifest } from './backup-format.ts';
import type { Connection } from './connection.ts';
import type { Files } from './files.ts';
import { folderNames } from './folder.ts';
import { openFolderFiles } from './folder-files.ts';
import { holdUnsent } from './hold-unsent.ts';
import { appliedMigrations, migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { diskFull, isDiskFull, StoreError } from './store-error.ts';
import { syncDirectory } from './sync-directory.ts';
import type { Tables } from './tables.ts';

/**
 * Makes a folder from a backup; the folder, which must not exist (or be empty), appears only when every hash and every count was found
 * right. @throws StoreError `backup_corrupt`, `target_exists`, `disk_full`, `database_newer`.
 */
export async function restore(source: string, folder: string, onFiles?: OnFiles): Promise<BackupSummary> {
  const empty = existsSync(folder) && (await readdir(folder).catch(() => ['?'])).length === 0;
  if (!empty) refuseExisting(folder);
  const partial = `${resolve(folder)}.partial`;
  await rm(partial, { recursive: true, force: true });
  try {
    const files = await openFolderFiles(join(partial, folderNames.files));
    const { migrations } = await readManifest(source);
    const database = await openDatabase({ folder: partial }, { maintenanceSeconds: 0, steps: migrations.length });
    let summary: BackupSummary;
    try {
      summary = await restoreStore(source, database.connection, files, partial, onFiles);
    } finally {
      await database.close();
    }
    if (empty) await rmdir(folder);
    refuseExisting(folder);
    await rename(partial, folder);
    syncDirectory(dirname(resolve(folder)));
    return summary;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw isDiskFull(error) ? diskFull(folder, error) : error;
  }
}

/**
 * Puts a backup into a store that is open, empty and of the same step of the schema (`steps` of `openDatabase`), then takes it on to the newest:
 * also into PostgreSQL. `folder`: where what else lay in the old one goes.
 */
export async function restoreStore(
  source: string,
  connection: Connection,
  files: Files,
  folder?: string,
  onFiles?: OnFiles,
): Promise<BackupSummary> {
  const manifest = await readManifest(source);
  for (const { name, sha256 } of manifest.others) {
    const bytes = await readFile(join(source, backupNames.others, basename(name)));
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw damaged(source, `"${name}" has other bytes`);
    if (folder !== undefined) await writeFile(join(folder, basename(name)), bytes, { mode: 0o600, flush: true });
  }
  let bytes = 0;
  for (const [at, { sha256 }] of manifest.files.entries()) {
    const file = join(source, backupNames.files, sha256.slice(0, 2), sha256);
    if (!existsSync(file)) throw damaged(source, `the file ${sha256} is missing`);
    const stored = await files.put({ file });
    if (stored.sha256 !== sha256) throw damaged(source, `the file ${sha256} has other bytes`);
    bytes += stored.bytes;
    onFiles?.(at + 1, manifest.files.length);
  }
  const rows = await connection.transaction().execute((transaction) => putRowsBack(transaction, source, manifest));
  await migrate(connection);
  await holdUnsent(connection, manifest.madeAt);
  await requireFiles(connection, source, files);
  return { rows, files: manifest.files.length, bytes };
}

/** What a backup says of itself. @throws StoreError `backup_corrupt` */
export async function readManifest(source: string): Promise<Manifest> {
  const path = join(source, backupNames.manifest);
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest;
  } catch (error) {
    throw damaged(source, `"${path}" cannot be read`, error);
  }
  if (manifest.format !== backupFormat) throw damaged(source, `its format is ${manifest.format}, not ${backupFormat}`);
  return manifest;
}

async function putRowsBack(transaction: Transaction<Tables>, source: string, manifest: Manifest): Promise<number> {
  const known = await appliedMigrations(transaction);
  if (JSON.stringify(known) !== JSON.stringify(manifest.migrations))
    throw new StoreError(
      'database_newer',
      source,
      `The backup "${source}" holds rows of another step of the schema. Restore it with the version that made it, or a newer one.`,
    );
  let rows = 0;
  for (const name of dumpedTables) {
    const table = manifest.tables.find((one) => one.name === name);
    if (table === undefined) {
      const { rows: known } = await sql`select 1 where to_regclass(${name}) is not null`.execute(transaction);
      // A table that only a later step makes: the backup is of before.
      if (known.length === 0) continue;
      throw damaged(source, `the table "${name}" is missing`);
    }
    rows += await putTableBack(transaction, source, table);
  }
  // Since the backup ids were given out that its rows do not know: a stream that resumes after one of them must find what happens from now on.
  // every workspace: the sequence serves all of them
  await sql`select setval('events_id', (select coalesce(max(id), 0) from events) + ${idsSinceBackup}::bigint, true)`.execute(
    transaction,
  );
  return rows;
}

/** More events than any store writes between a backup and the next; a million restores fit into an id. */
const idsSinceBackup = 1_000_000_000;

/** Rows of one statement. */
const batch = 500;

async function putTableBack(transaction: Transaction<Tables>, source: string, table: DumpedTable): Promise<number> {
  const path = join(source, backupNames.tables, `${table.name}.jsonl`);
  if (!existsSync(path)) throw damaged(source, `the table "${table.name}" is missing`);
  if ((await hashOf(path)) !== table.sha256) throw damaged(source, `the table "${table.name}" has other bytes`);
  // every workspace: a backup holds all of them
  const held = await sql`select 1 from ${sql.table(table.name)} limit 1`.execute(transaction);
  if (held.rows.length > 0)
    throw new StoreError(
      'target_exists',
      table.name,
      `The table "${table.name}" holds rows. Restore into an empty store.`,
    );
  let rows = 0;
  let lines: string[] = [];
  const put = async () => {
    // Numbers and times stay text all the way: nothing is rounded.
    await sql`insert into ${sql.table(table.name)} select * from jsonb_populate_recordset(null::${sql.table(table.name)}, ${`[${lines.join(',')}]`}::jsonb)`.execute(
      transaction,
    );
    rows += lines.length;
    lines = [];
  };
  for await (const line of linesOf(path)) {
    lines.push(line);
    if (lines.length === batch) await put();
  }
  if (lines.length > 0) await put();
  if (rows !== table.rows) throw damaged(source, `the table "${table.name}" has ${rows} rows, not ${table.rows}`);
  return rows;
}

/** Lines end at LF and nothing else: node:readline would also end them at U+2028, which JSON may hold. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** Every film and asset that a row names must have its bytes. */
async function requireFiles(connection: Connection, source: string, files: Files): Promise<void> {
  // every workspace: a backup holds all of them
  const { rows } = await sql<{ sha256: string }>`select sha256 from assets union select sha256 from films`.execute(
    connection,
  );
  for (const { sha256 } of rows)
    if (!(await files.has(sha256))) throw damaged(source, `the file ${sha256}, which a row names, is missing`);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function damaged(source: string, what: string, cause?: unknown): StoreError {
  return new StoreError('backup_corrupt', source, `The backup "${source}" is damaged: ${what}. Use another one.`, {
    cause,
  });
}
