import { sql } from 'kysely';
import { holdAccount } from './accounts.ts';
import { type ClaimedAttempt, take } from './claims.ts';
import { type Connection, inTransaction } from './connection.ts';

/** At most so many submits begin within any such stretch of time. */
export interface Pace {
  readonly submits: number;
  readonly seconds: number;
}

export interface AccountClaimOptions {
  /** Name of the worker, for people. */
  readonly worker: string;
  readonly account: string;
  /** At most this many. */
  readonly limit: number;
  readonly leaseSeconds: number;
  /** Attempts that may be at the vendor at once; undefined: as many as come. */
  readonly concurrency?: number | undefined;
  readonly pace?: Pace | undefined;
}

export interface AccountClaim {
  readonly attempts: readonly ClaimedAttempt[];
  /** Its places or its pace were what kept more from being taken. Seconds until that may be otherwise, where the pace says it. */
  readonly full: false | { readonly seconds: number | undefined };
}

/**
 * Takes attempts of an account that are due: those to look at, those whose media are to be fetched, and as many of those that are to be sent as it
 * has places and pace for. Exact for any number of processes: whoever gives out places holds the account's row, and an attempt has its place from its
 * claim on.
 */
export async function claimForAccount(connection: Connection, options: AccountClaimOptions): Promise<AccountClaim> {
  const { concurrency, pace, limit } = options;
  if (concurrency === undefined && pace === undefined)
    return { attempts: await takeDue(connection, options, limit), full: false };
  return await inTransaction(connection, async (transaction) => {
    await holdAccount(transaction, options.account);
    const { places, paced, nextSeconds } = await roomAt(transaction, options);
    const fresh = Math.max(0, Math.min(limit, places, paced));
    const attempts = await takeDue(transaction, options, fresh);
    const sending = attempts.filter(({ state }) => state === 'queued').length;
    if (sending < fresh || fresh === limit) return { attempts, full: false };
    return { attempts, full: { seconds: paced < places ? nextSeconds : undefined } };
  });
}

interface Room {
  /** Free at the vendor. */
  readonly places: number;
  /** Submits that may begin now. */
  readonly paced: number;
  /** Until another one may. */
  readonly nextSeconds: number | undefined;
}

/** What an account that is held has room for. */
async function roomAt(
  connection: Connection,
  { account, concurrency, pace }: Pick<AccountClaimOptions, 'account' | 'concurrency' | 'pace'>,
): Promise<Room> {
  // every workspace: an account is the operator's, and its places are shared
  const { rows } = await sql<{ there: number; coming: number; recent: number; next: number | null }>`
    select
      (select count(*)::int from attempts where producer = 'upstream' and account = ${account}
        and turn is null and due_at is not null and state in ('submitting', 'running', 'cancelling')) as there,
      (select count(*)::int from attempts where producer = 'upstream' and account = ${account}
        and turn is null and due_at > clock_timestamp() and state = 'queued' and token is not null) as coming,
      (select count(*)::int from accounts, unnest(submits) as at
        where id = ${account} and at > clock_timestamp() - make_interval(secs => ${pace?.seconds ?? 0}::float8)) as recent,
      (select extract(epoch from min(at) + make_interval(secs => ${pace?.seconds ?? 0}::float8) - clock_timestamp())::float8
        from accounts, unnest(submits) as at
        where id = ${account} and at > clock_timestamp() - make_interval(secs => ${pace?.seconds ?? 0}::float8)) as next
  `.execute(connection);
  const { there, coming, recent, next } = rows[0]!;
  return {
    places: concurrency === undefined ? Number.POSITIVE_INFINITY : concurrency - there - coming,
    paced: pace === undefined ? Number.POSITIVE_INFINITY : pace.submits - recent - coming,
    nextSeconds: next ?? undefined,
  };
}

/** Sent before and refused as too busy, or prepared: those come before what was never begun, and that goes by turns. */
async function takeDue(
  connection: Connection,
  options: AccountClaimOptions,
  fresh: number,
): Promise<readonly ClaimedAttempt[]> {
  const { account, limit } = options;
  const line = sql`producer = 'upstream' and account = ${account} and due_at <= now()`;
  const due = sql`begun as (
      select workspace_id, generation_id, index from attempts
      where ${line} and turn is null and state <> 'queued'
      order by due_at limit ${limit}::int for update skip locked
    ), preparing as (
      select workspace_id, generation_id, index from attempts
      where ${line} and turn is not null and state = 'preparing'
      order by turn, due_at limit greatest(0, ${limit}::int - (select count(*)::int from begun)) for update skip locked
    ), again as (
      select workspace_id, generation_id, index from attempts
      where ${line} and turn is null and state = 'queued'
      order by due_at limit greatest(0, least(${fresh}::int, ${limit}::int - (select count(*)::int from begun)
        - (select count(*)::int from preparing))) for update skip locked
    ), waiting as (
      select workspace_id, generation_id, index from attempts
      where ${line} and turn is not null and state = 'queued'
      order by turn, due_at limit greatest(0, least(${fresh}::int - (select count(*)::int from again),
        ${limit}::int - (select count(*)::int from begun) - (select count(*)::int from preparing)
        - (select count(*)::int from again))) for update skip locked
    ), due as (
      select * from begun union all select * from preparing union all select * from again union all select * from waiting
    )`;
  return await take(connection, due, options);
}
