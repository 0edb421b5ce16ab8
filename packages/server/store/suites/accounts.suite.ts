import { makeNote, problem } from '@refreel/core/model';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  type AccountClaimOptions,
  accountsAtWork,
  addAccount,
  beginSubmit,
  type ClaimedAttempt,
  cancelGeneration,
  claimForAccount,
  createGeneration,
  eventsSince,
  findGeneration,
  lastAttempts,
  moveAttempt,
  removeAccount,
  replaceAttempt,
  setAccountAside,
  startAttempt,
  storedAccounts,
  takeAccountBack,
} from '../index.ts';
import { accept, makeTenant, newGeneration, type StoreUnderTest } from './samples.ts';

export function accounts(store: StoreUnderTest): void {
  const take = (options: Partial<AccountClaimOptions> & Pick<AccountClaimOptions, 'account'>) =>
    claimForAccount(store().connection, { worker: 'test', limit: 10, leaseSeconds: 60, ...options });
  /** Attempts that the vendor of an account may be at. */
  const there = async (account: string): Promise<number> => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from attempts where account = ${account} and turn is null and due_at is not null
        and (state in ('submitting', 'running') or (state = 'queued' and token is not null))
    `.execute(store().connection);
    return rows[0]!.count;
  };

  test('50 claims at once never give out more places than there are, and give out all', async () => {
    const { account, ...tenant } = await makeTenant(store());
    for (let index = 0; index < 20; index++) await accept(store(), { account, ...tenant }, 2);
    const claims = await Promise.all(Array.from({ length: 50 }, () => take({ account, concurrency: 7, limit: 3 })));
    const held = claims.flatMap(({ attempts }) => attempts);
    expect([held.length, await there(account)]).toEqual([7, 7]);
    expect((await take({ account, concurrency: 7 })).full).not.toBe(false);

    // One is over, one is at the vendor: there is one place more.
    const { connection } = store();
    await moveAttempt(connection, held[0]!.claim, 'failed', { billed: 'no', problems: [] });
    await beginSubmit(connection, held[1]!.claim, {}, { id: account, pace: undefined });
    await startAttempt(connection, held[1]!.claim, {}, { dueInSeconds: 600 });
    expect((await take({ account, concurrency: 7 })).attempts).toHaveLength(1);
    expect(await there(account)).toBe(7);
  });

  test('what is to be looked at or prepared needs no place', async () => {
    const tenant = await makeTenant(store());
    const { account } = tenant;
    await accept(store(), tenant, 2);
    const [first] = (await take({ account, concurrency: 1 })).attempts;
    await startAttempt(store().connection, first!.claim, {}, { dueInSeconds: 0 });
    const { attempts } = await take({ account, concurrency: 1 });
    expect(attempts.map(({ state }) => state)).toEqual(['running']);
  });

  test('whoever has lost its place does not send', async () => {
    const tenant = await makeTenant(store());
    const { account } = tenant;
    await accept(store(), tenant, 2);
    const [late] = (await take({ account, concurrency: 1, leaseSeconds: -1 })).attempts;
    const [next] = (await take({ account, concurrency: 1, limit: 1 })).attempts;
    expect(next).toBeDefined();
    expect(await beginSubmit(store().connection, late!.claim, {}, { id: account, pace: undefined })).toBeUndefined();
  });

  test('its pace is kept by all who send for it', async () => {
    const tenant = await makeTenant(store());
    const { account } = tenant;
    const pace = { submits: 3, seconds: 0.5 };
    const { connection } = store();
    await accept(store(), tenant, 12);
    const begun = new Set<number>();
    const send = async ({ claim }: ClaimedAttempt) => {
      expect(await beginSubmit(connection, claim, {}, { id: account, pace })).toBeDefined();
      const { rows } = await sql<{ at: number }>`
        select extract(epoch from at)::float8 as at from accounts, unnest(submits) as at where id = ${account}
      `.execute(connection);
      for (const { at } of rows) begun.add(at);
      await moveAttempt(connection, claim, 'failed', { billed: 'no', problems: [] });
    };
    const sender = async () => {
      for (let times = 0; times < 2000; times += 1) {
        const { attempts, full } = await take({ account, pace, limit: 5 });
        await Promise.all(attempts.map(send));
        if (attempts.length === 0 && full === false) return;
        if (attempts.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    await Promise.all([sender(), sender()]);
    const times = [...begun].sort((one, other) => one - other);
    expect(times).toHaveLength(12);
    const closest = times.flatMap((at, index) => (index < 3 ? [] : [at - times[index - 3]!]));
    // Times are whole microseconds.
    expect(Math.min(...closest)).toBeGreaterThanOrEqual(0.499_99);
    expect((await accountsAtWork(connection)).filter((one) => one.account === account)).toEqual([]);
  });

  test('another attempt takes the place of one that was refused: both or neither', async () => {
    const tenant = await makeTenant(store());
    const { account, workspace } = tenant;
    const { connection } = store();
    const id = await accept(store(), tenant);
    const [held] = (await take({ account })).attempts;
    await beginSubmit(connection, held!.claim, {}, { id: account, pace: undefined });
    const change = { billed: 'no', problems: [problem('quota_exhausted', '', { found: 'x' })] } as const;
    const failing = replaceAttempt(connection, held!.claim, change, { account: `${account}2`, model: null }, () =>
      Promise.reject(new Error('the money is not there')),
    );
    await expect(failing).rejects.toThrow('the money');
    expect((await findGeneration(connection, workspace, { id }))?.attempts).toMatchObject([{ state: 'submitting' }]);

    const next = { account: `${account}2`, model: 'sora-2' };
    expect(await replaceAttempt(connection, held!.claim, change, next)).toEqual({ index: 1 });
    // Nobody can do it twice.
    expect(await replaceAttempt(connection, held!.claim, change, next)).toBeUndefined();
    const whole = await findGeneration(connection, workspace, { id });
    expect(whole).toMatchObject({
      state: 'queued',
      attempts: [
        { index: 0, place: 0, state: 'failed', billed: 'no', problems: [{ code: 'quota_exhausted' }] },
        { index: 1, place: 0, state: 'queued', account: `${account}2`, model: 'sora-2', billed: 'no' },
      ],
    });
    expect(lastAttempts(whole!.attempts).map(({ index }) => index)).toEqual([1]);
    const told = (await eventsSince(connection, workspace, 0)).filter(({ kind }) => kind === 'attempt.state');
    expect(told.slice(-2).map(({ data }) => data)).toEqual([
      { index: 0, state: 'failed' },
      { index: 1, state: 'queued', account: `${account}2`, model: 'sora-2', replaces: 0 },
    ]);
    const [taken] = (await take({ account: `${account}2` })).attempts;
    expect(taken).toMatchObject({ place: 0, request: { model: 'sora-2' }, claim: { index: 1 } });
  });

  test('one whose media are to be made to fit is prepared first, adds to the notes, and may be replaced from there', async () => {
    const tenant = await makeTenant(store());
    const { account, workspace } = tenant;
    const { connection } = store();
    const id = await accept(store(), tenant);
    const change = { billed: 'no', problems: [problem('vendor_refused', '', { found: 'x' })] } as const;
    const [held] = (await take({ account })).attempts;
    const before = (await findGeneration(connection, workspace, { id }))!;
    const second = { account: `${account}2`, model: 'sora-2', state: 'preparing' } as const;
    expect(await replaceAttempt(connection, held!.claim, change, second)).toEqual({ index: 1 });
    // It needs no place at the vendor as long as it is prepared.
    const [taken] = (await take({ account: `${account}2`, concurrency: 1 })).attempts;
    expect(taken).toMatchObject({ place: 0, state: 'preparing', claim: { index: 1 } });
    const fitted = makeNote('setting_ignored', 'fps', { found: 30, model: 'sora-2' });
    const handle = { fitted: { startFrame: 'asset:1' } };
    const ready = { handle, notes: [fitted], dueInSeconds: 0 };
    expect(await moveAttempt(connection, taken!.claim, 'queued', ready)).toMatchObject({ state: 'queued' });
    const whole = (await findGeneration(connection, workspace, { id }))!;
    expect(whole.notes).toEqual([...before.notes, fitted]);
    expect([whole.request, whole.quote]).toEqual([before.request, before.quote]);

    const [sent] = (await take({ account: `${account}2` })).attempts;
    expect(sent).toMatchObject({ state: 'queued', handle });
    const third = { account: `${account}3`, model: 'sora-2', state: 'preparing' } as const;
    expect(await replaceAttempt(connection, sent!.claim, change, third)).toEqual({ index: 2 });
    const [preparing] = (await take({ account: `${account}3` })).attempts;
    const last = { account: `${account}4`, model: null };
    expect(await replaceAttempt(connection, preparing!.claim, change, last)).toEqual({ index: 3 });
    const states = (await findGeneration(connection, workspace, { id }))!.attempts.map(({ state }) => state);
    expect(states).toEqual(['failed', 'failed', 'failed', 'queued']);
  });

  test('what fails while the request itself is prepared is asked of nobody else', async () => {
    const tenant = await makeTenant(store());
    const { account, workspace } = tenant;
    const { connection } = store();
    const one = { producer: 'upstream', account } as const;
    const { id } = await createGeneration(
      connection,
      workspace,
      newGeneration(tenant, { state: 'preparing', attempts: [one] }),
    );
    const [held] = (await take({ account })).attempts;
    expect(held).toMatchObject({ state: 'preparing' });
    const next = { account: `${account}2`, model: null };
    expect(await replaceAttempt(connection, held!.claim, { billed: 'no', problems: [] }, next)).toBeUndefined();
    expect((await findGeneration(connection, workspace, { id }))?.attempts).toHaveLength(1);
  });

  test('after a cancel nobody else is asked', async () => {
    const tenant = await makeTenant(store());
    const { account, workspace } = tenant;
    const { connection } = store();
    const id = await accept(store(), tenant);
    const [held] = (await take({ account })).attempts;
    await beginSubmit(connection, held!.claim, {}, { id: account, pace: undefined });
    await cancelGeneration(connection, workspace, id);
    const next = { account, model: null };
    expect(await replaceAttempt(connection, held!.claim, { billed: 'no', problems: [] }, next)).toBeUndefined();
    expect((await findGeneration(connection, workspace, { id }))?.attempts).toHaveLength(1);
  });

  test('an account is added once, set aside with the first reason, taken back, and taken away', async () => {
    const { account: id } = await makeTenant(store());
    const { connection } = store();
    const find = async () => (await storedAccounts(connection)).find((one) => one.id === id);
    const added = { id, entry: { dialect: 'venice' }, sealedKey: Buffer.from([1, 2, 3]) };
    expect([await addAccount(connection, added), await addAccount(connection, added)]).toEqual([true, false]);
    expect(await find()).toMatchObject({ added: { entry: added.entry, sealedKey: added.sealedKey }, aside: undefined });
    const refused = problem('account_key_refused', '', { found: id });
    await setAccountAside(connection, id, { problem: refused, mark: 'one' });
    const since = (await find())?.aside?.at;
    await setAccountAside(connection, id, { problem: refused, mark: 'one' });
    expect((await find())?.aside).toEqual({ at: since, problem: refused, mark: 'one' });
    await takeAccountBack(connection, id);
    expect((await find())?.aside).toBeUndefined();
    await setAccountAside(connection, id, { problem: refused, mark: 'one' });
    // Another key is tried.
    expect(await addAccount(connection, { ...added, sealedKey: Buffer.from([4]) }, true)).toBe(true);
    expect(await find()).toMatchObject({ added: { sealedKey: Buffer.from([4]) }, aside: undefined });
    expect([await removeAccount(connection, id), await removeAccount(connection, id)]).toEqual([true, false]);
    expect(await find()).toBeUndefined();
  });
}
