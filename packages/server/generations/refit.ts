import { type Review, review } from '@refreel/core/authoring';
import {
  type Facts,
  type Media,
  type MediaFacts,
  mediaOfRequest,
  type Request,
  replaceMediaAt,
} from '@refreel/core/model';
import { capProblem, costOfAttempt } from '../money/index.ts';
import { readCourse } from '../producers/upstream/index.ts';
import { type ClaimedAttempt, handlesOf, type WholeGeneration, type WorkspaceId } from '../store/index.ts';
import { fitMedia } from './fit-media.ts';
import { failed, preparedAfter, type Step } from './prepared.ts';
import { regionOf } from './quoted.ts';
import { whereAt } from './sending.ts';
import { type MediaRoom, settleMedia } from './settle-media.ts';

/** The media of a generation that were made to fit for its own model, as they were given, by where its request names them. */
export async function givenMedia(
  { connection }: Pick<MediaRoom, 'connection'>,
  workspace: WorkspaceId,
  { id }: Pick<WholeGeneration, 'id'>,
): Promise<ReadonlyMap<string, Media>> {
  const [first] = await handlesOf(connection, workspace, id);
  return new Map(Object.entries(readCourse(first?.handle).given ?? {}));
}

/** A request as another model is asked for it: of what was given, not of what was made of that for the request's own model. */
export function askedOf(own: Request, model: string, given: ReadonlyMap<string, Media>): Request {
  return model === own.model ? own : { ...replaceMediaAt(own, given), model };
}

/**
 * Makes the media of an attempt fit that took another's place, for the model that this one asks for, from those that were given. They are this
 * attempt's alone: those of its request stay as they were sent before. Nothing of it costs anything, so that any process can do it again. @throws the signal's reason
 */
export async function refitAttempt(
  room: MediaRoom,
  generation: WholeGeneration,
  { claim, claims, account: id, request }: ClaimedAttempt,
  signal: AbortSignal,
): Promise<Step> {
  const { workspace } = claim;
  const { sending, rates = [] } = room;
  if (sending === undefined) throw new Error('nothing takes a place where nothing is sent');
  // What others would have made of it is nothing to this attempt.
  const { alternatives: _, ...sent } = request;
  const { model } = generation.request;
  const own = askedOf({ ...sent, model }, sent.model, await givenMedia(room, workspace, generation));
  const where = { ...whereAt(sending, sending.book.find(id), regionOf(generation).region), advice: false };
  const look = async (asked: typeof own) => {
    const { facts } = await settleMedia(room, workspace, asked, 'look');
    return review(asked, facts, where);
  };
  const checked = await look(own);
  if (checked.problems.length > 0) return failed(checked.problems);
  const fitted = await fitMedia(room, workspace, own, checked, signal);
  if (!fitted.ok) return failed(fitted.problems);
  const again = await look(fitted.value);
  if (again.problems.length > 0) return failed(again.problems);
  // It was reserved by what the media were before.
  const dearer = capProblem(capOf(checked), capOf(again), rates);
  if (dearer !== undefined) return failed([dearer]);
  const before = new Map(mediaOfRequest(sent).map(({ path, media }) => [path, media]));
  const changed = mediaOfRequest(fitted.value).filter(({ path, media }) => before.get(path) !== media);
  const handle = { ...preparedAfter(claims), fitted: Object.fromEntries(changed.map((one) => [one.path, one.media])) };
  return { to: 'queued', change: { handle, notes: fittingNotes(checked), dueInSeconds: 0 } };
}

function capOf({ quote, film }: Review) {
  return quote === undefined || film === undefined ? null : costOfAttempt(quote, film).cap;
}

/** What was changed is told; all else was said when the alternative was named. */
function fittingNotes({ notes, fits }: Review): Review['notes'] {
  const paths = new Set(fits.map(({ path }) => path));
  return notes.filter(({ code, path }) => (code === 'media_fitted' || code === 'media_cut') && paths.has(path));
}

/** Facts as they will be: media that are still to be made to fit have the type that they will have. */
export function factsFitted(facts: Facts, fits: Review['fits']): Facts {
  if (fits.length === 0) return facts;
  const media = { ...facts.media };
  for (const { media: name, to } of fits) {
    const known = media[name];
    if (known !== undefined) media[name] = { ...known, mediaType: to.mediaType } as MediaFacts;
  }
  return { ...facts, media };
}
