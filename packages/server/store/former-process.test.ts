import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { beginRequest, openDatabase, renewAttempt, secondsUntilDue, startAttempt } from './index.ts';
import { accept, claim, claimOne, makeTenant } from './suites/samples.ts';
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
