import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Writable } from 'node:stream';
import { soundDescriptor } from './ffmpeg-arguments.ts';

/**
 * Path of the `ffmpeg` to run: `REFREEL_FFMPEG` where it is set (and then no other), else the first on `PATH`. Undefined when there
 * is none that can be run.
 */
export async function findFfmpeg(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const named = environment.REFREEL_FFMPEG;
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const candidate of named ? [named] : folders.map((folder) => join(folder, name))) {
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

/** Whether the program has the encoders that a film needs. */
export async function hasEncoders(program: string): Promise<boolean> {
  const child = spawn(program, ['-hide_banner', '-v', 'error', '-encoders'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  return / libx264 /.test(text) && / aac /.test(text);
}

/** A running `ffmpeg`. */
export interface FfmpegProcess {
  /** Writes to standard input; resolves when the bytes have left this process, so that their memory may change. */
  writePictures(bytes: Uint8Array): Promise<void>;
  /** Writes everything to the second input and ends it. A failure shows in `finish`. */
  writeSound(bytes: Uint8Array): void;
  /** Ends standard input and waits for the exit. Rejects with what `ffmpeg` said unless it ended well. */
  finish(): Promise<void>;
  /** Ends it at once. Never rejects. */
  kill(): Promise<void>;
}

/** Starts the program; one that cannot be started shows in the first call that waits. */
export function startFfmpeg(program: string, args: readonly string[]): FfmpegProcess {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe', 'pipe'] });
  const pictures = child.stdin as Writable;
  const sound = child.stdio[soundDescriptor] as Writable;
  const ended = outcomeOf(child);
  // A program that ends early breaks its pipes; why it ended is what matters, and `ended` knows that.
  pictures.on('error', () => {});
  sound.on('error', () => {});

  return {
    async writePictures(bytes) {
      const written = await new Promise<boolean>((resolve) => pictures.write(bytes, (error) => resolve(!error)));
      if (written) return;
      await ended;
      throw new Error('ffmpeg ended before it had every frame');
    },
    writeSound(bytes) {
      sound.end(bytes);
    },
    async finish() {
      pictures.end();
      await ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended.catch(() => {});
    },
  };
}

/** The last words of a failing program, which name the fault; what came before is repetition. */
const keptCharacters = 4_000;

function outcomeOf(child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    said = (said + part).slice(-keptCharacters);
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      // The system ends a program that writes past its limit on file sizes.
      else if (signal === 'SIGXFSZ') reject(Object.assign(new Error('ffmpeg wrote past a limit'), { code: 'EFBIG' }));
      else reject(new Error(`ffmpeg ended with ${signal ?? code}: ${said.trim()}`));
    });
  });
  ended.catch(() => {});
  return ended;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
