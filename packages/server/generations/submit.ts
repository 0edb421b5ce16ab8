import { expandShots } from '@refreel/core/animatic';
import { review } from '@refreel/core/authoring';
import { findCard, type Quote } from '@refreel/core/catalog';
import type { Json as DialectJson } from '@refreel/core/dialects';
import { makeNote, type Note, type Problem, problem, type Request } from '@refreel/core/model';
import { done, type Outcome, refused } from '../assets/index.ts';
import { acceptGeneration, costOfAttempt, fingerprintOfRequest } from '../money/index.ts';
import {
  type createGeneration,
  findGeneration,
  isDiskFull,
  type NewGeneration,
  StoreError,
  type WholeGeneration,
} from '../store/index.ts';
import { measuredRequest } from './measured-request.ts';
import type { StoredQuote } from './quoted.ts';
import { reviewAccountsOfAlternatives } from './review-alternatives.ts';
import { makerOf, remixedOf, reviewSending, whereAt } from './sending.ts';
import type { Caller, GenerationFacts, Submission } from './service.ts';
import { type MediaRoom, settleMedia } from './settle-media.ts';
import { termsOf } from './terms.ts';
import { keptNotes } from './told-anew.ts';

/**
 * Accepts a request: looks it over, keeps what it brings along, and writes generation, attempts, event and reservations all or none. What a
 * vendor will be asked for is refused here, before anything is paid, if its account cannot be asked for it, or a budget has not enough left.
 */
export async function submitRequest(
  room: MediaRoom,
  caller: Caller,
  submission: Submission,
  onSettled: (settled: GenerationFacts) => void = () => {},
): Promise<Outcome<WholeGeneration>> {
  const { connection } = room;
  const { workspace } = caller;
  const { request } = submission;
  const cards = room.sending?.book.cards ?? [];
  const source = await sourceProblem(room, caller, request);
  // Nothing is kept for a request that no model will take.
  if (source !== undefined || findCard(request.model, cards) === undefined) {
    const { problems } = review(request, { media: {}, lines: {} }, { cards });
    return refused(...(source === undefined ? problems : [source, ...problems]));
  }
  const maker = await makerOf(room.sending, request, submission.region, { connection, workspace });
  if (maker.producer === 'nobody') return refused(maker.problem);
  const account = maker.producer === 'upstream' ? maker.account : undefined;
  const region = submission.region ?? account?.region;
  const media = await settleMedia(room, workspace, request, 'accept');
  const asked = measuredRequest(media.request, media.facts, submission);
  const where =
    room.sending === undefined
      ? { cards, ...(region !== undefined && { region }) }
      : whereAt(room.sending, account, region);
  const reviewed = review(asked, media.facts, { ...where, advice: false });
  const sent =
    account === undefined || room.sending === undefined
      ? { problems: [], notes: [] }
      : await reviewSending(room.sending, account, {
          request: asked,
          facts: media.facts,
          echo: submission.dialect === account.dialect.id ? (submission.echo as DialectJson) : undefined,
          remixes: await remixedOf({ request }, account, { connection, workspace }),
          known: reviewed.notes,
          workspace,
        });
  // What the check refuses already need not be told twice.
  const problems = [...media.problems, ...reviewed.problems];
  if (problems.length === 0) problems.push(...sent.problems);
  const { film, quote } = reviewed;
  if (problems.length > 0 || film === undefined || quote === undefined) return refused(...problems);
  const others = await reviewAccountsOfAlternatives(account === undefined ? undefined : room.sending, {
    ...{ request: asked, region: submission.region, facts: media.facts, known: reviewed.notes, connection, workspace },
  });
  const anywhere = submission.region === undefined && account !== undefined;
  const stored: StoredQuote = region === undefined ? quote : { ...quote, region, ...(anywhere && { anywhere }) };
  const accepted: NewGeneration = {
    keyId: caller.keyId ?? null,
    dialect: submission.dialect,
    ...(submission.publicId !== undefined && { publicId: submission.publicId }),
    echo: submission.echo,
    request: asked,
    notes: [
      ...submission.notes,
      ...keptNotes(reviewed),
      ...sent.notes,
      ...others,
      ...(account === undefined ? wordsAdded(asked) : []),
    ],
    quote: stored,
    remixOf: request.from,
    idempotencyKey: submission.idempotencyKey,
    faults: submission.faults,
    // What is to be made to fit waits as what is to be fetched does.
    state: media.pending || reviewed.fits.length > 0 ? 'preparing' : 'queued',
    attempts: Array.from({ length: film.attempts }, () => ({
      producer: maker.producer,
      ...(account !== undefined && { account: account.id }),
    })),
  };
  const cost = costOfAttempt(quote, film);
  const paid = accepted.attempts.flatMap(({ account: id }, index) =>
    id === undefined ? [] : [{ index, account: id, model: asked.model, cost }],
  );
  // As it was asked for, before what only its media tell was filled in.
  const fingerprint = () => fingerprintOfRequest(media.request, media.facts, submission.region);
  const { notes, ...made } = await acceptGeneration(connection, workspace, accepted, {
    ...termsOf(room, asked),
    attempts: paid,
    accepts:
      submission.quote === undefined ? undefined : { id: submission.quote, fingerprint: fingerprint(), now: quote },
  });
  const generation = asStored({ ...accepted, notes }, made);
  onSettled({ generation, film, inputSeconds: billedInput(quote) });
  return done(generation);
}

/** What a draft is drawn from besides the prompts, where the request asks to expand them; a vendor does that by itself, and does not tell. */
function wordsAdded(request: Request): Note[] {
  return expandShots(request).added.map(({ shot, sentences }) =>
    makeNote('prompt_expanded', `shots[${shot}].prompt`, { found: sentences.join(' '), model: request.model }),
  );
}

/** Seconds of input video in a quote: its first line is of the film, the second, where there is one, of these. */
export function billedInput(quoted: Quote | undefined): number {
  return quoted?.lines[1]?.seconds ?? 0;
}

/** What reading the rows would give, without reading them: half of the time of an acceptance. */
function asStored(
  { remixOf, idempotencyKey, attempts, faults, ...accepted }: NewGeneration,
  { id, publicId, createdAt }: Awaited<ReturnType<typeof createGeneration>>,
): WholeGeneration {
  const { request, state } = accepted;
  const times = { createdAt, updatedAt: createdAt, finishedAt: null };
  return {
    ...{ ...accepted, id, publicId, model: request.model, ...times },
    remixOf: remixOf ?? null,
    idempotencyKey: idempotencyKey ?? null,
    recalledAt: null,
    starredAt: null,
    deletedAt: null,
    faults: faults ?? [],
    attempts: attempts.map(({ producer, account = '' }, index) => ({
      ...{
        index,
        producer,
        account,
        model: null,
        place: index,
        state,
        progress: null,
        billed: 'no',
        problems: [],
        startedAt: null,
        ...times,
      },
    })),
    films: [],
  };
}

/** Why what a request says that it remixes cannot be remixed. */
export async function sourceProblem(
  { connection }: Pick<MediaRoom, 'connection'>,
  { workspace }: Caller,
  { from }: Pick<Request, 'from'>,
): Promise<Problem | undefined> {
  if (from === undefined) return undefined;
  const source = await findGeneration(connection, workspace, { id: from });
  if (source === undefined) return problem('remix_source_missing', 'from', { found: from });
  if (source.state !== 'done') return problem('remix_source_unfinished', 'from', { found: from });
  return undefined;
}

/** What the store cannot take, as problems; anything else is thrown on. */
export function storeProblem(error: unknown): Problem {
  if (isDiskFull(error)) return problem('disk_full', '', { found: { en: 'the request', zh: '该请求' } });
  if (error instanceof StoreError && error.code === 'text_unstorable') {
    const found = {
      en: 'it holds a NUL character, half of a surrogate pair, or too many levels',
      zh: '含有 NUL 字符、不成对的代理字符，或嵌套过深',
    };
    return problem('invalid_request', 'request', { found });
  }
  throw error;
}
