import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onEveryDatabase } from '../test-databases.ts';
import { type Database, openDatabase } from './index.ts';

onEveryDatabase((databaseUrl) => {
  let place: string;
  let database: Database;
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'refreel-look-ups-'));
    const url = databaseUrl();
    database = await openDatabase(url === undefined ? { folder: place } : { url }, { maintenanceSeconds: 0 });
  }, 60_000);
  afterAll(async () => {
    await database?.close();
    rmSync(place, { recursive: true, force: true });
  });

  test('a row that is named, by its key or by another row, is never looked for among all of its workspace', async () => {
    const { connection } = database;
    // Nothing was counted yet: statements that are planned now keep their plans until something is.
    const { rows: looks } = await sql<{ name: string; table: string; columns: readonly string[] }>`
      select c.conname as name, t.relname as table, array(
        select a.attname::text from unnest(coalesce(c.confkey, c.conkey)) as of (number) join pg_attribute a
        on a.attrelid = t.oid and a.attnum = of.number) as columns
      from pg_constraint c join pg_class t on t.oid = case c.contype when 'f' then c.confrelid else c.conrelid end
      where c.contype in ('p', 'u', 'f') and c.connamespace = current_schema()::regnamespace`.execute(connection);
    expect(looks.length).toBeGreaterThan(50);
    const slow: string[] = [];
    for (const { name, table, columns } of looks) {
      const named = sql.raw(columns.map((column, at) => `"${column}" = $${at + 1}`).join(' and '));
      const { rows } = await sql<Record<string, string>>`
        explain (generic_plan) select 1 from only ${sql.table(table)} where ${named}`.execute(connection);
      const plan = rows.flatMap((row) => Object.values(row)).join('\n');
      const found = /Index Cond: (.*)/.exec(plan)?.[1] ?? '';
      const by = columns.filter((column) => new RegExp(`\\b${column} = `).test(found));
      if (by.length === 0 || (columns.length > 1 && by.join() === 'workspace_id')) slow.push(`${name}: ${plan}`);
    }
    expect(slow).toEqual([]);
  });
});
