import type { State } from '@refreel/core/model';
import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import { type Cursor, decodeCursor, encodeCursor, type Page } from './cursor.ts';
import { attemptsOf, filmsOf, generationColumns, readWhole, type WholeGeneration } from './generations.ts';
import type { WorkspaceId } from './ids.ts';

export interface GenerationFilter {
  readonly limit: number;
  readonly cursor?: Cursor | undefined;
  /** Those that came by this dialect; left out, all of them. */
  readonly dialect?: string | undefined;
  readonly states?: readonly State[] | undefined;
  readonly model?: string | undefined;
  /** Those that have a star, or have none; left out, all of them. */
  readonly starred?: boolean | undefined;
  /** Those that were deleted and can be restored, in place of those that are there. */
  readonly deleted?: boolean | undefined;
  /** Those that were asked for in this project, natively. */
  readonly project?: string | undefined;
  /** Words of the prompts or names of references: all of them, in any case. */
  readonly text?: string | undefined;
  /** Accepted at this instant or later. */
  readonly from?: Date | undefined;
  /** Accepted before this instant. */
  readonly until?: Date | undefined;
}

/** The generations of a workspace, newest first. @throws CursorError */
export async function listGenerations(
  connection: Connection,
  workspace: WorkspaceId,
  filter: GenerationFilter,
): Promise<Page<WholeGeneration>> {
  const before = filter.cursor === undefined ? null : decodeCursor(filter.cursor, 1)[0]!;
  const states = filter.states === undefined ? null : [...filter.states];
  const words = filter.text === undefined ? null : filter.text.split(/\s+/).filter((word) => word !== '');
  const { rows } = await sql<WholeGeneration>`
    select ${generationColumns}, ${attemptsOf} as attempts, ${filmsOf} as films
    from generations g
    where g.workspace_id = ${workspace} and ${filter.deleted === true ? deletedOnly : sql`g.deleted_at is null`}
      and (${before}::text is null or g.id < ${before}::text)
      and (${filter.dialect ?? null}::text is null or g.dialect = ${filter.dialect ?? null}::text)
      and (${states}::text[] is null or g.state = any(${states}::text[]))
      and (${filter.model ?? null}::text is null or g.model = ${filter.model ?? null}::text)
      and (${filter.starred ?? null}::bool is null or (g.starred_at is not null) = ${filter.starred ?? null}::bool)
      and (${filter.project ?? null}::text is null
        or (g.dialect = 'native' and g.echo->>'project' = ${filter.project ?? null}::text))
      and (${words}::text[] is null or ${saysAll(words ?? [])})
      and (${filter.from ?? null}::timestamptz is null or g.created_at >= ${filter.from ?? null}::timestamptz)
      and (${filter.until ?? null}::timestamptz is null or g.created_at < ${filter.until ?? null}::timestamptz)
    order by g.id desc limit ${filter.limit + 1}
  `.execute(connection);
  const items = rows.slice(0, filter.limit).map(readWhole);
  return { items, ...(rows.length > filter.limit && { cursor: encodeCursor(items[items.length - 1]!.id) }) };
}

const deletedOnly = sql`g.deleted_at is not null and g.purged_at is null`;

/** Whether a generation `g` says every word somewhere in its prompts or calls a reference so. */
function saysAll(words: readonly string[]) {
  return sql`not exists (
        select from unnest(${words}::text[]) word
        where position(lower(word) in (
          select coalesce(lower(string_agg(piece, ' ')), '') from jsonb_array_elements_text(
            jsonb_path_query_array(g.request, '$.shots[*].prompt[*] ? (@.type() == "string")')
            || jsonb_path_query_array(g.request, '$.references[*].name')) piece)) = 0)`;
}
