import type { State } from '@refreel/core/model';
import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import { attemptsOf, filmsOf, generationColumns, readWhole, type WholeGeneration } from './generations.ts';
import type { WorkspaceId } from './ids.ts';

/** Which generations of one dialect, and which part of them. */
export interface BrowseFilter {
  readonly dialect: string;
  /** As it was accepted for; left out, all of them. */
  readonly region?: string | undefined;
  readonly publicId?: string | undefined;
  readonly model?: string | undefined;
  readonly states?: readonly State[] | undefined;
  /** Accepted at this instant or later. */
  readonly from?: Date | undefined;
  /** Accepted at this instant or before. */
  readonly to?: Date | undefined;
  /** Public id of the one after which the part begins; if there is none such, the part is empty. */
  readonly after?: string | undefined;
  readonly skip: number;
  readonly limit: number;
  readonly oldestFirst: boolean;
}

/** A part of a list, and how much there is of it. */
export interface Browsed {
  readonly items: readonly WholeGeneration[];
  /** Of all parts together. */
  readonly total: number;
  /** Something comes after this part. */
  readonly more: boolean;
}

/** Generations of a workspace, in pages by number or from one on, as vendors' lists are asked for. */
export async function browseGenerations(
  connection: Connection,
  workspace: WorkspaceId,
  filter: BrowseFilter,
): Promise<Browsed> {
  const states = filter.states === undefined ? null : [...filter.states];
  const wanted = sql`g.dialect = ${filter.dialect} and g.deleted_at is null
    and (${filter.region ?? null}::text is null or g.quote->>'region' = ${filter.region ?? null}::text)
    and (${filter.publicId ?? null}::text is null or g.public_id = ${filter.publicId ?? null}::text)
    and (${filter.model ?? null}::text is null or g.model = ${filter.model ?? null}::text)
    and (${states}::text[] is null or g.state = any(${states}::text[]))
    and (${filter.from ?? null}::timestamptz is null or g.created_at >= ${filter.from ?? null}::timestamptz)
    and (${filter.to ?? null}::timestamptz is null or g.created_at <= ${filter.to ?? null}::timestamptz)`;
  const one = sql`(select a.id from generations a where a.workspace_id = ${workspace} and a.dialect = ${filter.dialect}
    and a.public_id = ${filter.after ?? null}::text and a.deleted_at is null)`;
  const behind = filter.oldestFirst ? sql`g.id > ${one}` : sql`g.id < ${one}`;
  const order = filter.oldestFirst ? sql`g.id asc` : sql`g.id desc`;
  const { rows } = await sql<WholeGeneration>`
    select ${generationColumns}, ${attemptsOf} as attempts, ${filmsOf} as films
    from generations g where g.workspace_id = ${workspace} and ${wanted} and (${filter.after ?? null}::text is null or ${behind})
    order by ${order} limit ${filter.limit + 1} offset ${filter.skip}
  `.execute(connection);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from generations g where g.workspace_id = ${workspace} and ${wanted}
  `.execute(connection);
  return {
    items: rows.slice(0, filter.limit).map(readWhole),
    total: counted.rows[0]!.total,
    more: rows.length > filter.limit,
  };
}
