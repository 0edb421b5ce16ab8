import type { Money } from '@refreel/core/model';
import { sql, type Transaction } from 'kysely';
import { makeId, type WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';
import type { Json, Tables } from './tables.ts';

/** Where an amount is: not taken, set aside for an attempt, paid to a vendor. */
export type Place = 'purse' | 'reserved' | 'vendor';
export type BookingKind = 'reserve' | 'settle' | 'release';

/** What one attempt at a vendor costs. */
export interface Cost {
  /** At most; null where no document says. */
  readonly cap: Money | null;
  /** What would be paid for: seconds of all its films, and of input video where that is billed. */
  readonly seconds: number;
  /** And what these films are like. */
  readonly settings: Json;
}

/** Which attempt, and who is asked to make it for how much. */
export interface CostOfAttempt {
  /** 0-based place in its generation. */
  readonly index: number;
  readonly account: string;
  readonly model: string;
  readonly cost: Cost;
}

/** One line of a booking. */
interface Entry extends Money {
  readonly index: number;
  readonly place: Place;
}

/** Opens the receipts of attempts that a vendor is to make, and reserves what they may cost. Part of what accepts them. */
export async function openReceipts(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  generationId: string,
  keyId: string | null,
  attempts: readonly CostOfAttempt[],
): Promise<void> {
  await sql`
    insert into receipts (workspace_id, generation_id, attempt_index, key_id, model, account, currency, cap_micros, seconds, settings)
    select ${workspace}, ${generationId}, new.index, ${keyId}, new.model, new.account, new.currency, new.micros, new.seconds,
      new.settings
    from jsonb_to_recordset(${rowsOf(attempts)}::jsonb) as new
      (index int, model text, account text, currency text, micros bigint, seconds float8, settings jsonb)
  `.execute(transaction);
  await book(transaction, workspace, generationId, 'reserve', attempts.flatMap(reservingEntries));
}

/** Gives back everything that is set aside for these attempts. */
export async function releaseReserved(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  generationId: string,
  indexes: readonly number[],
): Promise<void> {
  const held = await reservedOf(transaction, workspace, generationId, indexes);
  await book(transaction, workspace, generationId, 'release', held.flatMap(releasingEntries));
}

/** Reserves anew for attempts that have receipts and nothing set aside: what they may cost is known better now. */
export async function reserveAnew(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  generationId: string,
  attempts: readonly CostOfAttempt[],
): Promise<void> {
  await sql`
    update receipts set account = new.account, currency = new.currency, cap_micros = new.micros, seconds = new.seconds,
      settings = new.settings
    from jsonb_to_recordset(${rowsOf(attempts)}::jsonb) as new
      (index int, account text, currency text, micros bigint, seconds float8, settings jsonb)
    where workspace_id = ${workspace} and generation_id = ${generationId} and attempt_index = new.index
  `.execute(transaction);
  await book(transaction, workspace, generationId, 'reserve', attempts.flatMap(reservingEntries));
}

/** What is set aside for an attempt. */
export interface Reserved extends Money {
  readonly index: number;
}

/** What is set aside for attempts of a generation that is held; nothing is said of those without anything. */
export async function reservedOf(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  generationId: string,
  indexes: readonly number[],
): Promise<Reserved[]> {
  const { rows } = await sql<Reserved>`
    select attempt_index as index, currency, sum(micros)::bigint as micros from booking_entries
    where workspace_id = ${workspace} and generation_id = ${generationId} and place = 'reserved'
      and attempt_index = any(${[...indexes]}::int[])
    group by attempt_index, currency having sum(micros) <> 0 order by attempt_index
  `.execute(transaction);
  return rows;
}

/**
 * Books what became of attempts that have ended: what a vendor charged for is paid, what it did not is released, and where nobody knows it the
 * amount stays set aside until a person says it. Part of whatever ends an attempt.
 */
export async function settleEnded(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  generationId: string,
  ended: readonly { readonly index: number; readonly billedSeconds?: number | undefined }[],
): Promise<void> {
  const indexes = ended.map(({ index }) => index);
  const reserved = await reservedOf(transaction, workspace, generationId, indexes);
  if (reserved.length === 0) return;
  const { rows } = await sql<{ index: number; billed: 'yes' | 'no'; seconds: number }>`
    select a.index, a.billed, r.seconds from attempts a join receipts r
      on r.workspace_id = a.workspace_id and r.generation_id = a.generation_id and r.attempt_index = a.index
    where a.workspace_id = ${workspace} and a.generation_id = ${generationId} and a.finished_at is not null
      and a.billed <> 'unknown'
  `.execute(transaction);
  const of = (billed: 'yes' | 'no') =>
    reserved.filter(({ index }) => rows.some((one) => one.index === index && one.billed === billed));
  const chargeOf = ({ index, micros }: Reserved): number => {
    const seconds = rows.find((one) => one.index === index)?.seconds ?? 0;
    const billed = ended.find((one) => one.index === index)?.billedSeconds;
    // All seconds of an attempt have one price. More than was said is not paid, whatever a vendor counts.
    return billed === undefined || billed >= seconds ? micros : Math.round((micros * Math.max(0, billed)) / seconds);
  };
  const paid = of('yes').flatMap((one) => settlingEntries(one, chargeOf(one)));
  await book(transaction, workspace, generationId, 'settle', paid);
  await book(transaction, workspace, generationId, 'release', of('no').flatMap(releasingEntries));
}

/** Pays the vendor so much of what is set aside, and gives back the rest. */
export async function settleReserved(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  generationId: string,
  reserved: Reserved,
  micros: number,
): Promise<void> {
  await book(transaction, workspace, generationId, 'settle', settlingEntries(reserved, micros));
}

function reservingEntries({ index, cost: { cap } }: CostOfAttempt): Entry[] {
  return cap === null ? [] : transfer(index, cap, 'purse', 'reserved');
}

function releasingEntries({ index, ...amount }: Reserved): Entry[] {
  return transfer(index, amount, 'reserved', 'purse');
}

function settlingEntries({ index, micros, currency }: Reserved, paid: number): Entry[] {
  return [
    { index, place: 'reserved', currency, micros: -micros },
    { index, place: 'vendor', currency, micros: paid },
    { index, place: 'purse', currency, micros: micros - paid },
  ];
}

function transfer(index: number, { micros, currency }: Money, from: Place, to: Place): Entry[] {
  return [
    { index, place: from, currency, micros: -micros },
    { index, place: to, currency, micros },
  ];
}

/** Appends a booking; one that moves nothing is none. */
async function book(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  generationId: string,
  kind: BookingKind,
  entries: readonly Entry[],
): Promise<void> {
  const moved = entries.filter(({ micros }) => micros !== 0);
  if (moved.length === 0) return;
  const id = makeId('bkg');
  await sql`
    with booking as (
      insert into bookings (workspace_id, id, generation_id, kind) values (${workspace}, ${id}, ${generationId}, ${kind})
    )
    insert into booking_entries (workspace_id, booking_id, generation_id, attempt_index, place, currency, micros)
    select ${workspace}, ${id}, ${generationId}, new.index, new.place, new.currency, new.micros
    from jsonb_to_recordset(${jsonText(moved)}::jsonb) as new (index int, place text, currency text, micros bigint)
  `.execute(transaction);
}

function rowsOf(attempts: readonly CostOfAttempt[]): string {
  const rows = attempts.map(({ cost: { cap, ...of }, ...attempt }) => ({ ...attempt, ...of, ...cap }));
  return jsonText(rows);
}
