import { review } from '@refreel/core/authoring';
import { findCard } from '@refreel/core/catalog';
import type { Json } from '@refreel/core/dialects';
import { type Facts, type Film, problem, replaceMediaAt, type VideoFacts } from '@refreel/core/model';
import type { Account } from '../accounts/index.ts';
import {
  asHandle,
  type Course,
  cancelOnce,
  cancelWords,
  defaultSendLimits,
  failedStep,
  fetchFilms,
  fetchingStep,
  type Going,
  lookOnce,
  mayCost,
  prepareSubmit,
  readCourse,
  type Sender,
  type Step,
  seekOnce,
  sendingChange,
  submitOnce,
  tellComplete,
  unconfirmed,
  type Wire,
} from '../producers/upstream/index.ts';
import {
  beginSubmit,
  type ClaimedAttempt,
  findGeneration,
  moveAttempt,
  resolveAttempt,
  StoreError,
  startAttempt,
  type WholeGeneration,
} from '../store/index.ts';
import type { DrawingRoom } from './draw.ts';
import { endAttempt } from './fail-over.ts';
import { regionOf } from './quoted.ts';
import { expirySecondsOf, patienceSecondsOf, remixedOf, type Sending, whereAt } from './sending.ts';
import { settleMedia } from './settle-media.ts';

export interface SendingRoom extends DrawingRoom {
  readonly sending: Sending;
  /** Somebody else is asked in an attempt's place: told, so that they look at once. */
  readonly replaced: () => void;
  /** Told what went wrong and is tried again. */
  readonly onError: (error: unknown) => void;
}

/** What became of a step: something to write, or nothing because it is written. */
export type Sent = Step | 'written';

/**
 * One step of an attempt that is made by a vendor, from whatever state it was found in. What may have been paid is committed before the first
 * byte is sent, and what came of it before anything else is done. Throws the signal's reason, but never once the submit is under way.
 */
export async function sendStep(
  room: SendingRoom,
  account: Account,
  wire: Wire,
  attempt: ClaimedAttempt,
  signal: AbortSignal,
): Promise<Sent> {
  const sender = senderOf(room, account, wire);
  const { claim, dialect, intent, state, createdAt } = attempt;
  const course = readCourse(attempt.handle);
  const request = replaceMediaAt(attempt.request, new Map(Object.entries(course.fitted ?? {})));
  const { place } = attempt;
  const going: Going = { claim, place, request, dialect, intent, state, createdAt, course };
  switch (state) {
    case 'queued':
      return await submit(room, sender, going, signal);
    // Whoever sent it is gone, and nobody knows how far it came.
    case 'submitting':
      return unconfirmed(account, course, 'the process that sent it ended');
    case 'unconfirmed':
      return await seekOnce(sender, going, patienceOf(room, going, account), signal);
    case 'running':
      return await look(room, sender, going, signal);
    case 'fetching':
      return await fetchAgain(room, sender, going, signal);
    case 'cancelling':
      return await cancelOnce(sender, going, signal);
    default:
      throw new Error(`an attempt that is ${state} is not sent`);
  }
}

function senderOf(room: SendingRoom, account: Account, wire: Wire): Sender {
  const { connection, files, fetch, work, measurer, sending } = room;
  return {
    ...{ connection, files, fetch, account, wire },
    addressOf: sending.addressOf,
    newFile: (ending) => work.file(ending),
    limits: { ...defaultSendLimits, ...sending.limits },
    onKeyRefused(why) {
      if (sending.book.asideSince(account.id) === undefined) sending.setAside(account, why).catch(room.onError);
    },
    async verify(file) {
      const looked = await measurer.measure({ file, path: '', name: 'film', fully: false });
      if (looked.facts === undefined) return { problem: looked.problem };
      if (looked.facts.kind === 'video') return { facts: looked.facts as VideoFacts };
      return { problem: problem('media_kind', '', { found: looked.facts.mediaType }) };
    },
  };
}

async function submit(room: SendingRoom, sender: Sender, going: Going, signal: AbortSignal): Promise<Sent> {
  const { connection } = room;
  const { claim, course, request } = going;
  const { workspace, generationId, index } = claim;
  const { generation, facts } = await situationOf(room, sender.account, going);
  const { account } = sender;
  const echo = generation.dialect === account.dialect.id ? (generation.echo as Json) : undefined;
  const remixes = await remixedOf({ request }, account, { connection, workspace });
  const typeOf = (media: string) => facts.media[media]?.mediaType;
  const ready = await prepareSubmit(sender, going, { echo, remixes, typeOf }, signal).catch(endIfDamaged);
  if ('is' in ready) return ready;
  signal.throwIfAborted();
  // From here on it counts as sent, whatever becomes of this process.
  const sending = sendingChange(ready, course, Date.now());
  if ((await beginSubmit(connection, claim, sending, account)) === undefined) return 'written';
  const submitted = await submitOnce(sender, ready, course);
  const write = async (): Promise<'written'> => {
    if (submitted.is === 'accepted') {
      const handle = asHandle(submitted.course);
      const change = { dueInSeconds: account.lookIntervalSeconds, problems: [] };
      if ((await startAttempt(connection, claim, handle, change)) !== undefined) return 'written';
      // Taken for lost by another process meanwhile: this is what it was waiting for.
      await resolveAttempt(connection, workspace, { generationId, index }, { to: 'running', handle, problems: [] });
      return 'written';
    }
    if (submitted.is !== 'move') throw new Error('a submit ends with a move');
    const { to, change } = submitted;
    if ((await endAttempt(room, account, going, to, change)) !== undefined) return 'written';
    // A cancel came while it was asked for.
    const step = to === 'unconfirmed' ? mayCost(cancelWords.unknown) : undefined;
    const end = step?.is === 'move' ? step.change : { billed: change.billed ?? 'unknown' };
    await moveAttempt(connection, claim, 'cancelled', end);
    return 'written';
  };
  return await insist(write, room.onError);
}

/** A medium whose file is not what was stored will not be it later either, and nothing was sent yet. @throws anything else */
function endIfDamaged(error: unknown): Step {
  if (!(error instanceof StoreError) || error.code !== 'folder_corrupt') throw error;
  return failedStep('no', problem('store_damaged', '', { found: error.place }));
}

/** What is known and paid must be written down: the store may be away for a while. */
async function insist<Value>(write: () => Promise<Value>, onError: (error: unknown) => void): Promise<Value> {
  for (let times = 1; ; times += 1) {
    try {
      return await write();
    } catch (error) {
      onError(error);
      if (times >= mostWrites) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(5000, 50 * 2 ** times)));
    }
  }
}

/** A minute or so. */
const mostWrites = 18;

async function look(room: SendingRoom, sender: Sender, going: Going, signal: AbortSignal): Promise<Sent> {
  const looked = await lookOnce(sender, going, patienceOf(room, going, sender.account), signal);
  if (looked.is !== 'films') return looked;
  const { connection } = room;
  const step = fetchingStep(looked.course);
  if (step.is === 'move' && (await moveAttempt(connection, going.claim, 'fetching', step.change)) === undefined)
    return 'written';
  return await fetch(room, sender, { ...going, course: looked.course }, looked.films, signal);
}

/** Seconds for which an attempt is waited for. */
function patienceOf({ sending }: SendingRoom, { request }: Going, { cards }: Account): number {
  return sending.patienceSeconds ?? patienceSecondsOf(findCard(request.model, cards));
}

/** Takes up a fetch that another process had begun, or that did not come to its end: the vendor may name other addresses by now. */
async function fetchAgain(room: SendingRoom, sender: Sender, going: Going, signal: AbortSignal): Promise<Sent> {
  const looked = await lookOnce(sender, going, Number.POSITIVE_INFINITY, signal);
  if (looked.is === 'films')
    return await fetch(room, sender, { ...going, course: looked.course }, looked.films, signal);
  // Whatever it says of a generation that was finished before: its films are paid for, and are asked for where they were.
  const films = (going.course.films ?? []).map(({ url, seconds }) => ({ url, seconds }));
  return await fetch(room, sender, going, films, signal);
}

async function fetch(
  room: SendingRoom,
  sender: Sender,
  going: Going,
  films: Parameters<typeof fetchFilms>[2]['films'],
  signal: AbortSignal,
): Promise<Sent> {
  const { connection } = room;
  const { claim, course, request } = going;
  const { film } = await situationOf(room, sender.account, going);
  const expirySeconds = expirySecondsOf(findCard(request.model, sender.account.cards));
  if (films.length === 0) return nothingLeft(course, expirySeconds);
  const step = await fetchFilms(sender, going, { films, wanted: film, expirySeconds }, signal);
  if (step.is !== 'move' || step.to !== 'done') return step;
  if ((await moveAttempt(connection, claim, 'done', step.change)) === undefined) return 'written';
  await tellComplete(sender, course).catch(room.onError);
  return 'written';
}

/** Films that came as an answer, and the answer does not come again. */
function nothingLeft(course: Course, expirySeconds: number): Step {
  const unfetched = (course.unfetched ?? 0) + 1;
  const age = (Date.now() - (course.seenAt ?? Date.now())) / 1000;
  if (age < expirySeconds && unfetched < 1000)
    return { is: 'wait', seconds: Math.min(300, 2 ** Math.min(unfetched, 9)), course: { ...course, unfetched } };
  const found = { en: 'the vendor does not give it any more', zh: '供应商不再提供' };
  return failedStep('yes', problem('film_unfetched', '', { index: 1, found }));
}

interface Situation {
  readonly generation: WholeGeneration;
  readonly facts: Facts;
  readonly film: Film | undefined;
}

async function situationOf(room: SendingRoom, account: Account, { claim, request }: Going): Promise<Situation> {
  const { workspace, generationId } = claim;
  const generation = await findGeneration(room.connection, workspace, { id: generationId });
  if (generation === undefined) throw new Error(`an attempt of ${generationId} has no generation`);
  const { facts } = await settleMedia(room, workspace, request, 'look');
  // What others would have made of it is nothing to this attempt.
  const { alternatives: _, ...own } = request;
  const { region } = regionOf(generation);
  const { film } = review(own, facts, { ...whereAt(room.sending, account, region), advice: false });
  return { generation, facts, film };
}
