import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledQuery, sql } from 'kysely';
import type { Connection } from './connection.ts';
import { errorCode, StoreError } from './store-error.ts';

/** A step of the schema: its file's name without ".sql", and the SHA-256 of its text. */
export interface Migration {
  readonly name: string;
  readonly sha256: string;
}

const ownFolder = join(import.meta.dirname, 'migrations');

/** Two programs that start at once take turns on this number. */
const lockNumber = 7_262_667;

/**
 * Brings the schema to what this program knows, all steps in one transaction; or to the first `most` of them. Steps only ever go forward, and one that was applied is
 * never edited. @throws StoreError `database_newer` or `migration_changed`.
 */
export async function migrate(
  connection: Connection,
  most = Number.POSITIVE_INFINITY,
  folder: string = ownFolder,
): Promise<void> {
  const steps = readMigrations(folder).slice(0, most);
  // Nearly every start finds nothing to do, and need not wait for anybody to learn it.
  if ((await findApplied(connection, steps)) === steps.length) return;
  await connection.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(transaction);
    await sql`
      create table if not exists migrations (
        name text primary key,
        sha256 text not null,
        applied_at timestamptz not null default now()
      )
    `.execute(transaction);
    const applied = await appliedMigrations(transaction);
    refuseStrange(steps, applied);
    for (const { name, sha256, text } of steps.slice(applied.length)) {
      // Without values the text goes as it is, so that it may hold several statements.
      await transaction.executeQuery(CompiledQuery.raw(text));
      await sql`insert into migrations (name, sha256) values (${name}, ${sha256})`.execute(transaction);
    }
  });
}

/** How many of the steps a database has been through; undefined for an empty one. @throws as `migrate` */
async function findApplied(connection: Connection, steps: readonly Migration[]): Promise<number | undefined> {
  try {
    const applied = await appliedMigrations(connection);
    refuseStrange(steps, applied);
    return applied.length;
  } catch (error) {
    if (errorCode(error) === undefinedTable) return undefined;
    throw error;
  }
}

const undefinedTable = '42P01';

/** The steps that a database has been through, in order. */
export async function appliedMigrations(connection: Connection): Promise<Migration[]> {
  const { rows } = await sql<Migration>`select name, sha256 from migrations order by name`.execute(connection);
  return rows;
}

function readMigrations(folder: string): (Migration & { text: string })[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
      return { name: file.slice(0, -4), sha256: createHash('sha256').update(text).digest('hex'), text };
    });
}

function refuseStrange(steps: readonly Migration[], applied: readonly Migration[]): void {
  for (const [index, { name, sha256 }] of applied.entries()) {
    const step = steps[index];
    if (step?.name === name && step.sha256 === sha256) continue;
    if (step === undefined || steps.every((one) => one.name !== name))
      throw new StoreError(
        'database_newer',
        name,
        `The database has been through "${name}", which this Refreel does not know. Update Refreel, or restore a backup of before.`,
      );
    throw new StoreError(
      'migration_changed',
      name,
      `"${name}" was applied to this database with another text. Put the file back as it was, and make the change in a new one.`,
    );
  }
}
