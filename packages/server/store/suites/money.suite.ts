import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import {
  type Billed,
  type Connection,
  type Cost,
  cancelGeneration,
  createGeneration,
  holdBudgets,
  holdQuote,
  inTransaction,
  keepQuote,
  listBudgets,
  listReceipts,
  moveAttempt,
  openReceipts,
  putBudget,
  releaseReserved,
  removeBudget,
  reserveAnew,
  resolveAttempt,
  settleBill,
  startAttempt,
  sumSpending,
  sumUnpriced,
  type WorkspaceId,
} from '../index.ts';
import { sweepRows } from '../sweep-rows.ts';
import { claimOne, makeTenant, newGeneration, type StoreUnderTest, sampleFilm, type Tenant } from './samples.ts';

const dollars = (micros: number): Cost => ({
  cap: { micros, currency: 'USD' },
  seconds: 5,
  settings: { tier: '720p' },
});

/** Quotes, budgets, and the books that real money is kept in. */
export function money(store: StoreUnderTest): void {
  const pay = async (tenant: Tenant, cost: Cost = dollars(500), attempts = 1) => {
    const { account, workspace, key } = tenant;
    const tries = Array.from({ length: attempts }, (_, index) => ({ index, account, model: 'animatic', cost }));
    return await inTransaction(store().connection, async (transaction) => {
      const upstream = tries.map(() => ({ producer: 'upstream' as const, account }));
      const { id } = await createGeneration(transaction, workspace, newGeneration(tenant, { attempts: upstream }));
      await openReceipts(transaction, workspace, id, key, tries);
      return id;
    });
  };
  const end = async (tenant: Tenant, billed: Billed, to: 'done' | 'failed' = 'failed') => {
    const { connection } = store();
    const { claim } = await claimOne(store(), tenant.account);
    await startAttempt(connection, claim, {}, { billed: 'unknown' });
    const films = to === 'done' ? [{ ...sampleFilm, index: claim.index }] : [];
    await moveAttempt(connection, claim, to, { billed, films });
    return claim;
  };
  const amounts = async ({ workspace }: Tenant, generationId?: string) => {
    const { items } = await listReceipts(store().connection, workspace, { limit: 99, generationId });
    return items.map(({ reserved, settled, released, held }) => ({ reserved, settled, released, held }));
  };
  const spent = async ({ workspace }: Tenant) => {
    const until = new Date(Date.now() + 60_000);
    const from = new Date(until.getTime() - 3 * 86_400_000);
    const rows = await sumSpending(store().connection, workspace, { from, until, limit: 99 });
    return rows.map(({ currency, reserved, spent: paid, model }) => ({ currency, reserved, spent: paid, model }));
  };

  describe('the books', () => {
    test('what a vendor charged is paid, what it did not is released, and what nobody knows stays held', async () => {
      const tenant = await makeTenant(store());
      const [yes, no, unknown] = [await pay(tenant), await pay(tenant), await pay(tenant)];
      expect(await amounts(tenant, yes)).toEqual([{ reserved: 500, settled: 0, released: 0, held: 500 }]);
      await end(tenant, 'yes', 'done');
      await end(tenant, 'no');
      await end(tenant, 'unknown');
      expect(await amounts(tenant, yes)).toEqual([{ reserved: 500, settled: 500, released: 0, held: 0 }]);
      expect(await amounts(tenant, no)).toEqual([{ reserved: 500, settled: 0, released: 500, held: 0 }]);
      expect(await amounts(tenant, unknown)).toEqual([{ reserved: 500, settled: 0, released: 0, held: 500 }]);
      expect(await spent(tenant)).toEqual([{ currency: 'USD', reserved: 500, spent: 500, model: 'animatic' }]);
      const open = await listReceipts(store().connection, tenant.workspace, { limit: 9, open: true });
      expect(open.items.map(({ generationId }) => generationId)).toEqual([unknown]);
    });

    test('attempts are settled each by itself', async () => {
      const tenant = await makeTenant(store());
      const id = await pay(tenant, dollars(300), 3);
      await end(tenant, 'yes', 'done');
      await end(tenant, 'no');
      expect(await amounts(tenant, id)).toEqual([
        { reserved: 300, settled: 300, released: 0, held: 0 },
        { reserved: 300, settled: 0, released: 300, held: 0 },
        { reserved: 300, settled: 0, released: 0, held: 300 },
      ]);
    });

    test('what the vendor says it charged for is paid, never more than was reserved, and the rest is released', async () => {
      const { connection } = store();
      const tenant = await makeTenant(store());
      for (const billedSeconds of [2, 5, 7, 0]) {
        const id = await pay(tenant);
        const { claim } = await claimOne(store(), tenant.account);
        await startAttempt(connection, claim, {}, { billed: 'unknown' });
        await moveAttempt(connection, claim, 'done', { billed: 'yes', billedSeconds, films: [sampleFilm] });
        const settled = Math.min(500, billedSeconds * 100);
        expect(await amounts(tenant, id)).toEqual([{ reserved: 500, settled, released: 500 - settled, held: 0 }]);
      }
    });

    test('a cancel releases what was not sent, and holds what is at the vendor', async () => {
      const { connection } = store();
      const tenant = await makeTenant(store());
      const id = await pay(tenant, dollars(100), 2);
      const { claim } = await claimOne(store(), tenant.account);
      await moveAttempt(connection, claim, 'submitting', { billed: 'unknown' });
      await cancelGeneration(connection, tenant.workspace, id);
      const held = async () => (await amounts(tenant, id)).map((one) => one.held);
      expect(await held()).toEqual([100, 0]);
      await moveAttempt(connection, claim, 'cancelled', { billed: 'unknown' });
      expect(await held()).toEqual([100, 0]);
      expect(await spent(tenant)).toEqual([{ currency: 'USD', reserved: 100, spent: 0, model: 'animatic' }]);
    });

    test('what is unconfirmed stays held, whatever a person says first, until it has ended', async () => {
      const { connection } = store();
      const tenant = await makeTenant(store());
      const id = await pay(tenant);
      const { claim } = await claimOne(store(), tenant.account);
      await moveAttempt(connection, claim, 'submitting', { billed: 'unknown' });
      await moveAttempt(connection, claim, 'unconfirmed', { dueInSeconds: null });
      const place = { generationId: id, index: 0 };
      const settle = () => settleBill(connection, tenant.workspace, place, { billed: 'no' });
      expect(await settle()).toEqual({ why: 'unfinished', state: 'unconfirmed' });
      await resolveAttempt(connection, tenant.workspace, place, { to: 'queued', billed: 'no', problems: [] });
      expect(await amounts(tenant, id)).toMatchObject([{ held: 500 }]);
      await end(tenant, 'yes', 'done');
      expect(await amounts(tenant, id)).toMatchObject([{ settled: 500, held: 0 }]);
      expect(await settle()).toEqual({ why: 'settled', billed: 'yes' });
    });

    test('a person settles what nobody could know, once, and the rest is released', async () => {
      const { connection } = store();
      const tenant = await makeTenant(store());
      const stranger = await makeTenant(store());
      const id = await pay(tenant);
      await end(tenant, 'unknown');
      const settle = (micros: number, currency = 'USD', { workspace } = tenant) =>
        settleBill(
          connection,
          workspace,
          { generationId: id, index: 0 },
          { billed: 'yes', amount: { micros, currency } },
        );
      expect(await settle(1, 'USD', stranger)).toEqual({ why: 'unknown' });
      const held = { micros: 500, currency: 'USD' };
      expect([await settle(501), await settle(1, 'CNY')]).toEqual([
        { why: 'amount', held },
        { why: 'amount', held },
      ]);
      const both = await Promise.all([settle(200), settle(200)]);
      expect(both).toContain('done');
      expect(both).toContainEqual({ why: 'settled', billed: 'yes' });
      expect(await amounts(tenant, id)).toEqual([{ reserved: 500, settled: 200, released: 300, held: 0 }]);
    });

    test('what is reserved anew follows what it costs, up and down', async () => {
      const tenant = await makeTenant(store());
      const { workspace, account } = tenant;
      const id = await pay(tenant);
      for (const micros of [200, 900])
        await inTransaction(store().connection, async (transaction) => {
          await releaseReserved(transaction, workspace, id, [0]);
          const attempt = { index: 0, account, model: 'animatic', cost: dollars(micros) };
          await reserveAnew(transaction, workspace, id, [attempt]);
        });
      expect(await amounts(tenant, id)).toEqual([{ reserved: 1600, settled: 0, released: 700, held: 900 }]);
      await end(tenant, 'yes', 'done');
      expect(await amounts(tenant, id)).toMatchObject([{ settled: 900, held: 0 }]);
    });

    test('nothing in them can be changed, taken away, paid twice, or fail to sum to zero', async () => {
      const { connection } = store();
      const tenant = await makeTenant(store());
      const { workspace } = tenant;
      const id = await pay(tenant);
      await end(tenant, 'yes', 'done');
      const { items } = await listReceipts(connection, workspace, { limit: 1, generationId: id });
      const booking = items[0]!.bookings[0]!.id;
      const entry = (booked: string, place: string, currency: string, micros: number) => sql`
        insert into booking_entries (workspace_id, booking_id, generation_id, attempt_index, place, currency, micros)
        values (${workspace}, ${booked}, ${id}, 0, ${place}, ${currency}, ${micros})
      `;
      const sneak = async (...entries: ReturnType<typeof entry>[]) =>
        await inTransaction(connection, async (transaction) => {
          await sql`insert into bookings (workspace_id, id, generation_id, kind)
            values (${workspace}, 'bkg_sneaked', ${id}, 'settle')`.execute(transaction);
          for (const one of entries) await one.execute(transaction);
        });
      const attacks: Record<string, () => Promise<unknown>> = {
        'change an entry': () =>
          sql`update booking_entries set micros = micros + 1 where workspace_id = ${workspace}`.execute(connection),
        'take an entry away': () =>
          sql`delete from booking_entries where workspace_id = ${workspace}`.execute(connection),
        'change a booking': () =>
          sql`update bookings set kind = 'release' where workspace_id = ${workspace}`.execute(connection),
        'take a booking away': () => sql`delete from bookings where workspace_id = ${workspace}`.execute(connection),
        'empty the books': () => sql`truncate booking_entries, bookings`.execute(connection),
        'add to a booking': () => entry(booking, 'vendor', 'CNY', 7).execute(connection),
        'one side alone': () => sneak(entry('bkg_sneaked', 'purse', 'USD', -7)),
        'another currency': () =>
          sneak(entry('bkg_sneaked', 'purse', 'USD', -7), entry('bkg_sneaked', 'reserved', 'CNY', 7)),
        'pay twice': () => sneak(entry('bkg_sneaked', 'purse', 'USD', -7), entry('bkg_sneaked', 'vendor', 'USD', 7)),
      };
      for (const [name, attack] of Object.entries(attacks)) await expect(attack(), name).rejects.toThrow();
      expect(await zeroSums(connection, workspace)).toEqual([{ currency: 'USD', sum: 0, bookings: 2 }]);
      expect(await amounts(tenant, id)).toEqual([{ reserved: 500, settled: 500, released: 0, held: 0 }]);
    });

    test('a price that nobody knows is counted in seconds, until a person says it', async () => {
      const { connection } = store();
      const tenant = await makeTenant(store());
      const unpriced: Cost = { cap: null, seconds: 5, settings: { tier: '720p' } };
      for (let times = 0; times < 4; times += 1) await pay(tenant, unpriced);
      await end(tenant, 'yes', 'done');
      await end(tenant, 'no');
      const { generationId, index } = await end(tenant, 'unknown');
      const until = new Date(Date.now() + 60_000);
      const filter = { from: new Date(until.getTime() - 86_400_000 * 2), until, limit: 9 };
      const seconds = async () =>
        (await sumUnpriced(connection, tenant.workspace, filter)).map((one) => [one.attempts, one.seconds]);
      // What waits is not sent: nobody can charge for it.
      expect(await seconds()).toEqual([[2, 10]]);
      expect(await spent(tenant)).toEqual([]);
      const said = { billed: 'yes', amount: { micros: 70, currency: 'CNY' } } as const;
      expect(await settleBill(connection, tenant.workspace, { generationId, index }, said)).toBe('done');
      expect(await spent(tenant)).toEqual([{ currency: 'CNY', reserved: 0, spent: 70, model: 'animatic' }]);
    });

    test('receipts go on where they stopped, and each is there once', async () => {
      const { connection } = store();
      const tenant = await makeTenant(store());
      const ids = [await pay(tenant, dollars(1), 2), await pay(tenant, dollars(1), 2)].reverse();
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listReceipts(connection, tenant.workspace, { limit: 3, cursor });
        found.push(...page.items.map((one) => `${one.generationId} ${one.index}`));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(found).toEqual(ids.flatMap((id) => [`${id} 0`, `${id} 1`]));
      expect(await amounts(await makeTenant(store()))).toEqual([]);
    });
  });

  describe('budgets', () => {
    test('there is one of each, and a stranger’s key has none', async () => {
      const { connection } = store();
      const [{ workspace, key }, stranger] = [await makeTenant(store()), await makeTenant(store())];
      const name = { keyId: key, currency: 'USD', period: 'month', setBy: 'workspace' } as const;
      const made = await putBudget(connection, workspace, name, 5);
      const again = await putBudget(connection, workspace, name, 7);
      expect([again?.id, again?.limitMicros]).toEqual([made?.id, 7]);
      expect(await putBudget(connection, workspace, { ...name, keyId: stranger.key }, 7)).toBeUndefined();
      await putBudget(connection, workspace, { ...name, keyId: null }, 9);
      await putBudget(connection, workspace, { ...name, keyId: null }, 10);
      await putBudget(connection, workspace, { ...name, setBy: 'administrator' }, 3);
      const limits = async () => (await listBudgets(connection, workspace)).map((one) => one.limitMicros);
      expect(await limits()).toEqual([7, 10, 3]);
      expect(await listBudgets(connection, stranger.workspace)).toEqual([]);
      expect(await removeBudget(connection, stranger.workspace, made!.id, ['workspace'])).toBe(false);
      expect(await removeBudget(connection, workspace, made!.id, ['administrator'])).toBe(false);
      expect(await removeBudget(connection, workspace, made!.id, ['workspace'])).toBe(true);
      expect(await limits()).toEqual([10, 3]);
    });

    test('count what is reserved and paid in their scope and period', async () => {
      const { connection } = store();
      const tenant = await makeTenant(store());
      const { workspace, key } = tenant;
      await pay(tenant, dollars(10));
      await end(tenant, 'yes', 'done');
      await pay(tenant, dollars(20));
      await pay(
        { ...tenant, key: null as unknown as string },
        { ...dollars(40), cap: { micros: 40, currency: 'CNY' } },
      );
      for (const period of ['day', 'month', 'total'] as const)
        for (const keyId of [null, key])
          await putBudget(connection, workspace, { keyId, currency: 'USD', period, setBy: 'workspace' }, 99);
      const own = [{ currency: 'USD', reserved: 20, spent: 10 }];
      const all = [{ currency: 'CNY', reserved: 40, spent: 0 }, ...own];
      expect((await listBudgets(connection, workspace)).map((one) => one.taken)).toEqual([
        all,
        own,
        all,
        own,
        all,
        own,
      ]);
      // As if it had been accepted two months ago.
      await sql`update spending set day = day - 62 where workspace_id = ${workspace}`.execute(connection);
      const taken = (await listBudgets(connection, workspace)).map((one) => one.taken);
      expect(taken).toEqual([[], [], [], [], all, own]);
    });

    test('that are in force are held until the transaction ends', async () => {
      const { connection } = store();
      const tenant = await makeTenant(store());
      const other = { ...(await makeTenant(store())), workspace: tenant.workspace };
      const name = { currency: 'USD', period: 'total', setBy: 'workspace' } as const;
      await putBudget(connection, tenant.workspace, { ...name, keyId: tenant.key }, 1);
      await putBudget(connection, tenant.workspace, { ...name, keyId: null }, 2);
      const held = (keyId: string | null) =>
        inTransaction(connection, async (transaction) =>
          (await holdBudgets(transaction, tenant.workspace, keyId)).map((one) => one.limitMicros),
        );
      expect([await held(tenant.key), await held(null), await held(other.key)]).toEqual([[1, 2], [2], [2]]);
    });
  });

  test('a quote is of its workspace, and goes when it has expired unless it was accepted', async () => {
    const { connection } = store();
    const [{ workspace, key }, stranger] = [await makeTenant(store()), await makeTenant(store())];
    const keep = (seconds: number) =>
      keepQuote(connection, workspace, { keyId: key, fingerprint: 'f', quote: { total: null }, seconds });
    const [fresh, late, old] = [await keep(60), await keep(-1), await keep(-3 * 86_400)];
    await sweepRows(connection);
    const find = (id: string, owner = workspace) =>
      inTransaction(connection, (transaction) => holdQuote(transaction, owner, id));
    expect(await find(fresh.id)).toMatchObject({ expired: false, fingerprint: 'f', generationId: null });
    expect(await find(late.id)).toMatchObject({ expired: true });
    expect([await find(old.id), await find(fresh.id, stranger.workspace)]).toEqual([undefined, undefined]);
  });
}

async function zeroSums(connection: Connection, workspace: WorkspaceId) {
  const { rows } = await sql<{ currency: string; sum: number; bookings: number }>`
    select currency, sum(micros)::int as sum, count(distinct booking_id)::int as bookings from booking_entries
    where workspace_id = ${workspace} group by currency
  `.execute(connection);
  return rows;
}
