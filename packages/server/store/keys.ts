import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import { makeId, type WorkspaceId } from './ids.ts';

/** A key as it may be shown. The secret itself is not kept. */
export interface Key {
  readonly id: string;
  readonly name: string;
  /** The first characters of the secret: "rfl_Zk3v". */
  readonly prefix: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  /** For so long the same create in a vendor's clothes is answered with the first; null: only one that its client marks as the same. */
  readonly repeatSeconds: number | null;
}

const columns = ['id', 'name', 'prefix', 'createdAt', 'lastUsedAt', 'revokedAt', 'repeatSeconds'] as const;

/** Makes a key. `secret` is shown once: only its hash is kept. */
export async function createKey(
  connection: Connection,
  workspace: WorkspaceId,
  name: string,
  { repeatSeconds }: { readonly repeatSeconds?: number | undefined } = {},
): Promise<{ key: Key; secret: string }> {
  const secret = `rfl_${randomBytes(32).toString('base64url')}`;
  const key = await connection
    .insertInto('keys')
    .values({
      workspaceId: workspace,
      id: makeId('key'),
      name,
      secretSha256: hashSecret(secret),
      prefix: secret.slice(0, 8),
      repeatSeconds: repeatSeconds ?? null,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return { key, secret };
}

/** Whose secret this is; undefined for one that never was, or was revoked. */
export async function findKey(
  connection: Connection,
  secret: string,
): Promise<{ workspace: WorkspaceId; key: string; repeatSeconds: number | null } | undefined> {
  const row = await connection
    .selectFrom('keys')
    .select(['workspaceId', 'id', 'repeatSeconds'])
    .where('secretSha256', '=', hashSecret(secret))
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { workspace: row.workspaceId as WorkspaceId, key: row.id, repeatSeconds: row.repeatSeconds };
}

/** Oldest first, revoked ones too. */
export async function listKeys(connection: Connection, workspace: WorkspaceId): Promise<Key[]> {
  return await connection
    .selectFrom('keys')
    .select(columns)
    .where('workspaceId', '=', workspace)
    .orderBy('id')
    .execute();
}

/** From now on the key opens nothing. `undefined` where the workspace has no such key; revoking twice keeps the first time. */
export async function revokeKey(connection: Connection, workspace: WorkspaceId, id: string): Promise<Key | undefined> {
  const { rows } = await sql<Key>`
    update keys set revoked_at = coalesce(revoked_at, now())
    where workspace_id = ${workspace} and id = ${id}
    returning id, name, prefix, created_at, last_used_at, revoked_at, repeat_seconds
  `.execute(connection);
  return rows[0];
}

/** Remembers that a key was used, to the minute: a write for every request would cost more than it tells. */
export async function noteKeyUse(connection: Connection, workspace: WorkspaceId, id: string): Promise<void> {
  await sql`
    update keys set last_used_at = now()
    where workspace_id = ${workspace} and id = ${id}
      and (last_used_at is null or last_used_at < now() - interval '1 minute')
  `.execute(connection);
}

function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
