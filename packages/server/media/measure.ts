import type { MediaFacts } from '@refreel/core/model';
import { type Admitted, admit } from './admit.ts';
import { hashFile } from './hash.ts';
import { defaultLimits, type MeasureLimits } from './limits.ts';
import { measurePicture } from './measure-picture.ts';
import { type MediaRefusal, MediaRefused } from './refusal.ts';

export type MeasureResult =
  | { readonly ok: true; readonly facts: MediaFacts }
  | { readonly ok: false; readonly refusal: MediaRefusal };

/**
 * Measures a file of unknown origin. What it is, is read from its bytes and never from its name; its decoder is forced from that; a
 * frame of it is decoded as proof. Nothing that the file refers to is opened. Runs in a child process whose parent holds the time.
 */
export async function measureFile(file: string, limits: MeasureLimits = defaultLimits): Promise<MeasureResult> {
  try {
    const admitted = admit(file, limits.bytes);
    const measures =
      admitted.sniffed.kind === 'image'
        ? await measurePicture(admitted, limits)
        : await measureTracks(admitted, limits);
    return { ok: true, facts: { ...measures, bytes: admitted.bytes, sha256: await hashFile(file) } };
  } catch (error) {
    if (error instanceof MediaRefused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

// Loaded only for films and sounds: FFmpeg is 30 MB that a picture does not need.
const measureTracks = async (admitted: Admitted, limits: MeasureLimits) =>
  (await import('./measure-track.ts')).measureTracks(admitted, limits);
