import type { Note, Problem, Request, State } from '@refreel/core/model';
import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { StoredFilm } from './films.ts';
import { makeId, type WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';
import { savedReferenceId } from './saved-references.ts';
import type { Billed, Json, ProducerName } from './tables.ts';

/** One request's life, without its attempts and films. */
export interface Generation {
  readonly id: string;
  readonly keyId: string | null;
  readonly dialect: string;
  readonly publicId: string;
  readonly echo: Json;
  readonly request: Request;
  readonly model: string;
  readonly state: State;
  readonly notes: readonly Note[];
  readonly quote: unknown;
  readonly remixOf: string | null;
  readonly idempotencyKey: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
  /** Taken back before its film, which was made, had been shown. */
  readonly recalledAt: Date | null;
  /** Marked by its owner to be found again. */
  readonly starredAt: Date | null;
  /** From then on it is hidden, and can be restored for `deletedDays`. */
  readonly deletedAt: Date | null;
  /** Names of faults that a stand-in shows with it, in the order in which they were asked for. */
  readonly faults: readonly string[];
}

/** One try at one producer, as its owner may see it. */
export interface Attempt {
  readonly index: number;
  readonly producer: ProducerName;
  readonly account: string;
  /** What the account is asked for in place of the request's model: one of its alternatives. Null: the request's own. */
  readonly model: string | null;
  /** Whose films it brings: its own index, or that of the attempt whose place it took. The last one of a place speaks for it. */
  readonly place: number;
  readonly state: State;
  readonly progress: Json;
  readonly billed: Billed;
  readonly problems: readonly Problem[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** When a producer first began with it. */
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** The attempts that speak for their generation: one that another took the place of is history. */
export function lastAttempts<Kind extends Pick<Attempt, 'place'>>(attempts: readonly Kind[]): Kind[] {
  return attempts.filter(({ place }, at) => attempts.findLastIndex((one) => one.place === place) === at);
}

/** A generation with everything that a status answer tells. */
export interface WholeGeneration extends Generation {
  readonly attempts: readonly Attempt[];
  readonly films: readonly StoredFilm[];
}

export interface NewGeneration {
  /** Default: made here. Given where the caller had to know it before (an address in the answer that is kept). */
  readonly id?: string;
  readonly keyId: string | null;
  readonly dialect: string;
  /** Its id in the dialect's form. Default: the id. */
  readonly publicId?: string;
  readonly echo: Json;
  readonly request: Request;
  readonly notes: readonly Note[];
  readonly quote: unknown;
  readonly remixOf?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  /** Default: none. */
  readonly faults?: readonly string[] | undefined;
  /** `preparing` if media are still to be fetched. */
  readonly state: 'preparing' | 'queued';
  /** At least one. `account` is left out for what is made here. */
  readonly attempts: readonly { readonly producer: ProducerName; readonly account?: string }[];
}

/** Which generation: by its own id, or by the id of the dialect that it came by. */
export type GenerationName = { readonly id: string } | { readonly dialect: string; readonly publicId: string };

/**
 * Accepts a generation: the row, its attempts in their lines, and the event, in one statement. What a vendor is to make is accepted through
 * money/, which reserves in the same transaction what it costs.
 */
export async function createGeneration(
  connection: Connection,
  workspace: WorkspaceId,
  generation: NewGeneration,
): Promise<{ id: string; publicId: string; createdAt: Date }> {
  const { id = makeId('gen'), keyId, request, state, attempts } = generation;
  const { publicId = id } = generation;
  if (attempts.length === 0) throw new Error('a generation needs an attempt');
  const tries = attempts.map(({ producer, account = '' }, index) => ({
    index,
    producer,
    account,
    // Its place among those of the same line in this generation.
    behind: attempts.slice(0, index).filter((one) => one.producer === producer && (one.account ?? '') === account)
      .length,
  }));
  const saved = [...new Set(request.references.map((one) => one.id).filter((one) => savedReferenceId.test(one)))];
  const { rows } = await sql<{ createdAt: Date }>`
    with generation as (
      insert into generations (workspace_id, id, key_id, dialect, public_id, echo, request, model, state, notes, quote,
        remix_of, idempotency_key, faults)
      values (${workspace}, ${id}, ${keyId}, ${generation.dialect}, ${publicId}, ${jsonText(generation.echo)}::jsonb,
        ${jsonText(request)}::jsonb, ${request.model}, ${state}, ${jsonText(generation.notes)}::jsonb,
        ${generation.quote === null || generation.quote === undefined ? null : jsonText(generation.quote)}::jsonb,
        ${generation.remixOf ?? null}, ${generation.idempotencyKey ?? null}, ${jsonText(generation.faults ?? [])}::jsonb)
      returning created_at
    ), accepted as (
      insert into attempts (workspace_id, generation_id, index, producer, account, state, queue, turn)
      select ${workspace}, ${id}, new.index, new.producer, new.account, ${state}, ${keyId ?? workspace}, new.behind + coalesce(
        (select max(turn) + 1 from attempts
          where producer = new.producer and account = new.account and queue = ${keyId ?? workspace} and turn is not null),
        (select min(turn) from attempts where producer = new.producer and account = new.account and turn is not null),
        0)
      from jsonb_to_recordset(${jsonText(tries)}::jsonb) as new (index int, producer text, account text, behind int)
    ), told as (
      insert into events (workspace_id, generation_id, kind, data)
      values (${workspace}, ${id}, 'generation.accepted', ${jsonText({ state, model: request.model })}::jsonb)
    )${saved.length === 0 ? sql`` : useSaved(workspace, id, saved)}
    select created_at from generation
  `.execute(connection);
  return { id, publicId, createdAt: rows[0]!.createdAt };
}

/** Notes which saved references it uses; one that is being deleted at this moment is none any more. */
function useSaved(workspace: WorkspaceId, id: string, saved: readonly string[]) {
  return sql`, used as (
      insert into saved_reference_uses (workspace_id, reference_id, generation_id)
      select workspace_id, id, ${id} from saved_references
      where workspace_id = ${workspace} and id = any(${saved}::text[]) for key share
    )`;
}

/** A generation with its attempts and films; undefined where the workspace has none by that name. */
export async function findGeneration(
  connection: Connection,
  workspace: WorkspaceId,
  name: GenerationName,
): Promise<WholeGeneration | undefined> {
  const named =
    'id' in name ? sql`g.id = ${name.id}` : sql`g.dialect = ${name.dialect} and g.public_id = ${name.publicId}`;
  const { rows } = await sql<WholeGeneration>`
    select ${generationColumns}, ${attemptsOf} as attempts, ${filmsOf} as films
    from generations g where g.workspace_id = ${workspace} and g.deleted_at is null and ${named}
  `.execute(connection);
  return rows[0] === undefined ? undefined : readWhole(rows[0]);
}

/** The columns of a generation `g`, by name: a plan that is kept must not change when a column is added. */
export const generationColumns = sql`g.id, g.key_id, g.dialect, g.public_id, g.echo, g.request, g.model, g.state, g.notes,
  g.quote, g.remix_of, g.idempotency_key, g.created_at, g.updated_at, g.finished_at, g.recalled_at, g.starred_at,
  g.deleted_at, g.faults`;

/** The attempts of a generation `g` as one value. */
export const attemptsOf = sql`(select coalesce(jsonb_agg(jsonb_build_object(
    'index', a.index, 'producer', a.producer, 'account', a.account, 'model', a.model,
    'place', coalesce(a.place, a.index), 'state', a.state, 'progress', a.progress,
    'billed', a.billed, 'problems', a.problems, 'createdAt', a.created_at, 'updatedAt', a.updated_at,
    'startedAt', a.started_at, 'finishedAt', a.finished_at) order by a.index), '[]')
  from attempts a where a.workspace_id = g.workspace_id and a.generation_id = g.id)`;

/** The films of a generation `g` as one value. */
export const filmsOf = sql`(select coalesce(jsonb_agg(jsonb_build_object(
    'index', f.index, 'attemptIndex', f.attempt_index, 'sha256', f.sha256, 'mediaType', f.media_type, 'bytes', f.bytes,
    'facts', f.facts, 'createdAt', f.created_at) order by f.index), '[]')
  from films f where f.workspace_id = g.workspace_id and f.generation_id = g.id)`;

/** Times inside of JSON come as text. */
export function readWhole(row: WholeGeneration): WholeGeneration {
  return {
    ...row,
    attempts: row.attempts.map((attempt) => ({
      ...attempt,
      createdAt: new Date(attempt.createdAt),
      updatedAt: new Date(attempt.updatedAt),
      startedAt: attempt.startedAt === null ? null : new Date(attempt.startedAt),
      finishedAt: attempt.finishedAt === null ? null : new Date(attempt.finishedAt),
    })),
    films: row.films.map((film) => ({ ...film, createdAt: new Date(film.createdAt) })),
  };
}
