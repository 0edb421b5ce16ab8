import { z } from 'zod';
import { WireFps, WireSeed, WireSize } from '../openai/wire.ts';

/** Numbers of a form are text. */
const whole = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'it must be a whole number of at least 1')
  .transform(Number);

/** The form that asks for a film (docs/serving/videos_api.md@0131cb55; protocol/videos.py@48e60262; both of 2026-11-20). */
export const WireCreate = z.looseObject({
  model: z.string().nullish(),
  prompt: z.string().nullish(),
  seconds: whole.nullish(),
  size: WireSize.nullish(),
  width: whole.nullish(),
  height: whole.nullish(),
  /** Goes before seconds. */
  num_frames: whole.nullish(),
  fps: WireFps.nullish(),
  seed: WireSeed.nullish(),
  negative_prompt: z.string().nullish(),
  generate_sound: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .nullish(),
  /** JSON as text: {"image_url": "..."}. */
  image_reference: z.string().nullish(),
  /** JSON as text: {"video_url": "..."}. */
  video_reference: z.string().nullish(),
});
export type WireCreate = z.infer<typeof WireCreate>;

/** The fields that Refreel has words for, but for the file. */
export const knownFields: readonly string[] = Object.keys(WireCreate.shape);

/** The fields that requests say: what an account may not set for all of them. */
export const ownFields: readonly string[] = [...knownFields, 'input_reference', 'input_references'];

/** Frames a second where nothing else is said (DEFAULT_FPS, protocol/videos.py@48e60262). */
export const usualFps = 24;
