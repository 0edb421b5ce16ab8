import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { secretName } from './secret.ts';
import type { Settings } from './settings.ts';
import type { OnFiles } from './store/backup.ts';
import { backupNames } from './store/backup-format.ts';
import { lockFolder } from './store/folder-lock.ts';
import {
  type BackupSummary,
  backup,
  backupStore,
  folderNames,
  openDatabase,
  openFolderFiles,
  restore,
  restoreStore,
  StoreError,
} from './store/index.ts';
import { readManifest } from './store/restore.ts';

/** How a backup is made or put back. */
export interface BackupOptions {
  /** What is there may go: an older backup, or a folder, which is kept under another name. */
  readonly overwrite?: boolean;
  readonly onFiles?: OnFiles | undefined;
}

/**
 * Backs up the store of the settings: its folder, whose server must be stopped, or a PostgreSQL with the files of the folder, whose server may
 * go on. `target` is a new folder. @throws StoreError
 */
export async function backUp(settings: Settings, target: string, options: BackupOptions = {}): Promise<BackupSummary> {
  if (options.overwrite !== true || !existsSync(target)) return await backUpTo(settings, target, options);
  // Only what is a backup is ever removed.
  if (!existsSync(join(target, backupNames.manifest)))
    throw new StoreError(
      'target_exists',
      target,
      `"${target}" is no backup, so it is not replaced. Name another folder.`,
    );
  const [fresh, former] = [`${target}.new`, `${target}.former`];
  for (const one of [fresh, former]) await rm(one, { recursive: true, force: true });
  const summary = await backUpTo(settings, fresh, options);
  await rename(target, former);
  await rename(fresh, target);
  await rm(former, { recursive: true, force: true });
  return summary;
}

async function backUpTo(
  { data, databaseUrl }: Settings,
  target: string,
  { onFiles }: BackupOptions,
): Promise<BackupSummary> {
  if (databaseUrl === undefined) return await backup(data, target, onFiles);
  const database = await openDatabase({ url: databaseUrl }, { maintenanceSeconds: 0 });
  try {
    const files = await openFolderFiles(join(data, folderNames.files));
    return await backupStore(database.connection, files, target, data, onFiles);
  } finally {
    await database.close();
  }
}

/** What was put back, and where that lies which was there before. */
export interface Restored extends BackupSummary {
  readonly keptAt?: string;
}

/**
 * Puts a backup back where the settings say: into a new folder, or into an empty PostgreSQL with the files in the folder. Nothing is there until
 * all of it was found right. @throws StoreError
 */
export async function putBack(settings: Settings, source: string, options: BackupOptions = {}): Promise<Restored> {
  const { data, databaseUrl } = settings;
  if (databaseUrl !== undefined) return await putBackInto(databaseUrl, data, source, options);
  const isFree = !existsSync(data) || (await readdir(data)).length === 0;
  if (isFree) return await restore(source, data, options.onFiles);
  if (options.overwrite !== true)
    throw new StoreError(
      'target_exists',
      data,
      `"${data}" exists already. Name another folder (--data), or give --overwrite: what is there is then kept beside it.`,
    );
  // A server that holds it would go on in a folder of another name.
  lockFolder(data)();
  const fresh = `${data}.new`;
  await rm(fresh, { recursive: true, force: true });
  const summary = await restore(source, fresh, options.onFiles);
  const keptAt = `${data}.before-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  await rename(data, keptAt);
  await rename(fresh, data);
  return { ...summary, keptAt };
}

async function putBackInto(
  url: string,
  data: string,
  source: string,
  { onFiles, overwrite }: BackupOptions,
): Promise<BackupSummary> {
  const { migrations, others } = await readManifest(source);
  const secret = join(data, secretName);
  if (overwrite !== true && existsSync(secret) && others.some(({ name }) => name === secretName))
    throw new StoreError(
      'target_exists',
      secret,
      `"${secret}" exists already, and the backup holds another one. Name another folder (--data), or give --overwrite.`,
    );
  const database = await openDatabase({ url }, { maintenanceSeconds: 0, steps: migrations.length, anew: true });
  try {
    await mkdir(data, { recursive: true, mode: 0o700 });
    const files = await openFolderFiles(join(data, folderNames.files));
    return await restoreStore(source, database.connection, files, data, onFiles);
  } finally {
    await database.close();
  }
}
