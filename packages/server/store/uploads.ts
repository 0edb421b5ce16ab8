import { sql } from 'kysely';
import type { Asset } from './assets.ts';
import type { Connection } from './connection.ts';
import type { WorkspaceId } from './ids.ts';

/** An asset by a name that a vendor's upload gave it. */
export interface Upload {
  readonly name: string;
  readonly sha256: string;
  /** Milliseconds since 1970, by the stand-in's clock; undefined where it stays. */
  readonly expiresAt: number | undefined;
  /** Which requests may name it; undefined: those of any model. */
  readonly model: string | undefined;
}

/** What stands behind such a name. */
export interface NamedAsset {
  readonly asset: Asset;
  readonly model: string | undefined;
}

/** Gives an asset of the workspace a name. `false`: the name stands for other bytes. */
export async function keepUpload(connection: Connection, workspace: WorkspaceId, upload: Upload): Promise<boolean> {
  const { name, sha256, expiresAt, model = null } = upload;
  const { numAffectedRows = 0n } = await sql`
    insert into uploads as kept (workspace_id, name, sha256, model, expires_at)
    values (${workspace}, ${name}, ${sha256}, ${model}, to_timestamp(${expiresAt === undefined ? null : expiresAt / 1000}::float8))
    on conflict (workspace_id, name) do update set expires_at = excluded.expires_at, model = excluded.model where kept.sha256 = excluded.sha256
  `.execute(connection);
  return numAffectedRows === 1n;
}

/** The asset behind a name of the workspace that lives at that time. */
export async function findUpload(
  connection: Connection,
  workspace: WorkspaceId,
  name: string,
  now: number,
): Promise<NamedAsset | undefined> {
  const { rows } = await sql<Asset & { model: string | null }>`
    select u.model, a.sha256, a.media_type, a.bytes, a.name, a.facts, a.created_at
    from uploads u join assets a on a.workspace_id = u.workspace_id and a.sha256 = u.sha256
    where u.workspace_id = ${workspace} and u.name = ${name}
      and (u.expires_at is null or u.expires_at > to_timestamp(${now / 1000}::float8))
  `.execute(connection);
  if (rows[0] === undefined) return undefined;
  const { model, ...asset } = rows[0];
  return { asset, model: model ?? undefined };
}
