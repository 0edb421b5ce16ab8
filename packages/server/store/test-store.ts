import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { folderNames } from './folder.ts';
import { openDatabase } from './index.ts';

/** Goes with the packages; nobody tidies single files of it away. */
const cache = resolve(import.meta.dirname, '../../../node_modules/.cache');

/**
 * Fills an empty folder, or one that is not there, with a store that nobody has used yet. A first start takes three times as long as the next
 * one, most of it for files that are all the same: here it is made once for these sources, and copied. The tests of this folder, and the kills
 * of servers, make their first starts themselves.
 */
export async function fillTestFolder(folder: string): Promise<void> {
  const ready = join(cache, `refreel-test-store-${sourcesStamp()}-${process.getuid?.() ?? 0}`);
  if (!existsSync(ready)) await makeReady(ready);
  for (const name of [folderNames.database, folderNames.format])
    cpSync(join(ready, name), join(folder, name), { recursive: true });
}

/** A new folder below that for temporary files, filled. */
export async function makeTestFolder(name: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), `refreel-${name}-`));
  await fillTestFolder(folder);
  return folder;
}

async function makeReady(ready: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const workshop = mkdtempSync(`${ready}-`);
  try {
    const database = await openDatabase({ folder: workshop }, { maintenanceSeconds: 0 });
    await database.close();
    renameSync(workshop, ready);
  } catch (error) {
    rmSync(workshop, { recursive: true, force: true });
    // Another process was quicker; its folder is as good.
    if (!existsSync(ready)) throw error;
  }
}

let stamp: string | undefined;

/** Of everything that a first start writes by. */
function sourcesStamp(): string {
  if (stamp !== undefined) return stamp;
  const hash = createHash('sha256');
  for (const folder of ['.', 'migrations', 'embedded'])
    for (const name of readdirSync(join(import.meta.dirname, folder)).sort())
      if (/\.(?:sql|br)$|^(?:folder|migrate|worker|synced-file-system)\.ts$/.test(name))
        hash.update(name).update(readFileSync(join(import.meta.dirname, folder, name)));
  stamp = hash.digest('hex').slice(0, 16);
  return stamp;
}
