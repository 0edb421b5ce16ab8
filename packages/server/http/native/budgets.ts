import { Currency, problem, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import type { Caller } from '../../generations/service.ts';
import { groupsOf, standingOf } from '../../money/index.ts';
import {
  type BudgetInUse,
  type BudgetSetter,
  type Connection,
  listBudgets,
  putBudget,
  removeBudget,
  type WorkspaceId,
} from '../../store/index.ts';
import { json } from '../answer.ts';
import type { Parts } from '../parts.ts';
import { type Call, type Route, route } from '../route.ts';
import { workspaceNamed } from '../workspace-named.ts';
import { Amount } from './shapes.ts';

const mostMicros = 1e15;
const periods = ['total', 'month', 'day'] as const;
const Limit = z.strictObject({ micros: z.int().min(0).max(mostMicros), currency: Currency });
/** Of the administrator alone: keys open one workspace. */
const query = z.strictObject({ workspace: z.string().trim().min(1).max(100).optional() });

const BudgetAnswer = z.object({
  id: z.string(),
  workspace: z.string(),
  /** Id of the key; null: all keys of the workspace together, and whoever needs none. */
  key: z.string().nullable(),
  period: z.enum(periods),
  /** First day that counts (UTC); null where everything does. */
  since: z.string().nullable(),
  limit: Amount,
  /** What the administrator set, the workspace cannot change. */
  setBy: z.enum(['administrator', 'workspace']),
  /** Set aside for what has not ended, or whose bill nobody knows. */
  reserved: Amount,
  spent: Amount,
  left: Amount,
  /** What of it was in other currencies, each at the rate that the operator has set. */
  converted: z.array(z.object({ taken: Amount, counted: Amount, rate: z.string(), date: z.string() })),
  /** What is not counted, for want of a rate. */
  uncounted: z.array(Amount),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const common = { access: 'keeper', group: 'Money' } as const;
const unknown = { says: 'No such workspace, key or budget' };

/** How much may be spent at vendors. */
export const budgetRoutes: readonly Route[] = [
  route({
    ...common,
    method: 'GET',
    path: '/v1/budgets',
    owned: false,
    summary: 'The budgets of the workspace, each with what is reserved, spent and left',
    query,
    answers: { 200: { says: 'All of them', schema: z.object({ items: z.array(BudgetAnswer) }) }, 404: unknown },
    async answer(call, parts) {
      const { workspace } = await keeperOf(call, parts, call.query.workspace);
      return json(200, { items: await writeBudgets(workspace, parts) });
    },
  }),
  route({
    ...common,
    method: 'PUT',
    path: '/v1/budgets',
    owned: false,
    summary: 'Set a budget of a key or of the workspace, in one currency, for one period; there is one of each',
    query,
    body: {
      schema: z.strictObject({
        key: z.string().min(1).max(100).optional(),
        period: z.enum(periods).optional(),
        limit: Limit,
      }),
    },
    answers: { 200: { says: 'As it stands now', schema: BudgetAnswer }, 404: unknown },
    async answer(call, parts) {
      const { workspace, setBy } = await keeperOf(call, parts, call.query.workspace);
      const { key, period = 'month', limit } = call.body;
      const name = { keyId: key ?? null, currency: limit.currency, period, setBy };
      const put = await putBudget(parts.database.connection, workspace, name, limit.micros);
      if (put === undefined) throw new Refusal(problem('key_unknown', 'key', { found: key ?? '' }));
      return json(
        200,
        (await writeBudgets(workspace, parts)).find(({ id }) => id === put.id),
      );
    },
  }),
  route({
    ...common,
    method: 'DELETE',
    path: '/v1/budgets/{id}',
    owned: true,
    summary: 'Remove a budget: it limits nothing any more',
    query,
    answers: {
      200: { says: 'As it stood', schema: BudgetAnswer },
      403: { says: 'The administrator set it' },
      404: unknown,
    },
    async answer(call, parts) {
      const { workspace, setBy } = await keeperOf(call, parts, call.query.workspace);
      const id = call.path.id!;
      const found = (await writeBudgets(workspace, parts)).find((one) => one.id === id);
      if (found === undefined) throw new Refusal(problem('budget_unknown', 'id', { found: id.slice(0, 100) }));
      const own: BudgetSetter[] = setBy === 'administrator' ? ['administrator', 'workspace'] : ['workspace'];
      if (!own.includes(found.setBy)) throw new Refusal(problem('budget_of_administrator', 'id', { found: id }));
      await removeBudget(parts.database.connection, workspace, id, own);
      return json(200, found);
    },
  }),
];

/** In which workspace, and as whom. The administrator is nobody's caller, and names a workspace; left out, the default one. @throws Refusal */
async function keeperOf(
  call: Call,
  { database: { connection } }: { readonly database: { readonly connection: Connection } },
  named: string | undefined,
): Promise<{ readonly workspace: WorkspaceId; readonly setBy: BudgetSetter }> {
  const caller: Caller | undefined = call.caller;
  if (caller === undefined) {
    const found = await workspaceNamed(connection, named);
    if (found !== undefined) return { workspace: found.id, setBy: 'administrator' };
  } else if (named === undefined || named === caller.workspace)
    return { workspace: caller.workspace, setBy: 'workspace' };
  throw new Refusal(problem('workspace_unknown', 'workspace', { found: named ?? '' }));
}

async function writeBudgets(workspace: WorkspaceId, { database, rates = [] }: Pick<Parts, 'database' | 'rates'>) {
  const budgets = await listBudgets(database.connection, workspace);
  const groups = groupsOf(budgets);
  return budgets.map((budget) => {
    const group = groups.find((one) => one.includes(budget)) ?? [];
    const { reserved, spent, left, converted, uncounted } = standingOf(budget, group, rates);
    const amount = (micros: number) => ({ micros, currency: budget.currency });
    return {
      ...writeName(budget, workspace),
      reserved: amount(reserved),
      spent: amount(spent),
      left: amount(left),
      converted: converted.map(({ rate, ...one }) => ({ ...one, rate: rate.rate, date: rate.date })),
      uncounted,
      createdAt: budget.createdAt,
      updatedAt: budget.updatedAt,
    };
  });
}

function writeName({ id, keyId, period, since, currency, limitMicros, setBy }: BudgetInUse, workspace: WorkspaceId) {
  return { id, workspace, key: keyId, period, since, limit: { micros: limitMicros, currency }, setBy };
}
