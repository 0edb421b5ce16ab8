import { claim, completeBytes, diagnose, discard } from './destination.ts';
import type { EncodeError, EncoderSession, EncodeSettings, FilmFormat } from './encoder.ts';
import { assertEncodable, frameBytes, soundSamples } from './film-facts.ts';

/** What one library or program does for a session. The rules that every session keeps are in `openSession`. */
export interface EncoderDrive {
  /** Takes a frame; resolves when its bytes may change and another may come. */
  video(i420: Uint8Array, frame: number): Promise<void>;
  /** Takes the sound and returns at once; a failure shows in a later call. */
  audio(left: Float32Array, right: Float32Array): void;
  /** Encodes what is left, writes the index and lets go of the file. */
  finish(): Promise<void>;
  /** Lets go of everything at once, in whatever state it is. Never rejects. */
  stop(): Promise<void>;
}

/** A film that is to be written. */
export interface EncodeJob {
  readonly file: string;
  readonly format: FilmFormat;
  readonly settings: EncodeSettings;
}

/**
 * A session over a drive: order and sizes are checked, failures become an `EncodeError` and leave nothing behind.
 * `leftovers` are files beside the film that the drive may have made.
 */
export async function openSession(
  job: EncodeJob,
  start: (job: EncodeJob) => Promise<EncoderDrive>,
  leftovers: readonly string[] = [],
): Promise<EncoderSession> {
  const { file, format, settings } = job;
  assertEncodable(format, settings);
  await claim(file);
  let frames = 0;
  let samples: number | undefined;
  let state: 'open' | 'busy' | 'finished' | 'aborted' = 'open';
  let failure: EncodeError | undefined;

  const drive = await start(job).catch(async (error: unknown) => {
    const reason = await diagnose(error, file);
    await discard([file, ...leftovers]);
    throw reason;
  });

  function assertOpen(): void {
    if (failure) throw failure;
    if (state !== 'open') throw new Error(`the session is ${state}: await each call before the next`);
  }

  /** Runs one step; afterwards the session is open again, or has failed and cleaned up. */
  async function step<Result>(action: () => Promise<Result>, next: 'open' | 'finished'): Promise<Result> {
    state = 'busy';
    const outcome = await action().then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    );
    // An abort in the meantime has removed the film; how the step ended is of no interest any more.
    if (state !== 'busy') throw new Error('the session was aborted');
    if ('result' in outcome) {
      state = next;
      return outcome.result;
    }
    await drive.stop();
    failure = await diagnose(outcome.error, file);
    await discard([file, ...leftovers]);
    state = 'aborted';
    throw failure;
  }

  function assertFits(): void {
    if (frames === 0) throw new RangeError('a film needs at least one frame');
    const late = settings.keyframes.find((frame) => frame >= frames);
    if (late !== undefined) throw new RangeError(`keyframe ${late} is not one of the film's ${frames} frames`);
    if (!format.audio) return;
    const wanted = soundSamples(frames, format.fps);
    if (samples === undefined || Math.abs(samples - wanted) > 1) {
      throw new RangeError(`${frames} frames need ${wanted} samples of sound, found ${samples ?? 'none'}`);
    }
  }

  return {
    async video(i420) {
      assertOpen();
      if (i420.byteLength !== frameBytes(format)) {
        throw new RangeError(`a frame needs ${frameBytes(format)} bytes, found ${i420.byteLength}`);
      }
      await step(() => drive.video(i420, frames), 'open');
      frames += 1;
    },
    audio(left, right) {
      assertOpen();
      if (!format.audio) throw new Error('the format says that this film has no sound');
      if (samples !== undefined) throw new Error('the sound was given already');
      if (left.length !== right.length) throw new RangeError(`left has ${left.length} samples, right ${right.length}`);
      samples = left.length;
      drive.audio(left, right);
    },
    async finish() {
      assertOpen();
      assertFits();
      const bytes = await step(async () => {
        await drive.finish();
        await discard(leftovers);
        return completeBytes(file);
      }, 'finished');
      return { frames, bytes };
    },
    async abort() {
      if (state === 'finished' || state === 'aborted') return;
      state = 'aborted';
      await drive.stop();
      await discard([file, ...leftovers]);
    },
  };
}
