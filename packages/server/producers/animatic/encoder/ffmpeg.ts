import { EncodeError, type Encoder } from './encoder.ts';
import { encodeArguments, joinArguments } from './ffmpeg-arguments.ts';
import { type FfmpegProcess, findFfmpeg, hasEncoders, startFfmpeg } from './ffmpeg-process.ts';
import { type EncodeJob, type EncoderDrive, openSession } from './session.ts';

/**
 * FFmpeg as a program of the machine, found by `findFfmpeg`. Pictures go in by a pipe, the sound by another. Sound that is given
 * before the first frame is encoded along with the pictures; sound that comes later is joined to them in a second, short run,
 * because a program that waits for sound takes no pictures.
 */
export const ffmpegEncoder: Encoder = {
  name: 'ffmpeg',
  open: (file, format, settings) => openSession({ file, format, settings }, startDrive, [picturesBeside(file)]),
};

/** Pictures that still wait for their sound. */
function picturesBeside(file: string): string {
  return `${file}.pictures`;
}

async function startDrive(job: EncodeJob): Promise<EncoderDrive> {
  const { file, format } = job;
  const program = await findFfmpeg();
  if (!program) throw new EncodeError('encoder-missing', file, 'no ffmpeg on PATH or at REFREEL_FFMPEG');
  let running: FfmpegProcess | undefined;
  let sound: Uint8Array | undefined;
  let joined = false;
  let stopped = false;

  /** A failure of a build of FFmpeg that lacks an encoder is told apart from one of this film. */
  async function explained(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (await hasEncoders(program!)) throw error;
      throw new EncodeError('encoder-missing', file, `${program} has no libx264 or no aac`, error);
    }
  }

  function start(): FfmpegProcess {
    joined = !format.audio || sound !== undefined;
    const target = joined ? file : picturesBeside(file);
    const ffmpeg = startFfmpeg(program!, encodeArguments(job, target, sound !== undefined));
    if (sound) ffmpeg.writeSound(sound);
    return ffmpeg;
  }

  return {
    video(i420) {
      return explained(() => {
        running ??= start();
        return running.writePictures(i420);
      });
    },
    audio(left, right) {
      sound = interleave(left, right);
    },
    finish() {
      return explained(async () => {
        await running?.finish();
        if (joined || !sound || stopped) return;
        running = startFfmpeg(program, joinArguments(job, picturesBeside(file)));
        running.writeSound(sound);
        await running.finish();
      });
    },
    async stop() {
      stopped = true;
      await running?.kill();
    },
  };
}

/** Left and right by turns, as 32-bit floats of this machine's order: little-endian wherever Node runs. */
function interleave(left: Float32Array, right: Float32Array): Uint8Array {
  const samples = new Float32Array(left.length * 2);
  for (let index = 0; index < left.length; index += 1) {
    samples[index * 2] = left[index]!;
    samples[index * 2 + 1] = right[index]!;
  }
  return new Uint8Array(samples.buffer);
}
