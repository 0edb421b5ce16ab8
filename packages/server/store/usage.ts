import type { State } from '@refreel/core/model';
import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { WorkspaceId } from './ids.ts';
import type { Json } from './tables.ts';

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

/** What was set aside and paid of one currency, in millionths, by the day on which it was accepted. */
export interface UsageMoney {
  readonly day: string;
  readonly keyId: string | null;
  readonly model: string;
  readonly currency: string;
  /** Not settled yet. */
  readonly reserved: number;
  readonly spent: number;
}

/** What a vendor made, or may have made, at a price that no document says. */
export interface UsageUnpriced {
  readonly day: string;
  readonly keyId: string | null;
  readonly model: string;
  readonly settings: Json;
  readonly attempts: number;
  /** Of film. */
  readonly seconds: number;
}

export interface UsageFilter {
  readonly from: Date;
  readonly until: Date;
  readonly limit: number;
}

/** Money by day, key, model and currency, newest day first: of every day that begins within the instants, and of the one that holds the first. */
export async function sumSpending(
  connection: Connection,
  workspace: WorkspaceId,
  { from, until, limit }: UsageFilter,
): Promise<UsageMoney[]> {
  const { rows } = await sql<UsageMoney>`
    select to_char(day, 'YYYY-MM-DD') as day, nullif(key_id, '') as key_id, model, currency,
      reserved_micros as reserved, vendor_micros as spent
    from spending
    where workspace_id = ${workspace} and day >= (${from}::timestamptz at time zone 'utc')::date
      and day < ${until}::timestamptz at time zone 'utc' and (reserved_micros <> 0 or vendor_micros <> 0)
    order by spending.day desc, key_id, model, currency limit ${limit}
  `.execute(connection);
  return rows;
}

/** The same of what has no price, as seconds and settings; what a vendor did not charge for is not in it. */
export async function sumUnpriced(
  connection: Connection,
  workspace: WorkspaceId,
  { from, until, limit }: UsageFilter,
): Promise<UsageUnpriced[]> {
  const { rows } = await sql<UsageUnpriced>`
    select to_char(r.day, 'YYYY-MM-DD') as day, r.key_id, r.model, r.settings, count(*)::int as attempts,
      sum(r.seconds)::float8 as seconds
    from receipts r
    join attempts a on a.workspace_id = r.workspace_id and a.generation_id = r.generation_id and a.index = r.attempt_index
    where r.workspace_id = ${workspace} and r.currency is null and a.billed <> 'no'
      and r.day >= (${from}::timestamptz at time zone 'utc')::date and r.day < ${until}::timestamptz at time zone 'utc'
    group by r.day, r.key_id, r.model, r.settings order by r.day desc, r.key_id, r.model limit ${limit}
  `.execute(connection);
  return rows;
}
