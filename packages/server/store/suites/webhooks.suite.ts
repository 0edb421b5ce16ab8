import { problem } from '@refreel/core/model';
import { expect, test } from 'vitest';
import {
  advanceWebhook,
  type ClaimedWebhook,
  claimWebhooks,
  createWebhook,
  failWebhook,
  findWebhook,
  hasWebhooks,
  lastEvent,
  listWebhooks,
  releaseWebhook,
  removeWebhook,
} from '../index.ts';
import { accept, makeTenant, type StoreUnderTest } from './samples.ts';

const asked = { url: 'https://hooks.example/a', kinds: ['generation.state'] } as const;
const why = problem('webhook_status', 'url', { found: 500, limit: 15 });

export function webhooks(store: StoreUnderTest): void {
  const claim = async (id: string, leaseSeconds = 60): Promise<ClaimedWebhook | undefined> =>
    (await claimWebhooks(store().connection, { limit: 100, leaseSeconds })).find((one) => one.id === id);

  test('a webhook is told what happens after it was made, by one process at a time', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const { workspace } = tenant;
    await accept(store(), tenant);
    const before = await lastEvent(connection, workspace);
    const { id } = (await createWebhook(connection, workspace, asked, 9))!;
    expect(await hasWebhooks(connection)).toBe(true);
    expect(await claim(id)).toBeUndefined();
    await accept(store(), tenant);
    const claimed = (await claim(id))!;
    expect(claimed).toMatchObject({ ...asked, workspace, afterEvent: before, failures: 0, problem: null });
    expect(await claim(id)).toBeUndefined();
    const event = await lastEvent(connection, workspace);
    expect(await advanceWebhook(connection, claimed, { event, taken: true, leaseSeconds: 0 })).toBe(true);
    expect(await advanceWebhook(connection, claimed, { event, taken: true, leaseSeconds: 0 })).toBe(false);
    expect(await claim(id)).toBeUndefined();
  });

  test('one whose process died is taken up again, and the dead one changes nothing any more', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const { id } = (await createWebhook(connection, tenant.workspace, asked, 9))!;
    await accept(store(), tenant);
    const dead = (await claim(id, 0))!;
    const alive = (await claim(id))!;
    expect(alive.token).not.toBe(dead.token);
    await releaseWebhook(connection, dead);
    expect(await claim(id)).toBeUndefined();
    expect(await advanceWebhook(connection, dead, { event: 999, taken: true, leaseSeconds: 0 })).toBe(false);
    await failWebhook(connection, dead, { problem: why, againInSeconds: 0, giveUpAfterSeconds: 0 });
    await releaseWebhook(connection, alive);
    expect(await claim(id)).toBeDefined();
    expect(await findWebhook(connection, tenant.workspace, id)).toMatchObject({ failures: 0, disabledAt: null });
  });

  test('failures are counted until one is taken, and end it after a time, with the reason', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const { workspace } = tenant;
    const { id } = (await createWebhook(connection, workspace, asked, 9))!;
    await accept(store(), tenant);
    const fail = async (againInSeconds: number, giveUpAfterSeconds: number) =>
      failWebhook(connection, (await claim(id))!, { problem: why, againInSeconds, giveUpAfterSeconds });
    await fail(0, 1000);
    await fail(0, 1000);
    expect(await findWebhook(connection, workspace, id)).toMatchObject({
      failures: 2,
      problem: why,
      failingSince: expect.any(Date),
      disabledAt: null,
    });
    const claimed = (await claim(id))!;
    await advanceWebhook(connection, claimed, { event: claimed.afterEvent, taken: true, leaseSeconds: 0 });
    expect(await findWebhook(connection, workspace, id)).toMatchObject({
      failures: 0,
      problem: null,
      failingSince: null,
    });
    await fail(1000, 1000);
    expect(await claim(id)).toBeUndefined();
    const other = (await createWebhook(connection, workspace, asked, 9))!;
    await accept(store(), tenant);
    await failWebhook(connection, (await claim(other.id))!, { problem: why, againInSeconds: 0, giveUpAfterSeconds: 0 });
    expect(await findWebhook(connection, workspace, other.id)).toMatchObject({
      disabledAt: expect.any(Date),
      problem: why,
    });
    expect(await claim(other.id)).toBeUndefined();
  });

  test('a workspace has so many and no more, and only its own', async () => {
    const { connection } = store();
    const [mine, theirs] = [(await makeTenant(store())).workspace, (await makeTenant(store())).workspace];
    const made = [await createWebhook(connection, mine, asked, 2), await createWebhook(connection, mine, asked, 2)];
    expect(await createWebhook(connection, mine, asked, 2)).toBeUndefined();
    expect(await listWebhooks(connection, mine)).toEqual(made);
    const { id } = made[0]!;
    expect(await listWebhooks(connection, theirs)).toEqual([]);
    expect(await findWebhook(connection, theirs, id)).toBeUndefined();
    expect(await removeWebhook(connection, theirs, id)).toBeUndefined();
    expect(await removeWebhook(connection, mine, id)).toEqual(made[0]);
    expect(await listWebhooks(connection, mine)).toEqual([made[1]]);
  });
}
