import { hostname } from 'node:os';
import { type Review, type ReviewOptions, review } from '@refreel/core/authoring';
import { problem, type Request, stateTable } from '@refreel/core/model';
import { type AssetSource, type Outcome, openAssets, openWorkFolder, refused } from '../assets/index.ts';
import type { FetchLimits, GuardedFetch } from '../fetch/index.ts';
import { type Animatic, type MeasurerOptions, openAnimatic, openMeasurer } from '../producers/animatic/index.ts';
import {
  cancelGeneration,
  type Database,
  type Files,
  findAsset,
  findGeneration,
  listAssets,
  listGenerations,
  type WholeGeneration,
  type WorkspaceId,
} from '../store/index.ts';
import { openBell } from './bell.ts';
import { rendersAtOnce } from './capacity.ts';
import { followEvents, lookEveryMilliseconds } from './follow-events.ts';
import { regionOf } from './quoted.ts';
import { remixRequest } from './remix.ts';
import type { Caller, GenerationFacts, Generations, Submission } from './service.ts';
import { settleMedia } from './settle-media.ts';
import { storeProblem, submitRequest } from './submit.ts';
import { startWorker } from './worker.ts';

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
  /** Told what went wrong in the background and is tried again. */
  readonly onError?: (error: unknown) => void;
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
  const { files, fetch, ownBases, limits = {}, onError = () => {} } = options;
  const { connection } = options.database;
  const work = await openWorkFolder(options.workFolder);
  const measurer = openMeasurer(options.measurer);
  const assets = openAssets({ connection, files, fetch, measurer, work, ownBases, limits: options.fetchLimits });
  const bell = openBell();
  const room = {
    ...{ connection, files, fetch, assets, work, measurer },
    openAnimatic: options.animatic ?? (() => openAnimatic({ memoryMegabytes: limits.renderMegabytes ?? 1500 })),
  };
  const worker = startWorker({
    room,
    name: `${hostname()} ${process.pid}`,
    renders: limits.renders ?? rendersAtOnce(),
    preparations: limits.preparations ?? 16,
    leaseSeconds: limits.leaseSeconds ?? 15,
    idleSeconds: limits.idleSeconds ?? 1,
    onChange: (workspace) => bell.ring(workspace),
    onError,
  });
  const closing = new AbortController();
  /** What is being accepted or measured. */
  const busy = new Set<Promise<unknown>>();
  const whileOpen = async <Value>(work: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> => {
    if (closing.signal.aborted) return refused(problem('server_stopping', ''));
    const doing = work().catch((error: unknown) => refused(storeProblem(error)));
    busy.add(doing);
    return await doing.finally(() => busy.delete(doing));
  };
  const submit = (caller: Caller, submission: Submission) =>
    whileOpen(async () => {
      const accepted = await submitRequest(room, caller, submission);
      if (!accepted.ok) return accepted;
      bell.ring(caller.workspace);
      worker.wake();
      return accepted;
    });
  const reviewOf = async (workspace: WorkspaceId, request: Request, asked: ReviewOptions): Promise<Review> => {
    const media = await settleMedia(room, workspace, request, 'look');
    const reviewed = review(request, media.facts, asked);
    return { ...reviewed, problems: [...media.problems, ...reviewed.problems] };
  };
  const facts = async ({ workspace }: Caller, generation: WholeGeneration): Promise<GenerationFacts> => {
    const { film, quote } = await reviewOf(workspace, generation.request, { ...regionOf(generation), advice: false });
    // The first line is of the film, the second, where there is one, of the input video.
    return { generation, film, inputSeconds: quote?.lines[1]?.seconds ?? 0 };
  };

  return {
    submit,
    facts,
    review: ({ workspace }, request, region) => reviewOf(workspace, request, region === undefined ? {} : { region }),
    async remix(caller, source, prompt, submission) {
      const filmOf = async (generation: WholeGeneration) => (await facts(caller, generation)).film;
      const remixed = await remixRequest(room, caller, source, prompt, filmOf);
      if (!remixed.ok) return remixed;
      const { request, notes } = remixed.value;
      return await submit(caller, { ...submission, request, notes: [...submission.notes, ...notes] });
    },
    find: ({ workspace }, name) => findGeneration(connection, workspace, name),
    list: ({ workspace }, filter) => listGenerations(connection, workspace, filter),
    async cancel({ workspace }, id) {
      const cancelled = await cancelGeneration(connection, workspace, id);
      if (cancelled?.changed) {
        worker.cancelled(id);
        bell.ring(workspace);
      }
      return cancelled;
    },
    async wait({ workspace }, id, seconds) {
      const until = performance.now() + seconds * 1000;
      for (;;) {
        const heard = new AbortController();
        const change = bell.heard(workspace, lookEveryMilliseconds, AbortSignal.any([heard.signal, closing.signal]));
        const found = await findGeneration(connection, workspace, { id }).catch((error: unknown) => {
          heard.abort();
          throw error;
        });
        const left = until - performance.now();
        if (found === undefined || stateTable[found.state].terminal || left <= 0 || closing.signal.aborted) {
          heard.abort();
          return found;
        }
        const timer = setTimeout(() => heard.abort(), left);
        await change;
        clearTimeout(timer);
      }
    },
    keep: ({ workspace }, source: AssetSource) => whileOpen(() => assets.keep(workspace, source)),
    asset: ({ workspace }, sha256) => findAsset(connection, workspace, sha256),
    assets: ({ workspace }, page) => listAssets(connection, workspace, page),
    events: ({ workspace }, after, signal) =>
      followEvents(connection, bell, workspace, after, AbortSignal.any([signal, closing.signal])),
    async close() {
      closing.abort();
      bell.close();
      await worker.close();
      await Promise.allSettled(busy);
      await measurer.close();
      await work.remove();
    },
  };
}
