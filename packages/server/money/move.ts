import { isDeepStrictEqual } from 'node:util';
import { type Money, type Problem, problem, Refusal, showExact } from '@refreel/core/model';
import {
  type Connection,
  type Cost,
  type CostOfAttempt,
  holdBudgets,
  holdGeneration,
  inTransaction,
  openReceipts,
  quoteOfGeneration,
  receiptsOf,
  releaseReserved,
  reserveAnew,
  type WorkspaceId,
} from '../store/index.ts';
import { raisedProblem, type Terms } from './accept.ts';
import { judge } from './judge.ts';
import { convert, findRate, type Rate } from './rates.ts';

type Transaction = Parameters<Parameters<typeof inTransaction>[1]>[0];

/**
 * Reserves anew what the attempts of a generation may cost, now that its media are measured: the rest is released. More than was reserved has to
 * fit its budgets and the quote that was accepted. @throws Refusal where it does not; what was reserved stays then
 */
export async function adjustReservations(
  connection: Connection,
  workspace: WorkspaceId,
  generationId: string,
  cost: Cost,
  { rates, allowUnknownPrice }: Terms,
): Promise<void> {
  await inTransaction(connection, async (transaction) => {
    if ((await holdGeneration(transaction, workspace, generationId)) === undefined) return;
    const receipts = (await receiptsOf(transaction, workspace, generationId)).filter(({ ended }) => !ended);
    const known = ({ cap, seconds, settings }: Cost) => ({ cap, seconds, settings });
    if (receipts.every((receipt) => isDeepStrictEqual(known(receipt), known(cost)))) return;
    const caps = receipts.map(() => cost.cap);
    const quote = await quoteOfGeneration(transaction, workspace, generationId);
    const whole = cost.cap && { ...cost.cap, micros: cost.cap.micros * receipts.length };
    const raised = quote && raisedProblem(quote, { cap: whole });
    if (raised !== undefined) throw new Refusal(raised);
    const attempts = receipts.map(({ index, account, model }): CostOfAttempt => ({ index, account, model, cost }));
    await releaseReserved(
      transaction,
      workspace,
      generationId,
      receipts.map(({ index }) => index),
    );
    const [first] = receipts;
    if (first !== undefined && receipts.some(({ cap }) => isMore(cost.cap, cap))) {
      const budgets = await holdBudgets(transaction, workspace, first.keyId);
      const { problems } = judge(budgets, { model: first.model, caps, allowUnknownPrice }, rates);
      if (problems.length > 0) throw new Refusal(...problems);
    }
    await reserveAnew(transaction, workspace, generationId, attempts);
  });
}

/** What takes an attempt's place. */
export interface MovedCost extends CostOfAttempt {
  /** The attempt that failed without being billed. */
  readonly from: number;
  /** The attempt whose place is taken in the end, whose cap holds for all that take it: the first one. */
  readonly place: number;
}

/**
 * Takes what is reserved for an attempt along to the one that takes its place, in the transaction that adds that one and before the old one's end is
 * settled: nobody else can take it meanwhile. What the new one does not need is released. @throws Refusal where it would cost more than the cap
 */
export async function moveReservation(
  transaction: Transaction,
  workspace: WorkspaceId,
  generationId: string,
  { from, place, ...to }: MovedCost,
  { rates, allowUnknownPrice }: Terms,
): Promise<void> {
  const receipts = await receiptsOf(transaction, workspace, generationId);
  const [first, last] = [place, from].map((index) => receipts.find((one) => one.index === index));
  // Accepted before there were receipts: nothing is reserved.
  if (first === undefined || last === undefined) return;
  const dearer = capProblem(first.cap, to.cost.cap, rates);
  if (dearer !== undefined) throw new Refusal(dearer);
  await releaseReserved(transaction, workspace, generationId, [from]);
  if (isMore(to.cost.cap, last.cap)) {
    const budgets = await holdBudgets(transaction, workspace, first.keyId);
    const asked = { model: to.model, caps: [to.cost.cap], allowUnknownPrice };
    const { problems } = judge(budgets, asked, rates);
    if (problems.length > 0) throw new Refusal(...problems);
  }
  await openReceipts(transaction, workspace, generationId, first.keyId, [to]);
}

/** Why something may not take the place of what was to cost `cap` at most. A price that was not known is no cap, and none is below one that is. */
export function capProblem(cap: Money | null, next: Money | null, rates: readonly Rate[]): Problem | undefined {
  if (cap === null) return undefined;
  const limit = showExact(cap);
  if (next === null) return problem('cap_passed', '', { limit, found: { en: 'not known', zh: '未知' } });
  const rate = findRate(rates, next.currency, cap.currency);
  const counted = next.currency === cap.currency || next.micros === 0 ? next : rate && convert(next, rate);
  if (counted !== undefined && counted.micros <= cap.micros) return undefined;
  return problem('cap_passed', '', { limit, found: showExact(next) });
}

/** Whether a budget has to be asked again. */
function isMore(next: Money | null, cap: Money | null): boolean {
  if (next === null) return cap !== null;
  return cap === null || next.currency !== cap.currency || next.micros > cap.micros;
}
