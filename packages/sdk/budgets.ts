import type { Money } from '@refreel/core/model';
import type { Transport } from './transport.ts';

/** What is counted: UTC days or months, or everything that was ever spent. */
export type BudgetPeriod = 'total' | 'month' | 'day';

/** How much may be spent at vendors, and how it stands. */
export interface Budget {
  readonly id: string;
  readonly workspace: string;
  /** Id of the key; null: all keys of the workspace together, and whoever needs none. */
  readonly key: string | null;
  readonly period: BudgetPeriod;
  /** First day that counts, "2026-11-01"; null where everything does. */
  readonly since: string | null;
  readonly limit: Money;
  /** What the administrator set, the workspace cannot change. */
  readonly setBy: 'administrator' | 'workspace';
  /** Set aside for what has not ended, or whose bill nobody knows. */
  readonly reserved: Money;
  readonly spent: Money;
  readonly left: Money;
  /** What of it was in other currencies, each at the rate that the operator has set. */
  readonly converted: readonly {
    readonly taken: Money;
    readonly counted: Money;
    readonly rate: string;
    readonly date: string;
  }[];
  /** What is not counted, for want of a rate. */
  readonly uncounted: readonly Money[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A budget as it is set. There is one for each key, currency and period. */
export interface NewBudget {
  readonly limit: Money;
  /** Id of a key. Default: the whole workspace. */
  readonly key?: string | undefined;
  /** Default: month. */
  readonly period?: BudgetPeriod | undefined;
}

/** Whose budgets. */
export interface BudgetOptions {
  /** Id or name; for the administrator's key alone. */
  readonly workspace?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How much may be spent. Every call throws `RefreelError`. */
export interface Budgets {
  list(options?: BudgetOptions): Promise<readonly Budget[]>;
  /** Sets one, or changes its limit. */
  set(budget: NewBudget, options?: BudgetOptions): Promise<Budget>;
  /** It limits nothing any more. What it was is told. */
  remove(id: string, options?: BudgetOptions): Promise<Budget>;
}

const budgetFields = ['id', 'limit', 'left'] as const;

/** The verbs of budgets over a transport. */
export function openBudgets(transport: Transport): Budgets {
  const path = '/v1/budgets';
  return {
    async list({ workspace, signal } = {}) {
      const found = await transport.json<{ items: readonly Budget[] }>(
        { path, query: { workspace }, repeatable: true, signal },
        ['items'],
      );
      return found.items;
    },
    set: (json, { workspace, signal } = {}) =>
      transport.json<Budget>(
        { method: 'PUT', path, query: { workspace }, json, repeatable: true, signal },
        budgetFields,
      ),
    remove: (id, { workspace, signal } = {}) =>
      transport.json<Budget>(
        {
          method: 'DELETE',
          path: `${path}/${encodeURIComponent(id)}`,
          query: { workspace },
          // The second time it is gone.
          repeatable: false,
          signal,
        },
        budgetFields,
      ),
  };
}
