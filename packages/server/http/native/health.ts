import { problem, Refusal } from '@refreel/core/model';
import { sql } from 'kysely';
import { z } from 'zod';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';

const common = { method: 'GET', access: 'anyone', owned: false, group: 'Server' } as const;
const patienceMilliseconds = 2000;

/** For whoever watches the server. */
export const healthRoutes: readonly Route[] = [
  route({
    ...common,
    path: '/healthz',
    summary: 'It serves',
    answers: { 200: { says: 'It does', schema: z.object({ ok: z.literal(true), version: z.string() }) } },
    answer: (_, { version }) => json(200, { ok: true, version }),
  }),
  route({
    ...common,
    path: '/readyz',
    summary: 'It takes work: the store answers, and it is not stopping',
    answers: { 200: { says: 'It does', schema: z.object({ ok: z.literal(true) }) }, 503: { says: 'Not now' } },
    async answer(_, { database, stopping }) {
      if (stopping.aborted) throw new Refusal(problem('server_stopping', ''));
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(resolve, patienceMilliseconds, false);
      });
      const asked = sql`select 1`.execute(database.connection).then(
        () => true,
        () => false,
      );
      const ready = await Promise.race([asked, late]).finally(() => clearTimeout(timer));
      if (!ready) throw new Refusal(problem('store_unavailable', ''));
      return json(200, { ok: true });
    },
  }),
];
