import { randomUUID } from 'node:crypto';
import type { Problem } from '@refreel/core/model';
import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { EventKind } from './events.ts';
import { makeId, type WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';

/** An address that is told what happens in a workspace. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly kinds: readonly EventKind[];
  /** In a row; 0 once one was taken. */
  readonly failures: number;
  readonly failingSince: Date | null;
  /** Why the last delivery failed. */
  readonly problem: Problem | null;
  /** Given up: nothing is delivered any more. */
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
}

/** One that a process delivers to, until its lease ends. */
export interface ClaimedWebhook extends Webhook {
  readonly workspace: WorkspaceId;
  readonly afterEvent: number;
  readonly token: string;
}

const columns = sql`id, url, kinds, failures, failing_since, problem, disabled_at, created_at`;

/** Makes one, which is told of what happens from now on. Undefined where the workspace has `most` already. */
export async function createWebhook(
  connection: Connection,
  workspace: WorkspaceId,
  { url, kinds }: Pick<Webhook, 'url' | 'kinds'>,
  most: number,
): Promise<Webhook | undefined> {
  const { rows } = await sql<Webhook>`
    insert into webhooks (workspace_id, id, url, kinds, after_event)
    select ${workspace}, ${makeId('whk')}, ${url}, ${jsonText(kinds)}::jsonb,
      (select coalesce(max(id), 0) from events where workspace_id = ${workspace})
    where (select count(*) from webhooks where workspace_id = ${workspace}) < ${most}::int
    returning ${columns}
  `.execute(connection);
  return rows[0];
}

/** Oldest first. */
export async function listWebhooks(connection: Connection, workspace: WorkspaceId): Promise<Webhook[]> {
  const { rows } = await sql<Webhook>`
    select ${columns} from webhooks where workspace_id = ${workspace} order by id
  `.execute(connection);
  return rows;
}

export async function findWebhook(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
): Promise<Webhook | undefined> {
  const { rows } = await sql<Webhook>`
    select ${columns} from webhooks where workspace_id = ${workspace} and id = ${id}
  `.execute(connection);
  return rows[0];
}

/** Removes one; a delivery that is on its way may still arrive. */
export async function removeWebhook(
  connection: Connection,
  workspace: WorkspaceId,
  id: string,
): Promise<Webhook | undefined> {
  const { rows } = await sql<Webhook>`
    delete from webhooks where workspace_id = ${workspace} and id = ${id} returning ${columns}
  `.execute(connection);
  return rows[0];
}

/** Takes those that are due and have something to be told, of whatever workspace. Two processes never get the same one. */
export async function claimWebhooks(
  connection: Connection,
  { limit, leaseSeconds }: { readonly limit: number; readonly leaseSeconds: number },
): Promise<ClaimedWebhook[]> {
  const { rows } = await sql<Omit<ClaimedWebhook, 'workspace'> & { workspaceId: WorkspaceId }>`
    with due as (
      select w.workspace_id, w.id from webhooks w
      where w.disabled_at is null and w.due_at <= now()
        and exists (select 1 from events e where e.workspace_id = w.workspace_id and e.id > w.after_event)
      order by w.due_at limit ${limit}::int for update of w skip locked
    )
    update webhooks w set token = ${randomUUID()}::uuid, due_at = now() + make_interval(secs => ${leaseSeconds}::float8)
    from due where w.workspace_id = due.workspace_id and w.id = due.id
    returning w.workspace_id, w.id, w.url, w.kinds, w.failures, w.failing_since, w.problem, w.disabled_at, w.created_at,
      w.after_event, w.token
  `.execute(connection);
  return rows.map(({ workspaceId, ...row }) => ({ ...row, workspace: workspaceId }));
}

type Held = Pick<ClaimedWebhook, 'workspace' | 'id' | 'token'>;

/** Events up to this one were taken, or passed over; `leaseSeconds` goes on with the claim, 0 gives it back. `false`: the claim was lost. */
export async function advanceWebhook(
  connection: Connection,
  { workspace, id, token }: Held,
  { event, taken, leaseSeconds }: { readonly event: number; readonly taken: boolean; readonly leaseSeconds: number },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update webhooks set after_event = ${event}, due_at = now() + make_interval(secs => ${leaseSeconds}::float8),
      token = case when ${leaseSeconds}::float8 > 0 then token end,
      failures = case when ${taken}::bool then 0 else failures end,
      failing_since = case when ${taken}::bool then null else failing_since end,
      problem = case when ${taken}::bool then null else problem end
    where workspace_id = ${workspace} and id = ${id} and token = ${token}::uuid
  `.execute(connection);
  return numAffectedRows === 1n;
}

/** Gives one back whose delivery failed: due again later, or never where it has failed for too long. */
export async function failWebhook(
  connection: Connection,
  { workspace, id, token }: Held,
  failure: {
    readonly problem: Problem;
    readonly againInSeconds: number;
    /** After so long without one that was taken it is given up; 0 does so now. */
    readonly giveUpAfterSeconds: number;
  },
): Promise<void> {
  await sql`
    update webhooks set token = null, failures = failures + 1, failing_since = coalesce(failing_since, now()),
      problem = ${jsonText(failure.problem)}::jsonb,
      due_at = now() + make_interval(secs => ${failure.againInSeconds}::float8),
      disabled_at = case when coalesce(failing_since, now()) <= now() - make_interval(secs => ${failure.giveUpAfterSeconds}::float8)
        then now() end
    where workspace_id = ${workspace} and id = ${id} and token = ${token}::uuid
  `.execute(connection);
}

/** Gives one back as it is, to be taken up at once. */
export async function releaseWebhook(connection: Connection, { workspace, id, token }: Held): Promise<void> {
  await sql`
    update webhooks set token = null, due_at = now()
    where workspace_id = ${workspace} and id = ${id} and token = ${token}::uuid
  `.execute(connection);
}

/** Whether any is there to be told: who has none need not look every second. */
export async function hasWebhooks(connection: Connection): Promise<boolean> {
  // every workspace: one process delivers for all of them
  const { rows } = await sql`select 1 from webhooks where disabled_at is null limit 1`.execute(connection);
  return rows.length > 0;
}
