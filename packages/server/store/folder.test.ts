import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createGeneration,
  createWorkspace,
  type Database,
  findGeneration,
  isDiskFull,
  listWorkspaces,
  makeId,
  openDatabase,
  StoreError,
} from './index.ts';
import { accept, makeTenant, newGeneration } from './suites/samples.ts';

let folder: string;
let database: Database;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-folder-'));
  database = await openDatabase({ folder: join(folder, 'a') }, { maintenanceSeconds: 0 });
}, 60_000);
afterAll(async () => {
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('what was written is there after a start that follows', async () => {
  const path = join(folder, 'a');
  const tenant = await makeTenant(database);
  const id = await accept(database, tenant);
  await database.close();
  await database.close();
  database = await openDatabase({ folder: path }, { maintenanceSeconds: 0 });
  expect(await findGeneration(database.connection, tenant.workspace, { id })).toMatchObject({ state: 'queued' });
  expect(statSync(path).mode & 0o077).toBe(0);
});

test('the same process cannot open it twice either', async () => {
  await expect(openDatabase({ folder: join(folder, 'a') })).rejects.toMatchObject({ code: 'folder_in_use' });
});

test('commits are synced, and the log stays short', async () => {
  const tenant = await makeTenant(database);
  for (const [name, value] of Object.entries({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    wal_sync_method: 'fsync',
  })) {
    const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(
      database.connection,
    );
    expect(rows[0]).toEqual({ value });
  }
  const logBytes = () =>
    readdirSync(join(folder, 'a/database/pg_wal'), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  await database.maintain();
  for (let round = 0; round < 12; round++) {
    const echo = { filler: Array.from({ length: 300 }, () => makeId('gen').repeat(100)) };
    for (let index = 0; index < 20; index++)
      await createGeneration(database.connection, tenant.workspace, newGeneration(tenant, { echo }));
    await database.maintain();
  }
  expect(logBytes()).toBeLessThan(150 * 1024 * 1024);
});

test('a folder of a newer version is refused, and left as it is', async () => {
  const path = join(folder, 'newer');
  mkdirSync(path);
  writeFileSync(join(path, 'format.json'), '{"format":99}');
  await expect(openDatabase({ folder: path })).rejects.toMatchObject({ code: 'folder_newer', place: path });
  expect(readFileSync(join(path, 'format.json'), 'utf8')).toBe('{"format":99}');
  writeFileSync(join(path, 'format.json'), 'rubbish');
  await expect(openDatabase({ folder: path })).rejects.toMatchObject({ code: 'folder_corrupt' });
  writeFileSync(join(path, 'format.json'), '{"format":1}');
  await expect(openDatabase({ folder: path })).rejects.toMatchObject({ code: 'folder_corrupt' });
});

test('a folder that cannot be is said', async () => {
  writeFileSync(join(folder, 'file'), '');
  const opening = openDatabase({ folder: join(folder, 'file') });
  await expect(opening).rejects.toMatchObject({ code: 'folder_unusable' });
  await expect(opening).rejects.toThrow(StoreError);
});

test('a database that breaks in the middle of a statement is started again', async () => {
  const { id } = await createWorkspace(database.connection, 'before');
  // More levels than the thread's stack holds: a trap that PostgreSQL itself does not see coming.
  const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
  const waiting = listWorkspaces(database.connection);
  await expect(sql`select ${deep}::jsonb`.execute(database.connection)).rejects.toThrow(/ended/);
  expect((await waiting).at(-1)?.id).toBe(id);
  const after = await createWorkspace(database.connection, 'after');
  expect((await listWorkspaces(database.connection)).slice(-2).map((one) => one.id)).toEqual([id, after.id]);
});

test('a damaged database is said, with what to do', async () => {
  await database.close();
  const control = join(folder, 'a/database/global/pg_control');
  const whole = readFileSync(control);
  truncateSync(control, 100);
  const opening = openDatabase({ folder: join(folder, 'a') });
  await expect(opening).rejects.toMatchObject({ code: 'folder_corrupt' });
  await expect(opening).rejects.toThrow(/refreel restore/);
  writeFileSync(control, whole);
  database = await openDatabase({ folder: join(folder, 'a') }, { maintenanceSeconds: 0 });
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mountWorks();

describe.skipIf(!canMount)('on a disk of 160 MB', () => {
  let disk: string;
  beforeAll(() => {
    disk = join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk]);
  });
  afterAll(() => execFileSync('umount', ['-l', disk]));

  test('a start without room is said', async () => {
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(130 * 1024 * 1024));
    await expect(openDatabase({ folder: join(disk, 'store') })).rejects.toMatchObject({ code: 'disk_full' });
    rmSync(join(disk, 'ballast'));
  });

  test('a full disk fails the request, loses nothing, and is over when there is room', async () => {
    const small = await openDatabase({ folder: join(disk, 'store') }, { maintenanceSeconds: 0 });
    const tenant = await makeTenant(small);
    const first = await accept(small, tenant);
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, '');
    expect(() => writeFileSync(ballast, Buffer.alloc(200 * 1024 * 1024))).toThrow(/ENOSPC/);
    const accepted = [first];
    const echo = { filler: Array.from({ length: 100 }, () => makeId('gen').repeat(100)) };
    const fill = async () => {
      for (;;) {
        const made = await createGeneration(small.connection, tenant.workspace, newGeneration(tenant, { echo }));
        accepted.push(made.id);
      }
    };
    expect(isDiskFull(await fill().catch((error: unknown) => error))).toBe(true);
    rmSync(ballast);
    for (const id of accepted)
      expect(await findGeneration(small.connection, tenant.workspace, { id })).toMatchObject({ state: 'queued' });
    await accept(small, tenant);
    await small.close();
  });
});

function mountWorks(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'refreel-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { stdio: 'ignore' });
    execFileSync('umount', [place], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
