import type { MediaFacts } from '@refreel/core/model';
import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import { type Cursor, CursorError, decodeCursor, encodeCursor, type Page } from './cursor.ts';
import type { WorkspaceId } from './ids.ts';
import { json } from './json.ts';

/** What a workspace stored. Requests name it `asset:<sha256>`. */
export interface Asset {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** As its uploader called it. */
  readonly name: string | null;
  readonly facts: MediaFacts;
  readonly createdAt: Date;
}

const columns = ['sha256', 'mediaType', 'bytes', 'name', 'facts', 'createdAt'] as const;

/** Says that stored bytes are also this workspace's. The file must be stored before. The same bytes again keep the first row. */
export async function keepAsset(
  connection: Connection,
  workspace: WorkspaceId,
  asset: Omit<Asset, 'createdAt'>,
): Promise<Asset> {
  return await connection
    .insertInto('assets')
    .values({ ...asset, facts: json(asset.facts), workspaceId: workspace })
    // An update that changes nothing: a row that is already there is returned too.
    .onConflict((conflict) =>
      conflict.columns(['workspaceId', 'sha256']).doUpdateSet({ mediaType: (row) => row.ref('assets.mediaType') }),
    )
    .returning(columns)
    .executeTakeFirstOrThrow();
}

export async function findAsset(
  connection: Connection,
  workspace: WorkspaceId,
  sha256: string,
): Promise<Asset | undefined> {
  return await connection
    .selectFrom('assets')
    .select(columns)
    .where('workspaceId', '=', workspace)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
}

/** Those of the hashes that the workspace has, in no order. */
export async function findAssets(
  connection: Connection,
  workspace: WorkspaceId,
  hashes: readonly string[],
): Promise<Asset[]> {
  return await connection
    .selectFrom('assets')
    .select(columns)
    .where('workspaceId', '=', workspace)
    .where('sha256', '=', sql<string>`any(${hashes}::text[])`)
    .execute();
}

/** Newest first. */
export async function listAssets(
  connection: Connection,
  workspace: WorkspaceId,
  { limit, cursor }: { limit: number; cursor?: Cursor | undefined },
): Promise<Page<Asset>> {
  const [stamp = null, sha256 = null] = cursor === undefined ? [] : decodeCursor(cursor, 2);
  // Microseconds since 1970: what a caller made up for it must not be an error of the database.
  if (stamp !== null && !/^\d{1,18}$/.test(stamp)) throw new CursorError();
  const stampOf = sql`(extract(epoch from created_at) * 1000000)::bigint`;
  const { rows } = await sql<Asset & { stamp: string }>`
    select sha256, media_type, bytes, name, facts, created_at, ${stampOf}::text as stamp from assets
    where workspace_id = ${workspace}
      and (${stamp}::bigint is null or (${stampOf}, sha256) < (${stamp}::bigint, ${sha256}::text))
    order by created_at desc, sha256 desc limit ${limit + 1}
  `.execute(connection);
  const items = rows.slice(0, limit).map(({ stamp: _, ...asset }) => asset);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items, ...(last !== undefined && { cursor: encodeCursor(last.stamp, last.sha256) }) };
}

/** Those of the hashes that any row names: what a sweep of files must leave. */
export async function namedHashes(connection: Connection, hashes: readonly string[]): Promise<Set<string>> {
  // every workspace: a file stays as long as anybody has it
  const { rows } = await sql<{ sha256: string }>`
    select sha256 from assets where sha256 = any(${hashes}::text[])
    union select sha256 from films where sha256 = any(${hashes}::text[])
    union select film ->> 'sha256' from attempts, jsonb_array_elements(handle -> 'brought') as film
      where turn is null and due_at is not null and state in ('fetching', 'cancelling')
        and film ->> 'sha256' = any(${hashes}::text[])
  `.execute(connection);
  return new Set(rows.map(({ sha256 }) => sha256));
}
