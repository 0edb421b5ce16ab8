import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { WorkspaceId } from './ids.ts';
import type { Json } from './tables.ts';

/** Attempts of an account that its vendor may be at now. */
export async function countAtVendor(connection: Connection, account: string): Promise<number> {
  // every workspace: an account is the operator's, and its places are shared
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from attempts
    where producer = 'upstream' and account = ${account} and turn is null and due_at is not null
      and state in ('submitting', 'running', 'fetching', 'cancelling')
  `.execute(connection);
  return rows[0]?.count ?? 0;
}

/** Where the attempts of a generation were sent, and how they are found there. */
export async function handlesOf(
  connection: Connection,
  workspace: WorkspaceId,
  generationId: string,
): Promise<{ index: number; account: string; handle: Json }[]> {
  return await connection
    .selectFrom('attempts')
    .select(['index', 'account', 'handle'])
    .where('workspaceId', '=', workspace)
    .where('generationId', '=', generationId)
    .where('producer', '=', 'upstream')
    .orderBy('index')
    .execute();
}

/** Accounts that attempts were sent to, or wait for, with how many of them are not over. */
export async function accountsInUse(connection: Connection): Promise<{ account: string; open: number }[]> {
  // every workspace: the operator is told that a folder was live, and which accounts are missing
  const { rows } = await sql<{ account: string; open: number }>`
    select account, count(*) filter (where finished_at is null)::int as open from attempts
    where producer = 'upstream' group by account order by account
  `.execute(connection);
  return rows;
}
