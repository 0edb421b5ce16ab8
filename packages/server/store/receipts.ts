import { type Money, type State, stateTable } from '@refreel/core/model';
import { sql, type Transaction } from 'kysely';
import { type BookingKind, type Cost, type Place, reservedOf, settleReserved } from './bookings.ts';
import { type Connection, inTransaction } from './connection.ts';
import { type Cursor, CursorError, decodeCursor, encodeCursor, type Page } from './cursor.ts';
import type { WorkspaceId } from './ids.ts';
import { holdGeneration } from './settle.ts';
import type { Billed, Json, Tables } from './tables.ts';

/** What one attempt at a vendor may cost, and what became of it. Amounts are millionths of `currency`. */
export interface Receipt {
  readonly generationId: string;
  /** Of the attempt, 0-based. */
  readonly index: number;
  readonly keyId: string | null;
  readonly model: string;
  readonly account: string;
  /** UTC, of its acceptance: "2026-11-20". */
  readonly day: string;
  readonly state: State;
  readonly billed: Billed;
  /** Null where no document says what it costs. */
  readonly currency: string | null;
  /** At most. */
  readonly cap: number | null;
  /** Everything that was ever set aside; it is settled, released, or held. */
  readonly reserved: number;
  readonly settled: number;
  readonly released: number;
  readonly held: number;
  /** What would be paid for. */
  readonly seconds: number;
  readonly settings: Json;
  /** Oldest first. */
  readonly bookings: readonly ReceiptBooking[];
  readonly createdAt: Date;
}

/** One booking, as far as it concerns an attempt: what came to each place. */
export interface ReceiptBooking {
  readonly id: string;
  readonly kind: BookingKind;
  readonly at: Date;
  readonly entries: readonly { readonly place: Place; readonly micros: number }[];
}

export interface ReceiptFilter {
  readonly limit: number;
  readonly cursor?: Cursor | undefined;
  readonly generationId?: string | undefined;
  readonly keyId?: string | undefined;
  readonly model?: string | undefined;
  /** Those of which something is held, or of which nobody knows whether a vendor charged. */
  readonly open?: boolean | undefined;
  /** Accepted at this instant or later. */
  readonly from?: Date | undefined;
  /** Accepted before this instant. */
  readonly until?: Date | undefined;
}

/** The receipts of a workspace, newest generation first; also of those that were deleted. @throws CursorError */
export async function listReceipts(
  connection: Connection,
  workspace: WorkspaceId,
  filter: ReceiptFilter,
): Promise<Page<Receipt>> {
  const [before, after] = filter.cursor === undefined ? [null, '0'] : decodeCursor(filter.cursor, 2);
  if (!/^\d{1,6}$/.test(after ?? '')) throw new CursorError();
  const { rows } = await sql<Receipt>`
    select r.generation_id, r.attempt_index as index, r.key_id, r.model, r.account, to_char(r.day, 'YYYY-MM-DD') as day,
      a.state, a.billed, coalesce(r.currency, sums.currency) as currency, r.cap_micros as cap,
      sums.reserved, sums.settled, sums.released, sums.held,
      r.seconds, r.settings, r.created_at, coalesce(made.bookings, '[]') as bookings
    from receipts r
    join attempts a on a.workspace_id = r.workspace_id and a.generation_id = r.generation_id and a.index = r.attempt_index
    cross join lateral (
      select max(e.currency) as currency,
        coalesce(sum(e.micros) filter (where e.place = 'reserved' and b.kind = 'reserve'), 0)::bigint as reserved,
        coalesce(sum(e.micros) filter (where e.place = 'vendor'), 0)::bigint as settled,
        coalesce(sum(e.micros) filter (where e.place = 'purse' and e.micros > 0), 0)::bigint as released,
        coalesce(sum(e.micros) filter (where e.place = 'reserved'), 0)::bigint as held
      from booking_entries e join bookings b on b.workspace_id = e.workspace_id and b.id = e.booking_id
      where e.workspace_id = r.workspace_id and e.generation_id = r.generation_id and e.attempt_index = r.attempt_index
    ) sums
    cross join lateral (
      select jsonb_agg(jsonb_build_object('id', one.id, 'kind', one.kind, 'at', one.at, 'entries', one.entries) order by one.id)
        as bookings
      from (
        select b.id, b.kind, b.at, jsonb_agg(jsonb_build_object('place', e.place, 'micros', e.micros) order by e.micros) as entries
        from booking_entries e join bookings b on b.workspace_id = e.workspace_id and b.id = e.booking_id
        where e.workspace_id = r.workspace_id and e.generation_id = r.generation_id and e.attempt_index = r.attempt_index
        group by b.id, b.kind, b.at
      ) one
    ) made
    where r.workspace_id = ${workspace}
      and (${before}::text is null or r.generation_id < ${before}::text
        or (r.generation_id = ${before}::text and r.attempt_index > ${Number(after)}::int))
      and (${filter.generationId ?? null}::text is null or r.generation_id = ${filter.generationId ?? null}::text)
      and (${filter.keyId ?? null}::text is null or r.key_id = ${filter.keyId ?? null}::text)
      and (${filter.model ?? null}::text is null or r.model = ${filter.model ?? null}::text)
      and (not ${filter.open ?? false}::bool or sums.held <> 0 or a.billed = 'unknown')
      and (${filter.from ?? null}::timestamptz is null or r.created_at >= ${filter.from ?? null}::timestamptz)
      and (${filter.until ?? null}::timestamptz is null or r.created_at < ${filter.until ?? null}::timestamptz)
    order by r.generation_id desc, r.attempt_index limit ${filter.limit + 1}
  `.execute(connection);
  const items = rows.slice(0, filter.limit).map(readReceipt);
  const last = items.at(-1);
  return {
    items,
    ...(rows.length > filter.limit && { cursor: encodeCursor(last!.generationId, String(last!.index)) }),
  };
}

/** Times inside of JSON come as text. */
function readReceipt(row: Receipt): Receipt {
  return { ...row, bookings: row.bookings.map((one) => ({ ...one, at: new Date(one.at) })) };
}

/** What an attempt of a generation was to cost. */
export interface CostKept extends Cost {
  readonly index: number;
  readonly keyId: string | null;
  readonly model: string;
  readonly account: string;
  readonly ended: boolean;
}

/** The receipts of a generation that is held, in the order of its attempts. */
export async function receiptsOf(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  generationId: string,
): Promise<CostKept[]> {
  const { rows } = await sql<CostKept & { currency: string | null; micros: number | null }>`
    select r.attempt_index as index, r.key_id, r.model, r.account, r.currency, r.cap_micros as micros, r.seconds, r.settings,
      a.finished_at is not null as ended
    from receipts r
    join attempts a on a.workspace_id = r.workspace_id and a.generation_id = r.generation_id and a.index = r.attempt_index
    where r.workspace_id = ${workspace} and r.generation_id = ${generationId} order by r.attempt_index
  `.execute(transaction);
  return rows.map(({ currency, micros, ...row }) => ({
    ...row,
    cap: currency === null || micros === null ? null : { micros, currency },
  }));
}

/** What a person says of a bill that nobody here could know. */
export interface BillSaid {
  readonly billed: 'yes' | 'no';
  /** What was charged, where it was less than what is held; needed where nothing is, if it is to be known. */
  readonly amount?: Money | undefined;
}

/** Why a bill cannot be settled. */
export type BillRefusal =
  | { readonly why: 'unknown' }
  /** It has not ended: it may yet tell by itself, or has to be resolved. */
  | { readonly why: 'unfinished'; readonly state: State }
  | { readonly why: 'settled'; readonly billed: Billed }
  | { readonly why: 'amount'; readonly held: Money };

/** Settles the bill of an attempt that has ended without anybody knowing whether its vendor charged for it. Once. */
export async function settleBill(
  connection: Connection,
  workspace: WorkspaceId,
  { generationId, index }: { readonly generationId: string; readonly index: number },
  { billed, amount }: BillSaid,
): Promise<'done' | BillRefusal> {
  return await inTransaction(connection, async (transaction) => {
    if ((await holdGeneration(transaction, workspace, generationId)) === undefined) return { why: 'unknown' };
    const { rows } = await sql<{ state: State; billed: Billed }>`
      select a.state, a.billed from attempts a join receipts r
        on r.workspace_id = a.workspace_id and r.generation_id = a.generation_id and r.attempt_index = a.index
      where a.workspace_id = ${workspace} and a.generation_id = ${generationId} and a.index = ${index}
    `.execute(transaction);
    const [attempt] = rows;
    if (attempt === undefined) return { why: 'unknown' };
    if (!stateTable[attempt.state].terminal) return { why: 'unfinished', state: attempt.state };
    if (attempt.billed !== 'unknown') return { why: 'settled', billed: attempt.billed };
    const [held] = await reservedOf(transaction, workspace, generationId, [index]);
    if (amount !== undefined && held !== undefined)
      if (amount.currency !== held.currency || amount.micros > held.micros)
        return { why: 'amount', held: { micros: held.micros, currency: held.currency } };
    await sql`
      update attempts set billed = ${billed}, updated_at = now()
      where workspace_id = ${workspace} and generation_id = ${generationId} and index = ${index}
    `.execute(transaction);
    const paid = billed === 'no' ? 0 : (amount?.micros ?? held?.micros ?? 0);
    const from = held ?? (amount === undefined ? undefined : { index, micros: 0, currency: amount.currency });
    if (from !== undefined) await settleReserved(transaction, workspace, generationId, from, paid);
    return 'done';
  });
}
