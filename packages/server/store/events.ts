import { sql } from 'kysely';
import { type Connection, inTransaction } from './connection.ts';
import type { WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';
import type { Json } from './tables.ts';

/**
 * What can happen. `generation.accepted` and `generation.state` speak of the whole, `generation.changed` of what its owner did with it,
 * `attempt.state` and `attempt.progress` of one attempt (its `index` in the data).
 */
export const eventKinds = [
  'generation.accepted',
  'generation.state',
  'generation.changed',
  'attempt.state',
  'attempt.progress',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** Something that happened in a workspace. Ids grow; streams resume after the last one they saw. */
export interface StoredEvent {
  readonly id: number;
  readonly generationId: string | null;
  readonly kind: EventKind;
  readonly data: Json;
  readonly at: Date;
}

export interface NewEvent {
  readonly kind: EventKind;
  readonly generationId: string;
  readonly data: Json;
}

/** Appends events in order. Part of the caller's transaction: what did not commit did not happen. */
export async function appendEvents(
  connection: Connection,
  workspace: WorkspaceId,
  events: readonly NewEvent[],
): Promise<void> {
  await sql`
    insert into events (workspace_id, generation_id, kind, data)
    select ${workspace}, new."generationId", new.kind, new.data
    from jsonb_to_recordset(${jsonText(events)}::jsonb) as new ("generationId" text, kind text, data jsonb)
  `.execute(connection);
}

/** The number of the advisory lock that writers share; the trigger `number_event` has it too. */
const lockNumber = 7_262_666;

/** What happened after an id, oldest first; 0 is the beginning. One generation's, if it is named. */
export async function eventsSince(
  connection: Connection,
  workspace: WorkspaceId,
  after: number,
  { limit = 500, generationId }: { limit?: number; generationId?: string | undefined } = {},
): Promise<StoredEvent[]> {
  const read = async (on: Connection) => {
    const { rows } = await sql<StoredEvent>`
      select id, generation_id, kind, data, at from events
      where workspace_id = ${workspace} and id > ${after}
        and (${generationId ?? null}::text is null or generation_id = ${generationId ?? null}::text)
      order by id limit ${limit}
    `.execute(on);
    return rows;
  };
  if ((await read(connection)).length === 0) return [];
  // Something is new. Once the lock was held alone, every writer that took a lower id has committed; the ids are read after that.
  return await inTransaction(connection, async (transaction) => {
    await sql`select pg_advisory_xact_lock(${lockNumber}, hashtext(${workspace}))`.execute(transaction);
    return await read(transaction);
  });
}

/** The newest id of a workspace, of what happened that many seconds ago or earlier: where a stream without a past begins. */
export async function lastEvent(connection: Connection, workspace: WorkspaceId, secondsAgo = 0): Promise<number> {
  const { rows } = await sql<{ id: number | null }>`
    select max(id) as id from events
    where workspace_id = ${workspace}
      and (${secondsAgo}::float8 = 0 or at <= now() - make_interval(secs => ${secondsAgo}::float8))
  `.execute(connection);
  return rows[0]?.id ?? 0;
}
