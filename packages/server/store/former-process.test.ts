import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { releaseFormerProcess } from './former-process.ts';
import {
  beginRequest,
  claimAttempts,
  createGeneration,
  openDatabase,
  renewAttempt,
  secondsUntilDue,
  startAttempt,
} from './index.ts';
import { accept, claim, claimOne, makeTenant, newGeneration } from './suites/samples.ts';
import { startTestPostgres } from './test-postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'refreel-former-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const repeatable = { dialect: 'native', key: 'k', bodySha256: 'body' };

/** A process that ends with an attempt and a request in its hands; what the next one finds of them. */
async function takeOver(where: Parameters<typeof openDatabase>[0]) {
  const first = await openDatabase(where);
  const tenant = await makeTenant(first);
  await accept(first, tenant);
  const held = await claimOne(first, tenant.account, 900);
  await startAttempt(first.connection, held.claim, { task: 1 });
  await accept(first, tenant);
  const later = await claimOne(first, tenant.account, 900);
  await startAttempt(first.connection, later.claim, { task: 2 }, { dueInSeconds: 600 });
  await beginRequest(first.connection, tenant.workspace, repeatable);
  // What a process holds does not end with its connection.
  await first.close();

  const next = await openDatabase(where);
  try {
    const due = await secondsUntilDue(next.connection, { producer: 'upstream', account: tenant.account });
    const taken = await claim(next, tenant.account);
    const renewed = await renewAttempt(next.connection, held.claim, 60);
    const again = await beginRequest(next.connection, tenant.workspace, repeatable);
    return { due, taken, renewed, again: again.is };
  } finally {
    await next.close();
  }
}

test('whoever opens the folder takes up at once what the former process held', async () => {
  const { due, taken, renewed, again } = await takeOver({ folder });
  // What was to rest for a while still rests.
  expect(taken).toMatchObject([{ state: 'running', handle: { task: 1 }, claims: 2 }]);
  expect([due, renewed, again]).toEqual([0, undefined, 'new']);
});

test('a film that was in hand whenever a process ended lets others go first, and longer each time', async () => {
  const database = await openDatabase({ folder: join(folder, 'again') });
  const { connection } = database;
  try {
    const tenant = await makeTenant(database);
    const begun = [1, 5, 6, 8, 50];
    const attempts = begun.map(() => ({ producer: 'animatic' }) as const);
    await createGeneration(connection, tenant.workspace, newGeneration(tenant, { attempts }));
    await sql`
      update attempts set claims = (${begun}::int[])[index + 1] - 1 where workspace_id = ${tenant.workspace}
    `.execute(connection);
    await claimAttempts(connection, { worker: 'test', producer: 'animatic', limit: 5, leaseSeconds: 900 });
    await releaseFormerProcess(connection);
    const { rows } = await sql<{ claims: number; seconds: string }>`
      select claims, extract(epoch from due_at - updated_at) as seconds from attempts
      where workspace_id = ${tenant.workspace} order by index
    `.execute(connection);
    expect(rows.map(({ claims }) => claims)).toEqual(begun);
    expect(rows.map(({ seconds }) => Number(seconds))).toEqual([0, 0, 1, 4, 60]);
  } finally {
    await database.close();
  }
});

test('on PostgreSQL others may be alive: a lease is waited for', async (context) => {
  const server = await startTestPostgres();
  if (server === undefined) return context.skip('no PostgreSQL for this machine');
  try {
    const { due, taken, renewed, again } = await takeOver({ url: await server.createDatabase() });
    expect(due).toBeGreaterThan(500);
    expect([taken, renewed, again]).toEqual([[], 'running', 'running']);
  } finally {
    await server.stop();
  }
});
