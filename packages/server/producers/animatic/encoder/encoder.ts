import type { Language } from '@refreel/core/model';

/** What a film is, apart from its pictures and its sound. */
export interface FilmFormat {
  /** Pixels, even, 16 or more. */
  readonly width: number;
  /** Pixels, even, 16 or more. */
  readonly height: number;
  /** Frames a second: a whole number, or an NTSC rate such as 23.976 or 24000/1001 (see `frameRateOf`). */
  readonly fps: number;
  /** With a sound track. Without one the file has no sound track at all, not a silent one. */
  readonly audio: boolean;
  readonly title?: string | undefined;
  /** Says what the film is: a draft, never a vendor's film. */
  readonly comment: string;
  /** Language of the sound track. */
  readonly language?: Language | undefined;
}

/** x264's presets, quick to thorough. */
export const presets = ['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow'] as const;
export type Preset = (typeof presets)[number];

/** How a film is encoded. The same settings and input give the same bytes, on the same build of the encoder. */
export interface EncodeSettings {
  readonly preset: Preset;
  /** x264's constant rate factor: 0 is lossless, 51 the worst. */
  readonly crf: number;
  /** Threads of the picture encoder; they change the bytes, so they are never read from the machine. */
  readonly threads: number;
  /** Numbers of the frames that start a shot: each is made an IDR frame, so that a player can seek there at once. */
  readonly keyframes: readonly number[];
}

/** What a draft is encoded with unless something else is asked for. */
export const defaultEncodeSettings: EncodeSettings = { preset: 'veryfast', crf: 20, threads: 2, keyframes: [0] };

/** What was written. */
export interface EncodedFilm {
  readonly frames: number;
  readonly bytes: number;
}

/**
 * One film that is being written. A method that rejects with an `EncodeError` has removed what was written; every later call
 * but `abort` rejects with the same error.
 */
export interface EncoderSession {
  /**
   * The next frame: tight planar I420 (BT.709, limited range), `width * height * 3 / 2` bytes, read where they are: they must not
   * change before it resolves. It encodes on other threads; paint the next frame into other memory meanwhile, and await this one
   * before that one is given.
   */
  video(i420: Uint8Array): Promise<void>;
  /**
   * The whole film's sound: 48 kHz, -1 to 1, `soundSamples(frames, fps)` samples a side, which must not change any more. Once,
   * before, between or after the frames; before the first is the quickest.
   */
  audio(left: Float32Array, right: Float32Array): void;
  /** Completes the file: nothing is left in memory and the index stands at the front. */
  finish(): Promise<EncodedFilm>;
  /** Stops and removes what was written. Harmless after a failure and when called twice; removes nothing after `finish`. */
  abort(): Promise<void>;
}

/**
 * Makes MP4 files: H.264 High, yuv420p, BT.709 limited range, AAC-LC 48 kHz stereo, closed GOPs, index first, no time stamps.
 */
export interface Encoder {
  readonly name: 'node-av' | 'ffmpeg';
  /**
   * Starts a film at the path, which is overwritten; give a temporary one and rename it. Rejects with an `EncodeError`, or with a
   * `RangeError` for a format or settings that no film can have.
   */
  open(file: string, format: FilmFormat, settings: EncodeSettings): Promise<EncoderSession>;
}

/**
 * - `disk-full`: no room for the film (or a quota, or a limit on file sizes).
 * - `not-writable`: nothing can be written at the path: no such folder, no permission, a folder itself.
 * - `encoder-missing`: the program or library, or its H.264 or AAC part, is not on this machine.
 * - `failed`: anything else; the message says what the encoder said.
 */
export type EncodeFailure = 'disk-full' | 'not-writable' | 'encoder-missing' | 'failed';

/** Why a film could not be written. */
export class EncodeError extends Error {
  override readonly name = 'EncodeError';
  readonly code: EncodeFailure;
  /** The path that was to be written. */
  readonly file: string;

  constructor(code: EncodeFailure, file: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.file = file;
  }
}
