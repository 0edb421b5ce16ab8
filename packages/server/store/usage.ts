import type { State } from '@refreel/core/model';
import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { WorkspaceId } from './ids.ts';

/** How many generations of one kind a workspace accepted. */
export interface UsageCount {
  /** UTC, "2026-11-20". */
  readonly day: string;
  /** Absent where no key was needed. */
  readonly keyId: string | null;
  readonly model: string;
  readonly state: State;
  readonly count: number;
}

/** Counts by day, key, model and state, newest day first, from one instant (included) to another. */
export async function countUsage(
  connection: Connection,
  workspace: WorkspaceId,
  { from, until, limit }: { readonly from: Date; readonly until: Date; readonly limit: number },
): Promise<UsageCount[]> {
  const { rows } = await sql<UsageCount>`
    select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day, key_id, model, state, count(*)::int as count
    from generations
    where workspace_id = ${workspace} and created_at >= ${from}::timestamptz and created_at < ${until}::timestamptz
    group by 1, key_id, model, state order by 1 desc, key_id, model, state limit ${limit}
  `.execute(connection);
  return rows;
}
