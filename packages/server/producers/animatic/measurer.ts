import { type MediaFacts, type Problem, problem } from '@refreel/core/model';
import { ChildEnded } from '../../processes/guarded-child.ts';
import { makeTemporaryFolder } from '../../processes/temporary-folder.ts';
import { type AtelierProcess, openAtelierProcess } from './atelier-process.ts';
import { askAtelier } from './measure-request.ts';
import { endProblem, refusalProblem } from './refusals.ts';

/** How media are measured that are kept for later, whatever they will be used for. */
export interface MeasurerOptions {
  /** Child processes, each with one medium at a time: a slow one holds up one lane. Default 2. */
  readonly lanes?: number;
  /** Resident memory of each. Default 1,500. */
  readonly memoryMegabytes?: number;
  /** Longest time of one medium. Default 60. */
  readonly measureSeconds?: number;
  /** A child that had nothing to do for so long is ended. Default 60. */
  readonly idleSeconds?: number;
}

export interface MediumToMeasure {
  readonly file: string;
  /** Where it stands in what was asked, for the problem. */
  readonly path: string;
  /** How a person knows it. */
  readonly name: string;
  /** Look for the subject of a picture and for the pitch of a voice as well. */
  readonly fully: boolean;
}

/** Measures single files of unknown origin in guarded children. */
export interface Measurer {
  measure(
    medium: MediumToMeasure,
  ): Promise<{ readonly facts: MediaFacts } | { readonly problem: Problem; readonly facts?: undefined }>;
  /** The subject of a picture as WebP, its matte as alpha; the picture itself where nothing stands out. */
  cutOut(
    medium: Omit<MediumToMeasure, 'fully'>,
  ): Promise<{ readonly webp: Uint8Array } | { readonly problem: Problem; readonly webp?: undefined }>;
  close(): Promise<void>;
}

/** A child remembers what it cut out, 10 MB each: it is replaced before that counts. */
const mediaOfOneChild = 24;

interface Lane {
  atelier?: AtelierProcess | undefined;
  measured: number;
  idle?: NodeJS.Timeout | undefined;
}

/** Children are started when they are needed first. */
export function openMeasurer(options: MeasurerOptions = {}): Measurer {
  const { lanes = 2, memoryMegabytes = 1500, measureSeconds = 60, idleSeconds = 60 } = options;
  const all = Array.from({ length: lanes }, (): Lane => ({ measured: 0 }));
  const free = [...all];
  const waiting: ((lane: Lane) => void)[] = [];
  const ending = new Set<Promise<void>>();
  let closed = false;

  const take = (): Promise<Lane> | Lane => {
    // One whose child is there already, if any.
    const index = Math.max(
      0,
      free.findIndex(({ atelier }) => atelier !== undefined),
    );
    const [lane] = free.splice(index, 1);
    if (lane === undefined) return new Promise((resolve) => waiting.push(resolve));
    clearTimeout(lane.idle);
    return lane;
  };
  const end = (lane: Lane) => {
    const gone = lane.atelier?.close().finally(() => ending.delete(gone!));
    lane.atelier = undefined;
    lane.measured = 0;
    if (gone !== undefined) ending.add(gone);
  };
  const give = (lane: Lane) => {
    if (closed || lane.measured >= mediaOfOneChild) end(lane);
    const next = waiting.shift();
    if (next !== undefined) return next(lane);
    if (!closed) lane.idle = setTimeout(() => end(lane), idleSeconds * 1000).unref();
    free.push(lane);
  };

  /** Runs work on one medium in a lane of its own. */
  const inLane = async <Answer>(path: string, work: (atelier: AtelierProcess) => Promise<Answer>) => {
    const lane = await take();
    try {
      if (closed) return { problem: problem('render_cancelled', path) };
      lane.atelier ??= openAtelierProcess(await makeTemporaryFolder('atelier'), {
        memoryMegabytes,
        measureSeconds,
        renderSeconds: measureSeconds * mediaOfOneChild,
      });
      lane.measured += 1;
      return await work(lane.atelier);
    } finally {
      give(lane);
    }
  };

  return {
    measure: ({ file, path, name, fully }) =>
      inLane(path, async (atelier) => {
        const question = { path, name, file: { media: path, file, cut: fully, pitch: fully } };
        const outcome = await askAtelier(atelier, question);
        return outcome.facts === undefined ? { problem: outcome.problem! } : { facts: outcome.facts };
      }),
    cutOut: ({ file, path, name }) =>
      inLane(path, async (atelier) => {
        try {
          const answer = await atelier.cut(file);
          return answer.ok ? { webp: answer.webp } : { problem: refusalProblem(path, name, answer.refusal) };
        } catch (error) {
          if (error instanceof ChildEnded) return { problem: endProblem(path, error.end) };
          throw error;
        }
      }),
    async close() {
      closed = true;
      for (const lane of all) {
        clearTimeout(lane.idle);
        end(lane);
      }
      await Promise.all(ending);
    },
  };
}
