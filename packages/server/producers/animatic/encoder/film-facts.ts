import type { Language } from '@refreel/core/model';
import { type EncodeSettings, type FilmFormat, presets } from './encoder.ts';

/** Frames a second as a fraction. */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

/** Samples a second of every film's sound. */
export const soundRate = 48_000;

/** Bits a second of the AAC track. */
export const soundBitRate = 160_000;

/**
 * Which of the ways FFmpeg's AAC encoder looks for its quantisers. At this many bits a second `fast` is not only three times as fast as
 * the usual `twoloop` (31 ms for five seconds of film instead of 108) but nearer to what it is given: below 3 kHz, where speech is,
 * its error was 7 to 19 dB lower in the sample film.
 */
export const soundCoder = 'fast';

/**
 * Ticks a second of the MP4's own clock. The usual 1000 rounds lengths to milliseconds; this is a multiple of every frame rate
 * and of the sound's rate, so that lengths and edit lists are exact.
 */
export const movieTimescale = 240_000;

/** ISO 639-2 codes, the only ones an MP4 track can carry. */
export const trackLanguages: Readonly<Record<Language, string>> = { en: 'eng', zh: 'zho' };

/**
 * The exact fraction for a number of frames a second: whole numbers are themselves, and a number within 0.001 of an NTSC rate
 * (23.976, 29.97, 59.94) is that rate over 1001. Throws a `RangeError` for any other.
 */
export function frameRateOf(fps: number): FrameRate {
  if (Number.isInteger(fps) && fps >= 1 && fps <= 240) return { numerator: fps, denominator: 1 };
  const nearest = Math.ceil(fps);
  if (nearest >= 24 && nearest <= 240 && Math.abs(fps - (nearest * 1000) / 1001) < 0.001) {
    return { numerator: nearest * 1000, denominator: 1001 };
  }
  throw new RangeError(`${fps} frames a second is neither a whole number from 1 to 240 nor an NTSC rate`);
}

/** Samples that last as long as the frames, rounded to the nearest. */
export function soundSamples(frames: number, fps: number): number {
  const { numerator, denominator } = frameRateOf(fps);
  return Math.round((frames * denominator * soundRate) / numerator);
}

/** Frames from one IDR frame to the next at most: two seconds, so that scrubbing stays quick. */
export function keyframeSpacing(fps: number): number {
  return Math.round(fps * 2);
}

/** Bytes of one I420 frame. */
export function frameBytes(format: FilmFormat): number {
  return (format.width * format.height * 3) / 2;
}

/** Throws a `RangeError` for what no film can have: these are faults of the caller, not of the machine. */
export function assertEncodable(format: FilmFormat, settings: EncodeSettings): void {
  for (const side of ['width', 'height'] as const) {
    const pixels = format[side];
    if (!Number.isInteger(pixels) || pixels % 2 !== 0 || pixels < 16 || pixels > 16_384) {
      throw new RangeError(`${side} must be an even number of pixels from 16 to 16384, found ${pixels}`);
    }
  }
  frameRateOf(format.fps);
  if (!presets.includes(settings.preset))
    throw new RangeError(`preset ${settings.preset} is not one of ${presets.join(', ')}`);
  if (!(settings.crf >= 0 && settings.crf <= 51)) throw new RangeError(`crf must be 0 to 51, found ${settings.crf}`);
  if (!Number.isInteger(settings.threads) || settings.threads < 1 || settings.threads > 64) {
    throw new RangeError(`threads must be 1 to 64, found ${settings.threads}`);
  }
  for (const frame of settings.keyframes) {
    if (!Number.isInteger(frame) || frame < 0) throw new RangeError(`keyframes must be frame numbers, found ${frame}`);
  }
}
