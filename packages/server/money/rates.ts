import type { Money } from '@refreel/core/model';

/** What one unit of a currency counts as in another, as the operator says it. Never turned round: the way back is another rate. */
export interface Rate {
  readonly from: string;
  readonly to: string;
  /** As it was written: "0.1408". */
  readonly rate: string;
  /** Of when it is: "2026-11-01". */
  readonly date: string;
}

const written = /^([A-Z]{3,10})\/([A-Z]{3,10})=(\d{1,9}(?:\.\d{1,9})?)@(\d{4}-\d{2}-\d{2})$/;

/** Reads "CNY/USD=0.1408@2026-11-01", several with commas between. Undefined where it is anything else, or says one twice. */
export function readRates(text: string): Rate[] | undefined {
  const rates: Rate[] = [];
  for (const part of text.split(',').map((one) => one.trim())) {
    const [, from, to, rate, date] = written.exec(part) ?? [];
    if (from === undefined || to === undefined || rate === undefined || date === undefined) return undefined;
    if (from === to || /^[0.]+$/.test(rate) || !isDate(date)) return undefined;
    if (findRate(rates, from, to) !== undefined) return undefined;
    rates.push({ from, to, rate, date });
  }
  return rates;
}

export function findRate(rates: readonly Rate[], from: string, to: string): Rate | undefined {
  return rates.find((one) => one.from === from && one.to === to);
}

/** Exact, and rounded up to a millionth: what is counted is never less than what is paid. */
export function convert({ micros }: Pick<Money, 'micros'>, { to, rate }: Rate): Money {
  const [whole = '', part = ''] = rate.split('.');
  const scale = 10n ** BigInt(part.length);
  const product = BigInt(micros) * BigInt(whole + part);
  const rounded = product > 0n ? (product + scale - 1n) / scale : product / scale;
  return { micros: Number(rounded), currency: to };
}

function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
