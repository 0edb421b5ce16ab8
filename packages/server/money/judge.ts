import { type Localized, type Money, makeNote, type Note, type Problem, problem, showExact } from '@refreel/core/model';
import type { BudgetInUse } from '../store/index.ts';
import { convert, findRate, type Rate } from './rates.ts';
import { groupsOf, standingOf } from './standing.ts';

/** What is to be paid for, and under which conditions. */
export interface Asked {
  readonly model: string;
  /** One sum a currency. Null: no document says what it costs. */
  readonly caps: readonly (Money | null)[];
  readonly allowUnknownPrice: boolean;
}

/** Whether every budget that is in force has enough left. A note says where one counts at a rate. */
export function judge(
  budgets: readonly BudgetInUse[],
  { model, caps, allowUnknownPrice }: Asked,
  rates: readonly Rate[],
): { readonly problems: readonly Problem[]; readonly notes: readonly Note[] } {
  const problems: Problem[] = [];
  const notes: Note[] = [];
  for (const group of groupsOf(budgets)) {
    const [first] = group;
    if (first === undefined) continue;
    if (caps.includes(null) && !allowUnknownPrice)
      problems.push(problem('budget_needs_price', 'allowUnknownPrice', { model, scope: scopeOf(first) }));
    for (const cap of sumsOf(caps)) {
      const own = group.filter(({ currency }) => currency === cap.currency);
      const counting = own.length > 0 ? own : group;
      const judged = counting.flatMap((budget) => {
        const counted = countedAs(cap, budget, rates);
        return counted === undefined ? [] : [{ budget, ...counted }];
      });
      if (judged.length === 0) {
        const limit = [...new Set(group.map(({ currency }) => currency))];
        problems.push(
          problem('budget_currency', '', { found: cap.currency, asked: showExact(cap), limit, scope: scopeOf(first) }),
        );
      }
      for (const { budget, counted, rate } of judged) {
        const { left } = standingOf(budget, group, rates);
        if (counted.micros > left) problems.push(exceeded(budget, { cap, counted, rate, left }));
        else if (rate !== undefined) notes.push(rateNote(cap, counted, rate));
      }
    }
  }
  return { problems, notes };
}

/** Sums by currency; what costs nothing asks nothing of any budget. */
function sumsOf(caps: readonly (Money | null)[]): Money[] {
  const sums = new Map<string, number>();
  for (const cap of caps) if (cap !== null) sums.set(cap.currency, (sums.get(cap.currency) ?? 0) + cap.micros);
  return [...sums].flatMap(([currency, micros]) => (micros === 0 ? [] : [{ micros, currency }]));
}

function countedAs(cap: Money, { currency }: BudgetInUse, rates: readonly Rate[]) {
  if (cap.currency === currency) return { counted: cap, rate: undefined };
  const rate = findRate(rates, cap.currency, currency);
  return rate === undefined ? undefined : { counted: convert(cap, rate), rate };
}

interface Excess {
  readonly cap: Money;
  readonly counted: Money;
  readonly rate: Rate | undefined;
  readonly left: number;
}

function exceeded(budget: BudgetInUse, { cap, counted, rate, left }: Excess): Problem {
  const { id, currency, limitMicros, period } = budget;
  const asked: string | Localized =
    rate === undefined
      ? showExact(cap)
      : {
          en: `${showExact(cap)} (${showExact(counted)} at ${rate.rate} of ${rate.date})`,
          zh: `${showExact(cap)}（按 ${rate.date} 的汇率 ${rate.rate} 计为 ${showExact(counted)}）`,
        };
  return problem('budget_exceeded', '', {
    budget: id,
    scope: scopeOf(budget),
    limit: showExact({ micros: limitMicros, currency }),
    period: periods[period],
    left: showExact({ micros: Math.max(0, left), currency }),
    asked,
    wait: waits[period],
  });
}

function rateNote(cap: Money, counted: Money, { rate, date }: Rate): Note {
  return makeNote('budget_rate', '', { found: showExact(cap), limit: showExact(counted), rate, date });
}

function scopeOf({ keyId }: BudgetInUse): Localized {
  return keyId === null
    ? { en: 'the budget of the workspace', zh: '工作区预算' }
    : { en: 'the budget of this key', zh: '此密钥的预算' };
}

const periods: Readonly<Record<BudgetInUse['period'], Localized>> = {
  total: { en: 'in all', zh: '总额' },
  month: { en: 'a month', zh: '每月' },
  day: { en: 'a day', zh: '每日' },
};

const waits: Readonly<Record<BudgetInUse['period'], Localized>> = {
  total: { en: '', zh: '' },
  month: { en: ', wait for the next month (UTC)', zh: '，或等到下月（UTC）' },
  day: { en: ', wait for the next day (UTC)', zh: '，或等到次日（UTC）' },
};
