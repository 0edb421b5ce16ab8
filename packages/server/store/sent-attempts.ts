import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';
import type { Json } from './tables.ts';

/** Where the attempts of a generation were sent, and how they are found there. */
export async function handlesOf(
  connection: Connection,
  workspace: WorkspaceId,
  generationId: string,
): Promise<{ index: number; account: string; model: string | null; handle: Json }[]> {
  return await connection
    .selectFrom('attempts')
    .select(['index', 'account', 'model', 'handle'])
    .where('workspaceId', '=', workspace)
    .where('generationId', '=', generationId)
    .where('producer', '=', 'upstream')
    .orderBy('index')
    .execute();
}

/** Accounts that have attempts which are not over, with how many. */
export async function accountsAtWork(connection: Connection): Promise<{ account: string; open: number }[]> {
  // every workspace: the operator is told which accounts are missing
  const { rows } = await sql<{ account: string; open: number }>`
    select account, count(*)::int as open from attempts
    where producer = 'upstream' and finished_at is null group by account order by account
  `.execute(connection);
  return rows;
}

/** Whether anything was ever accepted that a vendor was to make: each such attempt has a receipt. */
export async function wasEverLive(connection: Connection): Promise<boolean> {
  // every workspace: one of them is enough to make the folder a live one
  const { rows } = await sql<{ live: boolean }>`select exists (select from receipts) as live`.execute(connection);
  return rows[0]!.live;
}

/** Whether any attempt of an account has this handle of a vendor's generation. */
export async function isKnown(connection: Connection, account: string, voyage: Json): Promise<boolean> {
  // every workspace: an account is the operator's, and what it has at its vendor may be anybody's
  const { rows } = await sql`
    select 1 from attempts
    where producer = 'upstream' and account = ${account} and handle->'voyage' = ${jsonText(voyage)}::jsonb limit 1
  `.execute(connection);
  return rows.length > 0;
}

/**
 * Whether any other attempt of an account may be what its vendor made between two instants (milliseconds since 1970): one whose answer is
 * awaited or was lost, or one that ended so not long before.
 */
export async function areInDoubt(
  connection: Connection,
  account: string,
  but: { readonly workspace: WorkspaceId; readonly generationId: string; readonly index: number },
  { from, to }: { readonly from: number; readonly to: number },
): Promise<boolean> {
  // every workspace: an account is the operator's, and what it has at its vendor may be anybody's
  const { rows } = await sql`
    select 1 from attempts
    where producer = 'upstream' and account = ${account}
      and not (workspace_id = ${but.workspace} and generation_id = ${but.generationId} and index = ${but.index})
      and (state in ('submitting', 'unconfirmed')
        or (billed = 'unknown' and handle->'voyage' is null
          and (handle->>'sentAt')::float8 between ${from - doubtMilliseconds}::float8 and ${to}::float8))
    limit 1
  `.execute(connection);
  return rows.length > 0;
}

/** Longer than any submit lasts. */
const doubtMilliseconds = 600_000;
