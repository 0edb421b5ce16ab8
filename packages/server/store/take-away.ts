import { stateTable } from '@refreel/core/model';
import { sql, type Transaction } from 'kysely';
import { type Connection, inTransaction } from './connection.ts';
import { appendEvents } from './events.ts';
import type { WorkspaceId } from './ids.ts';
import { deletedDays } from './projects.ts';
import { holdGeneration } from './settle.ts';
import type { Tables } from './tables.ts';

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
 * Hides a generation that has ended: it is found no more, and neither are its films, until it is restored. What is hidden already stays so.
 * `unfinished`: it has to be cancelled first.
 */
export async function hideGeneration(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
): Promise<{ readonly restorableUntil: Date } | 'unfinished' | undefined> {
  return await inTransaction(connection, async (transaction) => {
    const state = await holdGeneration(transaction, workspace, id);
    if (state === undefined) return undefined;
    if (!stateTable[state].terminal) return 'unfinished';
    const { rows } = await sql<{ restorableUntil: Date; changed: boolean }>`
      update generations g set deleted_at = coalesce(g.deleted_at, now())
      from generations before
      where g.workspace_id = ${workspace} and g.id = ${id} and g.purged_at is null
        and before.workspace_id = g.workspace_id and before.id = g.id
      returning g.deleted_at + make_interval(days => ${deletedDays}::int) as restorable_until,
        before.deleted_at is null as changed
    `.execute(transaction);
    const [hidden] = rows;
    if (hidden === undefined) return undefined;
    if (hidden.changed) await tellChanged(transaction, workspace, id);
    return { restorableUntil: hidden.restorableUntil };
  });
}

/** Until when what was hidden at an instant can be brought back. */
export function restorableUntil(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + deletedDays * 86_400_000);
}

/** Brings back a generation that was hidden, with its films. `false`: the workspace has none such that can be brought back. */
export async function restoreGeneration(connection: Connection, workspace: WorkspaceId, id: string): Promise<boolean> {
  return await inTransaction(connection, async (transaction) => {
    const { numAffectedRows } = await sql`
      update generations set deleted_at = null, updated_at = now()
      where workspace_id = ${workspace} and id = ${id} and deleted_at is not null and purged_at is null
    `.execute(transaction);
    if (numAffectedRows === 1n) await tellChanged(transaction, workspace, id);
    return numAffectedRows === 1n;
  });
}

/** Gives a generation a star, or takes it away. `false`: the workspace has none such. */
export async function starGeneration(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
  starred: boolean,
): Promise<boolean> {
  return await inTransaction(connection, async (transaction) => {
    const { rows } = await sql<{ changed: boolean }>`
      update generations g set updated_at = now(),
        starred_at = case when ${starred}::bool then coalesce(g.starred_at, now()) end
      from generations before
      where g.workspace_id = ${workspace} and g.id = ${id} and g.deleted_at is null
        and before.workspace_id = g.workspace_id and before.id = g.id
      returning (before.starred_at is not null) <> ${starred}::bool as changed
    `.execute(transaction);
    if (rows[0]?.changed === true) await tellChanged(transaction, workspace, id);
    return rows.length === 1;
  });
}

/**
 * Deletes a generation that has ended for good: it is found no more, and neither are its films, whose files are swept away once nobody else
 * has them. `unfinished`: it has to be cancelled first.
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
      update generations set deleted_at = now(), purged_at = now()
      where workspace_id = ${workspace} and id = ${id} and deleted_at is null
    `.execute(transaction);
    if (numAffectedRows !== 1n) return undefined;
    await sql`delete from films where workspace_id = ${workspace} and generation_id = ${id}`.execute(transaction);
    await tellChanged(transaction, workspace, id);
    return 'deleted';
  });
}

async function tellChanged(transaction: Transaction<Tables>, workspace: WorkspaceId, id: string): Promise<void> {
  const { rows } = await sql<{ deleted: boolean; starred: boolean }>`
    select deleted_at is not null as deleted, starred_at is not null as starred from generations
    where workspace_id = ${workspace} and id = ${id}
  `.execute(transaction);
  for (const { deleted, starred } of rows)
    await appendEvents(transaction, workspace, [
      { kind: 'generation.changed', generationId: id, data: { deleted, starred } },
    ]);
}
