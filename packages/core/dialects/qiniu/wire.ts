import { z } from 'zod';
import { WireSeconds, WireSize } from '../openai/wire.ts';

/** One entry of `image_list`. Unknown keys stay, so that they can be spoken of. */
const WirePicture = z.looseObject({ image: z.string(), type: z.enum(['first_frame', 'end_frame']).nullish() });
export type WirePicture = z.infer<typeof WirePicture>;

/** One entry of `video_list`. */
const WireFilm = z.looseObject({
  video_url: z.string(),
  refer_type: z.enum(['feature', 'base']).nullish(),
  keep_original_sound: z.enum(['yes', 'no']).nullish(),
});
export type WireFilm = z.infer<typeof WireFilm>;

/** The body that asks for a film. What is required is asked for by hand: each missing field is told by its name. */
export const WireCreate = z.looseObject({
  model: z.string().nullish(),
  prompt: z.string().nullish(),
  /** A text says the page; an object with the address is how clients of the original can write one. */
  input_reference: z.union([z.string(), z.looseObject({ image_url: z.string() })]).nullish(),
  image_tail: z.string().nullish(),
  image_list: z.array(WirePicture).nullish(),
  video_list: z.array(WireFilm).nullish(),
  seconds: WireSeconds.nullish(),
  size: WireSize.nullish(),
  mode: z.string().max(40, 'it must be a mode such as "pro"').nullish(),
});
export type WireCreate = z.infer<typeof WireCreate>;

/** All fields that the page documents. */
export const knownFields: readonly string[] = Object.keys(WireCreate.shape);
