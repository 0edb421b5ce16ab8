import { sql } from 'kysely';
import { type Connection, inTransaction } from './connection.ts';
import { type Cursor, CursorError, decodeCursor, encodeCursor, type Page } from './cursor.ts';
import type { WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';
import { hashesIn, holdMedia } from './project-media.ts';
import type { Json } from './tables.ts';

/** The ids of projects. Their makers choose them. */
export const projectId: RegExp = /^prj_[0-9a-z]{26}$/;

/** A project that was deleted can be taken back for so long. */
export const deletedDays = 30;
/** Saves of one sitting that lie within so many minutes are one version. */
const sittingMinutes = 10;
/** The oldest ones beyond so many go. */
export const mostVersions = 100;

/** Who saved, as far as is known. */
export interface Saver {
  /** Null where no key was needed. */
  readonly keyId: string | null;
  /** What people call the place: "Firefox, Linux". */
  readonly device: string | null;
  /** One opening of the document; null for whoever wants each save to be a version. */
  readonly sitting: string | null;
}

/** A document of the Studio, without what it says. */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
  /** Of its newest version. */
  readonly keyId: string | null;
  readonly device: string | null;
  /** The first picture that it names; null where it has none. */
  readonly picture: string | null;
}

/** One state of a project that was kept. */
export interface ProjectVersion {
  readonly version: number;
  readonly name: string;
  readonly keyId: string | null;
  readonly device: string | null;
  readonly savedAt: Date;
}

/** What came of a save: `changed` where somebody else saved first, and then what there is. */
export type Saved = { readonly is: 'saved' | 'changed'; readonly project: Project };

/** What is saved; whatever is absent stays as it was. */
export interface Save extends Saver {
  /** The version that it was made from; 0 for a new project. */
  readonly base: number;
  readonly name?: string | undefined;
  readonly document?: Json | undefined;
}

const projectColumns = sql`
  p.id, p.name, p.version, p.created_at, p.updated_at, p.deleted_at, v.key_id, v.device,
  (select m.sha256 from project_media m
    join assets a on a.workspace_id = m.workspace_id and a.sha256 = m.sha256
    where m.workspace_id = p.workspace_id and m.project_id = p.id and m.version = p.version
      and a.media_type like 'image/%'
    order by m.place limit 1) as picture`;

/** Makes a project; one that is there and says the same is as good. */
export async function createProject(
  connection: Connection,
  workspace: WorkspaceId,
  { id, name, document, ...saver }: Saver & { readonly id: string; readonly name: string; readonly document: Json },
): Promise<Saved> {
  return await inTransaction(connection, async (transaction) => {
    const { numAffectedRows } = await sql`
      insert into projects (workspace_id, id, name, version) values (${workspace}, ${id}, ${name}, 1)
      on conflict (workspace_id, id) do nothing
    `.execute(transaction);
    if (numAffectedRows !== 1n)
      return (await saveProject(transaction, workspace, id, { ...saver, base: 0, name, document }))!;
    await insertVersion(transaction, workspace, { ...saver, id, version: 1, name, document, beganAt: null });
    return { is: 'saved', project: (await findProject(transaction, workspace, id))! };
  });
}

/** Saves a project on top of the version that it was made from. The same again is saved already. Undefined: the workspace has none such, or it was deleted. */
export async function saveProject(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
  { base, ...save }: Save,
): Promise<Saved | undefined> {
  return await inTransaction(connection, async (transaction) => {
    const { rows: held } = await sql<{ version: number; deletedAt: Date | null }>`
      select version, deleted_at from projects where workspace_id = ${workspace} and id = ${id} for update
    `.execute(transaction);
    const [head] = held;
    if (head === undefined || (head.deletedAt !== null && base > 0)) return undefined;
    const { rows } = await sql<NewestRow>`
      select name, document, sitting, began_at, began_at > now() - make_interval(mins => ${sittingMinutes}::int) as fresh
      from project_versions where workspace_id = ${workspace} and project_id = ${id} and version = ${head.version}
    `.execute(transaction);
    const newest = rows[0]!;
    const { name = newest.name, document = newest.document } = save;
    const { rows: compared } = await sql<{ same: boolean }>`
      select ${jsonText(document)}::jsonb = ${jsonText(newest.document)}::jsonb as same
    `.execute(transaction);
    const same = compared[0]!.same && name === newest.name;
    if (head.deletedAt !== null || (!same && head.version !== base))
      return { is: 'changed', project: (await findProject(transaction, workspace, id))! };
    if (!same) {
      const version = head.version + 1;
      const joins = newest.fresh && save.sitting !== null && save.sitting === newest.sitting;
      await sql`
        update projects set version = ${version}, name = ${name}, updated_at = now()
        where workspace_id = ${workspace} and id = ${id}
      `.execute(transaction);
      const beganAt = joins ? newest.beganAt : null;
      await insertVersion(transaction, workspace, { ...save, id, version, name, document, beganAt });
      if (joins) await dropVersions(transaction, workspace, id, { only: head.version });
      await dropVersions(transaction, workspace, id, { beyond: mostVersions });
    }
    return { is: 'saved', project: (await findProject(transaction, workspace, id))! };
  });
}

interface NewestRow {
  readonly name: string;
  readonly document: Json;
  readonly sitting: string | null;
  readonly beganAt: Date;
  readonly fresh: boolean;
}

interface NewVersion extends Saver {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly document: Json;
  /** When its sitting began; null for now. */
  readonly beganAt: Date | null;
}

async function insertVersion(
  connection: Connection,
  workspace: WorkspaceId,
  { id, version, name, document, keyId, device, sitting, beganAt }: NewVersion,
): Promise<void> {
  await sql`
    insert into project_versions
      (workspace_id, project_id, version, name, document, key_id, device, sitting, began_at)
    values (${workspace}, ${id}, ${version}, ${name}, ${jsonText(document)}::jsonb, ${keyId}, ${device}, ${sitting},
      coalesce(${beganAt}::timestamptz, now()))
  `.execute(connection);
  await holdMedia(connection, workspace, { id, version, hashes: hashesIn(document) });
}

async function dropVersions(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
  which: { readonly only: number } | { readonly beyond: number },
): Promise<void> {
  const versions =
    'only' in which
      ? sql`${which.only}::int`
      : sql`select version from project_versions where workspace_id = ${workspace} and project_id = ${id}
          order by version desc offset ${which.beyond}`;
  await sql`
    delete from project_versions
    where workspace_id = ${workspace} and project_id = ${id} and version in (${versions})
  `.execute(connection);
}

/** A project, a deleted one too while it can be taken back. */
export async function findProject(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
): Promise<Project | undefined> {
  const { rows } = await sql<Project>`
    select ${projectColumns} from projects p
    join project_versions v on v.workspace_id = p.workspace_id and v.project_id = p.id and v.version = p.version
    where p.workspace_id = ${workspace} and p.id = ${id}
  `.execute(connection);
  return rows[0];
}

/** What a version says. Undefined: there is none such, or none any more. */
export async function findVersion(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
  version: number,
): Promise<(ProjectVersion & { readonly document: Json }) | undefined> {
  const { rows } = await sql<ProjectVersion & { document: Json }>`
    select version, name, key_id, device, saved_at, document from project_versions
    where workspace_id = ${workspace} and project_id = ${id} and version = ${version}
  `.execute(connection);
  return rows[0];
}

/** Those that are kept, newest first. */
export async function listVersions(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
): Promise<ProjectVersion[]> {
  const { rows } = await sql<ProjectVersion>`
    select version, name, key_id, device, saved_at from project_versions
    where workspace_id = ${workspace} and project_id = ${id} order by version desc
  `.execute(connection);
  return rows;
}

/** Last changed first; either those that are there, or those that were deleted and can be taken back. */
export async function listProjects(
  connection: Connection,
  workspace: WorkspaceId,
  { limit, cursor, deleted = false }: { limit: number; cursor?: Cursor | undefined; deleted?: boolean | undefined },
): Promise<Page<Project>> {
  const [stamp = null, after = null] = cursor === undefined ? [] : decodeCursor(cursor, 2);
  // Microseconds since 1970: what a caller made up for it must not be an error of the database.
  if (stamp !== null && !/^\d{1,18}$/.test(stamp)) throw new CursorError();
  const stampOf = sql`(extract(epoch from p.updated_at) * 1000000)::bigint`;
  const { rows } = await sql<Project & { stamp: string }>`
    select ${projectColumns}, ${stampOf}::text as stamp from projects p
    join project_versions v on v.workspace_id = p.workspace_id and v.project_id = p.id and v.version = p.version
    where p.workspace_id = ${workspace} and (p.deleted_at is not null) = ${deleted}
      and (${stamp}::bigint is null or (${stampOf}, p.id) < (${stamp}::bigint, ${after}::text))
    order by p.updated_at desc, p.id desc limit ${limit + 1}
  `.execute(connection);
  const items = rows.slice(0, limit).map(({ stamp: _, ...project }) => project);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items, ...(last !== undefined && { cursor: encodeCursor(last.stamp, last.id) }) };
}

/** Deletes a project, or takes that back. Undefined where there is nothing to delete, or to take back. */
export async function setDeleted(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
  deleted: boolean,
): Promise<Project | undefined> {
  return await inTransaction(connection, async (transaction) => {
    const { numAffectedRows } = await sql`
      update projects set deleted_at = case when ${deleted} then now() end
      where workspace_id = ${workspace} and id = ${id} and (deleted_at is null) = ${deleted}
    `.execute(transaction);
    return numAffectedRows === 1n ? await findProject(transaction, workspace, id) : undefined;
  });
}
