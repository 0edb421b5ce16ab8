import type { Request, State } from '@refreel/core/model';
import { type RawBuilder, sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { WorkspaceId } from './ids.ts';
import type { Json, ProducerName } from './tables.ts';

/** The right to work on an attempt, until its lease ends or it is given back. Every change of the attempt shows it. */
export interface Claim {
  readonly workspace: WorkspaceId;
  readonly generationId: string;
  readonly index: number;
  readonly token: string;
}

/** An attempt in the hands of a worker, with what it needs to go on from where the last one stopped. */
export interface ClaimedAttempt {
  readonly claim: Claim;
  readonly producer: ProducerName;
  readonly account: string;
  /** Whose films it brings: its own index, or that of the attempt whose place it took. */
  readonly place: number;
  readonly state: State;
  readonly intent: string | null;
  readonly handle: Json;
  readonly progress: Json;
  /** How often it was claimed, this time included. */
  readonly claims: number;
  readonly leaseUntil: Date;
  readonly keyId: string | null;
  /** As this attempt asks for it: with the model that it is about. */
  readonly request: Request;
  readonly dialect: string;
  readonly publicId: string;
  /** As its generation's. */
  readonly faults: readonly string[];
  readonly createdAt: Date;
}

export interface ClaimOptions {
  /** Name of the worker, for people. */
  readonly worker: string;
  readonly producer: ProducerName;
  /** Left out for what is made here. */
  readonly account?: string;
  /** At most this many. */
  readonly limit: number;
  /** At most this many of them that were never begun: what the account or the machine has room for. Default: `limit`. */
  readonly fresh?: number;
  readonly leaseSeconds: number;
}

interface ClaimedRow extends Omit<ClaimedAttempt, 'claim'>, Omit<Claim, 'workspace'> {
  readonly workspaceId: WorkspaceId;
  readonly model: string | null;
}

/**
 * Takes attempts that are due, of whatever workspace. Begun ones come first, by time: to look again, or because their worker died. Then new ones by
 * turn, so that the keys are served round robin however many each has waiting. Two workers never get the same one.
 */
export async function claimAttempts(connection: Connection, options: ClaimOptions): Promise<ClaimedAttempt[]> {
  const { producer, account = '', limit, fresh = limit } = options;
  const due = sql`begun as (
      select workspace_id, generation_id, index from attempts
      where producer = ${producer} and account = ${account} and turn is null and due_at <= now()
      order by due_at limit ${limit}::int for update skip locked
    ), waiting as (
      select workspace_id, generation_id, index from attempts
      where producer = ${producer} and account = ${account} and turn is not null and due_at <= now()
      order by turn, due_at limit greatest(0, least(${fresh}::int, ${limit}::int - (select count(*)::int from begun)))
      for update skip locked
    ), due as (select * from begun union all select * from waiting)`;
  return await take(connection, due, options);
}

/** Takes the attempts that the part `due` of a statement names, whoever owns them. */
export async function take(
  connection: Connection,
  due: RawBuilder<unknown>,
  { worker, leaseSeconds }: Pick<ClaimOptions, 'worker' | 'leaseSeconds'>,
): Promise<ClaimedAttempt[]> {
  const { rows } = await sql<ClaimedRow>`
    with ${due}, taken as (
      update attempts a set worker = ${worker}, token = gen_random_uuid(), turn = null, claims = a.claims + 1,
        due_at = now() + make_interval(secs => ${leaseSeconds}::float8), updated_at = now()
      from due
      where a.workspace_id = due.workspace_id and a.generation_id = due.generation_id and a.index = due.index
      returning a.workspace_id, a.generation_id, a.index, a.token, a.producer, a.account, a.model,
        coalesce(a.place, a.index) as place, a.state, a.intent, a.handle, a.progress,
        a.claims, a.due_at as lease_until, a.created_at
    )
    select taken.*, g.key_id, g.request, g.dialect, g.public_id, g.faults
    from taken join generations g on g.workspace_id = taken.workspace_id and g.id = taken.generation_id
  `.execute(connection);
  return rows.map(({ workspaceId, generationId, index, token, model, request, ...attempt }) => ({
    claim: { workspace: workspaceId, generationId, index, token },
    request: model === null ? request : { ...request, model },
    ...attempt,
  }));
}

/**
 * Seconds until the next attempt of a producer and account is due, 0 if one is; undefined when nothing waits. For a worker that would
 * rather sleep than ask.
 */
export async function secondsUntilDue(
  connection: Connection,
  { producer, account = '' }: Pick<ClaimOptions, 'producer' | 'account'>,
): Promise<number | undefined> {
  // every workspace: a worker serves all of them
  const { rows } = await sql<{ seconds: number | null }>`
    select extract(epoch from least(
      (select min(due_at) from attempts where producer = ${producer} and account = ${account} and turn is null and due_at is not null),
      (select now() from attempts where producer = ${producer} and account = ${account} and turn is not null limit 1)
    ) - now())::float8 as seconds
  `.execute(connection);
  const seconds = rows[0]?.seconds ?? undefined;
  return seconds === undefined ? undefined : Math.max(0, seconds);
}
