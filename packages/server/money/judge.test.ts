import { explainProblem, type Money } from '@refreel/core/model';
import { describe, expect, test } from 'vitest';
import type { BudgetInUse } from '../store/index.ts';
import { judge } from './judge.ts';
import type { Rate } from './rates.ts';

const cny: Rate = { from: 'CNY', to: 'USD', rate: '0.14', date: '2026-11-01' };

function budget(limitMicros: number, change: Partial<BudgetInUse> = {}): BudgetInUse {
  const now = new Date();
  const name = { id: 'bud_1', keyId: null, currency: 'USD', period: 'month', setBy: 'workspace' } as const;
  return { ...name, limitMicros, since: '2026-11-01', taken: [], createdAt: now, updatedAt: now, ...change };
}

function usd(micros: number): Money {
  return { micros, currency: 'USD' };
}

function judged(budgets: readonly BudgetInUse[], caps: readonly (Money | null)[], rates: readonly Rate[] = []) {
  const { problems, notes } = judge(budgets, { model: 'm', caps, allowUnknownPrice: false }, rates);
  return [...problems.map(({ code }) => code), ...notes.map(({ code }) => code)];
}

describe('a budget', () => {
  test('gives what is left of it, and not a millionth more', () => {
    const taken = [{ currency: 'USD', reserved: 30, spent: 50 }];
    expect(judged([budget(100, { taken })], [usd(10), usd(10)])).toEqual([]);
    expect(judged([budget(100, { taken })], [usd(10), usd(11)])).toEqual(['budget_exceeded']);
    expect(judged([budget(0)], [usd(0)])).toEqual([]);
    expect(judged([], [usd(1e12), null])).toEqual([]);
  });

  test('of the key, of the workspace, and of the administrator each have to have enough', () => {
    const own = budget(100, { keyId: 'key_1' });
    expect(judged([own, budget(5)], [usd(6)])).toEqual(['budget_exceeded']);
    expect(judged([budget(5, { keyId: 'key_1' }), budget(100)], [usd(6)])).toEqual(['budget_exceeded']);
    expect(judged([budget(100), budget(5, { setBy: 'administrator' })], [usd(6)])).toEqual(['budget_exceeded']);
    expect(judged([own, budget(100)], [usd(6)])).toEqual([]);
  });

  test('refuses a price that nobody knows, unless that is allowed', () => {
    expect(judged([budget(100)], [null])).toEqual(['budget_needs_price']);
    const { problems } = judge([budget(100)], { model: 'm', caps: [null], allowUnknownPrice: true }, []);
    expect(problems).toEqual([]);
  });

  test('refuses another currency, unless there is a rate for it, which is told with its date', () => {
    const yuan = { micros: 100, currency: 'CNY' };
    expect(judged([budget(1000)], [yuan])).toEqual(['budget_currency']);
    expect(judged([budget(14)], [yuan], [cny])).toEqual(['budget_rate']);
    expect(judged([budget(13)], [yuan], [cny])).toEqual(['budget_exceeded']);
    // The other way round nobody has said what it is.
    expect(judged([budget(1000, { currency: 'CNY' })], [usd(1)], [cny])).toEqual(['budget_currency']);
    // What came in yuan before counts too.
    const taken = [{ currency: 'CNY', reserved: 50, spent: 50 }];
    expect(judged([budget(20, { taken })], [usd(6)], [cny])).toEqual([]);
    expect(judged([budget(20, { taken })], [usd(7)], [cny])).toEqual(['budget_exceeded']);
  });

  test('of the same currency counts it, and no other of the same hand does', () => {
    const taken = [{ currency: 'CNY', reserved: 0, spent: 1000 }];
    const yuan = budget(2000, { currency: 'CNY', taken });
    expect(judged([budget(20, { taken }), yuan], [{ micros: 1000, currency: 'CNY' }], [cny])).toEqual([]);
    expect(judged([budget(20, { taken }), yuan], [usd(20)], [cny])).toEqual([]);
    // A budget of one's own is no way around the administrator's.
    const theirs = budget(20, { setBy: 'administrator', taken });
    expect(judged([theirs, yuan], [{ micros: 1000, currency: 'CNY' }], [cny])).toEqual(['budget_exceeded']);
    expect(judged([theirs, yuan], [{ micros: 1000, currency: 'CNY' }])).toEqual(['budget_currency']);
  });

  test('says in both languages which it is, what is left, what was asked, and what to do', () => {
    const { problems } = judge(
      [budget(1_000_000, { keyId: 'key_1', taken: [{ currency: 'USD', reserved: 0, spent: 600_000 }] })],
      { model: 'm', caps: [usd(504_000)], allowUnknownPrice: false },
      [],
    );
    const [en, zh] = [explainProblem(problems[0]!, 'en'), explainProblem(problems[0]!, 'zh')];
    expect(en.message).toBe('This may cost $0.504, and the budget of this key ($1.00 a month) has $0.40 left.');
    expect(en.remedy).toContain('wait for the next month (UTC)');
    expect(en.remedy).toContain('bud_1');
    expect(zh.message).toBe('本次最多需 $0.504，而此密钥的预算（每月 $1.00）仅剩 $0.40。');
  });
});
