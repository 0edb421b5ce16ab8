import { type Language, problem, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import { AccountEntry, type Standing } from '../../accounts/index.ts';
import { accountsAtWork } from '../../store/index.ts';
import { json, showProblem } from '../answer.ts';
import { type Route, route } from '../route.ts';
import { flag, ShownProblem } from './shapes.ts';

const Account = z.object({
  id: z.string(),
  /** Where it stands. One that was added over the API can be taken away over it. */
  origin: z.enum(['file', 'environment', 'added']),
  dialect: z.string(),
  baseUrl: z.string(),
  region: z.string().nullable(),
  /** Our ids of models, with the vendor's. */
  models: z.record(z.string(), z.string()),
  concurrency: z.int().nullable(),
  pace: z.object({ submits: z.int(), seconds: z.number() }).nullable(),
  lookIntervalSeconds: z.number(),
  /** Set aside: nothing new is sent to it, and why. */
  aside: z.object({ at: z.iso.datetime(), problem: ShownProblem }).nullable(),
});
const Checked = z.object({
  account: Account,
  key: z.enum(['taken', 'refused', 'unclear']),
  problem: ShownProblem.nullable(),
});
const common = { path: '/v1/accounts', owned: false, group: 'Accounts' } as const;
const forbidden = { says: 'Not the administrator' };
const unknown = { says: 'No such account' };

/** Where films are sent. Keys come in and never go out. */
export const accountRoutes: readonly Route[] = [
  route({
    ...common,
    method: 'GET',
    access: 'operator',
    summary: 'The accounts in the order in which they are asked; never a key',
    answers: {
      200: {
        says: 'All of them, and those that were added and whose keys cannot be opened',
        schema: z.object({
          items: z.array(Account),
          unreadable: z.array(z.object({ id: z.string(), problem: ShownProblem })),
        }),
      },
      403: forbidden,
    },
    answer({ language }, { accounts }) {
      return json(200, {
        items: accounts.standings().map((one) => show(one, language)),
        unreadable: accounts.unreadable().map((one) => ({ id: one.id, problem: showProblem(one.problem, language) })),
      });
    },
  }),
  route({
    ...common,
    method: 'POST',
    access: 'admin',
    summary:
      'Add an account; its key is sealed with the secret of the server. `replace` puts it in the place of one that was added',
    query: z.strictObject({ replace: flag.optional() }),
    body: { schema: AccountEntry },
    answers: {
      201: { says: 'It is asked from now on', schema: Account },
      403: forbidden,
      409: { says: 'The id is taken' },
      422: { says: 'It cannot be used; every reason is told' },
    },
    async answer({ body, query, language }, { accounts }) {
      const added = await accounts.add(body, query.replace);
      if (!('account' in added)) throw new Refusal(...added);
      return json(201, show(added, language));
    },
  }),
  route({
    ...common,
    method: 'DELETE',
    access: 'admin',
    path: '/v1/accounts/{id}',
    summary: 'Take an account away that was added, with its key',
    answers: {
      200: { says: 'It is gone', schema: z.object({ id: z.string() }) },
      403: forbidden,
      404: unknown,
      409: { says: 'It stands in the file or the environment, or something is still at it' },
    },
    async answer({ path }, { accounts, database }) {
      const id = path.id!;
      const open = (await accountsAtWork(database.connection)).find(({ account }) => account === id)?.open ?? 0;
      const known = accounts.book.find(id);
      if (known?.origin === 'added' && open > 0)
        throw new Refusal(problem('account_busy', 'id', { found: id, limit: open }));
      const removed = await accounts.remove(id);
      if (removed === 'removed') return json(200, { id });
      throw removed === 'kept' ? new Refusal(problem('account_fixed', 'id', { found: id })) : unknownAccount(id);
    },
  }),
  route({
    ...common,
    method: 'POST',
    access: 'operator',
    path: '/v1/accounts/{id}/check',
    summary:
      'Ask the vendor whether it takes the key, by a look that costs nothing; an account that was set aside is taken back',
    body: { schema: z.strictObject({}), optional: true },
    answers: {
      200: { says: 'What the vendor said, and how the account stands now', schema: Checked },
      404: unknown,
      409: { says: 'This server is a sandbox: it asks no vendor' },
    },
    async answer({ path, language }, { accounts }) {
      const checked = await accounts.check(path.id!);
      if (checked === undefined) throw unknownAccount(path.id!);
      const { standing, is, problem: why } = checked;
      return json(200, {
        account: show(standing, language),
        key: is,
        problem: why === undefined ? null : showProblem(why, language),
      });
    },
  }),
];

function show({ account, aside }: Standing, language: Language) {
  const { id, origin, dialect, baseUrl, region, models, concurrency, pace, lookIntervalSeconds } = account;
  return {
    ...{ id, origin, dialect: dialect.id, baseUrl, lookIntervalSeconds },
    region: region ?? null,
    models: Object.fromEntries(models),
    concurrency: concurrency ?? null,
    pace: pace ?? null,
    aside: aside === undefined ? null : { at: aside.at, problem: showProblem(aside.problem, language) },
  };
}

function unknownAccount(id: string): Refusal {
  return new Refusal(problem('account_unknown', 'id', { found: id.slice(0, 100) }));
}
