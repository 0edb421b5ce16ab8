import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import { type Cursor, decodeCursor, encodeCursor, type Page } from './cursor.ts';
import { attemptsOf, filmsOf, generationColumns, readWhole, type WholeGeneration } from './generations.ts';
import type { WorkspaceId } from './ids.ts';

export interface LedgerFilter {
  readonly limit: number;
  readonly cursor?: Cursor | undefined;
  readonly dialect?: string | undefined;
  readonly model?: string | undefined;
  /** Accepted with this key. */
  readonly keyId?: string | undefined;
  /** Accepted at this instant or later. */
  readonly from?: Date | undefined;
  /** Accepted before this instant. */
  readonly until?: Date | undefined;
}

/** A generation with its owner, for whoever may see those of all. */
export type OwnedGeneration = WholeGeneration & { readonly workspaceId: WorkspaceId };

/** Everything that was ever accepted, newest first, also what its owner has deleted: a vendor charges for it all the same. @throws CursorError */
export async function listLedger(connection: Connection, filter: LedgerFilter): Promise<Page<OwnedGeneration>> {
  const before = filter.cursor === undefined ? null : decodeCursor(filter.cursor, 1)[0]!;
  // every workspace: an operator's ledger is of the server
  const { rows } = await sql<OwnedGeneration>`
    select g.workspace_id, ${generationColumns}, ${attemptsOf} as attempts, ${filmsOf} as films
    from generations g
    where (${before}::text is null or g.id < ${before}::text)
      and (${filter.dialect ?? null}::text is null or g.dialect = ${filter.dialect ?? null}::text)
      and (${filter.model ?? null}::text is null or g.model = ${filter.model ?? null}::text)
      and (${filter.keyId ?? null}::text is null or g.key_id = ${filter.keyId ?? null}::text)
      and (${filter.from ?? null}::timestamptz is null or g.created_at >= ${filter.from ?? null}::timestamptz)
      and (${filter.until ?? null}::timestamptz is null or g.created_at < ${filter.until ?? null}::timestamptz)
    order by g.id desc limit ${filter.limit + 1}
  `.execute(connection);
  const items = rows
    .slice(0, filter.limit)
    .map((row): OwnedGeneration => ({ ...readWhole(row), workspaceId: row.workspaceId }));
  return { items, ...(rows.length > filter.limit && { cursor: encodeCursor(items[items.length - 1]!.id) }) };
}
