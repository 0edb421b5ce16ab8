import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';
import type { Json } from './tables.ts';

/** One film of a generation, whose file is stored. */
export interface StoredFilm {
  /** 0-based among the films of its generation. */
  readonly index: number;
  readonly attemptIndex: number;
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly facts: Json;
  readonly createdAt: Date;
}

export type NewFilm = Omit<StoredFilm, 'attemptIndex' | 'createdAt'>;

/** Adds the films of an attempt; called by what moves the attempt, in its transaction. */
export async function keepFilms(
  connection: Connection,
  workspace: WorkspaceId,
  attempt: { readonly generationId: string; readonly index: number },
  films: readonly NewFilm[],
): Promise<void> {
  await sql`
    insert into films (workspace_id, generation_id, attempt_index, index, sha256, media_type, bytes, facts)
    select ${workspace}, ${attempt.generationId}, ${attempt.index}::int, new.index, new.sha256, new."mediaType", new.bytes, new.facts
    from jsonb_to_recordset(${jsonText(films)}::jsonb)
      as new (index int, sha256 text, "mediaType" text, bytes bigint, facts jsonb)
  `.execute(connection);
}

const columns = ['index', 'attemptIndex', 'sha256', 'mediaType', 'bytes', 'facts', 'createdAt'] as const;

/** The films of a generation, in order. */
export async function listFilms(
  connection: Connection,
  workspace: WorkspaceId,
  generationId: string,
): Promise<StoredFilm[]> {
  return await connection
    .selectFrom('films')
    .select(columns)
    .where('workspaceId', '=', workspace)
    .where('generationId', '=', generationId)
    .orderBy('index')
    .execute();
}

/** One film; none of a generation that was deleted. */
export async function findFilm(
  connection: Connection,
  workspace: WorkspaceId,
  generationId: string,
  index: number,
): Promise<StoredFilm | undefined> {
  const { rows } = await sql<StoredFilm>`
    select f.index, f.attempt_index, f.sha256, f.media_type, f.bytes, f.facts, f.created_at
    from films f join generations g on g.workspace_id = f.workspace_id and g.id = f.generation_id
    where f.workspace_id = ${workspace} and f.generation_id = ${generationId} and f.index = ${index}
      and g.deleted_at is null
  `.execute(connection);
  return rows[0];
}
