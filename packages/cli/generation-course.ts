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

/** Waits until a generation has ended, and shows how far it is. @throws RefreelError, or the signal's reason */
export async function waitFor(id: string, { server, progress, flags, signal }: Course): Promise<Generation> {
  const language = languageFrom(flags.lang);
  const shares = new Map<number, number>();
  const onEvent = ({ kind, data }: Event) => {
    if (kind === 'attempt.state') shares.set(data.index, shares.get(data.index) ?? 0);
    if (kind === 'attempt.progress') shares.set(data.index, data.progress.share);
    const all = [...shares.values()];
    const sum = all.reduce((one, other) => one + other, 0);
    progress.show(say(sum > 0 ? 'making' : 'waiting', language), sum, Math.max(1, all.length));
  };
  progress.show(say('waiting', language), 0, 1);
  return await server.refreel.generations.wait(id, { signal, onEvent });
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
