import { type State, stateOf, stateTable } from '@refreel/core/model';
import { sql, type Transaction } from 'kysely';
import { settleEnded } from './bookings.ts';
import { appendEvents, type NewEvent } from './events.ts';
import type { WorkspaceId } from './ids.ts';
import type { Tables } from './tables.ts';

/**
 * Takes a generation for this transaction, before any of its attempts is changed: two attempts that end together would otherwise each see
 * the other still running, and the whole would never end. `undefined` where the workspace has none.
 */
export async function holdGeneration(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  id: string,
): Promise<State | undefined> {
  const { rows } = await sql<{ state: State }>`
    select state from generations where workspace_id = ${workspace} and id = ${id} for update
  `.execute(transaction);
  return rows[0]?.state;
}

/** What is told of an attempt that was changed, and of one that takes the place of another: of which, who is asked, and for what. */
export interface AttemptMoved {
  readonly index: number;
  readonly state: State;
  /** As in a change of the attempt. */
  readonly billedSeconds?: number | undefined;
  readonly account?: string;
  readonly model?: string | null;
  readonly replaces?: number;
}

/**
 * Derives the state of a generation that is held from its attempts, books what became of their money, and tells what happened to them and to the
 * whole. Every change of an attempt's state ends here.
 */
export async function settleGeneration(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  id: string,
  before: State,
  changed: readonly AttemptMoved[],
): Promise<State> {
  const attempts = await transaction
    .selectFrom('attempts')
    .select('state')
    .where('workspaceId', '=', workspace)
    .where('generationId', '=', id)
    .execute();
  const state = stateOf(attempts.map((attempt) => attempt.state));
  const { terminal } = stateTable[state];
  const ended = changed.filter((one) => stateTable[one.state].terminal);
  if (ended.length > 0) await settleEnded(transaction, workspace, id, ended);
  await sql`
    update generations set state = ${state}, updated_at = now(), finished_at = case when ${terminal}::bool then now() end
    where workspace_id = ${workspace} and id = ${id}
  `.execute(transaction);
  const events = changed.map(
    (attempt): NewEvent => ({
      kind: 'attempt.state',
      generationId: id,
      data: {
        index: attempt.index,
        state: attempt.state,
        ...(attempt.replaces !== undefined && {
          account: attempt.account,
          model: attempt.model,
          replaces: attempt.replaces,
        }),
      },
    }),
  );
  if (state !== before) events.push({ kind: 'generation.state', generationId: id, data: { state, before } });
  await appendEvents(transaction, workspace, events);
  return state;
}
