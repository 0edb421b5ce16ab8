import { type ReviewOptions, review } from '@refreel/core/authoring';
import { findCard } from '@refreel/core/catalog';
import type { Json } from '@refreel/core/dialects';
import { type Problem, type ProblemCode, problemKind, Refusal, type State } from '@refreel/core/model';
import { type Account, vendorModel } from '../accounts/index.ts';
import { costOfAttempt, moveReservation } from '../money/index.ts';
import {
  type AttemptChange,
  type ClaimedAttempt,
  type Cost,
  findGeneration,
  moveAttempt,
  type Replacement,
  replaceAttempt,
  type WholeGeneration,
} from '../store/index.ts';
import type { StoredQuote } from './quoted.ts';
import { askedOf, factsFitted, givenMedia } from './refit.ts';
import { openAccounts, remixedOf, reviewSending, type Sending, whereAt } from './sending.ts';
import { type MediaRoom, settleMedia } from './settle-media.ts';
import { termsOf } from './terms.ts';

/** Who else may be able to do what a vendor refused. `account`: another account. `request`: another model, or another vendor's. */
type Elsewhere = 'account' | 'request';

const elsewhereTable: Partial<Record<ProblemCode, Elsewhere | 'nobody'>> = {
  account_key_refused: 'account',
  account_aside: 'account',
  quota_exhausted: 'account',
  unknown_model: 'account',
  region_not_offered: 'account',
  vendor_refused: 'request',
  // Somebody took it back at the vendor.
  render_cancelled: 'nobody',
};

/**
 * Who else may be asked after a refusal: one that is typed and final. Never after what may be otherwise a little later, and after a refusal for what it
 * shows only where the request allows that.
 */
export function elsewhereAfter(
  { code }: Pick<Problem, 'code'>,
  { retryBlocked }: { readonly retryBlocked?: boolean | undefined },
): Elsewhere | undefined {
  if (code === 'moderation_blocked') return retryBlocked === true ? 'request' : undefined;
  const { fault, retryable } = problemKind(code);
  // What our own codec or check says of it is what the model cannot do.
  const found = elsewhereTable[code] ?? (fault === 'caller' && !retryable ? 'request' : 'nobody');
  return found === 'nobody' ? undefined : found;
}

interface FailOverRoom extends MediaRoom {
  readonly sending: Sending;
  readonly replaced: () => void;
}

/** Ends an attempt; where a vendor refused it and charges nothing, the next one that can make it is asked in its place. */
export async function endAttempt(
  room: FailOverRoom,
  account: Account,
  attempt: Pick<ClaimedAttempt, 'claim' | 'place'>,
  to: State,
  change: AttemptChange,
): Promise<{ readonly state: State } | undefined> {
  const { connection, sending } = room;
  const [first] = change.problems ?? [];
  if (to === 'failed' && change.billed === 'no' && first !== undefined) {
    if (first.code === 'account_key_refused') await sending.setAside(account, first);
    if (await replace(room, account, attempt, first, change)) return { state: 'failed' };
  }
  return await moveAttempt(connection, attempt.claim, to, change);
}

/** Has the next one asked in an attempt's place. `false`: there is none, or the attempt has moved meanwhile. */
export async function replace(
  room: FailOverRoom,
  account: Account,
  { claim, place }: Pick<ClaimedAttempt, 'claim' | 'place'>,
  why: Problem,
  change: Pick<AttemptChange, 'problems' | 'intent' | 'handle'>,
): Promise<boolean> {
  const { connection } = room;
  const generation = await findGeneration(connection, claim.workspace, { id: claim.generationId });
  if (generation === undefined) return false;
  const elsewhere = elsewhereAfter(why, generation.request);
  if (elsewhere === undefined) return false;
  for await (const { cost, ...next } of candidates(room, claim.workspace, generation, account, place, elsewhere)) {
    const { generationId, workspace, index: from } = claim;
    const paid = { account: next.account, model: next.model ?? generation.request.model, cost };
    // What is reserved goes along, or nobody is asked: the first one's cap holds for all that take its place.
    const move = (transaction: Parameters<typeof moveReservation>[0], index: number) =>
      moveReservation(
        transaction,
        workspace,
        generationId,
        { from, place, index, ...paid },
        termsOf(room, generation.request),
      );
    const replaced = await replaceAttempt(connection, claim, { ...change, billed: 'no' }, next, move).catch(
      (error: unknown) => {
        if (error instanceof Refusal) return 'dearer';
        throw error;
      },
    );
    if (replaced === 'dearer') continue;
    if (replaced !== undefined) room.replaced();
    return replaced !== undefined;
  }
  return false;
}

/** Those that can make it, by the order in which accounts are asked, then by that of the alternatives. */
async function* candidates(
  room: FailOverRoom,
  workspace: ClaimedAttempt['claim']['workspace'],
  generation: WholeGeneration,
  refused: Account,
  place: number,
  elsewhere: Elsewhere,
): AsyncGenerator<Replacement & { readonly cost: Cost }> {
  const { sending, connection } = room;
  const { request } = generation;
  const { alternatives = [], ...own } = request;
  const asked = generation.attempts.filter((one) => one.place === place);
  const last = asked.at(-1)?.model ?? request.model;
  const given = await givenMedia(room, workspace, generation);
  const { region, anywhere } = (generation.quote ?? {}) as Partial<StoredQuote>;
  for (const model of [request.model, ...alternatives]) {
    if (findCard(model, sending.book.cards)?.offline === true) continue;
    const wanted = askedOf(own, model, given);
    const { facts } = await settleMedia(room, workspace, wanted, 'look');
    for (const account of openAccounts(sending, wanted, anywhere === true ? undefined : region, facts)) {
      if (asked.some((one) => one.account === account.id && (one.model ?? request.model) === model)) continue;
      const same = account.dialect === refused.dialect && vendorModel(account, model) === vendorModel(refused, last);
      if (elsewhere === 'request' && same) continue;
      const where: ReviewOptions = { ...whereAt(sending, account, region), advice: false };
      const { problems, fits, quote, film, notes } = review(wanted, facts, where);
      // It would be one of so many attempts, as the one whose place it takes.
      const places = new Set(generation.attempts.map((one) => one.place)).size;
      if (problems.length > 0 || quote === undefined || film?.attempts !== places) continue;
      const sent = await reviewSending(sending, account, {
        ...{ request: wanted, facts: factsFitted(facts, fits), known: notes, workspace },
        echo: generation.dialect === account.dialect.id ? (generation.echo as Json) : undefined,
        remixes: await remixedOf({ request: wanted }, account, { connection, workspace }),
      });
      // Its media are made to fit once it has its place: whatever breaks meanwhile, the refusal before it is written down.
      const changes = fits.length > 0 || (model !== request.model && given.size > 0);
      const state = changes ? ('preparing' as const) : ('queued' as const);
      const next = { account: account.id, model: model === request.model ? null : model, state };
      if (sent.problems.length === 0) yield { ...next, cost: costOfAttempt(quote, film) };
    }
  }
}
