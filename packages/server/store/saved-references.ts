import type { Reference } from '@refreel/core/model';
import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import { type Cursor, decodeCursor, encodeCursor, type Page } from './cursor.ts';
import { makeId, type WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';

/** A reference that a workspace keeps. */
export interface SavedReference {
  readonly id: string;
  /** Unique in its workspace. */
  readonly name: string;
  readonly description: string | null;
  /** With its id and name; media are assets of the workspace. */
  readonly reference: Reference;
  readonly createdAt: Date;
}

/** Where a reference was used. */
export interface ReferenceUses {
  readonly count: number;
  /** Ids of generations, newest first. */
  readonly newest: readonly string[];
}

/** The ids of saved references look like this, and no name may. */
export const savedReferenceId: RegExp = /^ref_[0-9a-z]{26}$/;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly content: Omit<Reference, 'id' | 'name'>;
  readonly createdAt: Date;
}

/** Keeps a reference. Undefined where its name is taken in the workspace. */
export async function saveReference(
  connection: Connection,
  workspace: WorkspaceId,
  { id: _, name, ...content }: Reference,
  description: string | null,
): Promise<SavedReference | undefined> {
  const { rows } = await sql<Row>`
    insert into saved_references (workspace_id, id, name, description, content)
    values (${workspace}, ${makeId('ref')}, ${name}, ${description}, ${jsonText(content)}::jsonb)
    on conflict (workspace_id, name) do nothing
    returning id, name, description, content, created_at
  `.execute(connection);
  return rows[0] === undefined ? undefined : readRow(rows[0]);
}

/** Calls one otherwise, or says something else of it. `taken`: another has that name. Undefined where the workspace has none such. */
export async function changeReference(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
  { name, description }: { readonly name?: string | undefined; readonly description?: string | null | undefined },
): Promise<SavedReference | 'taken' | undefined> {
  const said = description !== undefined;
  try {
    const { rows } = await sql<Row>`
      update saved_references set name = coalesce(${name ?? null}::text, name),
        description = case when ${said}::bool then ${description ?? null}::text else description end
      where workspace_id = ${workspace} and id = ${id}
      returning id, name, description, content, created_at
    `.execute(connection);
    return rows[0] === undefined ? undefined : readRow(rows[0]);
  } catch (error) {
    if (isTaken(error)) return 'taken';
    throw error;
  }
}

/** PostgreSQL's unique_violation. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

/** Those of the workspace that the words name, by id or by name, in no order. */
export async function findReferences(
  connection: Connection,
  workspace: WorkspaceId,
  words: readonly string[],
): Promise<SavedReference[]> {
  const { rows } = await sql<Row>`
    select id, name, description, content, created_at from saved_references
    where workspace_id = ${workspace} and (id = any(${words}::text[]) or name = any(${words}::text[]))
  `.execute(connection);
  return rows.map(readRow);
}

/** Newest first. */
export async function listReferences(
  connection: Connection,
  workspace: WorkspaceId,
  { limit, cursor }: { readonly limit: number; readonly cursor?: Cursor | undefined },
): Promise<Page<SavedReference>> {
  const after = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] ?? null);
  const { rows } = await sql<Row>`
    select id, name, description, content, created_at from saved_references
    where workspace_id = ${workspace} and (${after}::text is null or id < ${after}::text)
    order by id desc limit ${limit + 1}
  `.execute(connection);
  const items = rows.slice(0, limit).map(readRow);
  return { items, ...(rows.length > limit && { cursor: encodeCursor(items.at(-1)!.id) }) };
}

/** Removes one by its id, and tells what it was. Generations that used it keep what they were made of. */
export async function removeReference(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
): Promise<SavedReference | undefined> {
  const { rows } = await sql<Row>`
    delete from saved_references where workspace_id = ${workspace} and id = ${id}
    returning id, name, description, content, created_at
  `.execute(connection);
  return rows[0] === undefined ? undefined : readRow(rows[0]);
}

/** The generations that were accepted with each of them, in their order; of each at most so many ids. */
export async function usesOfReferences(
  connection: Connection,
  workspace: WorkspaceId,
  ids: readonly string[],
  most: number,
): Promise<ReferenceUses[]> {
  const { rows } = await sql<ReferenceUses & { id: string }>`
    select u.reference_id as id, count(*)::int as count,
      (array_agg(g.id order by g.id desc))[1:${sql.lit(most)}] as newest
    from saved_reference_uses u join generations g on g.workspace_id = u.workspace_id and g.id = u.generation_id
    where u.workspace_id = ${workspace} and u.reference_id = any(${ids}::text[]) and g.deleted_at is null
    group by u.reference_id
  `.execute(connection);
  const found = new Map(rows.map(({ id, count, newest }) => [id, { count, newest }]));
  return ids.map((id) => found.get(id) ?? { count: 0, newest: [] });
}

function readRow({ content, ...row }: Row): SavedReference {
  return { ...row, reference: { ...content, id: row.id, name: row.name } as Reference };
}
