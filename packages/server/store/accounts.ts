import type { Problem } from '@refreel/core/model';
import { sql, type Transaction } from 'kysely';
import { type Connection, inTransaction } from './connection.ts';
import { jsonText } from './json.ts';
import type { Json, Tables } from './tables.ts';

/** Why nothing new is sent to an account. */
export interface Aside {
  readonly at: Date;
  readonly problem: Problem;
  /** Of the key that it happened with. */
  readonly mark: string;
}

/** What is kept of an account. */
export interface StoredAccount {
  readonly id: string;
  /** What it is, and its sealed key, if it was added over the API. */
  readonly added: { readonly entry: Json; readonly sealedKey: Buffer } | undefined;
  readonly aside: Aside | undefined;
  readonly createdAt: Date;
}

/** Every account of which anything is kept, oldest first. */
export async function storedAccounts(connection: Connection): Promise<StoredAccount[]> {
  const rows = await connection
    .selectFrom('accounts')
    .select(['id', 'entry', 'sealedKey', 'asideAt', 'asideProblem', 'asideMark', 'createdAt'])
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map(({ id, entry, sealedKey, asideAt, asideProblem, asideMark, createdAt }) => ({
    ...{ id, createdAt },
    added: sealedKey === null ? undefined : { entry, sealedKey },
    aside:
      asideAt === null || asideProblem === null || asideMark === null
        ? undefined
        : { at: asideAt, problem: asideProblem, mark: asideMark },
  }));
}

/** Keeps an account that is added. `false`: one of that id was added before, and was not to be replaced. */
export async function addAccount(
  connection: Connection,
  { id, entry, sealedKey }: { readonly id: string; readonly entry: Json; readonly sealedKey: Buffer },
  replace = false,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into accounts (id, entry, sealed_key) values (${id}, ${jsonText(entry)}::jsonb, ${sealedKey})
    on conflict (id) do update set entry = excluded.entry, sealed_key = excluded.sealed_key,
      aside_at = null, aside_problem = null, aside_mark = null
      where accounts.entry is null or ${replace}::bool
  `.execute(connection);
  return numAffectedRows === 1n;
}

/** Forgets an account that was added, with its key. `false`: there is none. */
export async function removeAccount(connection: Connection, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from accounts where id = ${id} and entry is not null
  `.execute(connection);
  return numAffectedRows === 1n;
}

/** Sends nothing new to an account from now on; the first reason stays. */
export async function setAccountAside(
  connection: Connection,
  id: string,
  { problem, mark }: Omit<Aside, 'at'>,
): Promise<void> {
  await sql`
    insert into accounts (id, aside_at, aside_problem, aside_mark) values (${id}, now(), ${jsonText(problem)}::jsonb, ${mark})
    on conflict (id) do update
      set aside_at = excluded.aside_at, aside_problem = excluded.aside_problem, aside_mark = excluded.aside_mark
      where accounts.aside_mark is distinct from excluded.aside_mark
  `.execute(connection);
}

/** Takes an account back that was set aside. What waited for it is due at once. */
export async function takeAccountBack(connection: Connection, id: string): Promise<void> {
  await inTransaction(connection, async (transaction) => {
    await sql`
      update accounts set aside_at = null, aside_problem = null, aside_mark = null where id = ${id}
    `.execute(transaction);
    // every workspace: an account is the operator's, and anybody's work may wait for it
    await sql`
      update attempts set due_at = now(), problems = '[]', updated_at = now()
      where producer = 'upstream' and account = ${id} and state = 'queued' and token is null
        and problems @> '[{"code": "account_aside"}]'
    `.execute(transaction);
  });
}

/** Holds the row of an account for this transaction: whoever gives out its places or counts its submits does so alone. */
export async function holdAccount(transaction: Transaction<Tables>, id: string): Promise<void> {
  const hold = () => sql`select 1 from accounts where id = ${id} for update`.execute(transaction);
  if ((await hold()).rows.length > 0) return;
  await sql`insert into accounts (id) values (${id}) on conflict do nothing`.execute(transaction);
  await hold();
}

/** Counts a submit that begins now; only the last `keep` are remembered. */
export async function countSubmit(transaction: Transaction<Tables>, id: string, keep: number): Promise<void> {
  await holdAccount(transaction, id);
  await sql`
    update accounts set submits = (submits || clock_timestamp())[greatest(1, cardinality(submits) + 2 - ${keep}::int):]
    where id = ${id}
  `.execute(transaction);
}
