import { sql, type Transaction } from 'kysely';
import type { Connection } from './connection.ts';
import { makeId, type WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';
import type { Tables } from './tables.ts';

/** A quote that was told to somebody. */
export interface KeptQuote {
  readonly id: string;
  /** Of the request that it is of. */
  readonly fingerprint: string;
  readonly quote: unknown;
  readonly expiresAt: Date;
  readonly expired: boolean;
  /** What accepted it. */
  readonly generationId: string | null;
}

/** Keeps a quote for so long, so that a request can name it. */
export async function keepQuote(
  connection: Connection,
  workspace: WorkspaceId,
  {
    keyId,
    fingerprint,
    quote,
    seconds,
  }: {
    readonly keyId: string | null;
    readonly fingerprint: string;
    readonly quote: unknown;
    readonly seconds: number;
  },
): Promise<{ readonly id: string; readonly expiresAt: Date }> {
  const { rows } = await sql<{ id: string; expiresAt: Date }>`
    insert into quotes (workspace_id, id, key_id, fingerprint, quote, expires_at)
    values (${workspace}, ${makeId('quo')}, ${keyId}, ${fingerprint}, ${jsonText(quote)}::jsonb,
      now() + make_interval(secs => ${seconds}::float8))
    returning id, expires_at
  `.execute(connection);
  return rows[0]!;
}

const columns = sql`id, fingerprint, quote, expires_at, expires_at <= now() as expired, generation_id`;

/** Takes a quote until the transaction ends: it is accepted by one request at most. Undefined where the workspace has none such. */
export async function holdQuote(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  id: string,
): Promise<KeptQuote | undefined> {
  const { rows } = await sql<KeptQuote>`
    select ${columns} from quotes where workspace_id = ${workspace} and id = ${id} for update
  `.execute(transaction);
  return rows[0];
}

/** The quote that a generation accepted, if it named one. */
export async function quoteOfGeneration(
  connection: Connection,
  workspace: WorkspaceId,
  generationId: string,
): Promise<KeptQuote | undefined> {
  const { rows } = await sql<KeptQuote>`
    select ${columns} from quotes where workspace_id = ${workspace} and generation_id = ${generationId}
  `.execute(connection);
  return rows[0];
}

/** Says which generation accepted a quote that is held. */
export async function acceptQuote(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  id: string,
  generationId: string,
): Promise<void> {
  await sql`
    update quotes set generation_id = ${generationId} where workspace_id = ${workspace} and id = ${id}
  `.execute(transaction);
}
