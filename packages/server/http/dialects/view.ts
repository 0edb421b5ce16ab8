import { findCard } from '@refreel/core/catalog';
import type { FilmView, GenerationView } from '@refreel/core/dialects';
import type { VideoFacts } from '@refreel/core/model';
import { regionOf } from '../../generations/quoted.ts';
import type { ClockReading } from '../../sandbox/clock.ts';
import { startOf } from '../../sandbox/paced.ts';
import { lastAttempts, type StoredFilm, type WholeGeneration } from '../../store/index.ts';
import type { Content } from '../content.ts';
import { signAddress } from './address.ts';
import type { DialectCall } from './call.ts';

type Looking = Pick<DialectCall, 'dialect' | 'context' | 'clock' | 'caller' | 'parts' | 'base'>;

/** A generation as the dialect's answers are written from it, and what the handles of its films stand for. */
export interface Viewed {
  readonly view: GenerationView;
  readonly contents: ReadonlyMap<string, Content>;
}

/** Text that a database can look for. */
export function isStorable(text: string): boolean {
  return text.length <= 300 && !text.includes('\0') && text.isWellFormed();
}

/**
 * The caller's generation by its id in this dialect, as it is shown now. Undefined for one that is unknown, a stranger's, of another dialect
 * or region, or expired: nobody may tell which.
 */
export async function findShown(call: Looking, id: string, model?: string): Promise<WholeGeneration | undefined> {
  const { caller, parts, dialect, context, clock } = call;
  if (!isStorable(id)) return undefined;
  const found = await parts.generations.find(caller, { dialect: dialect.id, publicId: id });
  if (found === undefined || (model !== undefined && found.model !== model)) return undefined;
  // A vendor's regions know nothing of each other.
  if (context.region !== undefined && regionOf(found).region !== context.region) return undefined;
  const expiresAt = expiryOf(found, clock);
  return expiresAt !== undefined && clock.now >= expiresAt ? undefined : found;
}

export async function viewOf(call: Looking, generation: WholeGeneration): Promise<Viewed> {
  const { caller, parts, clock, base, dialect } = call;
  const { film, inputSeconds } = await parts.generations.facts(caller, generation);
  const time = (real: Date | null) => (real === null ? undefined : clock.shown(real));
  const expiresAt = expiryOf(generation, clock);
  const contents = new Map<string, Content>();
  const films = generation.films.map((stored): FilmView => {
    const { seconds, width, height } = stored.facts as unknown as VideoFacts;
    const handle = `film:${generation.id}/${stored.index}`;
    contents.set(handle, contentOf(generation, stored, clock));
    const of = {
      kind: 'films',
      workspace: caller.workspace,
      generationId: generation.id,
      index: stored.index,
    } as const;
    const url = signAddress(base, parts.signer('address'), of, expiresAt, '.mp4');
    return { index: stored.index, url, seconds, width, height, bytes: stored.bytes, handle };
  });
  const source =
    generation.remixOf === null ? undefined : await parts.generations.find(caller, { id: generation.remixOf });
  const view: GenerationView = {
    id: generation.publicId,
    model: generation.model,
    state: generation.state,
    echo: generation.echo as GenerationView['echo'],
    request: generation.request,
    film,
    createdAt: clock.shown(generation.createdAt),
    startedAt: time(startOf(generation)),
    finishedAt: time(generation.finishedAt),
    expiresAt,
    progress: progressOf(generation),
    films,
    problem:
      generation.state === 'failed'
        ? lastAttempts(generation.attempts).flatMap(({ problems }) => problems)[0]
        : undefined,
    inputSeconds,
    remixOf: source?.dialect === dialect.id ? source.publicId : undefined,
  };
  return { view, contents };
}

/** When a generation and its films' addresses die: by its model's card, counted from its end. */
export function expiryOf({ model, finishedAt }: WholeGeneration, clock: ClockReading): number | undefined {
  const seconds = findCard(model)?.expiry.seconds ?? null;
  return seconds === null || finishedAt === null ? undefined : clock.shown(finishedAt) + seconds * 1000;
}

function contentOf(generation: WholeGeneration, film: StoredFilm, clock: ClockReading): Content {
  const { sha256, mediaType, bytes, index } = film;
  const fileName = `${generation.publicId.replace(/[^\w.-]/g, '_')}-${index}.mp4`;
  return { sha256, mediaType, bytes, fileName, secondsLeft: secondsLeft(generation, clock) };
}

/** How long its films can still be had. */
export function secondsLeft(generation: WholeGeneration, clock: ClockReading): number | undefined {
  const expiresAt = expiryOf(generation, clock);
  return expiresAt === undefined ? undefined : (expiresAt - clock.now) / 1000;
}

function progressOf({ attempts, state }: WholeGeneration): number | undefined {
  if (state === 'done') return 1;
  const shares = lastAttempts(attempts).map(({ progress, state: own }) =>
    own === 'done' ? 1 : ((progress ?? {}) as { share?: number }).share,
  );
  if (shares.every((share) => share === undefined)) return undefined;
  return shares.reduce<number>((sum, share) => sum + (share ?? 0), 0) / shares.length;
}
