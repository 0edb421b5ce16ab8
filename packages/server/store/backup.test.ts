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
  defaultWorkspace,
  eventsSince,
  findGeneration,
  findKey,
  inTransaction,
  listBudgets,
  moveAttempt,
  openDatabase,
  openFolderFiles,
  openReceipts,
  putBudget,
  restore,
  restoreStore,
  startAttempt,
} from './index.ts';
import { appliedMigrations } from './migrate.ts';
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
  const { account, workspace, key } = tenant;
  const cost = { cap: { micros: 500, currency: 'USD' }, seconds: 5, settings: {} };
  const paid = [{ index: 0, account, model: 'animatic', cost }];
  await inTransaction(connection, (transaction) => openReceipts(transaction, workspace, id, key, paid));
  await putBudget(connection, workspace, { keyId: key, currency: 'USD', period: 'total', setBy: 'workspace' }, 900);
  const { claim } = await claimOne(database, account);
  await startAttempt(connection, claim, { big: '12345678901234567890', text: 'a\n"b"\\ 雨\u2028\u0085\r' });
  const film = await files.put(Readable.from([Buffer.from('a film')]));
  await moveAttempt(connection, claim, 'done', { billed: 'yes', films: [{ ...sampleFilm, ...film }] });
  // What waits for a vendor does not come back as it was (hold-unsent.test.ts).
  const attempts = [{ producer: 'animatic' }] as const;
  await createGeneration(connection, tenant.workspace, newGeneration(tenant, { remixOf: id, attempts }));
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
  // Sums are not kept in it, and follow from what is.
  const [budget] = await listBudgets(database.connection, tenant.workspace);
  expect(budget?.taken).toEqual([{ currency: 'USD', reserved: 0, spent: 500 }]);
  expect(await findKey(database.connection, tenant.secret)).toMatchObject({ workspace: tenant.workspace });
  const last = (await eventsSince(database.connection, tenant.workspace, 0)).at(-1)!.id;
  await accept(database, tenant);
  // Ids that were given out after the backup, and are unknown to it, are not given out again.
  expect((await eventsSince(database.connection, tenant.workspace, last + 100_000))[0]!.kind).toBe(
    'generation.accepted',
  );
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

test('a PostgreSQL that a newer version has made and nobody has used is as good as a new one', async (context) => {
  const server = await startTestPostgres();
  if (server === undefined) return context.skip('no PostgreSQL for this machine');
  const url = await server.createDatabase();
  const quiet = { maintenanceSeconds: 0 };
  try {
    const files = await openFolderFiles(join(place, 'files'));
    const fresh = await openDatabase({ url }, quiet);
    // Whoever comes without a key is of this one.
    await defaultWorkspace(fresh.connection);
    const steps = (await appliedMigrations(fresh.connection)).length;
    await fresh.close();
    // As of a version that knows one step less.
    const earlier = await openDatabase({ url }, { ...quiet, steps: steps - 1, anew: true });
    expect(await appliedMigrations(earlier.connection)).toHaveLength(steps - 1);
    await earlier.close();
    const target = await openDatabase({ url }, { ...quiet, steps, anew: true });
    await restoreStore(join(place, 'kept'), target.connection, files);
    expect(await findGeneration(target.connection, tenant.workspace, { id })).toMatchObject({ state: 'done' });
    await target.close();
    // What is used stays as it is, and that is said.
    await expect(openDatabase({ url }, { ...quiet, anew: true })).rejects.toMatchObject({
      code: 'target_exists',
      message: expect.stringMatching(/is in use: its table "\w+" holds rows/),
    });
    const still = await openDatabase({ url }, quiet);
    expect(await findGeneration(still.connection, tenant.workspace, { id })).toMatchObject({ state: 'done' });
    await still.close();
  } finally {
    await server.stop();
  }
});
