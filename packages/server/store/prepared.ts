import type { Note, Request } from '@refreel/core/model';
import { sql, type Transaction } from 'kysely';
import type { WorkspaceId } from './ids.ts';
import { jsonText } from './json.ts';
import type { Tables } from './tables.ts';

/** A request whose media are stored and measured, with what is said of it then. */
export interface Prepared {
  readonly request: Request;
  readonly notes: readonly Note[];
  readonly quote: unknown;
}

/** Keeps what a generation says once its media are measured. */
export async function keepPrepared(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  id: string,
  { request, notes, quote }: Prepared,
): Promise<void> {
  await sql`
    update generations set request = ${jsonText(request)}::jsonb, notes = ${jsonText(notes)}::jsonb, quote = ${jsonText(quote)}::jsonb
    where workspace_id = ${workspace} and id = ${id}
  `.execute(transaction);
}

/** Adds to what a generation says. */
export async function addNotes(
  transaction: Transaction<Tables>,
  workspace: WorkspaceId,
  id: string,
  notes: readonly Note[],
): Promise<void> {
  await sql`
    update generations set notes = notes || ${jsonText(notes)}::jsonb where workspace_id = ${workspace} and id = ${id}
  `.execute(transaction);
}
