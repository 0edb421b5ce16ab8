import { type Money, problem, Refusal, states, sum } from '@refreel/core/model';
import { z } from 'zod';
import { countUsage, sumSpending, sumUnpriced } from '../../store/index.ts';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';
import { Amount, instant } from './shapes.ts';

const mostDays = 366;
const mostRows = 10_000;
const dayMilliseconds = 86_400_000;

/** What was asked for, counted. */
export const usageRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/usage',
    access: 'caller',
    owned: false,
    group: 'Usage',
    summary:
      'Generations, and what vendors were paid for them, by day (UTC), key and model; the last 30 days unless asked otherwise',
    query: z.strictObject({ from: instant.optional(), until: instant.optional() }),
    answers: {
      200: {
        says: 'Counts, newest day first',
        schema: z.object({
          from: z.iso.datetime(),
          until: z.iso.datetime(),
          items: z.array(
            z.object({
              day: z.string(),
              keyId: z.string().nullable(),
              model: z.string(),
              state: z.enum(states),
              count: z.int(),
            }),
          ),
          /** What vendors were paid, and what is set aside for them, one line a currency; drafts cost nothing. */
          money: z.array(
            z.object({
              day: z.string(),
              keyId: z.string().nullable(),
              model: z.string(),
              reserved: Amount,
              spent: Amount,
            }),
          ),
          /** What vendors made, or may have made, at prices that no document says. */
          unpriced: z.array(
            z.object({
              day: z.string(),
              keyId: z.string().nullable(),
              model: z.string(),
              settings: z.record(z.string(), z.unknown()),
              attempts: z.int(),
              /** Of film. */
              seconds: z.number(),
            }),
          ),
          /** Of all days, one line a currency. */
          totals: z.array(z.object({ reserved: Amount, spent: Amount })),
        }),
      },
    },
    async answer({ caller, query }, { database }) {
      const until = query.until ?? new Date(Date.now() + 1000);
      const from = query.from ?? new Date(until.getTime() - 30 * dayMilliseconds);
      const refuse = (en: string, zh: string) => new Refusal(problem('invalid_request', 'from', { found: { en, zh } }));
      if (from >= until) throw refuse('it is not before `until`', '应早于 `until`');
      if (until.getTime() - from.getTime() > mostDays * dayMilliseconds)
        throw refuse(`it lies more than ${mostDays} days before \`until\``, `与 \`until\` 相隔超过 ${mostDays} 天`);
      const asked = { from, until, limit: mostRows + 1 };
      const { connection } = database;
      const { workspace } = caller;
      const items = await countUsage(connection, workspace, asked);
      const sums = await sumSpending(connection, workspace, asked);
      const unpriced = await sumUnpriced(connection, workspace, asked);
      if ([items, sums, unpriced].some((rows) => rows.length > mostRows))
        throw refuse('there are too many counts: ask for fewer days', '结果过多：请缩短时间范围');
      const money = sums.map(({ currency, reserved, spent, ...of }) => ({
        ...of,
        reserved: { micros: reserved, currency },
        spent: { micros: spent, currency },
      }));
      return json(200, { from, until, items, money, unpriced, totals: totalsOf(money) });
    },
  }),
];

/** Sums by currency, in the order of their names. */
function totalsOf(lines: readonly { readonly reserved: Money; readonly spent: Money }[]) {
  const currencies = [...new Set(lines.map(({ spent }) => spent.currency))].sort();
  return currencies.map((currency) => {
    const own = lines.filter(({ spent }) => spent.currency === currency);
    const of = (amounts: readonly Money[]) => sum(amounts, currency);
    return { reserved: of(own.map(({ reserved }) => reserved)), spent: of(own.map(({ spent }) => spent)) };
  });
}
