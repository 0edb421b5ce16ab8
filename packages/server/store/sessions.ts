import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { WorkspaceId } from './ids.ts';

/** Whether a session that was begun with a key still opens its workspace: it was not ended, and its key was not revoked. */
export async function isSessionGood(
  connection: Connection,
  workspace: WorkspaceId,
  { key, id }: { readonly key: string; readonly id: string },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from keys k
    where k.workspace_id = ${workspace} and k.id = ${key} and k.revoked_at is null
      and not exists (select 1 from ended_sessions e where e.workspace_id = ${workspace} and e.id = ${id})
  `.execute(connection);
  return rows.length > 0;
}

/** Ends a session for whoever has its cookie. `until`: when that would end by itself. */
export async function endSession(
  connection: Connection,
  workspace: WorkspaceId,
  { id, until }: { readonly id: string; readonly until: Date },
): Promise<void> {
  // A workspace that is gone has no sessions left to be ended.
  await sql`
    insert into ended_sessions (workspace_id, id, until)
    select w.id, ${id}, ${until} from workspaces w where w.id = ${workspace}
    on conflict (workspace_id, id) do nothing
  `.execute(connection);
}
