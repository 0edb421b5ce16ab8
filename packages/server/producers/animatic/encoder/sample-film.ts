import type { EncodedFilm, Encoder, EncoderSession, EncodeSettings, FilmFormat } from './encoder.ts';
import { frameBytes, soundRate, soundSamples } from './film-facts.ts';

/** Part of Node; its types come with those of the browser, which the server does without. */
declare const WebAssembly: { Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer } };

/** A small film for the tests of encoders: patterns that can be computed again and compared with what was decoded. */
export interface SampleFilm {
  readonly format: FilmFormat;
  readonly frames: number;
  /** Frames that start a shot; the pattern changes there. */
  readonly shots: readonly number[];
}

/** Tones of the sample's sound: they begin at half its length, so that a shift in time shows. */
export const sampleTones = { left: 440, right: 1250 } as const;

/** One second of 320x180 in two shots with sound, unless something else is said. */
export function sampleFilm(changes: Partial<FilmFormat> = {}): SampleFilm {
  const format = { width: 320, height: 180, fps: 24, audio: true, comment: 'A draft, not a finished film', ...changes };
  return { format, frames: Math.round(format.fps), shots: [0, 10] };
}

/** Draws frame `number` into `i420`: drifting waves, other ones in each shot. */
export function paintSample(film: SampleFilm, number: number, i420: Uint8Array): void {
  const { width, height } = film.format;
  const shot = film.shots.findLastIndex((start) => start <= number);
  const tilt = shot % 2 === 0 ? 0.05 : -0.08;
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      i420[at] = 126 + 80 * Math.sin(x * 0.06 + y * tilt + number * 0.21) * Math.cos(y * 0.04 + shot);
    }
  }
  for (const plane of [0, 1]) {
    for (let y = 0; y < height / 2; y += 1) {
      for (let x = 0; x < width / 2; x += 1, at += 1) {
        i420[at] = 128 + 50 * Math.sin((plane ? x : y) * 0.05 + number * 0.1 + shot * 2 + plane);
      }
    }
  }
}

/** The sample's sound: silence, then from half its length on a tone on each side. */
export function sampleSound(film: SampleFilm): { left: Float32Array; right: Float32Array } {
  const samples = soundSamples(film.frames, film.format.fps);
  const tone = (hertz: number) =>
    Float32Array.from({ length: samples }, (_, index) =>
      index < samples / 2 ? 0 : 0.4 * Math.sin((2 * Math.PI * hertz * index) / soundRate),
    );
  return { left: tone(sampleTones.left), right: tone(sampleTones.right) };
}

/** When the sound is given: before the first frame, or after this many frames. */
export interface WriteOptions extends Partial<EncodeSettings> {
  readonly soundAfter?: number;
}

/** Starts a session for the sample. */
export function openSample(
  encoder: Encoder,
  file: string,
  film: SampleFilm,
  options: WriteOptions = {},
): Promise<EncoderSession> {
  const { soundAfter: _, ...settings } = options;
  const defaults: EncodeSettings = { preset: 'veryfast', crf: 20, threads: 2, keyframes: film.shots };
  return encoder.open(file, film.format, { ...defaults, ...settings });
}

/**
 * Writes the whole sample as a painter in WebAssembly does: into two pieces of memory by turns, painting the next frame while one
 * is encoded, and wiping each as soon as the encoder has done with it.
 */
export async function writeSample(
  encoder: Encoder,
  file: string,
  film: SampleFilm,
  options: WriteOptions = {},
): Promise<EncodedFilm> {
  const session = await openSample(encoder, file, film, options);
  const bytes = frameBytes(film.format);
  const { buffer } = new WebAssembly.Memory({ initial: Math.ceil((2 * bytes) / 65_536) });
  const memory = [0, 1].map((index) => new Uint8Array(buffer, index * bytes, bytes));
  const { left, right } = sampleSound(film);
  let given: Promise<void> = Promise.resolve();
  for (let number = 0; number <= film.frames; number += 1) {
    const next = memory[number % 2]!;
    if (number < film.frames) paintSample(film, number, next);
    await given;
    memory[(number + 1) % 2]!.fill(0);
    if (film.format.audio && number === (options.soundAfter ?? 0)) session.audio(left, right);
    if (number < film.frames) given = session.video(next);
  }
  return session.finish();
}
