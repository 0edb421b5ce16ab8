import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import { makeId, type WorkspaceId } from './ids.ts';

/** The tenant that keys belong to and rows are owned by. */
export interface Workspace {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly createdAt: Date;
}

const columns = ['id', 'name', 'createdAt'] as const;

export async function createWorkspace(connection: Connection, name: string): Promise<Workspace> {
  const row = await connection
    .insertInto('workspaces')
    .values({ id: makeId('wsp'), name })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return row as Workspace;
}

/** The workspace of whoever needs no key. Made when it is first asked for. */
export async function defaultWorkspace(connection: Connection): Promise<Workspace> {
  const { rows } = await sql<Workspace>`
    insert into workspaces (id, name) values ('wsp_default', 'default')
    on conflict (id) do update set name = workspaces.name
    returning id, name, created_at
  `.execute(connection);
  return rows[0]!;
}

export async function findWorkspace(connection: Connection, id: string): Promise<Workspace | undefined> {
  const row = await connection.selectFrom('workspaces').select(columns).where('id', '=', id).executeTakeFirst();
  return row as Workspace | undefined;
}

/** All of them, oldest first: for the operator. */
export async function listWorkspaces(connection: Connection): Promise<Workspace[]> {
  return (await connection.selectFrom('workspaces').select(columns).orderBy('id').execute()) as Workspace[];
}
