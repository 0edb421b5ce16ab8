import type { VideoFacts } from '@refreel/core/model';
import { drawStills } from '../media/stills/stills.ts';
import type { Files, StoredFile, StoredFilm } from '../store/index.ts';

/** Which pictures of a film: one, or several side by side. */
export type StillKind = 'thumbnail' | 'spritesheet';

/** Pixels of the longer side of one picture, and how many there are: ours, as no document says either. */
const sheets = {
  thumbnail: { longSide: 640, columns: 1, rows: 1 },
  spritesheet: { longSide: 256, columns: 5, rows: 2 },
} as const;

/** Sheets that are drawn at once; each has a process. */
const atOnce = 2;
const drawing = new Set<Promise<unknown>>();

/** Draws stills of a stored film and stores them by their hash. No row names them: they are swept away and drawn again. */
export async function storeStills(files: Files, film: StoredFilm, kind: StillKind): Promise<StoredFile | undefined> {
  return await inTurn(() => draw(files, film, kind));
}

/** One picture of a stored film in its own size, as PNG: the frame that shows at `at` seconds, or the last. */
export async function drawFrame(files: Files, film: StoredFilm, at: number | undefined): Promise<Buffer | undefined> {
  const file = await files.localPath(film.sha256);
  if (file === undefined) return undefined;
  const { width, height } = film.facts as unknown as VideoFacts;
  const even = (pixels: number) => Math.max(2, 2 * Math.round(pixels / 2));
  return await inTurn(() => drawStills(file, { width: even(width), height: even(height), seconds: at ?? 'last' }));
}

async function inTurn<Value>(begin: () => Promise<Value>): Promise<Value> {
  while (drawing.size >= atOnce) await Promise.race(drawing);
  const work = begin();
  const ended = work.catch(() => {}).finally(() => drawing.delete(ended));
  drawing.add(ended);
  return await work;
}

async function draw(files: Files, film: StoredFilm, kind: StillKind): Promise<StoredFile | undefined> {
  const file = await files.localPath(film.sha256);
  if (file === undefined) return undefined;
  const { width, height } = film.facts as unknown as VideoFacts;
  const { longSide, columns, rows } = sheets[kind];
  const scale = Math.min(1, longSide / Math.max(width, height));
  const even = (pixels: number) => Math.max(2, 2 * Math.round((pixels * scale) / 2));
  const webp = await drawStills(file, { width: even(width), height: even(height), columns, rows });
  if (webp === undefined) return undefined;
  return await files.put(
    (async function* () {
      yield webp;
    })(),
  );
}
