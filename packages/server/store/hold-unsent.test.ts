import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  backup,
  claimAttempts,
  createGeneration,
  eventsSince,
  findGeneration,
  openDatabase,
  resolveAttempt,
  restore,
  startAttempt,
} from './index.ts';
import { claimOne, makeTenant, newGeneration } from './suites/samples.ts';

test('what waited to be sent when a backup was made is not sent when it is restored', async () => {
  const place = mkdtempSync(join(tmpdir(), 'refreel-unsent-'));
  const open = (name: string) => openDatabase({ folder: join(place, name) }, { maintenanceSeconds: 0 });
  try {
    const before = await open('old');
    const tenant = await makeTenant(before);
    const { workspace, account } = tenant;
    const accept = async (more: Parameters<typeof newGeneration>[1] = {}) =>
      (await createGeneration(before.connection, workspace, newGeneration(tenant, more))).id;
    const running = await accept();
    const { claim } = await claimOne(before, account);
    await startAttempt(before.connection, claim, { voyage: { taskId: 'a' } }, { dueInSeconds: 0 });
    const queued = await accept();
    const preparing = await accept({ state: 'preparing' });
    const drawn = await accept({ attempts: [{ producer: 'animatic' }] });
    const last = (await eventsSince(before.connection, workspace, 0)).at(-1)!.id;
    await before.close();

    await backup(join(place, 'old'), join(place, 'kept'));
    await restore(join(place, 'kept'), join(place, 'new'));
    const { connection, ...after } = await open('new');
    const find = (id: string) => findGeneration(connection, workspace, { id });
    expect(await find(queued)).toMatchObject({
      state: 'unconfirmed',
      attempts: [{ billed: 'unknown', problems: [{ code: 'restored_unsent', values: { account } }] }],
    });
    expect(await find(preparing)).toMatchObject({ state: 'failed', finishedAt: expect.any(Date) });
    expect(await find(drawn)).toMatchObject({ state: 'queued' });
    const told = await eventsSince(connection, workspace, last);
    expect(told.map(({ generationId, kind }) => [generationId, kind])).toEqual(
      [queued, preparing].flatMap((id) => [
        [id, 'attempt.state'],
        [id, 'generation.state'],
      ]),
    );
    // Only what the vendor is known to have is worked on.
    const options = { worker: 'test', producer: 'upstream', account, limit: 10, leaseSeconds: 30 } as const;
    const claimed = await claimAttempts(connection, options);
    expect(claimed.map((one) => one.claim.generationId)).toEqual([running]);

    const attempt = { generationId: queued, index: 0 };
    await resolveAttempt(connection, workspace, attempt, { to: 'queued', billed: 'no', problems: [] });
    const [again] = await claimAttempts(connection, options);
    expect(again?.claim.generationId).toBe(queued);
    await after.close();
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}, 120_000);
