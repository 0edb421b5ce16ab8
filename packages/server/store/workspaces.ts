import { sql } from 'kysely';
import { type Connection, inTransaction } from './connection.ts';
import { makeId, type WorkspaceId } from './ids.ts';

/** The tenant that keys belong to and rows are owned by. */
export interface Workspace {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly createdAt: Date;
}

/** Of the advisory lock under which workspaces get their names. */
const lockNumber = 7_262_668;

const columns = ['id', 'name', 'createdAt'] as const;

export async function createWorkspace(connection: Connection, name: string): Promise<Workspace> {
  const row = await connection
    .insertInto('workspaces')
    .values({ id: makeId('wsp'), name })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return row as Workspace;
}

/** The same under a name that no other has; undefined where it is taken. */
export async function addWorkspace(connection: Connection, name: string): Promise<Workspace | undefined> {
  return await inTransaction(connection, async (transaction) => {
    // Two who ask at once take turns. Names that were given twice before this was asked for stay as they are.
    await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(transaction);
    const held = await transaction.selectFrom('workspaces').select('id').where('name', '=', name).executeTakeFirst();
    return held === undefined ? await createWorkspace(transaction, name) : undefined;
  });
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
