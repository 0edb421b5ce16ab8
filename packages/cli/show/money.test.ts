import type { Budget, Receipt, Usage } from '@refreel/sdk';
import { expect, test } from 'vitest';
import { budgetLines, receiptLines, usageLines } from './money.ts';

const usd = (micros: number) => ({ micros, currency: 'USD' });
const cny = (micros: number) => ({ micros, currency: 'CNY' });
const at = '2026-11-20T07:00:00.000Z';

const budget: Budget = {
  ...{ id: 'bud_1', workspace: 'wsp_1', key: null, period: 'month', since: '2026-11-01', setBy: 'administrator' },
  ...{ limit: usd(25_500_000), reserved: usd(504_000), spent: usd(2_000_000), left: usd(22_996_000) },
  converted: [{ taken: cny(1_000_000), counted: usd(140_800), rate: '0.1408', date: '2026-11-01' }],
  uncounted: [{ micros: 3_000_000, currency: 'EUR' }],
  ...{ createdAt: at, updatedAt: at },
};

test('budgets say what is reserved, spent and left, and what they count at a rate', () => {
  expect(budgetLines([budget], 'en').map((line) => line.split(/ {2,}/))).toEqual([
    ['BUDGET', 'OF', 'LIMIT', 'RESERVED', 'SPENT', 'LEFT', 'SET BY'],
    ['bud_1', 'the workspace', '$25.50 a month', '$0.504', '$2.00', '$22.996', 'the administrator'],
    ['bud_1: ¥1.00 counts as $0.1408, at 0.1408 of 2026-11-01.'],
    ['bud_1: €3.00 is not counted: there is no rate for it.'],
  ]);
  expect(budgetLines([budget], 'zh').join('\n')).toMatch(/每月.*管理员/s);
  expect(budgetLines([], 'en')).toEqual([]);
});

const usage: Usage = {
  ...{ from: at, until: at },
  items: [
    { day: '2026-11-20', keyId: 'key_1', model: 'wan2.7-r2v', state: 'done', count: 2 },
    { day: '2026-11-20', keyId: 'key_1', model: 'wan2.7-r2v', state: 'failed', count: 1 },
    { day: '2026-11-19', keyId: null, model: 'animatic', state: 'done', count: 4 },
    { day: '2026-11-20', keyId: 'key_1', model: 'sora-2', state: 'done', count: 1 },
  ],
  money: [{ day: '2026-11-20', keyId: 'key_1', model: 'wan2.7-r2v', reserved: cny(500_000), spent: cny(1_200_000) }],
  unpriced: [{ day: '2026-11-20', keyId: 'key_1', model: 'sora-2', settings: {}, attempts: 1, seconds: 4 }],
  totals: [{ reserved: cny(500_000), spent: cny(1_200_000) }],
};

test('usage has a line a day, key and model, newest day first', () => {
  expect(usageLines(usage, 'en').map((line) => line.split(/ {2,}/))).toEqual([
    ['DAY', 'KEY', 'MODEL', 'GENERATIONS', 'SPENT'],
    ['2026-11-20', 'key_1', 'sora-2', '1', '4 s of unknown price'],
    ['2026-11-20', 'key_1', 'wan2.7-r2v', '3', '¥1.20 + ¥0.50 reserved'],
    ['2026-11-19', '-', 'animatic', '4', 'free'],
    ['In all: ¥1.20 + ¥0.50 reserved'],
  ]);
});

const receipt: Receipt = {
  ...{ generation: 'gen_1', attempt: 0, key: 'key_1', model: 'wan2.7-r2v', account: 'wan', day: '2026-11-20' },
  ...{ state: 'cancelled', billed: 'unknown', cap: cny(1_200_000), seconds: 2, settings: {}, bookings: [] },
  ...{ reserved: cny(1_200_000), settled: cny(0), released: cny(0), held: cny(1_200_000), createdAt: at },
};

test('receipts say what is held still, and what has no price', () => {
  const none = { cap: null, reserved: null, settled: null, released: null, held: null };
  const lines = receiptLines([receipt, { ...receipt, ...none, attempt: 1 }], 'en');
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
    ['GENERATION', 'MODEL', 'ACCOUNT', 'BILLED', 'RESERVED', 'SETTLED', 'HELD'],
    ['gen_1', 'wan2.7-r2v', 'wan', 'unknown', '¥1.20', '¥0.00', '¥1.20'],
    ['gen_1 (2)', 'wan2.7-r2v', 'wan', 'unknown', '-', '-', '2 s of unknown price'],
  ]);
});
