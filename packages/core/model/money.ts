import { z } from 'zod';

/** ISO 4217 code, or a vendor's own unit. */
export const Currency = z.string().regex(/^[A-Z]{3,10}$/, 'a currency is capital letters such as "USD"');

/** An exact amount: whole millionths of a currency's unit, so 0.063 USD is 63,000. Display rounds, sums never do. */
export const Money = z.strictObject({ micros: z.int(), currency: Currency });
export type Money = z.infer<typeof Money>;

/** A price per second times seconds; seconds may have a fraction (a measured clip), the product is whole micros. */
export function perSecond(rateMicros: number, seconds: number): number {
  return Math.round(rateMicros * seconds);
}

/** The sum of amounts of one currency. Throws when currencies differ: adding them is a bug, not a request's fault. */
export function sum(amounts: readonly Money[], currency: string): Money {
  let micros = 0;
  for (const amount of amounts) {
    if (amount.currency !== currency) throw new Error(`sum of ${currency} met ${amount.currency}`);
    micros += amount.micros;
  }
  return { micros, currency };
}

const signs: Readonly<Record<string, string>> = { USD: '$', CNY: '¥', EUR: '€' };

/** For people: "$1.40". Rounds to cents, half away from zero; the exact amount stays in `micros`. */
export function showMoney(amount: Money): string {
  const cents = Math.round(Math.abs(amount.micros) / 10_000);
  const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  const sign = signs[amount.currency];
  return `${amount.micros < 0 ? '-' : ''}${sign === undefined ? `${text} ${amount.currency}` : `${sign}${text}`}`;
}

/** For tables of prices, where cents would hide the difference: "$0.063". */
export function showExact(amount: Money): string {
  const text = (amount.micros / 1_000_000).toFixed(6).replace(/0{1,4}$/, '');
  const sign = signs[amount.currency];
  return sign === undefined ? `${text} ${amount.currency}` : `${sign}${text}`;
}
