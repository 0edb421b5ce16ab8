import { type Format, pixelsOf, type Setting } from '../model/index.ts';
import type { SourceKey } from './sources.ts';

type Value = string | number | boolean;

/** A setting that is what it is. */
export function fixed(value: Value, source: SourceKey): Setting {
  return { default: value, limits: [{ oneOf: [value], source }], source };
}

/** A setting with a few values, the default first. */
export function choice(values: readonly [Value, ...Value[]], source: SourceKey): Setting {
  return { default: values[0], limits: [{ oneOf: [...values], source }], source };
}

/** Films of one attempt: 1 to `most`. */
export function countUpTo(most: number, source: SourceKey): Setting {
  return { default: 1, limits: [{ from: 1, to: most, whole: true, source }], source };
}

/** The shapes of a vendor that documents only tiers and ratios: short side of the tier, long side rounded to even. */
export function shapes(tiers: readonly string[], ratios: readonly string[], mode?: string): Format[] {
  return tiers.flatMap((tier) =>
    ratios.map((ratio) => ({ ...pixelsOf(ratio, tier), ratio, tier, ...(mode !== undefined && { mode }) })),
  );
}

/** Dollars or yuan as whole millionths. */
export function micros(amount: number): number {
  return Math.round(amount * 1_000_000);
}
