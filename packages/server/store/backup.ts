import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { sql, type Transaction } from 'kysely';
import { backupFormat, backupNames, type DumpedTable, dumpedTables, type Manifest } from './backup-format.ts';
import type { Connection } from './connection.ts';
import type { Files } from './files.ts';
import { folderNames } from './folder.ts';
import { openFolderFiles } from './folder-files.ts';
import { appliedMigrations } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { diskFull, isDiskFull, StoreError } from './store-error.ts';
import { syncDirectory } from './sync-directory.ts';
import type { Tables } from './tables.ts';
import { writeWhole } from './write-whole.ts';

/** What a backup holds. */
export interface BackupSummary {
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
}

/** Told after each file; rows take no time beside them. */
export type OnFiles = (files: number, of: number) => void;

/**
 * Writes everything of a folder to `target`, a new folder, which appears only when it is whole. The server must be stopped.
 * @throws StoreError: the folder is in use or does not open, `target_exists`, `disk_full`, `folder_corrupt` if a file is not what its name says.
 */
export async function backup(folder: string, target: string, onFiles?: OnFiles): Promise<BackupSummary> {
  if (!existsSync(join(folder, folderNames.format)))
    throw new StoreError(
      'folder_unusable',
      folder,
      `"${folder}" is not a folder of Refreel: there is nothing to back up.`,
    );
  refuseExisting(target);
  const database = await openDatabase({ folder }, { maintenanceSeconds: 0 });
  try {
    const files = await openFolderFiles(join(folder, folderNames.files));
    return await backupStore(database.connection, files, target, folder, onFiles);
  } finally {
    await database.close();
  }
}

/**
 * The same of a store that is open: also of one on PostgreSQL, whose backup then restores into a folder. The rows are of one instant;
 * files are copied after them, and are never changed. `folder`: what else lies there is taken too.
 */
export async function backupStore(
  connection: Connection,
  files: Files,
  target: string,
  folder?: string,
  onFiles?: OnFiles,
): Promise<BackupSummary> {
  refuseExisting(target);
  const partial = `${resolve(target)}.partial`;
  await rm(partial, { recursive: true, force: true });
  try {
    for (const name of [backupNames.tables, backupNames.files, backupNames.others])
      await mkdir(join(partial, name), { recursive: true, mode: 0o700 });
    const migrations = await appliedMigrations(connection);
    const tables = await connection
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((transaction) => dumpTables(transaction, join(partial, backupNames.tables)));
    const copied = await copyFiles(files, join(partial, backupNames.files), onFiles);
    const others = folder === undefined ? [] : await copyOthers(folder, join(partial, backupNames.others));
    const manifest: Manifest = {
      format: backupFormat,
      madeAt: new Date().toISOString(),
      migrations,
      tables,
      files: copied,
      others,
    };
    writeWhole(join(partial, backupNames.manifest), `${JSON.stringify(manifest, null, 1)}\n`);
    refuseExisting(target);
    await rename(partial, target);
    syncDirectory(dirname(resolve(target)));
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    return { rows, files: copied.length, bytes: copied.reduce((sum, { bytes }) => sum + bytes, 0) };
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw isDiskFull(error) ? diskFull(target, error) : error;
  }
}

/** A backup is never written over anything. */
export function refuseExisting(target: string): void {
  if (existsSync(target))
    throw new StoreError('target_exists', target, `"${target}" exists already. Name a folder that does not exist yet.`);
}

/** Rows that are fetched at a time. */
const batch = 2_000;

async function dumpTables(transaction: Transaction<Tables>, folder: string): Promise<DumpedTable[]> {
  const dumped: DumpedTable[] = [];
  for (const name of dumpedTables) dumped.push(await dumpTable(transaction, name, join(folder, `${name}.jsonl`)));
  return dumped;
}

async function dumpTable(transaction: Transaction<Tables>, name: string, path: string): Promise<DumpedTable> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  let rows = 0;
  try {
    // every workspace: a backup holds all of them
    await sql`declare dump no scroll cursor for select to_jsonb(t)::text as row from ${sql.table(name)} t order by ${order(name)}`.execute(
      transaction,
    );
    for (;;) {
      const fetched = await sql<{ row: string }>`fetch ${sql.lit(batch)} from dump`.execute(transaction);
      if (fetched.rows.length === 0) break;
      const text = fetched.rows.map(({ row }) => `${row}\n`).join('');
      hash.update(text);
      await file.appendFile(text);
      rows += fetched.rows.length;
    }
    await sql`close dump`.execute(transaction);
    await file.sync();
  } finally {
    await file.close();
  }
  return { name, rows, sha256: hash.digest('hex') };
}

/** A remix refers to a generation that was made before it, so they are put back in the order of their ids. */
function order(name: string) {
  return name === 'generations' ? sql`t.id` : sql`1`;
}

async function copyFiles(files: Files, folder: string, onFiles: OnFiles | undefined): Promise<Manifest['files']> {
  let of = 0;
  if (onFiles !== undefined) for await (const _ of files.list()) of += 1;
  const target = await openFolderFiles(folder);
  const copied: { sha256: string; bytes: number }[] = [];
  for await (const { sha256 } of files.list()) {
    const opened = await files.open(sha256);
    // Swept since it was listed: then no row named it.
    if (opened === undefined) continue;
    const stored = await target.put(opened.content);
    if (stored.sha256 !== sha256)
      throw new StoreError(
        'folder_corrupt',
        sha256,
        `The stored file ${sha256} is damaged: its bytes have another hash.`,
      );
    copied.push(stored);
    onFiles?.(copied.length, Math.max(of, copied.length));
  }
  await rm(join(folder, 'temporary'), { recursive: true, force: true });
  return copied;
}

const notOthers = new Set<string>(Object.values(folderNames));

async function copyOthers(folder: string, target: string): Promise<Manifest['others']> {
  const copied: { name: string; sha256: string }[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || notOthers.has(entry.name) || entry.name.startsWith(folderNames.lock)) continue;
    const bytes = await readFile(join(folder, entry.name));
    await writeFile(join(target, entry.name), bytes, { mode: 0o600, flush: true });
    copied.push({ name: entry.name, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  return copied;
}
