import type { Plan } from '@refreel/core/animatic';
import type { Media, MediaFacts } from '@refreel/core/model';
import type { MediaRefusal } from '../../media/refusal.ts';
import type { EncodeFailure, EncodeSettings } from './encoder/encoder.ts';

/** Media that are measured at the same time: while one is looked for its subject, which other threads do, the next is decoded. */
export const measuredAtOnce = 2;

/** One medium that the child is to measure. */
export interface FileToMeasure {
  readonly media: Media;
  /** Absolute path. */
  readonly file: string;
  /** Find the subject in the picture, and keep it for the film. */
  readonly cut: boolean;
  /** Find the pitch of the voice in the sound. */
  readonly pitch: boolean;
}

export interface MeasureQuestion {
  readonly ask: 'measure';
  readonly file: FileToMeasure;
}

export type MeasureAnswer =
  | { readonly ok: true; readonly facts: MediaFacts }
  | { readonly ok: false; readonly refusal: MediaRefusal };

export interface RenderQuestion {
  readonly ask: 'render';
  readonly plan: Plan;
  /** Where the film is written: a path that is renamed when all is well. */
  readonly file: string;
  /** Paths of the media that the plan names. */
  readonly files: Readonly<Record<Media, string>>;
  /** Mono, 48 kHz, by the line's key. */
  readonly voices: Readonly<Record<string, Float32Array>>;
  readonly encoder: 'node-av' | 'ffmpeg';
  /** The ffmpeg program; the child has no PATH to find it by. */
  readonly ffmpeg: string | undefined;
  readonly settings: Omit<EncodeSettings, 'keyframes'>;
  readonly title: string;
  readonly comment: string;
  /** Raw frames are written here as well: for measuring an encoder on the very same frames. */
  readonly rawFrames?: string;
}

/**
 * Milliseconds that the parts of a film took. Sound is mixed and the encoder opened while sprites are made: `open` is what was left to
 * wait for. `paint` is a part of `frames`, and goes on while the frame before is encoded.
 */
export interface RenderTimes {
  readonly sprites: number;
  readonly sound: number;
  readonly open: number;
  readonly frames: number;
  readonly paint: number;
  readonly finish: number;
}

export type RenderAnswer =
  | { readonly ok: true; readonly frames: number; readonly bytes: number; readonly times: RenderTimes }
  | { readonly ok: false; readonly failure: EncodeFailure; readonly words: string }
  | { readonly ok: false; readonly failure: 'media'; readonly media: Media; readonly refusal: MediaRefusal };

/** Sent while frames are made. */
export interface RenderEvent {
  readonly frames: number;
}

/** A film is going to be drawn: what every film needs can be loaded while its media are measured. */
export interface PrepareQuestion {
  readonly ask: 'prepare';
}

/** The subject of one picture, for a painter elsewhere. */
export interface CutQuestion {
  readonly ask: 'cut';
  /** Absolute path. */
  readonly file: string;
}

/** The picture as WebP, whose alpha is the subject's matte; opaque where nothing stands out. */
export type CutAnswer =
  | { readonly ok: true; readonly webp: Uint8Array }
  | { readonly ok: false; readonly refusal: MediaRefusal };

export type Question = MeasureQuestion | CutQuestion | PrepareQuestion | RenderQuestion;
