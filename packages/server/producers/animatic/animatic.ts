import type { Plan } from '@refreel/core/animatic';
import type { Facts, Film, Media, Problem, Request } from '@refreel/core/model';
import type { EncodeSettings } from './encoder/encoder.ts';
import type { RenderTimes } from './questions.ts';

/** How an animatic works: its encoder, and what its child process may use. */
export interface AnimaticOptions {
  /** Default "node-av", the built-in one. */
  readonly encoder?: 'node-av' | 'ffmpeg';
  /** Resident memory of the child that decodes and draws. Default 1,500. */
  readonly memoryMegabytes?: number;
  /** Longest time of one medium, and of one film. Default 60 and 900. */
  readonly measureSeconds?: number;
  readonly renderSeconds?: number;
}

/** Wishes of whoever has media measured. */
export interface MeasureOptions {
  readonly onProgress?: (done: { readonly media: number; readonly of: number }) => void;
}

/** Wishes for one film that are no part of its request. */
export interface DrawOptions {
  readonly onProgress?: (done: { readonly frames: number; readonly of: number }) => void;
  readonly title?: string;
  readonly settings?: Partial<Omit<EncodeSettings, 'keyframes'>>;
  /** Raw I420 frames are written to this file as well, for benchmarks. */
  readonly rawFrames?: string;
}

/** A film that was made. */
export interface DrawnFilm {
  readonly file: string;
  readonly frames: number;
  readonly bytes: number;
  readonly plan: Plan;
  readonly milliseconds: RenderTimes & { readonly speech: number; readonly plan: number };
}

/** The local path of each medium of a request. */
export type MediaFiles = Readonly<Record<Media, string>>;

/**
 * The producer that draws films here: it measures a request's media, speaks its lines, plans the film and makes the MP4, all that is
 * untrusted in a child process of its own. Open one for a film, or keep it for several; close it.
 */
export interface Animatic {
  /** Measures every medium of a request that has a file. What cannot be used is a problem with its path. */
  measure(
    request: Request,
    files: MediaFiles,
    options?: MeasureOptions,
  ): Promise<{ facts: Facts; problems: Problem[] }>;
  /**
   * Begins what a film will need while its media are still measured: loads letters, speaks lines. Harmless where they turn out to be
   * other lines.
   */
  rehearse(request: Request, film: Film): void;
  /**
   * Makes the film at `file`, which appears only when it is whole. @throws Refusal with the problem, and then nothing is left behind.
   */
  draw(
    request: Request,
    film: Film,
    facts: Facts,
    files: MediaFiles,
    file: string,
    options?: DrawOptions,
  ): Promise<DrawnFilm>;
  /** Highest resident memory of the child so far, in megabytes. */
  peakMegabytes(): number;
  /** Ends all that is under way: films that are awaited are refused as cancelled. May be called twice. */
  close(): Promise<void>;
}
