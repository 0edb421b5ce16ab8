import { stat } from 'node:fs/promises';
import type { FitTarget } from '@refreel/core/model';
import { readSound } from '../audio.ts';
import { MediaRefused } from '../refusal.ts';
import { openClip } from '../video-frames.ts';
import { writeFilm } from './write-film.ts';

type FilmTarget = Extract<FitTarget, { kind: 'video' }>;

/** Bits a second of the sound. */
const soundBits = 160_000;
/** Of the bytes that there may be: what the pictures aim at. A rate control misses short and restless films, which are tried again. Ours. */
const shares = [0.85, 0.65, 0.45];

/** Writes a film anew as H.264 and AAC, from its start. Throws `MediaRefused`. */
export async function fitFilm(file: string, into: string, to: FilmTarget): Promise<void> {
  const { seconds, mostBytes } = to;
  if (mostBytes === undefined) return await writeAnew(file, into, to, undefined);
  for (const share of shares) {
    await writeAnew(file, into, to, (mostBytes * 8 * share) / seconds - (to.sound ? soundBits : 0));
    if ((await stat(into)).size <= mostBytes) return;
  }
  const found = (await stat(into)).size;
  throw new MediaRefused({ code: 'media_too_large', unit: 'bytes', limit: mostBytes, found });
}

async function writeAnew(file: string, into: string, to: FilmTarget, mostBits: number | undefined): Promise<void> {
  const { width, height, seconds, fps } = to;
  const clip = await openClip(file, { width, height });
  try {
    const sound = to.sound ? await readSound(file, { seconds }) : undefined;
    // A length that is a whole number of frames but for binary dust keeps its last one.
    const frames = Math.max(1, Math.floor(seconds * fps + 0.001));
    await writeFilm(into, { width, height, fps, frames, sound, soundBits, mostBits }, (index) =>
      clip.frameAt(Math.min(index / fps, clip.seconds - 0.001)),
    );
  } finally {
    clip.close();
  }
}
