import type { Plan } from '@refreel/core/animatic';
import type { Media } from '@refreel/core/model';
import type { Draft } from './draft.ts';

/** A film to be made ready, asked of the worker. A later one takes the place of an earlier one. */
export interface FilmAsk extends Draft {
  /** Grows with each ask. */
  readonly number: number;
  /** Pictures that whoever asks has already, by `MadePicture.id`. */
  readonly held: readonly string[];
  /** Sounds of reference videos that were decoded since the last ask. */
  readonly sounds: Readonly<Record<Media, MadeSound>>;
}

/** A sprite's picture. The same id is the same picture, in every plan. */
export interface MadePicture {
  readonly id: string;
  readonly bitmap: ImageBitmap;
}

/** What is heard of a whole film: stereo at 48 kHz. */
export interface MadeSound {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

/** What the worker says of an ask, in this order; nothing more of one that was overtaken. */
export type FilmAnswer =
  /** `ids`: the picture of each sprite. */
  | {
      readonly say: 'planned';
      readonly number: number;
      readonly plan: Plan;
      readonly ids: Readonly<Record<string, string>>;
    }
  | { readonly say: 'picture'; readonly number: number; readonly picture: MadePicture }
  /** A picture or a line that did not come; the film is shown without it. */
  | { readonly say: 'missing'; readonly number: number; readonly what: string }
  | { readonly say: 'sound'; readonly number: number; readonly sound: MadeSound }
  | { readonly say: 'ready'; readonly number: number }
  /** A bug of ours. */
  | { readonly say: 'failed'; readonly number: number; readonly message: string };
