import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from './index.ts';
import { appliedMigrations, migrate } from './migrate.ts';

let place: string;
let steps: string;
let database: Database;

const write = (name: string, text: string) => writeFileSync(join(steps, name), text);
const run = (most?: number) => migrate(database.connection, most, steps);
const names = async () => (await appliedMigrations(database.connection)).map(({ name }) => name);

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'refreel-migrate-'));
  steps = mkdtempSync(join(place, 'steps-'));
  database = await openDatabase({ folder: join(place, 'store') }, { maintenanceSeconds: 0, steps: 0 });
}, 60_000);
afterAll(async () => {
  await database?.close();
  rmSync(place, { recursive: true, force: true });
});

test('steps are applied once, in order, and what was there stays', async () => {
  write('0001_a.sql', 'create table a (n int); -- first\ninsert into a values (1);');
  await run();
  await sql`insert into a values (2)`.execute(database.connection);
  write('0002_b.sql', "alter table a add column word text not null default 'x; y';");
  await run(1);
  expect(await names()).toEqual(['0001_a']);
  await run();
  await run();
  expect(await names()).toEqual(['0001_a', '0002_b']);
  const { rows } = await sql`select n, word from a order by n`.execute(database.connection);
  expect(rows).toEqual([
    { n: 1, word: 'x; y' },
    { n: 2, word: 'x; y' },
  ]);
});

test('a step that fails leaves nothing of itself', async () => {
  write('0003_c.sql', 'create table c (n int); select 1 / 0;');
  await expect(run()).rejects.toThrow('division by zero');
  expect(await names()).toEqual(['0001_a', '0002_b']);
  await expect(sql`select * from c`.execute(database.connection)).rejects.toThrow();
  write('0003_c.sql', 'create table c (n int);');
  await run();
});

test('a step that was changed, and a database of a newer program, are refused', async () => {
  write('0002_b.sql', 'alter table a add column other text;');
  await expect(run()).rejects.toMatchObject({ code: 'migration_changed', place: '0002_b' });
  rmSync(join(steps, '0003_c.sql'));
  write('0002_b.sql', "alter table a add column word text not null default 'x; y';");
  await expect(run()).rejects.toMatchObject({ code: 'database_newer', place: '0003_c' });
});

test('how lines end does not count', async () => {
  write('0003_c.sql', 'create table c (n int);');
  write('0001_a.sql', 'create table a (n int); -- first\r\ninsert into a values (1);');
  await run();
});
