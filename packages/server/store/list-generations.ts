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
  const { rows } = await sql<WholeGeneration>`
    select ${generationColumns}, ${attemptsOf} as attempts, ${filmsOf} as films
    from generations g
    where g.workspace_id = ${workspace} and g.deleted_at is null
      and (${before}::text is null or g.id < ${before}::text)
      and (${filter.dialect ?? null}::text is null or g.dialect = ${filter.dialect ?? null}::text)
      and (${states}::text[] is null or g.state = any(${states}::text[]))
      and (${filter.model ?? null}::text is null or g.model = ${filter.model ?? null}::text)
      and (${filter.from ?? null}::timestamptz is null or g.created_at >= ${filter.from ?? null}::timestamptz)
      and (${filter.until ?? null}::timestamptz is null or g.created_at < ${filter.until ?? null}::timestamptz)
    order by g.id desc limit ${filter.limit + 1}
  `.execute(connection);
  const items = rows.slice(0, filter.limit).map(readWhole);
  return { items, ...(rows.length > filter.limit && { cursor: encodeCursor(items[items.length - 1]!.id) }) };
}
