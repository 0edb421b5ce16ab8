import { type Review, type ReviewOptions, review } from '@refreel/core/authoring';
import { type Facts, type Request, stateTable } from '@refreel/core/model';
import { adjustReservations, costOfAttempt } from '../money/index.ts';
import { type ClaimedAttempt, findGeneration, type WholeGeneration } from '../store/index.ts';
import { fitMedia } from './fit-media.ts';
import { measuredRequest } from './measured-request.ts';
import { failed, preparedAfter, type Step } from './prepared.ts';
import { regionOf } from './quoted.ts';
import { refitAttempt } from './refit.ts';
import { whereAt } from './sending.ts';
import { type MediaRoom, settleMedia } from './settle-media.ts';
import { termsOf } from './terms.ts';
import { toldAnew } from './told-anew.ts';

/**
 * Seconds until an attempt that cannot be prepared yet looks again: a little longer each time, so that thousands of them do not keep the
 * worker from what can be made.
 */
export function lookAgainSeconds(claims: number): number {
  return Math.min(10, 0.3 * 1.5 ** Math.min(claims - 1, 20));
}

/**
 * Fetches what a request names by address, keeps it, and checks the request anew, now with facts. The first attempt of a generation does it
 * for all, so that all are made of the same bytes; the others are told when to ask again.
 * @throws the signal's reason, or Refusal where it costs more than was said and a budget or a quote stands against that
 */
export async function prepareAttempt(
  room: MediaRoom,
  attempt: ClaimedAttempt,
  signal: AbortSignal,
): Promise<Step | { readonly againInSeconds: number }> {
  const { claim, claims, producer } = attempt;
  const { workspace, generationId, index } = claim;
  const generation = await findGeneration(room.connection, workspace, { id: generationId });
  if (generation === undefined) throw new Error(`attempt ${index} of ${generationId} has no generation`);
  if (attempt.place !== index) return await refitAttempt(room, generation, attempt, signal);
  const [first] = generation.attempts;
  if (index > 0 && first !== undefined) {
    if (first.state === 'preparing') return { againInSeconds: lookAgainSeconds(claims) };
    // It may have failed later, at drawing: then its request is prepared, and this attempt has its own try.
    const looked = await settleMedia(room, workspace, generation.request, 'look');
    const prepared = !looked.pending && !mustFit(generation.request, looked.facts, whereOf(room, generation));
    if (prepared) return { to: 'queued', change: { handle: preparedAfter(claims), dueInSeconds: 0 } };
    if (stateTable[first.state].terminal) return failed(first.problems);
  }
  const where = whereOf(room, generation);
  const unfetched = await settleMedia(room, workspace, generation.request, 'look');
  const media = await settleMedia(room, workspace, generation.request, 'fetch', signal);
  const asked = measuredRequest(media.request, media.facts, { dialect: generation.dialect, ...where });
  const checked = review(asked, media.facts, where);
  const problems = [...media.problems, ...checked.problems];
  if (problems.length > 0) return failed(problems);
  const before = review(generation.request, unfetched.facts, where);
  const ready = async (request: Request, { film, quote, ...found }: Review, given = {}): Promise<Step> => {
    // What it costs is known now. More than was reserved is refused here, before it is paid.
    if (producer === 'upstream' && film !== undefined && quote !== undefined) {
      const cost = costOfAttempt(quote, film);
      await adjustReservations(room.connection, workspace, generationId, cost, termsOf(room, request));
    }
    const prepared = { request, ...toldAnew(generation, before, { ...found, quote }) };
    return { to: 'queued', change: { prepared, handle: { ...preparedAfter(claims), ...given }, dueInSeconds: 0 } };
  };
  if (checked.fits.length === 0) return await ready(asked, checked);
  const fitted = await fitMedia(room, workspace, asked, checked, signal);
  if (!fitted.ok) return failed(fitted.problems);
  const { facts } = await settleMedia(room, workspace, fitted.value, 'look');
  const again = review(fitted.value, facts, where);
  if (again.problems.length > 0) return failed(again.problems);
  // An alternative may take more of what was given than this model does.
  const given = Object.fromEntries(checked.fits.map(({ path, media: before }) => [path, before]));
  // What was changed is told; what it costs is what is sent.
  return await ready(fitted.value, { ...again, notes: checked.notes }, { given });
}

function whereOf(room: MediaRoom, generation: WholeGeneration): ReviewOptions {
  const { region } = regionOf(generation);
  const { sending } = room;
  if (sending === undefined) return { ...(region !== undefined && { region }), advice: false };
  const account = sending.book.find(generation.attempts[0]?.account ?? '');
  return { ...whereAt(sending, account, region), advice: false };
}

/** Whether media of a request are still to be made to fit: what was prepared needs it no more. */
function mustFit(request: Request, facts: Facts, where: ReviewOptions): boolean {
  return request.fitMedia === true && review(request, facts, where).fits.length > 0;
}

/** How often the step that an attempt is at was begun, this time included; 1 for what only waits for another attempt. */
export function timesBegun({ claim, place, claims, state, handle }: ClaimedAttempt): number {
  if (state === 'preparing') return claim.index === 0 || place !== claim.index ? claims : 1;
  const { preparedAfterClaims = 0 } = (handle ?? {}) as Partial<ReturnType<typeof preparedAfter>>;
  return claims - preparedAfterClaims;
}
