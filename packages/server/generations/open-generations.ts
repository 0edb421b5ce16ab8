import { hostname } from 'node:os';
import { Readable } from 'node:stream';
import { type Problem, problem, Refusal, type State, stateTable } from '@refreel/core/model';
import { type AssetSource, done, type Outcome, openAssets, openWorkFolder, refused } from '../assets/index.ts';
import type { FetchLimits, GuardedFetch } from '../fetch/index.ts';
import { fingerprintOfRequest, type Rate } from '../money/index.ts';
import { type Animatic, type MeasurerOptions, openAnimatic, openMeasurer } from '../producers/animatic/index.ts';
import {
  browseGenerations,
  cancelGeneration,
  type Database,
  deleteGeneration,
  type Files,
  findAsset,
  findFilm,
  findGeneration,
  hideGeneration,
  keepQuote,
  keepUpload,
  listAssets,
  listGenerations,
  restoreGeneration,
  starGeneration,
  type WholeGeneration,
} from '../store/index.ts';
import { openBell } from './bell.ts';
import { rendersAtOnce } from './capacity.ts';
import { openDrafts } from './drafts.ts';
import { rememberFacts } from './facts-cache.ts';
import { followEvents, lookEveryMilliseconds } from './follow-events.ts';
import { regionOf } from './quoted.ts';
import { remixRequest } from './remix.ts';
import { resolveByHand } from './resolve.ts';
import { openReviews } from './reviews.ts';
import { startSenders } from './sender.ts';
import { type Sending, whereAt } from './sending.ts';
import type { Caller, GenerationFacts, Generations, Submission } from './service.ts';
import { settleMedia } from './settle-media.ts';
import { drawFrame } from './stills.ts';
import { billedInput, storeProblem, submitRequest } from './submit.ts';
import { unwatched, type Watch } from './watch.ts';
import { startWorker, type Worker } from './worker.ts';

export interface GenerationsOptions {
  readonly database: Database;
  readonly files: Files;
  readonly fetch: GuardedFetch;
  /** Bases of this server's own addresses (`http://127.0.0.1:8787`). */
  readonly ownBases?: readonly string[];
  /** Opens the producer of one attempt; every attempt has its own, so that no film shares a process with another's media. */
  readonly animatic?: () => Promise<Animatic>;
  readonly measurer?: MeasurerOptions;
  readonly fetchLimits?: Partial<FetchLimits>;
  /** Where unfinished files lie: of this process alone, emptied at start. Default: a new one among the system's temporary folders. */
  readonly workFolder?: string;
  readonly limits?: GenerationLimits;
  /** Milliseconds since 1970 of the clock that uploads under vendors' names expire by. Default: the real one. */
  readonly sandboxNow?: () => Promise<number>;
  /** What faults that a stand-in was asked for make of a life: `stuck`, or the problem that it ends with. Default: nothing. */
  readonly spoil?: (faults: readonly string[]) => 'stuck' | Problem | undefined;
  /** Default: nobody counts. */
  readonly watch?: Watch;
  /** Told what went wrong in the background and is tried again. */
  readonly onError?: (error: unknown) => void;
  /** What is sent with; left out, every film is drawn here. */
  readonly sending?: Sending | undefined;
  /** By which budgets count other currencies than their own. Default: none. */
  readonly rates?: readonly Rate[];
}

export interface GenerationLimits {
  /** Films that are drawn at once; 0 accepts without drawing. Default: by cores and memory. */
  readonly renders?: number;
  /** Resident memory at which a child that draws is stopped. Default 1,500: well above what films take. */
  readonly renderMegabytes?: number;
  /** Requests whose URLs are fetched at once. Default 16. */
  readonly preparations?: number;
  /** After so long without a sign another process takes an attempt up. Default 15. */
  readonly leaseSeconds?: number;
  /** Between two looks for work that another process accepted. Default 1. */
  readonly idleSeconds?: number;
}

/** Opens the service on a store, and begins to work on what waits there. */
export async function openGenerations(options: GenerationsOptions): Promise<Generations> {
  const { files, fetch, ownBases, limits = {}, watch = unwatched, onError = () => {} } = options;
  const { connection } = options.database;
  const work = await openWorkFolder(options.workFolder);
  const measurer = openMeasurer(options.measurer);
  const assets = openAssets({ connection, files, fetch, measurer, work, ownBases, limits: options.fetchLimits });
  const bell = openBell();
  const room = {
    ...{ connection, files, fetch, assets, work, measurer },
    sandboxNow: options.sandboxNow ?? (async () => Date.now()),
    sending: options.sending,
    rates: options.rates ?? [],
    openAnimatic: options.animatic ?? (() => openAnimatic({ memoryMegabytes: limits.renderMegabytes ?? 1500 })),
  };
  const drafts = openDrafts(room);
  const name = `${hostname()} ${process.pid}`;
  const drawer = startWorker({
    room,
    name,
    renders: limits.renders ?? rendersAtOnce(),
    preparations: limits.preparations ?? 16,
    leaseSeconds: limits.leaseSeconds ?? 15,
    idleSeconds: limits.idleSeconds ?? 1,
    watch,
    spoil: options.spoil ?? (() => undefined),
    onChange: (workspace) => bell.ring(workspace),
    onError,
  });
  const { sending } = options;
  const sender =
    sending &&
    startSenders({
      room: { ...room, sending, onError },
      name,
      leaseSeconds: limits.leaseSeconds ?? 15,
      idleSeconds: limits.idleSeconds ?? 1,
      watch,
      onChange: (workspace) => bell.ring(workspace),
    });
  const worker: Worker = {
    wake() {
      drawer.wake();
      sender?.wake();
    },
    cancelled(id) {
      drawer.cancelled(id);
      sender?.cancelled(id);
    },
    close: async () => void (await Promise.all([drawer.close(), sender?.close()])),
  };
  const closing = new AbortController();
  /** What is being accepted or measured. */
  const busy = new Set<Promise<unknown>>();
  const whileOpen = async <Value>(work: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> => {
    if (closing.signal.aborted) return refused(problem('server_stopping', ''));
    const doing = work().catch((error: unknown) =>
      refused(...(error instanceof Refusal ? error.problems : [storeProblem(error)])),
    );
    busy.add(doing);
    return await doing.finally(() => busy.delete(doing));
  };
  const submit = (caller: Caller, submission: Submission) =>
    whileOpen(async () => {
      const begun = performance.now();
      const accepted = await submitRequest(room, caller, submission, (settled) => remember(caller, settled));
      if (!accepted.ok) return accepted;
      const { model, dialect } = accepted.value;
      watch.accepted({ model, dialect, seconds: (performance.now() - begun) / 1000 });
      bell.ring(caller.workspace);
      worker.wake();
      return accepted;
    });
  const { reviewOf, checkOf, compare } = openReviews(room);
  const { facts, remember } = rememberFacts(async ({ workspace }, generation): Promise<GenerationFacts> => {
    const { region } = regionOf(generation);
    // As it was accepted, whoever was asked after that.
    const account = sending?.book.find(generation.attempts[0]?.account ?? '');
    const where =
      sending === undefined ? { ...(region !== undefined && { region }) } : whereAt(sending, account, region);
    const { film, quote } = await reviewOf(workspace, generation.request, { ...where, advice: false });
    return { generation, film, inputSeconds: billedInput(quote) };
  });

  const cancel: Generations['cancel'] = async ({ workspace }, id) => {
    const cancelled = await cancelGeneration(connection, workspace, id);
    if (cancelled?.changed) {
      watch.cancelled();
      worker.cancelled(id);
      bell.ring(workspace);
    }
    return cancelled;
  };
  const wait: Generations['wait'] = async ({ workspace }, id, seconds, enough = isOver) => {
    const until = performance.now() + seconds * 1000;
    for (;;) {
      const heard = new AbortController();
      const change = bell.heard(workspace, lookEveryMilliseconds, AbortSignal.any([heard.signal, closing.signal]));
      const found = await findGeneration(connection, workspace, { id }).catch((error: unknown) => {
        heard.abort();
        throw error;
      });
      const left = until - performance.now();
      if (found === undefined || enough(found.state) || left <= 0 || closing.signal.aborted) {
        heard.abort();
        return found;
      }
      const timer = setTimeout(() => heard.abort(), left);
      await change;
      clearTimeout(timer);
    }
  };

  return {
    submit,
    facts,
    review: checkOf,
    quote: (caller, request, region) =>
      whileOpen(async () => {
        const { workspace, keyId } = caller;
        const { problems, notes, quote, taken, budgets } = await checkOf(caller, request, region);
        if (problems.length > 0 || quote === undefined) return refused(...problems);
        const { facts } = await settleMedia(room, workspace, request, 'look');
        const fingerprint = fingerprintOfRequest(request, facts, region);
        const kept = { keyId: keyId ?? null, fingerprint, quote, seconds: quote.validSeconds };
        const told = { model: taken.model, quote, notes: [...notes, ...budgets.notes], problems: budgets.problems };
        return done({ ...(await keepQuote(connection, workspace, kept)), ...told });
      }),
    compare,
    async remix(caller, source, prompt, submission) {
      const filmOf = async (generation: WholeGeneration) => (await facts(caller, generation)).film;
      const remixed = await remixRequest(
        room,
        caller,
        source,
        { prompt, names: submission.dialect === 'native' },
        filmOf,
      );
      if (!remixed.ok) return remixed;
      const { request, notes } = remixed.value;
      return await submit(caller, { ...submission, request, notes: [...submission.notes, ...notes] });
    },
    find: ({ workspace }, name) => findGeneration(connection, workspace, name),
    shown: async (_, generation) => generation,
    list: ({ workspace }, filter) => listGenerations(connection, workspace, filter),
    browse: ({ workspace }, filter) => browseGenerations(connection, workspace, filter),
    cancel,
    async resolve(caller, id, resolution) {
      const resolved = await resolveByHand(room, caller, id, resolution);
      if (resolved?.ok === true) {
        bell.ring(caller.workspace);
        worker.wake();
      }
      return resolved;
    },
    async star({ workspace }, id, starred) {
      if (!(await starGeneration(connection, workspace, id, starred))) return undefined;
      bell.ring(workspace);
      return await findGeneration(connection, workspace, { id });
    },
    async hide({ workspace }, id) {
      const hidden = await hideGeneration(connection, workspace, id);
      bell.ring(workspace);
      return hidden;
    },
    async restore({ workspace }, id) {
      if (!(await restoreGeneration(connection, workspace, id))) return undefined;
      bell.ring(workspace);
      return await findGeneration(connection, workspace, { id });
    },
    async still({ workspace }, { generationId, index }, at) {
      const film = await findFilm(connection, workspace, generationId, index);
      const picture = film && (await drawFrame(files, film, at));
      if (picture === undefined) return undefined;
      const content = Readable.from([picture], { objectMode: false });
      const name = `${generationId}-${index}.png`;
      return await whileOpen(() => assets.keep(workspace, { kind: 'stream', content, name }));
    },
    async remove(caller, id) {
      await cancel(caller, id);
      await wait(caller, id, mostEndSeconds);
      const gone = await deleteGeneration(connection, caller.workspace, id);
      return gone === 'unfinished' ? gone : gone === 'deleted';
    },
    wait,
    keep: ({ workspace }, source: AssetSource) => whileOpen(() => assets.keep(workspace, source)),
    asset: ({ workspace }, sha256) => findAsset(connection, workspace, sha256),
    draftFacts: ({ workspace }, request) => drafts.facts(workspace, request),
    cutout: ({ workspace }, sha256) => drafts.cutout(workspace, sha256),
    speak: (line) => drafts.speak(line),
    nameAsset: ({ workspace }, upload) => keepUpload(connection, workspace, upload),
    assets: ({ workspace }, page) => listAssets(connection, workspace, page),
    events: ({ workspace }, which, signal) =>
      followEvents(connection, bell, workspace, which, AbortSignal.any([signal, closing.signal])),
    async close() {
      closing.abort();
      bell.close();
      drafts.close();
      await worker.close();
      await Promise.allSettled(busy);
      await measurer.close();
      await work.remove();
    },
  };
}

/** What is deleted is stopped first; a child that draws ends within moments. */
const mostEndSeconds = 10;

function isOver(state: State): boolean {
  return stateTable[state].terminal;
}
