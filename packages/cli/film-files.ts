import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Download } from '@refreel/sdk';
import { placeFilm, unwritable } from '@refreel/server/film-place';

/** A film that was written. */
export interface FilmFile {
  /** 1 is the first of its generation. */
  readonly film: number;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string | null;
}

/** Refuses a place that nothing can be written to, before anything is asked for. @throws Refusal */
export async function assertWritable(output: string): Promise<void> {
  await (await placeFilm(resolve(output))).discard();
}

/** Writes a download to its place, which holds all of it or what was there before. @throws Refusal, or what the download threw */
export async function writeFilm(
  { stream, bytes, sha256 }: Download,
  film: number,
  output: string,
  onProgress: (received: number, of: number) => void,
): Promise<FilmFile> {
  const file = resolve(output);
  const place = await placeFilm(file);
  let received = 0;
  try {
    const opened = await writing(file, open(place.temporary, 'wx'));
    try {
      for await (const chunk of stream) {
        await writing(file, append(opened, chunk));
        received += chunk.length;
        onProgress(received, bytes ?? received);
      }
    } finally {
      await opened.close();
    }
    await place.keep();
  } catch (error) {
    await place.discard();
    throw error;
  }
  return { film, file, bytes: received, sha256: sha256 ?? null };
}

async function append(opened: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await opened.write(chunk, at)).bytesWritten;
}

async function writing<Value>(file: string, work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw unwritable(file, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}
