import { review } from '@refreel/core/authoring';
import { findCard } from '@refreel/core/catalog';
import { type Problem, problem, type Request } from '@refreel/core/model';
import { done, type Outcome, refused } from '../assets/index.ts';
import {
  createGeneration,
  findGeneration,
  isDiskFull,
  type NewGeneration,
  StoreError,
  type WholeGeneration,
} from '../store/index.ts';
import type { StoredQuote } from './quoted.ts';
import type { Caller, Submission } from './service.ts';
import { type MediaRoom, settleMedia } from './settle-media.ts';

/**
 * Accepts a request: looks it over, keeps what it brings along, and writes generation, attempts and event in one statement. Every film is
 * drawn here for now, whatever the model.
 */
export async function submitRequest(
  room: MediaRoom,
  caller: Caller,
  submission: Submission,
): Promise<Outcome<WholeGeneration>> {
  const { connection } = room;
  const { workspace } = caller;
  const { request, region } = submission;
  const source = await sourceProblem(room, caller, request);
  // Nothing is kept for a request that no model will take.
  if (source !== undefined || findCard(request.model) === undefined) {
    const { problems } = review(request, { media: {}, lines: {} });
    return refused(...(source === undefined ? problems : [source, ...problems]));
  }
  const media = await settleMedia(room, workspace, request, 'accept');
  const reviewed = review(media.request, media.facts, { advice: false, ...(region !== undefined && { region }) });
  const problems = [...media.problems, ...reviewed.problems];
  const { film, quote } = reviewed;
  if (problems.length > 0 || film === undefined || quote === undefined) return refused(...problems);
  const stored: StoredQuote = region === undefined ? quote : { ...quote, region };
  const accepted: NewGeneration = {
    keyId: caller.keyId ?? null,
    dialect: submission.dialect,
    ...(submission.publicId !== undefined && { publicId: submission.publicId }),
    echo: submission.echo,
    request: media.request,
    // What is fetched is measured before anything is made of it.
    notes: [...submission.notes, ...reviewed.notes.filter(({ code }) => code !== 'media_unmeasured')],
    quote: stored,
    remixOf: request.from,
    idempotencyKey: submission.idempotencyKey,
    state: media.pending ? 'preparing' : 'queued',
    attempts: Array.from({ length: film.attempts }, () => ({ producer: 'animatic' as const })),
  };
  return done(asStored(accepted, await createGeneration(connection, workspace, accepted)));
}

/** What reading the rows would give, without reading them: half of the time of an acceptance. */
function asStored(
  { remixOf, idempotencyKey, attempts, ...accepted }: NewGeneration,
  { id, publicId, createdAt }: Awaited<ReturnType<typeof createGeneration>>,
): WholeGeneration {
  const { request, state } = accepted;
  const times = { createdAt, updatedAt: createdAt, finishedAt: null };
  return {
    ...{ ...accepted, id, publicId, model: request.model, ...times },
    remixOf: remixOf ?? null,
    idempotencyKey: idempotencyKey ?? null,
    attempts: attempts.map(({ producer, account = '' }, index) => ({
      ...{ index, producer, account, state, progress: null, billed: 'no', problems: [], ...times },
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
