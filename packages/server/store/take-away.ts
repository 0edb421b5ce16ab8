import { stateTable } from '@refreel/core/model';
import { sql } from 'kysely';
import { type Connection, inTransaction } from './connection.ts';
import type { WorkspaceId } from './ids.ts';
import { holdGeneration } from './settle.ts';

/**
 * Takes back a generation that is made and was not shown yet, so that its readers find it cancelled. `false`: the workspace has none such, or
 * it was taken back before.
 */
export async function recallGeneration(connection: Connection, workspace: WorkspaceId, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update generations set recalled_at = now()
    where workspace_id = ${workspace} and id = ${id} and finished_at is not null and recalled_at is null
  `.execute(connection);
  return numAffectedRows === 1n;
}

/**
 * Deletes a generation that has ended: it is found no more, and neither are its films, whose files are swept away once nobody else has them.
 * `unfinished`: it has to be cancelled first.
 */
export async function deleteGeneration(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
): Promise<'deleted' | 'unfinished' | undefined> {
  return await inTransaction(connection, async (transaction) => {
    const state = await holdGeneration(transaction, workspace, id);
    if (state === undefined) return undefined;
    if (!stateTable[state].terminal) return 'unfinished';
    const { numAffectedRows } = await sql`
      update generations set deleted_at = now()
      where workspace_id = ${workspace} and id = ${id} and deleted_at is null
    `.execute(transaction);
    await sql`delete from films where workspace_id = ${workspace} and generation_id = ${id}`.execute(transaction);
    return numAffectedRows === 1n ? 'deleted' : undefined;
  });
}
