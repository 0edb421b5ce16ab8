import type { Event, Generation } from '@refreel/sdk';
import { type FilmFile, writeFilm } from './film-files.ts';
import { numbered } from './film-place.ts';
import type { AwaitFlags } from './flags.ts';
import type { Server } from './server.ts';
import type { Progress } from './show/progress.ts';
import { languageFrom, say } from './show/words.ts';

/** What following a generation needs. */
export interface Course {
  readonly server: Server;
  readonly progress: Progress;
  readonly flags: AwaitFlags & { readonly lang?: string };
  readonly signal: AbortSignal;
}

/** A vendor that lists what it has may settle it by then; after that a person is what it waits for. */
const unconfirmedMilliseconds = 20_000;

/**
 * Waits until a generation has ended, or until only a person can say whether a vendor has it, and shows how far it is.
 * @throws RefreelError, or the signal's reason
 */
export async function waitFor(id: string, { server, progress, flags, signal }: Course): Promise<Generation> {
  const language = languageFrom(flags.lang);
  const shares = new Map<number, number>();
  const patience = new AbortController();
  let leaving: NodeJS.Timeout | undefined;
  const onEvent = ({ kind, data }: Event) => {
    if (kind === 'generation.state') {
      clearTimeout(leaving);
      if (data.state === 'unconfirmed') leaving = setTimeout(() => patience.abort(), unconfirmedMilliseconds);
    }
    if (kind === 'attempt.state' && data.replaces !== undefined) shares.delete(data.replaces);
    if (kind === 'attempt.state') shares.set(data.index, shares.get(data.index) ?? 0);
    if (kind === 'attempt.progress') shares.set(data.index, data.progress.share);
    const all = [...shares.values()];
    const sum = all.reduce((one, other) => one + other, 0);
    progress.show(say(sum > 0 ? 'making' : 'waiting', language), sum, Math.max(1, all.length));
  };
  progress.show(say('waiting', language), 0, 1);
  try {
    return await server.refreel.generations.wait(id, { signal: AbortSignal.any([signal, patience.signal]), onEvent });
  } catch (error) {
    if (signal.aborted || !patience.signal.aborted) throw error;
    return await server.refreel.generations.get(id, { signal });
  } finally {
    clearTimeout(leaving);
  }
}

/** Downloads films of a generation: all, or the one of that index. Several are numbered. @throws RefreelError, Refusal, or the signal's reason */
export async function downloadFilms(
  { id, films }: Pick<Generation, 'id' | 'films'>,
  output: string,
  { server, progress, flags, signal }: Course,
  only?: number,
): Promise<FilmFile[]> {
  const label = say('downloading', languageFrom(flags.lang));
  const wanted = only === undefined ? films.map(({ index }) => index) : [only];
  const written: FilmFile[] = [];
  for (const [at, film] of wanted.entries()) {
    const download = await server.refreel.generations.download(id, { film, signal });
    const place = wanted.length === 1 ? output : numbered(output, film + 1);
    const onProgress = (received: number, of: number) =>
      progress.show(label, at + received / Math.max(1, of), wanted.length);
    written.push(await writeFilm(download, film + 1, place, onProgress));
  }
  return written;
}
