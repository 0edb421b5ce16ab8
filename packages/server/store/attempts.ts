import { canMove, type Note, type Problem, type State, states, stateTable } from '@refreel/core/model';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Pace } from './account-claims.ts';
import { countSubmit } from './accounts.ts';
import type { Claim } from './claims.ts';
import { type Connection, inTransaction } from './connection.ts';
import { keepFilms, type NewFilm } from './films.ts';
import type { WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';
import { addNotes, keepPrepared, type Prepared } from './prepared.ts';
import { holdGeneration, settleGeneration } from './settle.ts';
import type { Billed, Json, Tables } from './tables.ts';

/** What may change with a move; what is left out stays. */
export interface AttemptChange {
  /** Hash of the exact wire message. */
  readonly intent?: string;
  readonly handle?: Json;
  readonly progress?: Json;
  readonly billed?: Billed;
  /** What the vendor says it charged for, where it says so: what was reserved for more is released. */
  readonly billedSeconds?: number | undefined;
  readonly problems?: readonly Problem[];
  /** Stored before, file by file. */
  readonly films?: readonly NewFilm[];
  /** What its generation says, now that its media are measured. */
  readonly prepared?: Prepared;
  /** Added to what its generation says. */
  readonly notes?: readonly Note[];
  /**
   * Gives the attempt back, due again in so many seconds; null leaves it until a person or a cancel wakes it. Left out, the claim goes on;
   * an end always gives it back.
   */
  readonly dueInSeconds?: number | null;
}

/** Where an attempt and its generation are after a move. */
export interface Moved {
  readonly state: State;
  readonly generation: State;
}

/**
 * Moves a claimed attempt: one guarded change with the derived state of its generation, its films and its events, all or nothing.
 * `undefined`: nothing was changed, because the claim is no longer held or the attempt has moved meanwhile (a cancel); the worker stops.
 */
export async function moveAttempt(
  connection: Connection,
  claim: Claim,
  to: State,
  change: AttemptChange = {},
): Promise<Moved | undefined> {
  const from = states.filter((state) => canMove(state, to));
  return await changeAttempt(connection, claim, {
    from,
    to: sql`${to}`,
    change,
    held: sql`token = ${claim.token}::uuid`,
  });
}

/**
 * Says that an attempt is about to be sent, which is written down before its first byte. `undefined` as with every move; also where the lease is over:
 * its place at the vendor may be another's by now.
 */
export async function beginSubmit(
  connection: Connection,
  claim: Claim,
  change: AttemptChange,
  account: { readonly id: string; readonly pace: Pace | undefined },
): Promise<Moved | undefined> {
  return await inTransaction(connection, async (transaction) => {
    const moved = await changeAttempt(transaction, claim, {
      from: ['queued'],
      to: sql`'submitting'`,
      change,
      held: sql`token = ${claim.token}::uuid and due_at > clock_timestamp()`,
    });
    if (moved !== undefined && account.pace !== undefined)
      await countSubmit(transaction, account.id, account.pace.submits);
    return moved;
  });
}

/** Who is asked in an attempt's place. */
export interface Replacement {
  readonly account: string;
  /** In place of the request's model; null asks for that. */
  readonly model: string | null;
  /** Where its media are to be made to fit first. Left out: it waits to be sent. */
  readonly state?: 'preparing' | 'queued';
}

/**
 * Ends an attempt that a vendor refused without charging for it, and queues another one in its place: both or neither, so that a place never has
 * two attempts that live. `undefined`: nothing was changed, as with every move; also where a cancel came, after which nobody else is asked.
 */
export async function replaceAttempt(
  connection: Connection,
  claim: Claim,
  change: Omit<AttemptChange, 'dueInSeconds' | 'films' | 'prepared' | 'notes'> & { readonly billed: 'no' },
  { state = 'queued', ...next }: Replacement,
  within: (transaction: Transaction<Tables>, index: number) => Promise<void> = async () => {},
): Promise<{ readonly index: number } | undefined> {
  const { workspace, generationId, index } = claim;
  return await inTransaction(connection, async (transaction) => {
    const before = await holdGeneration(transaction, workspace, generationId);
    if (before === undefined) return undefined;
    const step: Step = {
      from: ['preparing', 'queued', 'submitting', 'running'],
      to: sql`'failed'`,
      change,
      // What fails while the request itself is prepared would fail everywhere.
      held: sql`token = ${claim.token}::uuid and (attempts.state <> 'preparing' or coalesce(place, index) <> index)`,
    };
    if ((await updateAttempt(transaction, claim, step)) === undefined) return undefined;
    const { rows } = await sql<{ index: number }>`
      insert into attempts (workspace_id, generation_id, index, producer, account, model, place, state, queue, turn)
      select workspace_id, generation_id,
        (select max(index) + 1 from attempts where workspace_id = ${workspace} and generation_id = ${generationId}),
        producer, ${next.account}, ${next.model}, coalesce(place, index), ${state}, queue, coalesce(
          (select max(turn) + 1 from attempts where producer = 'upstream' and account = ${next.account}
            and queue = old.queue and turn is not null),
          (select min(turn) from attempts where producer = 'upstream' and account = ${next.account} and turn is not null),
          0)
      from attempts old
      where workspace_id = ${workspace} and generation_id = ${generationId} and index = ${index}
      returning index
    `.execute(transaction);
    const added = rows[0]!.index;
    await within(transaction, added);
    await settleGeneration(transaction, workspace, generationId, before, [
      { index, state: 'failed' },
      { index: added, state, ...next, replaces: index },
    ]);
    return { index: added };
  });
}

/**
 * Keeps the handle of work that was started, before anything else is done with it. The attempt is `running` after it; or stays `cancelling`
 * if a cancel came while the producer was asked, with the handle that the cancel needs.
 */
export async function startAttempt(
  connection: Connection,
  claim: Claim,
  handle: Json,
  change: Omit<AttemptChange, 'handle'> = {},
): Promise<Moved | undefined> {
  return await changeAttempt(connection, claim, {
    from: ['queued', 'submitting', 'cancelling'],
    to: sql`case when state = 'cancelling' then state else 'running' end`,
    change: { ...change, handle },
    held: sql`token = ${claim.token}::uuid`,
  });
}

/** How a person, or unique evidence, settles an attempt whose submit may have been lost. */
export type Resolution =
  | { readonly to: 'running'; readonly handle: Json; readonly problems?: readonly [] }
  | { readonly to: 'queued'; readonly billed?: 'no'; readonly problems?: readonly [] }
  | { readonly to: 'failed' | 'cancelled'; readonly billed: Billed; readonly problems: readonly Problem[] };

/** Settles an `unconfirmed` attempt. `undefined` where it is not one of the workspace, or no longer unconfirmed. */
export async function resolveAttempt(
  connection: Connection,
  workspace: WorkspaceId,
  attempt: { readonly generationId: string; readonly index: number },
  { to, ...change }: Resolution,
): Promise<Moved | undefined> {
  return await changeAttempt(
    connection,
    { workspace, ...attempt },
    { from: ['unconfirmed'], to: sql`${to}`, change: { ...change, dueInSeconds: 0 }, held: sql`true` },
  );
}

/**
 * Prolongs a lease, and tells how far the work is; an event tells it where it is news. The state says whether a cancel came. `undefined`: the
 * claim is lost, stop at once.
 */
export async function renewAttempt(
  connection: Connection,
  claim: Claim,
  leaseSeconds: number,
  progress?: Json,
): Promise<State | undefined> {
  const text = progress === undefined ? null : jsonText(progress);
  const { rows } = await sql<{ state: State }>`
    with before as (
      select progress from attempts
      where workspace_id = ${claim.workspace} and generation_id = ${claim.generationId} and index = ${claim.index}
    ), held as (
      update attempts set due_at = now() + make_interval(secs => ${leaseSeconds}::float8),
        progress = coalesce(${text}::jsonb, progress), updated_at = now()
      where workspace_id = ${claim.workspace} and generation_id = ${claim.generationId} and index = ${claim.index}
        and token = ${claim.token}::uuid
      returning workspace_id, generation_id, index, state
    ), told as (
      insert into events (workspace_id, generation_id, kind, data)
      select workspace_id, generation_id, 'attempt.progress', jsonb_build_object('index', index, 'progress', ${text}::jsonb)
      from held where ${text}::jsonb is distinct from (select progress from before) and ${text}::jsonb is not null
    )
    select state from held
  `.execute(connection);
  return rows[0]?.state;
}

/** An attempt that is given back without being moved. */
export interface Release {
  readonly claim: Claim;
  /** Until it is due again; null as in `AttemptChange`. */
  readonly dueInSeconds: number | null;
  readonly handle?: Json;
  readonly problems?: readonly Problem[];
}

/** Gives attempts back, in one statement. Claims that were lost change nothing. The answer: how many were given back. */
export async function releaseAttempts(connection: Connection, releases: readonly Release[]): Promise<number> {
  const rows = releases.map(({ claim, dueInSeconds, ...kept }) => ({ ...claim, seconds: dueInSeconds, ...kept }));
  const { numAffectedRows } = await sql`
    update attempts a set worker = null, token = null, updated_at = now(), handle = coalesce(given.handle, a.handle),
      problems = coalesce(given.problems, a.problems), due_at = now() + make_interval(secs => given.seconds)
    from jsonb_to_recordset(${jsonText(rows)}::jsonb)
      as given (workspace text, "generationId" text, index int, token uuid, seconds float8, handle jsonb, problems jsonb)
    where a.workspace_id = given.workspace and a.generation_id = given."generationId" and a.index = given.index
      and a.token = given.token
  `.execute(connection);
  return Number(numAffectedRows ?? 0n);
}

/** Gives one attempt back. `false`: the claim was lost. */
export async function releaseAttempt(
  connection: Connection,
  claim: Claim,
  change: Omit<Release, 'claim'>,
): Promise<boolean> {
  return (await releaseAttempts(connection, [{ claim, ...change }])) === 1;
}

interface Step {
  readonly from: readonly State[];
  /** Expression of the new state. */
  readonly to: RawBuilder<unknown>;
  readonly change: AttemptChange;
  /** Condition under which the caller may change the row. */
  readonly held: RawBuilder<unknown>;
}

function changeAttempt(connection: Connection, which: Omit<Claim, 'token'>, step: Step): Promise<Moved | undefined> {
  const { workspace, generationId, index } = which;
  return inTransaction(connection, async (transaction) => {
    const before = await holdGeneration(transaction, workspace, generationId);
    if (before === undefined) return undefined;
    const state = await updateAttempt(transaction, which, step);
    if (state === undefined) return undefined;
    const { films = [], prepared, notes = [], billedSeconds } = step.change;
    if (films.length > 0) await keepFilms(transaction, workspace, which, films);
    if (prepared !== undefined) await keepPrepared(transaction, workspace, generationId, prepared);
    if (notes.length > 0) await addNotes(transaction, workspace, generationId, notes);
    const moved = { index, state, billedSeconds };
    const generation = await settleGeneration(transaction, workspace, generationId, before, [moved]);
    return { state, generation };
  });
}

/** A producer is at it. */
const begunStates: readonly State[] = ['submitting', 'running', 'fetching'];
const terminalStates = states.filter((state) => stateTable[state].terminal);

/** The one guarded UPDATE. */
async function updateAttempt(
  transaction: Transaction<Tables>,
  { workspace, generationId, index }: Omit<Claim, 'token'>,
  { from, to, change, held }: Step,
): Promise<State | undefined> {
  const text = (value: unknown) => (value === undefined ? null : jsonText(value));
  const released = change.dueInSeconds !== undefined;
  const { rows } = await sql<{ state: State }>`
    with new as (
      select (${to})::text as state from attempts
      where workspace_id = ${workspace} and generation_id = ${generationId} and index = ${index}
    ), ending as (select state = any(${terminalStates}::text[]) as ends from new)
    update attempts set
      state = new.state,
      intent = coalesce(${change.intent ?? null}::text, intent),
      handle = coalesce(${text(change.handle)}::jsonb, handle),
      progress = coalesce(${text(change.progress)}::jsonb, progress),
      billed = coalesce(${change.billed ?? null}::text, billed),
      problems = coalesce(${text(change.problems)}::jsonb, problems),
      turn = null,
      worker = case when ends or ${released}::bool then null else worker end,
      token = case when ends or ${released}::bool then null else token end,
      due_at = case when ends then null
        when ${released}::bool then now() + make_interval(secs => ${change.dueInSeconds ?? null}::float8) else due_at end,
      updated_at = now(),
      started_at = coalesce(started_at, case when new.state = any(${begunStates}::text[]) then now() end),
      finished_at = case when ends then now() end
    from new, ending
    where workspace_id = ${workspace} and generation_id = ${generationId} and index = ${index}
      and attempts.state = any(${[...from]}::text[]) and ${held}
    returning attempts.state
  `.execute(transaction);
  return rows[0]?.state;
}
