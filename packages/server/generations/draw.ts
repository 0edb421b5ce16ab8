import { rm } from 'node:fs/promises';
import { review } from '@refreel/core/authoring';
import {
  type Film,
  type MediaFacts,
  mediaOfRequest,
  type Problem,
  problem,
  Refusal,
  type Request,
} from '@refreel/core/model';
import { fullDisk, type WorkFolder } from '../assets/index.ts';
import type { Animatic, DrawnFilm, Measurer } from '../producers/animatic/index.ts';
import { type ClaimedAttempt, type Files, findGeneration, type Json, type NewFilm } from '../store/index.ts';
import { assetHash } from './asset-hash.ts';
import { regionOf } from './quoted.ts';
import { type MediaRoom, settleMedia } from './settle-media.ts';

export interface DrawingRoom extends MediaRoom {
  readonly files: Files;
  readonly work: WorkFolder;
  readonly measurer: Measurer;
  readonly openAnimatic: () => Promise<Animatic>;
}

/** How far a film is; `share` is of all films of the attempt, 0 to 1. */
export type DrawProgress = { readonly share: number; readonly frames: number; readonly of: number };

/** The films of one attempt, drawn and not stored yet. */
export interface DrawnAttempt {
  /** Verifies and stores them. @throws Refusal */
  keep(): Promise<NewFilm[]>;
  /** Removes what was drawn. */
  discard(): Promise<void>;
}

/** The largest seed that a request may have. */
const mostSeed = 2_147_483_647;

/** Draws the films of an attempt whose media are stored. @throws Refusal; a stop ends the child, and what it was at is refused as cancelled */
export async function drawAttempt(
  room: DrawingRoom,
  { claim, request }: ClaimedAttempt,
  signal: AbortSignal,
  onProgress: (progress: DrawProgress & Json) => void,
): Promise<DrawnAttempt> {
  const { workspace, generationId } = claim;
  const animatic = await room.openAnimatic();
  // Closed again below, where a failure is heard.
  const stop = () => void animatic.close().catch(() => {});
  signal.addEventListener('abort', stop);
  const drawn: DrawnFilm[] = [];
  const discard = async () => {
    for (const { file } of drawn) await rm(file, { force: true });
  };
  try {
    signal.throwIfAborted();
    const generation = await findGeneration(room.connection, workspace, { id: generationId });
    const media = await settleMedia(room, workspace, request, 'look');
    const where = generation === undefined ? {} : regionOf(generation);
    const { film, problems } = review(request, media.facts, { ...where, advice: false });
    const refusals = [...media.problems, ...problems];
    if (refusals.length > 0 || film === undefined) throw new Refusal(...refusals);
    animatic.rehearse(request, film);
    const files = await filesOf(room.files, request);
    const begin = claim.index * film.count;
    for (let index = 0; index < film.count; index += 1) {
      const one = begin + index === 0 ? request : withSeed(request, begin + index);
      const made = await animatic.draw(one, film, media.facts, files, room.work.file('.mp4'), {
        onProgress: ({ frames, of }) => onProgress({ share: (index + frames / of) / film.count, frames, of }),
      });
      drawn.push(made);
    }
    return { keep: () => keepFilms(room, film, drawn, begin), discard };
  } catch (error) {
    await discard();
    throw error instanceof Refusal ? new Refusal(...error.problems.map(withoutPlaces)) : error;
  } finally {
    signal.removeEventListener('abort', stop);
    await animatic.close();
  }
}

/** Each film of several has a seed of its own. */
function withSeed(request: Request, number: number): Request {
  return { ...request, seed: ((request.seed ?? 0) + number) % (mostSeed + 1) };
}

/** Stored files are read where they lie; the child only reads. */
async function filesOf(files: Files, request: Request): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { media, path } of mediaOfRequest(request)) {
    const hash = assetHash(media);
    const file = hash === undefined ? undefined : await files.localPath(hash);
    if (file === undefined) throw new Refusal(problem('media_missing', path, { found: media }));
    found[media] = file;
  }
  return found;
}

/** Every film is looked at by another process than the one that made it, then stored. */
async function keepFilms(
  room: DrawingRoom,
  film: Film,
  drawn: readonly DrawnFilm[],
  begin: number,
): Promise<NewFilm[]> {
  const films: NewFilm[] = [];
  for (const [index, { file, frames }] of drawn.entries()) {
    const looked = await room.measurer.measure({ file, path: '', name: 'film', fully: false });
    if (looked.facts === undefined) throw new Refusal(looked.problem);
    const wrong = differs(looked.facts, film, frames);
    if (wrong !== undefined) throw new Refusal(problem('render_failed', '', { found: wrong }));
    const stored = await room.files.put({ file });
    const { mediaType } = looked.facts;
    films.push({ index: begin + index, ...stored, mediaType, facts: { ...looked.facts, frames } });
  }
  return films;
}

/** What is not as it was planned. */
function differs(facts: MediaFacts, film: Film, frames: number): string | undefined {
  if (facts.kind !== 'video') return `it is ${facts.mediaType}`;
  if (facts.width !== film.width || facts.height !== film.height) return `it is ${facts.width}x${facts.height}`;
  if (film.audio !== facts.sound) return film.audio ? 'it has no sound' : 'it has sound';
  // Sound may last a little longer than the pictures.
  const seconds = frames / film.fps;
  if (Math.abs(facts.seconds - seconds) > 0.1 + 1 / film.fps) return `it lasts ${facts.seconds} s and not ${seconds} s`;
  return undefined;
}

/** Where files of this server lie is nobody's business. */
function withoutPlaces(found: Problem): Problem {
  if (found.code === 'disk_full') return fullDisk('film');
  if (found.code === 'output_unwritable') return problem(found.code, '', { ...found.values, found: 'film' });
  return found;
}
