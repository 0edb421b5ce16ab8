import {
  type Connection,
  createWorkspace,
  defaultWorkspace,
  findWorkspace,
  listWorkspaces,
  type Workspace,
} from '../store/index.ts';

/** The default workspace, one by its id, or one by its name. Undefined where there is none. */
export async function workspaceNamed(connection: Connection, name: string | undefined): Promise<Workspace | undefined> {
  if (name === undefined) return await defaultWorkspace(connection);
  const byId = await findWorkspace(connection, name);
  return byId ?? (await listWorkspaces(connection)).find((one) => one.name === name);
}

/** The same; a name that is new makes a workspace. Undefined only for an id that there is not. */
export async function workspaceForKey(
  connection: Connection,
  name: string | undefined,
): Promise<Workspace | undefined> {
  const found = await workspaceNamed(connection, name);
  if (found !== undefined || name === undefined || name.startsWith('wsp_')) return found;
  return await createWorkspace(connection, name);
}
