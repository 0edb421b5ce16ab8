import { canMove, type State } from '@refreel/core/model';
import { sql } from 'kysely';
import { type Connection, inTransaction } from './connection.ts';
import type { WorkspaceId } from './ids.ts';
import { holdGeneration, settleGeneration } from './settle.ts';

/** What a cancel did: the generation's state after it, and whether anything was changed. */
export interface Cancelled {
  readonly state: State;
  readonly changed: boolean;
}

/**
 * Cancels every attempt of a generation that has not ended. What costs nothing yet ends at once; what a producer is at becomes `cancelling`, due
 * for a worker (the one that holds it keeps it: it may be about to write down a handle). `undefined` where the workspace has none.
 */
export async function cancelGeneration(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
): Promise<Cancelled | undefined> {
  return await inTransaction(connection, async (transaction) => {
    const before = await holdGeneration(transaction, workspace, id);
    if (before === undefined) return undefined;
    const attempts = await transaction
      .selectFrom('attempts')
      .select(['index', 'state'])
      .where('workspaceId', '=', workspace)
      .where('generationId', '=', id)
      .execute();
    const changed = attempts.flatMap(({ index, state: from }) => {
      const state = cancelledFrom(from);
      return state === undefined ? [] : [{ index, from, state }];
    });
    if (changed.length === 0) return { state: before, changed: false };
    for (const { index, from, state } of changed) {
      const ends = state === 'cancelled';
      // The states were read while the generation was held, and nothing moves an attempt without holding it.
      await sql`
        update attempts set state = ${state}, turn = null, updated_at = now(),
          worker = case when ${ends}::bool then null else worker end,
          token = case when ${ends}::bool then null else token end,
          due_at = case when ${ends}::bool then null when token is null then now() else due_at end,
          finished_at = case when ${ends}::bool then now() end
        where workspace_id = ${workspace} and generation_id = ${id} and index = ${index} and state = ${from}
      `.execute(transaction);
    }
    return { state: await settleGeneration(transaction, workspace, id, before, changed), changed: true };
  });
}

/**
 * Where a cancel takes an attempt. An `unconfirmed` one stays: whether a vendor has it, and charges for it, is for evidence or a person to say.
 */
function cancelledFrom(state: State): State | undefined {
  if (state === 'preparing' || state === 'queued') return 'cancelled';
  return canMove(state, 'cancelling') ? 'cancelling' : undefined;
}
