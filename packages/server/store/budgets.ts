import { sql, type Transaction } from 'kysely';
import type { Connection } from './connection.ts';
import { makeId, type WorkspaceId } from './ids.ts';
import type { BudgetTable, Tables } from './tables.ts';

/** UTC. `total` is everything that was ever spent. */
export type BudgetPeriod = BudgetTable['period'];
export type BudgetSetter = BudgetTable['setBy'];

/** What names a budget: there is one of each. */
export interface BudgetName {
  /** Null: of all keys of the workspace together, and of whoever needs none. */
  readonly keyId: string | null;
  readonly currency: string;
  readonly period: BudgetPeriod;
  /** What the administrator set, the workspace cannot change. */
  readonly setBy: BudgetSetter;
}

/** How much may be spent, in millionths. */
export interface Budget extends BudgetName {
  readonly id: string;
  readonly limitMicros: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What was taken of a budget's scope and period in one currency, in millionths. */
export interface Taken {
  readonly currency: string;
  readonly reserved: number;
  readonly spent: number;
}

/** A budget with what was taken, whatever the currency. */
export interface BudgetInUse extends Budget {
  /** First day of its period, "2026-11-01"; null where it counts everything. */
  readonly since: string | null;
  readonly taken: readonly Taken[];
}

const columns = sql`id, key_id, currency, period, set_by, limit_micros, created_at, updated_at`;

/** Sets a budget, or its limit where there is one. Undefined where the workspace has no such key. */
export async function putBudget(
  connection: Connection,
  workspace: WorkspaceId,
  { keyId, currency, period, setBy }: BudgetName,
  limitMicros: number,
): Promise<Budget | undefined> {
  const { rows } = await sql<Budget>`
    insert into budgets (workspace_id, id, key_id, currency, period, set_by, limit_micros)
    select ${workspace}, ${makeId('bud')}, ${keyId}::text, ${currency}, ${period}, ${setBy}, ${limitMicros}::bigint
    where ${keyId}::text is null
      or exists (select 1 from keys where workspace_id = ${workspace} and id = ${keyId}::text)
    on conflict (workspace_id, coalesce(key_id, ''), currency, period, set_by)
    do update set limit_micros = excluded.limit_micros, updated_at = now()
    returning ${columns}
  `.execute(connection);
  return rows[0];
}

/** Oldest first. One alone, if it is named. */
export async function listBudgets(
  connection: Connection,
  workspace: WorkspaceId,
  { id }: { readonly id?: string } = {},
): Promise<BudgetInUse[]> {
  const { rows } = await sql<Budget>`
    select ${columns} from budgets
    where workspace_id = ${workspace} and (${id ?? null}::text is null or id = ${id ?? null}::text) order by id
  `.execute(connection);
  return await withTaken(connection, workspace, rows);
}

/** What is taken of it no longer matters. `setBy`: whose it must be. `false` where the workspace has no such budget. */
export async function removeBudget(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
  setBy: readonly BudgetSetter[],
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from budgets where workspace_id = ${workspace} and id = ${id} and set_by = any(${[...setBy]}::text[])
  `.execute(connection);
  return numAffectedRows === 1n;
}

/**
 * Takes the budgets that are in force for a key until the transaction ends, and says what is taken of them. Whoever is to spend does this first, so
 * that everybody else who would is told afterwards.
 */
export async function holdBudgets(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  keyId: string | null,
): Promise<BudgetInUse[]> {
  const { rows } = await sql<Budget>`
    select ${columns} from budgets
    where workspace_id = ${workspace} and (key_id is null or key_id = ${keyId}::text) order by id for update
  `.execute(transaction);
  // By another statement: this one sees what was committed while the first one waited.
  return await withTaken(transaction, workspace, rows);
}

/** The same, without holding them: what others take meanwhile is not seen. */
export async function budgetsInForce(
  connection: Connection,
  workspace: WorkspaceId,
  keyId: string | null,
): Promise<BudgetInUse[]> {
  const { rows } = await sql<Budget>`
    select ${columns} from budgets
    where workspace_id = ${workspace} and (key_id is null or key_id = ${keyId}::text) order by id
  `.execute(connection);
  return await withTaken(connection, workspace, rows);
}

async function withTaken(
  connection: Connection,
  workspace: WorkspaceId,
  budgets: readonly Budget[],
): Promise<BudgetInUse[]> {
  if (budgets.length === 0) return [];
  const { rows } = await sql<Taken & { id: string; since: string | null }>`
    with asked as (
      select id, key_id, case period when 'day' then (now() at time zone 'utc')::date
        when 'month' then date_trunc('month', now() at time zone 'utc')::date end as since
      from budgets where workspace_id = ${workspace} and id = any(${budgets.map(({ id }) => id)}::text[])
    )
    select asked.id, to_char(asked.since, 'YYYY-MM-DD') as since, s.currency,
      coalesce(sum(s.reserved_micros), 0)::bigint as reserved, coalesce(sum(s.vendor_micros), 0)::bigint as spent
    from asked left join spending s on s.workspace_id = ${workspace}
      and (asked.since is null or s.day >= asked.since) and (asked.key_id is null or s.key_id = asked.key_id)
    group by 1, 2, s.currency order by s.currency
  `.execute(connection);
  return budgets.map((budget) => {
    const own = rows.filter(({ id }) => id === budget.id);
    const taken = own.flatMap(({ currency, reserved, spent }) =>
      currency === null ? [] : [{ currency, reserved, spent }],
    );
    return { ...budget, since: own[0]?.since ?? null, taken };
  });
}
