import { problem } from '@refreel/core/model';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  claimAttempts,
  createGeneration,
  createKey,
  moveAttempt,
  releaseAttempt,
  releaseAttempts,
  renewAttempt,
  secondsUntilDue,
  startAttempt,
} from '../index.ts';
import { accept, claim, claimOne, makeTenant, newGeneration, type StoreUnderTest, sampleFilm } from './samples.ts';

export function claims(store: StoreUnderTest): void {
  /** Lets every lease of an account be over, as waiting for it would. */
  const endLeases = (account: string) =>
    sql`update attempts set due_at = now() - interval '1 second' where account = ${account} and token is not null`.execute(
      store().connection,
    );

  test('50 workers at once never get one attempt twice, and get all', async () => {
    const tenant = await makeTenant(store());
    for (let index = 0; index < 40; index++) await accept(store(), tenant, 3);
    const taken = await Promise.all(Array.from({ length: 50 }, () => claim(store(), tenant.account, 3)));
    const rest = await claim(store(), tenant.account, 1000);
    const names = [...taken.flat(), ...rest].map(({ claim: { generationId, index } }) => `${generationId}/${index}`);
    expect(new Set(names).size).toBe(120);
    expect(names).toHaveLength(120);
    expect(new Set([...taken.flat(), ...rest].map((one) => one.claim.token)).size).toBe(120);
  });

  test('keys take turns, however many each has waiting', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const other = { ...tenant, key: (await createKey(connection, tenant.workspace, 'other')).key.id };
    const stranger = { ...(await makeTenant(store())), account: tenant.account };
    for (let index = 0; index < 10; index++) await accept(store(), tenant);
    const served: string[] = [];
    const serve = async (count: number) => {
      for (let index = 0; index < count; index++) served.push((await claimOne(store(), tenant.account)).keyId!);
    };
    await serve(4);
    for (let index = 0; index < 3; index++) await accept(store(), other);
    await createGeneration(
      connection,
      stranger.workspace,
      newGeneration(stranger, {
        attempts: Array.from({ length: 2 }, () => ({ producer: 'upstream' as const, account: tenant.account })),
      }),
    );
    await serve(11);
    const letters = new Map([
      [tenant.key, 'a'],
      [other.key, 'b'],
      [stranger.key, 'c'],
    ]);
    const order = served.map((key) => letters.get(key)).join('');
    expect(order.slice(0, 4)).toBe('aaaa');
    // Each of the next rounds serves every key that still waits once.
    expect([order.slice(4, 7), order.slice(7, 10)].map((round) => [...round].sort().join(''))).toEqual(['abc', 'abc']);
    expect([...order.slice(10, 12)].sort().join('')).toBe('ab');
    expect(order.slice(12)).toBe('aaa');
  });

  test('a lease that ends is taken over with a new token, and the old one can do nothing', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    await accept(store(), tenant);
    const old = await claimOne(store(), tenant.account);
    await startAttempt(connection, old.claim, { task: 1 });
    expect(await claim(store(), tenant.account)).toEqual([]);
    await endLeases(tenant.account);
    const next = await claimOne(store(), tenant.account);
    expect(next).toMatchObject({ state: 'running', handle: { task: 1 }, claims: 2, claim: { index: old.claim.index } });
    expect(next.claim.token).not.toBe(old.claim.token);
    expect(await renewAttempt(connection, old.claim, 60, { done: 1 })).toBeUndefined();
    expect(await moveAttempt(connection, old.claim, 'done', { films: [sampleFilm] })).toBeUndefined();
    expect(await startAttempt(connection, old.claim, { task: 2 })).toBeUndefined();
    expect(await releaseAttempt(connection, old.claim, { dueInSeconds: 0 })).toBe(false);
    expect(await moveAttempt(connection, next.claim, 'done', { films: [sampleFilm] })).toMatchObject({ state: 'done' });
    expect(await claim(store(), tenant.account)).toEqual([]);
  });

  test('a renewed lease holds', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    await accept(store(), tenant);
    const held = await claimOne(store(), tenant.account);
    await endLeases(tenant.account);
    expect(await renewAttempt(connection, held.claim, 60)).toBe('queued');
    expect(await claim(store(), tenant.account)).toEqual([]);
  });

  test('what is given back comes again when it is due, before what was never begun', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const begun = await accept(store(), tenant);
    const held = await claimOne(store(), tenant.account);
    await startAttempt(connection, held.claim, { looks: 0 }, { dueInSeconds: 600 });
    expect(await renewAttempt(connection, held.claim, 60)).toBeUndefined();
    expect(await secondsUntilDue(connection, { producer: 'upstream', account: tenant.account })).toBeGreaterThan(500);
    const fresh = await accept(store(), tenant);
    expect(await secondsUntilDue(connection, { producer: 'upstream', account: tenant.account })).toBe(0);
    await sql`update attempts set due_at = now() where generation_id = ${begun}`.execute(connection);
    const both = await claim(store(), tenant.account, 5);
    expect(both.map((one) => one.claim.generationId).sort()).toEqual([begun, fresh].sort());
    expect(await secondsUntilDue(connection, { producer: 'upstream', account: 'none' })).toBeUndefined();
    const again = both.find((one) => one.claim.generationId === begun)!;
    expect(await releaseAttempt(connection, again.claim, { dueInSeconds: 0, handle: { looks: 1 } })).toBe(true);
    expect(await claim(store(), tenant.account, 1)).toMatchObject([{ handle: { looks: 1 } }]);
  });

  test('several are given back at once, each as it is, and one whose claim was lost is left alone', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    for (let index = 0; index < 4; index++) await accept(store(), tenant);
    const taken = await claim(store(), tenant.account, 4);
    for (const [at, one] of taken.entries())
      await startAttempt(connection, one.claim, { task: at }, { dueInSeconds: 0 });
    const [soon, late, waiting, lost] = await claim(store(), tenant.account, 4);
    await sql`update attempts set token = gen_random_uuid() where generation_id = ${lost!.claim.generationId}`.execute(
      connection,
    );
    const problems = [problem('vendor_silent', '')];
    const given = await releaseAttempts(connection, [
      { claim: soon!.claim, dueInSeconds: 0, handle: { looks: 1 } },
      { claim: late!.claim, dueInSeconds: 600 },
      { claim: waiting!.claim, dueInSeconds: null, problems },
      { claim: lost!.claim, dueInSeconds: 0, handle: { looks: 9 } },
    ]);
    expect(given).toBe(3);
    const next = await claim(store(), tenant.account, 4);
    expect(next.map(({ claim: { generationId }, handle }) => [generationId, handle])).toEqual([
      [soon!.claim.generationId, { looks: 1 }],
    ]);
    const { rows } =
      await sql<object>`select handle, problems, token is null as free, due_at > now() + interval '500 seconds' as late
      from attempts where generation_id = any(${[late, waiting, lost].map((one) => one!.claim.generationId)}) order by handle -> 'task'`.execute(
        connection,
      );
    expect(rows).toEqual([
      { handle: late!.handle, problems: [], free: true, late: true },
      { handle: waiting!.handle, problems, free: true, late: null },
      { handle: lost!.handle, problems: [], free: false, late: false },
    ]);
    expect(await releaseAttempts(connection, [])).toBe(0);
  });

  test('a worker without room for new work still gets what was begun', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const begun = await accept(store(), tenant);
    await startAttempt(connection, (await claimOne(store(), tenant.account)).claim, {}, { dueInSeconds: 0 });
    await accept(store(), tenant);
    const options = { worker: 'w', producer: 'upstream', account: tenant.account, limit: 9, leaseSeconds: 60 } as const;
    const taken = await claimAttempts(connection, { ...options, fresh: 0 });
    expect(taken.map((one) => one.claim.generationId)).toEqual([begun]);
    expect(await claimAttempts(connection, { ...options, fresh: 1 })).toHaveLength(1);
  });
}
