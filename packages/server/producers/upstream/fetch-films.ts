import { rm } from 'node:fs/promises';
import type { SeenFilm } from '@refreel/core/dialects';
import { type Film, type Problem, problem, type VideoFacts } from '@refreel/core/model';
import { originOf } from '../../accounts/index.ts';
import { type FetchRefusal, type FetchRefusalCode, isRefusal } from '../../fetch/index.ts';
import type { NewFilm } from '../../store/index.ts';
import { contextOf } from './compose.ts';
import type { Course } from './course.ts';
import { failedStep, type Going, moveTo, type Sender, type Step } from './step.ts';

/** Films that are paid for and are to be brought in. */
export interface Fetching {
  readonly films: readonly SeenFilm[];
  /** What was asked for; undefined where that cannot be said any more. */
  readonly wanted: Film | undefined;
  /** Seconds for which their addresses live, since they were first seen. */
  readonly expirySeconds: number;
}

/** Transfers of one film in one step. */
const tries = 5;
/** After so many steps whose reason will be the same the next time, no more are made. */
const mostHopeless = 3;

/**
 * Brings films in: each is fetched, looked at by another process and stored. Nothing is asked of the vendor's generation, whatever happens
 * to a download: it is tried again until the addresses are dead. What came in before is not fetched again. Throws the signal's reason.
 */
export async function fetchFilms(
  sender: Sender,
  { place, course }: Going,
  { films, wanted, expirySeconds }: Fetching,
  signal: AbortSignal,
): Promise<Step> {
  const kept: NewFilm[] = [];
  const brought: NonNullable<Course['brought']> = [];
  const problems: Problem[] = [];
  let why: { readonly found: string; readonly hopeless: boolean } | undefined;
  const begin = place * (wanted?.count ?? 1);
  for (const [index, film] of films.entries()) {
    const before = course.brought?.find(({ at }) => at === index);
    const isHere = before !== undefined && (await sender.files.has(before.sha256));
    const fetched = isHere ? before : await fetchFilm(sender, film, signal);
    if ('found' in fetched) {
      why ??= fetched;
      problems.push(problem('film_unfetched', '', { index: index + 1, found: fetched.found }));
      continue;
    }
    const { facts, sha256, bytes } = fetched;
    brought.push({ at: index, sha256, bytes, facts });
    kept.push({ index: begin + kept.length, sha256, bytes, mediaType: facts.mediaType, facts: { ...facts } });
    const differs = wanted === undefined ? undefined : differenceOf(facts, wanted, index);
    if (differs !== undefined) problems.push(differs);
  }
  if (why !== undefined) {
    const unfetched = (course.unfetched ?? 0) + 1;
    const age = (Date.now() - (course.seenAt ?? Date.now())) / 1000;
    if (!(why.hopeless && unfetched >= mostHopeless) && age < expirySeconds)
      return waitWith(unfetched, { ...course, unfetched, ...(brought.length > 0 && { brought }) });
    if (kept.length === 0) return failedStep('yes', ...problems);
  }
  const count = wanted?.count ?? films.length;
  if (films.length < count) problems.push(problem('film_missing', '', { limit: count, found: films.length }));
  if (kept.length === 0) return failedStep('yes', ...problems);
  const { billedSeconds } = course;
  return moveTo('done', { films: kept, billed: 'yes', billedSeconds, problems, progress: { share: 1 } });
}

function waitWith(times: number, course: Course): Step {
  return { is: 'wait', seconds: Math.min(300, 2 ** Math.min(times, 9)), course };
}

type Fetched =
  | { readonly sha256: string; readonly bytes: number; readonly facts: VideoFacts }
  | { readonly found: string; readonly hopeless: boolean };

async function fetchFilm(sender: Sender, film: SeenFilm, signal: AbortSignal): Promise<Fetched> {
  const brought = film.bytes ?? (await download(sender, film.url, signal));
  if (typeof brought !== 'string') return brought;
  try {
    signal.throwIfAborted();
    const looked = await sender.verify(brought);
    if ('problem' in looked) return { found: looked.problem.code, hopeless: true };
    const { facts } = looked;
    if (!(facts.seconds > 0)) return { found: 'it has no length', hopeless: true };
    return { ...(await sender.files.put({ file: brought })), facts };
  } finally {
    await rm(brought, { force: true });
  }
}

/** A new file with the film, or why there is none. */
async function download(
  sender: Sender,
  url: string,
  signal: AbortSignal,
): Promise<string | Exclude<Fetched, { facts: unknown }>> {
  const { account, fetch, limits, newFile } = sender;
  const file = newFile('.mp4');
  const own = url.startsWith('/');
  const result = await fetch.downloadPaid(
    own ? account.baseUrl + url : url,
    { file },
    {
      bytes: limits.filmBytes,
      totalSeconds: limits.filmSeconds,
      idleSeconds: 30,
      redirects: 5,
      accept: ['video'],
      tries,
    },
    // A signed address says by itself who may read it; the key goes only where the dialect says that it is asked for.
    { origin: originOf(account), headers: own ? account.key.headers(account.dialect) : {} },
    signal,
  );
  if (!isRefusal(result)) return file;
  return { found: account.key.hide(words(result)), hopeless: hopeless.has(result.code) };
}

function words({ code, found }: FetchRefusal): string {
  return found === undefined ? code : `${code} ${found}`;
}

/** What will not be otherwise the next time. */
const hopeless: ReadonlySet<FetchRefusalCode> = new Set<FetchRefusalCode>([
  'url_invalid',
  'url_scheme',
  'url_credentials',
  'url_port',
  'address_forbidden',
  'redirect_loop',
  'redirect_forbidden',
  'too_large',
  'content_type',
  'encoding',
]);

/** A film that was paid for is kept as it came; what is not as it was asked for is told. */
function differenceOf(facts: VideoFacts, wanted: Film, index: number): Problem | undefined {
  const tell = (found: string, limit: string) => problem('film_differs', '', { index: index + 1, found, limit });
  const { width, height, seconds } = wanted;
  if (facts.width !== width || facts.height !== height)
    return tell(`${facts.width}x${facts.height}`, `${width}x${height}`);
  // Encoders round to whole frames, and sound may last a little longer.
  if (Math.abs(facts.seconds - seconds) > 0.5) return tell(`${facts.seconds} s`, `${seconds} s`);
  return undefined;
}

/** Says to the vendor that the films are stored here; it may delete them then. What comes of it matters to nobody. */
export async function tellComplete(sender: Sender, course: Course): Promise<void> {
  const { account, wire, limits } = sender;
  const ask = account.dialect.voyage.complete?.(course.voyage ?? null, contextOf(account));
  if (ask !== undefined) await wire.ask(ask, undefined, { seconds: limits.lookSeconds });
}
