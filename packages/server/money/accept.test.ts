import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Quote } from '@refreel/core/catalog';
import { type Film, type Money, Refusal } from '@refreel/core/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BudgetName,
  type Cost,
  claimAttempts,
  createKey,
  createWorkspace,
  type Database,
  keepQuote,
  listBudgets,
  listGenerations,
  listReceipts,
  moveAttempt,
  openDatabase,
  putBudget,
  replaceAttempt,
  type WorkspaceId,
} from '../store/index.ts';
import { onEveryDatabase } from '../test-databases.ts';
import { acceptGeneration, type Payment } from './accept.ts';
import { foreseeBudgets } from './foresee.ts';
import { adjustReservations, moveReservation } from './move.ts';
import type { Rate } from './rates.ts';

const none = { rates: [], allowUnknownPrice: false };

function usd(micros: number): Money {
  return { micros, currency: 'USD' };
}

function costs(cap: Money | null): Cost {
  return { cap, seconds: 5, settings: { tier: '720p' } };
}

function quoteOf(cap: Money | null): Quote {
  const known = { lines: [], binding: true, currency: 'USD', source: null, date: null, validSeconds: 900, notes: [] };
  return { ...known, total: cap, cap };
}

const film: Film = {
  ...{ width: 1280, height: 720, ratio: '16:9', tier: '720p', mode: undefined, fps: 24, shotSeconds: [5], seconds: 5 },
  ...{ audio: false, watermark: false, count: 1, attempts: 3 },
};

onEveryDatabase((databaseUrl) => {
  let folder: string;
  let database: Database;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'refreel-money-'));
    const url = databaseUrl();
    database = await openDatabase(url === undefined ? { folder } : { url }, { connections: 20 });
  }, 60_000);
  afterAll(async () => {
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Payer {
    readonly workspace: WorkspaceId;
    readonly keyId: string;
    /** Of its own, so that no test claims what is another's. */
    readonly account: string;
  }
  const payer = async (): Promise<Payer> => {
    const { id: workspace } = await createWorkspace(database.connection, 'test');
    const { key } = await createKey(database.connection, workspace, 'test');
    return { workspace, keyId: key.id, account: `of ${key.id}` };
  };
  const allow = async ({ workspace, keyId }: Payer, micros: number, change: Partial<BudgetName> = {}) => {
    const name = { keyId, currency: 'USD', period: 'month', setBy: 'workspace', ...change } as const;
    await putBudget(database.connection, workspace, name, micros);
  };
  const accept = async (
    { workspace, keyId, account }: Payer,
    cap: Money | null,
    {
      attempts = 1,
      state = 'queued',
      ...terms
    }: Partial<Omit<Payment, 'attempts'>> & {
      attempts?: number;
      state?: 'queued' | 'preparing';
    } = {},
  ) => {
    const tries = Array.from({ length: attempts }, () => ({ producer: 'upstream' as const, account }));
    const generation = {
      ...{ keyId, dialect: 'native', echo: {}, notes: [], quote: quoteOf(cap), state, attempts: tries },
      request: { model: 'm', references: [], shots: [{ prompt: ['Rain.'] }] },
    };
    const paid = tries.map((_, index) => ({ index, account, model: 'm', cost: costs(cap) }));
    const made = await acceptGeneration(database.connection, workspace, generation, {
      ...none,
      ...terms,
      attempts: paid,
    });
    return made.id;
  };
  /** The codes of a refusal, or undefined where there was none. */
  const refused = async (work: Promise<unknown>) => {
    try {
      await work;
      return undefined;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.problems.map(({ code }) => code).join(', ');
    }
  };
  const taken = async ({ workspace }: Payer) =>
    (await listBudgets(database.connection, workspace)).map(
      (one) => one.taken.map(({ currency, reserved, spent }) => `${reserved} + ${spent} ${currency}`)[0],
    );
  const held = async ({ workspace }: Payer) =>
    (await listReceipts(database.connection, workspace, { limit: 99 })).items.map(
      ({ index, account, held: micros }) => [index, account, micros],
    );

  test('fifty at once cannot spend more than the budget', async () => {
    const one = await payer();
    await allow(one, 700);
    await allow(one, 10_000, { keyId: null });
    const all = await Promise.all(Array.from({ length: 50 }, () => refused(accept(one, usd(100)))));
    expect(all.filter((code) => code === undefined)).toHaveLength(7);
    expect(all.filter((code) => code === 'budget_exceeded')).toHaveLength(43);
    expect(await taken(one)).toEqual(['700 + 0 USD', '700 + 0 USD']);
    const { items } = await listGenerations(database.connection, one.workspace, { limit: 99 });
    expect(items).toHaveLength(7);
  });

  test('fifty at once of two keys cannot spend more than the budget of the workspace', async () => {
    const one = await payer();
    const { key } = await createKey(database.connection, one.workspace, 'other');
    const other = { ...one, keyId: key.id };
    await allow(one, 500, { keyId: null, setBy: 'administrator' });
    await allow(other, 200);
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, at) => refused(accept(at % 2 === 0 ? one : other, usd(100)))),
    );
    expect(all.filter((code) => code === undefined)).toHaveLength(5);
    expect((await taken(one))[0]).toBe('500 + 0 USD');
  });

  test('a generation is refused whole: nothing of it is accepted or reserved', async () => {
    const one = await payer();
    await allow(one, 250);
    expect(await refused(accept(one, usd(100), { attempts: 3 }))).toBe('budget_exceeded');
    expect((await listGenerations(database.connection, one.workspace, { limit: 9 })).items).toEqual([]);
    expect(await taken(one)).toEqual([undefined]);
    await accept(one, usd(100), { attempts: 2 });
    expect(await taken(one)).toEqual(['200 + 0 USD']);
  });

  test('what budgets will say can be asked before: the same, key by key, and nothing is taken by asking', async () => {
    const one = await payer();
    const { key } = await createKey(database.connection, one.workspace, 'other');
    await allow(one, 250);
    await allow(one, 900, { keyId: null });
    const foresee = async (
      cap: Money | null,
      change: Partial<typeof none & { keyId: string | null; attempts: number }> = {},
    ) => {
      const { keyId = one.keyId, attempts = film.attempts, ...terms } = change;
      const whole = cap === null ? null : { ...cap, micros: cap.micros * attempts };
      const intended = { keyId, model: 'm', quote: quoteOf(whole), film: { ...film, attempts } };
      const said = await foreseeBudgets(database.connection, one.workspace, intended, { ...none, ...terms });
      return said.problems;
    };
    const [found, ...others] = await foresee(usd(100));
    expect(others).toEqual([]);
    const own = (await listBudgets(database.connection, one.workspace)).find(({ keyId }) => keyId !== null);
    expect(found).toMatchObject({
      code: 'budget_exceeded',
      values: { budget: own?.id, left: '$0.00025', asked: '$0.0003' },
    });
    expect(await refused(accept(one, usd(100), { attempts: 3 }))).toBe('budget_exceeded');
    // Of another key only the workspace's counts; two attempts fit.
    expect(await foresee(usd(100), { keyId: key.id })).toEqual([]);
    expect(await foresee(usd(100), { keyId: null })).toEqual([]);
    expect(await foresee(usd(100), { attempts: 2 })).toEqual([]);
    expect(await foresee(null)).toMatchObject([{ code: 'budget_needs_price' }, { code: 'budget_needs_price' }]);
    expect(await foresee(null, { allowUnknownPrice: true })).toEqual([]);
    expect(await foresee({ micros: 1, currency: 'CNY' })).toMatchObject([{ code: 'budget_currency' }, {}]);
    expect(await taken(one)).toEqual([undefined, undefined]);
    await accept(one, usd(100), { attempts: 2 });
    expect(await foresee(usd(51), { attempts: 1 })).toMatchObject([{ values: { left: '$0.00005' } }]);
    expect(await foresee(usd(50), { attempts: 1 })).toEqual([]);
  });

  test('what a vendor did not charge can be spent again', async () => {
    const one = await payer();
    await allow(one, 100);
    await accept(one, usd(100));
    expect(await refused(accept(one, usd(1)))).toBe('budget_exceeded');
    const [claimed] = await claimAttempts(database.connection, {
      ...{ worker: 'w', producer: 'upstream', account: one.account, limit: 1, leaseSeconds: 60 },
    });
    await moveAttempt(database.connection, claimed!.claim, 'failed', { billed: 'no' });
    expect(await refused(accept(one, usd(100)))).toBeUndefined();
  });

  test('an unknown price is sent without a budget, and with one only if that is allowed', async () => {
    const one = await payer();
    expect(await refused(accept(one, null))).toBeUndefined();
    await allow(one, 100);
    expect(await refused(accept(one, null))).toBe('budget_needs_price');
    expect(await refused(accept(one, null, { allowUnknownPrice: true }))).toBeUndefined();
    expect(await taken(one)).toEqual([undefined]);
  });

  test('another currency counts at the configured rate, which stands in the notes', async () => {
    const one = await payer();
    await allow(one, 100);
    const yuan = { micros: 300, currency: 'CNY' };
    expect(await refused(accept(one, yuan))).toBe('budget_currency');
    const rates: Rate[] = [{ from: 'CNY', to: 'USD', rate: '0.2', date: '2026-11-01' }];
    const id = await accept(one, yuan, { rates });
    const { items } = await listGenerations(database.connection, one.workspace, { limit: 1 });
    expect(items).toMatchObject([
      { id, notes: [{ code: 'budget_rate', values: { rate: '0.2', date: '2026-11-01' } }] },
    ]);
    expect(await refused(accept(one, yuan, { rates }))).toBe('budget_exceeded');
    expect(await refused(accept(one, usd(40), { rates }))).toBeUndefined();
  });

  describe('a quote', () => {
    const keep = async ({ workspace, keyId }: Payer, cap: Money | null, seconds = 60) => {
      const kept = { keyId, fingerprint: 'f', quote: quoteOf(cap), seconds };
      return (await keepQuote(database.connection, workspace, kept)).id;
    };
    const take = (one: Payer, id: string, cap: Money | null, fingerprint = 'f') =>
      refused(accept(one, cap, { accepts: { id, fingerprint, now: quoteOf(cap) } }));

    test('is accepted once, by the request that it is of, at no more than it says, until it expires', async () => {
      const one = await payer();
      const id = await keep(one, usd(100));
      expect(await take(await payer(), id, usd(100))).toBe('quote_unknown');
      expect(await take(one, 'quo_none', usd(100))).toBe('quote_unknown');
      expect(await take(one, id, usd(100), 'other')).toBe('quote_differs');
      expect(await take(one, id, usd(101))).toBe('quote_raised');
      expect(await take(one, id, { micros: 1, currency: 'CNY' })).toBe('quote_raised');
      expect(await take(one, id, null)).toBe('quote_raised');
      expect(await take(one, await keep(one, usd(100), -1), usd(100))).toBe('quote_expired');
      const both = await Promise.all([take(one, id, usd(90)), take(one, id, usd(90))]);
      expect(both.sort()).toEqual(['quote_used', undefined]);
      expect(await held(one)).toEqual([[0, one.account, 90]]);
    });

    test('holds also when its media are measured later', async () => {
      const one = await payer();
      const id = await keep(one, usd(100));
      const accepts = { id, fingerprint: 'f', now: quoteOf(usd(100)) };
      const generation = await accept(one, usd(100), { accepts, state: 'preparing' });
      const adjust = (cap: Money) =>
        refused(adjustReservations(database.connection, one.workspace, generation, costs(cap), none));
      expect(await adjust(usd(101))).toBe('quote_raised');
      expect(await held(one)).toEqual([[0, one.account, 100]]);
      expect(await adjust(usd(60))).toBeUndefined();
      expect(await held(one)).toEqual([[0, one.account, 60]]);
      expect(await adjust(usd(100))).toBeUndefined();
    });
  });

  test('what costs more once its media are measured has to fit the budget', async () => {
    const one = await payer();
    await allow(one, 100);
    const id = await accept(one, usd(20), { attempts: 2, state: 'preparing' });
    const adjust = (cap: Money | null, terms = none) =>
      refused(adjustReservations(database.connection, one.workspace, id, costs(cap), terms));
    expect(await adjust(usd(51))).toBe('budget_exceeded');
    expect(await taken(one)).toEqual(['40 + 0 USD']);
    expect(await adjust(usd(50))).toBeUndefined();
    expect(await taken(one)).toEqual(['100 + 0 USD']);
    expect(await adjust(null)).toBe('budget_needs_price');
    expect(await adjust(null, { ...none, allowUnknownPrice: true })).toBeUndefined();
    expect(await taken(one)).toEqual(['0 + 0 USD']);
  });

  describe('what takes an attempt’s place', () => {
    const replace = async (
      one: Payer,
      id: string,
      cap: Money | null,
      { from = 0, rates = [] as readonly Rate[] } = {},
    ) => {
      const { connection } = database;
      const claimed = await claimAttempts(connection, {
        ...{ worker: 'w', producer: 'upstream', account: one.account, limit: 9, leaseSeconds: 60 },
      });
      const { claim } = claimed.find(({ claim: { generationId, index } }) => generationId === id && index === from)!;
      const next = { account: one.account, model: 'm2' };
      const replaced = refused(
        replaceAttempt(connection, claim, { billed: 'no', problems: [] }, next, (transaction, index) =>
          moveReservation(
            transaction,
            one.workspace,
            id,
            { from, place: 0, index, account: 'another', model: 'm2', cost: costs(cap) },
            { ...none, rates },
          ),
        ),
      );
      const code = await replaced;
      // Given back, so that the next try finds it.
      if (code !== undefined) await moveAttempt(connection, claim, 'queued', { dueInSeconds: 0 }).catch(() => {});
      return code;
    };

    test('takes its reservation along under the same cap, and nobody gets it meanwhile', async () => {
      const one = await payer();
      await allow(one, 100);
      const id = await accept(one, usd(100));
      expect(await replace(one, id, usd(70))).toBeUndefined();
      expect(await held(one)).toEqual([
        [0, one.account, 0],
        [1, 'another', 70],
      ]);
      expect(await refused(accept(one, usd(31)))).toBe('budget_exceeded');
      // Dearer than the second, and within the cap of the first.
      expect(await replace(one, id, usd(90), { from: 1 })).toBeUndefined();
      expect(await held(one)).toEqual([
        [0, one.account, 0],
        [1, 'another', 0],
        [2, 'another', 90],
      ]);
    });

    test('is refused above the cap, and everything stays as it was', async () => {
      const one = await payer();
      const id = await accept(one, usd(100));
      expect(await replace(one, id, usd(101))).toBe('cap_passed');
      expect(await held(one)).toEqual([[0, one.account, 100]]);
    });

    test('in another currency needs a rate, and a budget that counts it', async () => {
      const rates: Rate[] = [{ from: 'CNY', to: 'USD', rate: '0.1', date: '2026-11-01' }];
      const yuan = { micros: 900, currency: 'CNY' };
      const [one, other, third] = [await payer(), await payer(), await payer()];
      expect(await replace(one, await accept(one, usd(100)), yuan)).toBe('cap_passed');
      await allow(other, 100);
      expect(await replace(other, await accept(other, usd(100)), yuan, { rates })).toBeUndefined();
      expect(await held(other)).toEqual([
        [0, other.account, 0],
        [1, 'another', 900],
      ]);
      await allow(third, 100);
      await allow(third, 800, { currency: 'CNY' });
      expect(await replace(third, await accept(third, usd(100)), yuan, { rates })).toBe('budget_exceeded');
      expect(await held(third)).toEqual([[0, third.account, 100]]);
    });
  });

  test('what costs nothing asks for nothing', async () => {
    const one = await payer();
    await allow(one, 0);
    await accept(one, usd(0));
    expect(await held(one)).toEqual([[0, one.account, 0]]);
  });
});
