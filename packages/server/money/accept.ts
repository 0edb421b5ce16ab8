import type { Quote } from '@refreel/core/catalog';
import { type Note, type Problem, problem, Refusal, showExact } from '@refreel/core/model';
import {
  acceptQuote,
  type Connection,
  type CostOfAttempt,
  createGeneration,
  holdBudgets,
  holdQuote,
  inTransaction,
  type KeptQuote,
  type NewGeneration,
  openReceipts,
  type WorkspaceId,
} from '../store/index.ts';
import { judge } from './judge.ts';
import type { Rate } from './rates.ts';

/** Under which conditions something is paid for. */
export interface Terms {
  readonly rates: readonly Rate[];
  /** Sends although the price is not known, where a budget is in force. */
  readonly allowUnknownPrice: boolean;
}

/** What a generation costs. */
export interface Payment extends Terms {
  /** Of its attempts that a vendor is to make; none where nothing is paid. */
  readonly attempts: readonly CostOfAttempt[];
  /** The quote that its caller accepts, what it has to be of, and what the request is quoted at now. */
  readonly accepts?: { readonly id: string; readonly fingerprint: string; readonly now: Quote } | undefined;
}

/**
 * Accepts a generation, and reserves in the same transaction what it may cost at most: there is none without the other. Two that come at once cannot
 * both take the last of a budget. The answer has the notes of the budgets too. @throws Refusal where a quote or a budget stands against it; nothing was accepted then
 */
export async function acceptGeneration(
  connection: Connection,
  workspace: WorkspaceId,
  generation: NewGeneration,
  payment: Payment,
): Promise<Awaited<ReturnType<typeof createGeneration>> & Pick<NewGeneration, 'notes'>> {
  const { attempts, accepts, allowUnknownPrice, rates } = payment;
  const { keyId, request } = generation;
  if (attempts.length === 0 && accepts === undefined)
    return { ...(await createGeneration(connection, workspace, generation)), notes: generation.notes };
  return await inTransaction(connection, async (transaction) => {
    if (accepts !== undefined) {
      const wrong = quoteProblem(await holdQuote(transaction, workspace, accepts.id), accepts);
      if (wrong !== undefined) throw new Refusal(wrong);
    }
    const notes: Note[] = [...generation.notes];
    if (attempts.length > 0) {
      const budgets = await holdBudgets(transaction, workspace, keyId);
      const asked = { model: request.model, caps: attempts.map(({ cost }) => cost.cap), allowUnknownPrice };
      const judged = judge(budgets, asked, rates);
      if (judged.problems.length > 0) throw new Refusal(...judged.problems);
      notes.push(...judged.notes);
    }
    const created = await createGeneration(transaction, workspace, { ...generation, notes });
    if (attempts.length > 0) await openReceipts(transaction, workspace, created.id, keyId, attempts);
    if (accepts !== undefined) await acceptQuote(transaction, workspace, accepts.id, created.id);
    return { ...created, notes };
  });
}

function quoteProblem(
  kept: KeptQuote | undefined,
  { id, fingerprint, now }: NonNullable<Payment['accepts']>,
): Problem | undefined {
  const found = id.slice(0, 100);
  if (kept === undefined) return problem('quote_unknown', 'quote', { found });
  if (kept.generationId !== null) return problem('quote_used', 'quote', { found, id: kept.generationId });
  if (kept.expired) return problem('quote_expired', 'quote', { found, limit: kept.expiresAt.toISOString() });
  if (kept.fingerprint !== fingerprint) return problem('quote_differs', 'quote', { found });
  return raisedProblem(kept, now);
}

/** Why a price is more than what was said. What was quoted without a price was said to have none. */
export function raisedProblem(kept: KeptQuote, { cap: now }: Pick<Quote, 'cap'>): Problem | undefined {
  const { cap } = kept.quote as Quote;
  if (cap === null || (now !== null && now.currency === cap.currency && now.micros <= cap.micros)) return undefined;
  const found = now === null ? { en: 'not known any more', zh: '不再可知' } : showExact(now);
  return problem('quote_raised', 'quote', { quote: kept.id, limit: showExact(cap), found });
}
