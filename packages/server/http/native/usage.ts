import { problem, Refusal, states } from '@refreel/core/model';
import { z } from 'zod';
import { countUsage } from '../../store/index.ts';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';
import { instant } from './shapes.ts';

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
    summary: 'Generations by day (UTC), key, model and state; the last 30 days unless asked otherwise',
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
      const items = await countUsage(database.connection, caller.workspace, { from, until, limit: mostRows + 1 });
      if (items.length > mostRows)
        throw refuse('there are too many counts: ask for fewer days', '结果过多：请缩短时间范围');
      return json(200, { from, until, items });
    },
  }),
];
