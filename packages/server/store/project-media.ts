import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { WorkspaceId } from './ids.ts';
import type { Json } from './tables.ts';

/** The hashes of the assets that a document names in its values, each once, in their order. What its keys say is about media, and holds none. */
export function hashesIn(document: Json): string[] {
  const found = new Set<string>();
  const walk = (value: Json | undefined): void => {
    if (typeof value === 'string') {
      const hash = /^asset:([0-9a-f]{64})$/.exec(value)?.[1];
      if (hash !== undefined) found.add(hash);
    } else if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(document);
  return [...found];
}

/** Has a version hold the assets that it names. Those that the workspace has not are left out: what was written is kept all the same. */
export async function holdMedia(
  connection: Connection,
  workspace: WorkspaceId,
  { id, version, hashes }: { readonly id: string; readonly version: number; readonly hashes: readonly string[] },
): Promise<void> {
  await sql`
    insert into project_media (workspace_id, project_id, version, sha256, place)
    select a.workspace_id, ${id}, ${version}::int, a.sha256, named.place
    from unnest(${hashes}::text[]) with ordinality as named (sha256, place)
    join assets a on a.workspace_id = ${workspace} and a.sha256 = named.sha256
  `.execute(connection);
}
