import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';

/** A request that its client may send again. */
export interface Repeatable {
  readonly dialect: string;
  readonly key: string;
  /** Hex of the SHA-256 of what makes it the same request: method, path and body. */
  readonly bodySha256: string;
}

/** What was answered the first time. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One try at a request. */
export interface Run {
  /** The key stood for a run before, which may have done its work and not have come to say so. */
  readonly takenOver: boolean;
  /** When the first run for the key began: the same for every run that took over from it. */
  readonly since: Date;
}

/** `new`: do it, then `finishRequest` with the token. `conflict`: the key came with another body. `running`: the first is not done yet. */
export type Begun =
  | ({ readonly is: 'new'; readonly token: string } & Run)
  | { readonly is: 'replay'; readonly answer: KeptAnswer }
  | { readonly is: 'conflict' }
  | { readonly is: 'running' };

export interface BeginOptions {
  /** How long the answer is kept. Default 24 hours. */
  readonly keepSeconds?: number;
  /** After this a run that never finished is taken for dead. Default 300. */
  readonly runningSeconds?: number;
  /** It is done again even where it was done before, and answers from now on for the key. */
  readonly anew?: boolean;
}

/**
 * Takes an idempotency key. In the transaction that also accepts the generation and finishes the key, a concurrent duplicate waits here
 * until that has committed, and is then a replay. In a statement of its own it is told `running`.
 */
export async function beginRequest(
  connection: Connection,
  workspace: WorkspaceId,
  { dialect, key, bodySha256 }: Repeatable,
  { keepSeconds = 86_400, runningSeconds = 300, anew = false }: BeginOptions = {},
): Promise<Begun> {
  const token = randomUUID();
  const { rows } = await sql<Run>`
    insert into idempotency as kept (workspace_id, dialect, key, body_sha256, state, token, running_until, expires_at)
    values (${workspace}, ${dialect}, ${key}, ${bodySha256}, 'running', ${token}::uuid,
      now() + make_interval(secs => ${runningSeconds}::float8), now() + make_interval(secs => ${keepSeconds}::float8))
    on conflict (workspace_id, dialect, key) do update set
      body_sha256 = excluded.body_sha256, state = 'running', token = excluded.token, running_until = excluded.running_until,
      expires_at = case when kept.state = 'running' and kept.expires_at > now() and not ${anew}::bool then kept.expires_at
        else excluded.expires_at end,
      status = null, headers = null, body = null
    where kept.expires_at <= now() or ${anew}::bool
      or (kept.state = 'running' and kept.running_until <= now() and kept.body_sha256 = excluded.body_sha256)
    returning xmax <> 0 as taken_over, expires_at - make_interval(secs => ${keepSeconds}::float8) as since${unsynced(connection)}
  `.execute(connection);
  const [run] = rows;
  if (run !== undefined) return { is: 'new', token, takenOver: run.takenOver, since: run.since };
  return (await findAnswer(connection, workspace, { dialect, key, bodySha256 })) ?? { is: 'running' };
}

/**
 * A key that is taken need not be on the disk before the work begins: what the work commits is written after it, so that whatever is found again
 * after a crash is found with its key. A transaction has other things to keep.
 */
function unsynced(connection: Connection) {
  return connection.isTransaction ? sql`` : sql`, set_config('synchronous_commit', 'off', true)`;
}

/** Looks without taking: what a repeated request costs before anything else is done for it. `undefined` for a key that is free. */
export async function findAnswer(
  connection: Connection,
  workspace: WorkspaceId,
  { dialect, key, bodySha256 }: Repeatable,
): Promise<Exclude<Begun, { is: 'new' }> | undefined> {
  const kept = await connection
    .selectFrom('idempotency')
    .select(['bodySha256', 'state', 'status', 'headers', 'body'])
    .where('workspaceId', '=', workspace)
    .where('dialect', '=', dialect)
    .where('key', '=', key)
    .where('expiresAt', '>', sql<Date>`now()`)
    .executeTakeFirst();
  if (kept === undefined) return undefined;
  if (kept.bodySha256 !== bodySha256) return { is: 'conflict' };
  if (kept.state === 'running') return { is: 'running' };
  return { is: 'replay', answer: { status: kept.status!, headers: kept.headers!, body: kept.body! } };
}

/**
 * Keeps the answer. `false`: the run was taken for dead and another has begun, so whatever this one did must be rolled back. Belongs into the
 * transaction that does the work.
 */
export async function finishRequest(
  connection: Connection,
  workspace: WorkspaceId,
  { dialect, key }: Pick<Repeatable, 'dialect' | 'key'>,
  token: string,
  answer: KeptAnswer,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update idempotency set state = 'done', status = ${answer.status}, headers = ${jsonText(answer.headers)}::jsonb, body = ${answer.body}
    where workspace_id = ${workspace} and dialect = ${dialect} and key = ${key} and token = ${token}::uuid and state = 'running'
  `.execute(connection);
  return numAffectedRows === 1n;
}

/** Ends a run that does not know what it has done: the same request takes the key over at once, and looks for itself. */
export async function abandonRequest(
  connection: Connection,
  workspace: WorkspaceId,
  { dialect, key }: Pick<Repeatable, 'dialect' | 'key'>,
  token: string,
): Promise<void> {
  await connection
    .updateTable('idempotency')
    .set({ runningUntil: sql<Date>`now()` as never })
    .where('workspaceId', '=', workspace)
    .where('dialect', '=', dialect)
    .where('key', '=', key)
    .where('token', '=', token)
    .where('state', '=', 'running')
    .execute();
}

/** Lets go of a key whose request was refused before anything was done: the same key may come again, mended. */
export async function forgetRequest(
  connection: Connection,
  workspace: WorkspaceId,
  { dialect, key }: Pick<Repeatable, 'dialect' | 'key'>,
  token: string,
): Promise<void> {
  await connection
    .deleteFrom('idempotency')
    .where('workspaceId', '=', workspace)
    .where('dialect', '=', dialect)
    .where('key', '=', key)
    .where('token', '=', token)
    .where('state', '=', 'running')
    .execute();
}
