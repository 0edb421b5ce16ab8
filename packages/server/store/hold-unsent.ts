import { problem, type State } from '@refreel/core/model';
import { sql } from 'kysely';
import { type Connection, inTransaction } from './connection.ts';
import type { WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';
import { holdGeneration, settleGeneration } from './settle.ts';

interface Unsent {
  readonly workspaceId: WorkspaceId;
  readonly generationId: string;
  readonly index: number;
  readonly account: string;
  readonly state: State;
}

/**
 * Holds back what waited to be sent when a backup was made: since then it may have been sent and paid. What was ready is `unconfirmed`, so
 * that a person says whether it is sent; of what was not, the media may be elsewhere by now, so that it has failed.
 */
export async function holdUnsent(connection: Connection, madeAt: string): Promise<void> {
  // every workspace: a backup holds all of them
  const { rows } = await sql<Unsent>`
    select workspace_id, generation_id, index, account, state from attempts
    where producer = 'upstream' and state in ('preparing', 'queued') order by generation_id, index
  `.execute(connection);
  for (const all of Map.groupBy(rows, ({ generationId }) => generationId).values()) {
    const { workspaceId, generationId } = all[0]!;
    await inTransaction(connection, async (transaction) => {
      const before = await holdGeneration(transaction, workspaceId, generationId);
      const held = all.map((one) => ({ ...one, state: one.state === 'queued' ? 'unconfirmed' : 'failed' }) as const);
      for (const { index, state, account } of held) {
        const problems = [problem('restored_unsent', '', { account, at: madeAt })];
        await sql`
          update attempts set state = ${state}, turn = null, due_at = null, worker = null, token = null, billed = 'unknown',
            problems = ${jsonText(problems)}::jsonb, updated_at = now(),
            finished_at = case when ${state === 'failed'}::bool then now() end
          where workspace_id = ${workspaceId} and generation_id = ${generationId} and index = ${index}
        `.execute(transaction);
      }
      await settleGeneration(transaction, workspaceId, generationId, before!, held);
    });
  }
}
