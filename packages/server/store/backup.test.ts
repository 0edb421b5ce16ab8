import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dumpedTables } from './backup-format.ts';
import {
  backup,
  backupStore,
  type Connection,
  createGeneration,
  type Database,
  eventsSince,
  findGeneration,
  findKey,
  moveAttempt,
  openDatabase,
  openFolderFiles,
  restore,
  restoreStore,
  startAttempt,
} from './index.ts';
import { accept, claimOne, makeTenant, newGeneration, sampleFilm, type Tenant } from './suites/samples.ts';
import { startTestPostgres } from './test-postgres.ts';

let place: string;
let folder: string;
let database: Database;
let tenant: Tenant;
let id: string;

const open = (path: string) => openDatabase({ folder: path }, { maintenanceSeconds: 0 });

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'refreel-backup-'));
  folder = join(place, 'live');
  database = await open(folder);
  const { connection } = database;
  writeFileSync(join(folder, 'secret'), 'hush');
  const files = await openFolderFiles(join(folder, 'files'));
  tenant = await makeTenant(database);
  id = await accept(database, tenant);
  const { claim } = await claimOne(database, tenant.account);
  await startAttempt(connection, claim, { big: '12345678901234567890', text: 'a\n"b"\\ 雨\u2028\u0085\r' });
  const film = await files.put(Readable.from([Buffer.from('a film')]));
  await moveAttempt(connection, claim, 'done', { films: [{ ...sampleFilm, ...film }] });
  await createGeneration(connection, tenant.workspace, newGeneration(tenant, { remixOf: id }));
}, 60_000);
afterAll(async () => {
  await database?.close();
  rmSync(place, { recursive: true, force: true });
});

async function rowsOf(connection: Connection): Promise<string[]> {
  const all: string[] = [];
  for (const name of dumpedTables) {
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} t`.execute(
      connection,
    );
    all.push(...rows.map(({ row }) => `${name} ${row}`).sort());
  }
  return all;
}

test('a backup gives back every row, file and secret, and goes on where it stopped', async () => {
  const before = await rowsOf(database.connection);
  await expect(backup(folder, join(place, 'kept'))).rejects.toMatchObject({ code: 'folder_in_use' });
  await database.close();
  const made = await backup(folder, join(place, 'kept'));
  expect(made).toEqual({ rows: before.length, files: 1, bytes: 6 });
  expect(await restore(join(place, 'kept'), join(place, 'again'))).toEqual(made);
  expect(readFileSync(join(place, 'again/secret'), 'utf8')).toBe('hush');
  expect(readdirSync(place).sort()).toEqual(['again', 'kept', 'live']);

  database = await open(join(place, 'again'));
  expect(await rowsOf(database.connection)).toEqual(before);
  expect(await findKey(database.connection, tenant.secret)).toMatchObject({ workspace: tenant.workspace });
  const last = (await eventsSince(database.connection, tenant.workspace, 0)).at(-1)!.id;
  await accept(database, tenant);
  expect((await eventsSince(database.connection, tenant.workspace, last))[0]!.id).toBeGreaterThan(last);
});

test('nothing is written over', async () => {
  await expect(backup(folder, join(place, 'kept'))).rejects.toMatchObject({ code: 'target_exists' });
  await expect(restore(join(place, 'kept'), folder)).rejects.toMatchObject({ code: 'target_exists' });
  await expect(backup(join(place, 'nowhere'), join(place, 'x'))).rejects.toMatchObject({ code: 'folder_unusable' });
  mkdirSync(join(place, 'empty'));
  await restore(join(place, 'kept'), join(place, 'empty'));
});

test('a damaged backup is refused, and leaves no folder', async () => {
  const kept = join(place, 'kept');
  const shelf = join(kept, 'files', readdirSync(join(kept, 'files'))[0]!);
  const damages: [file: string, how: (file: string) => void][] = [
    [join(kept, 'tables/generations.jsonl'), (file) => appendFileSync(file, '\n')],
    [join(shelf, readdirSync(shelf)[0]!), (file) => writeFileSync(file, 'a filn')],
    [join(kept, 'others/secret'), (file) => writeFileSync(file, 'other')],
    [join(kept, 'manifest.json'), (file) => writeFileSync(file, '{')],
    [join(kept, 'tables/films.jsonl'), (file) => rmSync(file)],
  ];
  for (const [file, damage] of damages) {
    const whole = readFileSync(file);
    damage(file);
    await expect(restore(kept, join(place, 'bad'))).rejects.toMatchObject({ code: 'backup_corrupt' });
    writeFileSync(file, whole);
  }
  expect(readdirSync(place).filter((name) => name.startsWith('bad'))).toEqual([]);
}, 120_000);

test('the way up to PostgreSQL, and down again', async (context) => {
  const server = await startTestPostgres();
  if (server === undefined) return context.skip('no PostgreSQL for this machine');
  const postgres = await openDatabase({ url: await server.createDatabase() }, { maintenanceSeconds: 0 });
  try {
    const files = await openFolderFiles(join(place, 'files'));
    await restoreStore(join(place, 'kept'), postgres.connection, files);
    expect(await findGeneration(postgres.connection, tenant.workspace, { id })).toMatchObject({ state: 'done' });
    await expect(restoreStore(join(place, 'kept'), postgres.connection, files)).rejects.toMatchObject({
      code: 'target_exists',
    });
    await backupStore(postgres.connection, files, join(place, 'down'));
    await restore(join(place, 'down'), join(place, 'small'));
    const small = await open(join(place, 'small'));
    expect(await rowsOf(small.connection)).toEqual(await rowsOf(postgres.connection));
    await small.close();
  } finally {
    await postgres.close();
    await server.stop();
  }
});
