import type { Quote } from '@refreel/core/catalog';
import type { Film, Note, Problem } from '@refreel/core/model';
import { budgetsInForce, type Connection, type WorkspaceId } from '../store/index.ts';
import type { Terms } from './accept.ts';
import { costOfAttempt } from './costs.ts';
import { judge } from './judge.ts';

/** What somebody thinks of having a vendor make. */
export interface Intended {
  readonly keyId: string | null;
  readonly model: string;
  readonly quote: Quote;
  readonly film: Film;
}

/**
 * What the budgets that are in force would say to it now: the problems with which it would be refused, and the notes of rates. Nothing is
 * held, so that others may take meanwhile what is left.
 */
export async function foreseeBudgets(
  connection: Connection,
  workspace: WorkspaceId,
  { keyId, model, quote, film }: Intended,
  { rates, allowUnknownPrice }: Terms,
): Promise<{ readonly problems: readonly Problem[]; readonly notes: readonly Note[] }> {
  const { cap } = costOfAttempt(quote, film);
  const caps = Array.from({ length: film.attempts }, () => cap);
  return judge(await budgetsInForce(connection, workspace, keyId), { model, caps, allowUnknownPrice }, rates);
}
