import type { Money } from '@refreel/core/model';
import type { BudgetInUse } from '../store/index.ts';
import { convert, findRate, type Rate } from './rates.ts';

/** How a budget stands, in its own currency. */
export interface Standing {
  readonly reserved: number;
  readonly spent: number;
  /** Of its limit; below zero where it was passed before it was set. */
  readonly left: number;
  /** What of it came in other currencies, and at which rate it is counted. */
  readonly converted: readonly { readonly taken: Money; readonly counted: Money; readonly rate: Rate }[];
  /** What is not counted, for want of a rate. */
  readonly uncounted: readonly Money[];
}

/**
 * How a budget stands. `group` are the budgets of the same scope that the same hand has set: a currency that has a budget of its own there counts
 * there and nowhere else; another one counts at its rate.
 */
export function standingOf(budget: BudgetInUse, group: readonly BudgetInUse[], rates: readonly Rate[]): Standing {
  let [reserved, spent] = [0, 0];
  const converted: Standing['converted'][number][] = [];
  const uncounted: Money[] = [];
  for (const taken of budget.taken) {
    const { currency } = taken;
    if (currency === budget.currency) {
      reserved += taken.reserved;
      spent += taken.spent;
      continue;
    }
    const all = { micros: taken.reserved + taken.spent, currency };
    if (all.micros === 0 || group.some((one) => one.currency === currency)) continue;
    const rate = findRate(rates, currency, budget.currency);
    if (rate === undefined) {
      uncounted.push(all);
      continue;
    }
    const counted = convert(all, rate);
    const countedSpent = convert({ micros: taken.spent }, rate).micros;
    spent += countedSpent;
    reserved += counted.micros - countedSpent;
    converted.push({ taken: all, counted, rate });
  }
  return { reserved, spent, left: budget.limitMicros - reserved - spent, converted, uncounted };
}

/** Budgets of one scope that one hand has set. */
export function groupsOf(budgets: readonly BudgetInUse[]): BudgetInUse[][] {
  const groups = new Map<string, BudgetInUse[]>();
  for (const one of budgets) {
    const name = `${one.setBy} ${one.keyId ?? ''}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()];
}
