import { expect, test } from 'vitest';
import { convert, readRates } from './rates.ts';

test('rates are read as they are written', () => {
  expect(readRates('CNY/USD=0.1408@2026-11-01, EUR/USD=1.08@2026-02-28')).toEqual([
    { from: 'CNY', to: 'USD', rate: '0.1408', date: '2026-11-01' },
    { from: 'EUR', to: 'USD', rate: '1.08', date: '2026-02-28' },
  ]);
});

test.each([
  'CNY/USD=0.1408',
  'CNY/USD=0@2026-11-01',
  'CNY/USD=0.00@2026-11-01',
  'CNY/CNY=1@2026-11-01',
  'cny/usd=1@2026-11-01',
  'CNY/USD=1e3@2026-11-01',
  'CNY/USD=-1@2026-11-01',
  'CNY/USD=1@2026-02-30',
  'CNY/USD=1@2026-13-01',
  'CNY/USD=1@2026-11-01,CNY/USD=2@2026-11-02',
  'CNY/USD=1@2026-11-01,',
])('%s is none', (text) => {
  expect(readRates(text)).toBeUndefined();
});

test('an amount is converted exactly, and rounded up to a millionth', () => {
  const rate = (text: string) => ({ from: 'CNY', to: 'USD', rate: text, date: '2026-11-01' });
  expect(convert({ micros: 1_000_000 }, rate('0.1408'))).toEqual({ micros: 140_800, currency: 'USD' });
  expect(convert({ micros: 1 }, rate('0.1408')).micros).toBe(1);
  expect(convert({ micros: 0 }, rate('7.1')).micros).toBe(0);
  // By floating point it would be 4503599627370497.
  expect(convert({ micros: 4_503_599_627_370_497 }, rate('1.000000001')).micros).toBe(4_503_599_631_874_097);
});
