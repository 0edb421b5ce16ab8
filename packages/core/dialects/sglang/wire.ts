import { z } from 'zod';
import { WireFps, WireSeed, WireSize } from '../openai/wire.ts';

/** An int in JSON, text in a form. */
const seconds = z.union([
  z.int().min(1).max(9999),
  z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'it must be whole seconds')
    .transform(Number),
]);

/** What asks for a film (protocol.py@020befb6, openai/video_api.py@00ae37c8, docs/diffusion/api/openai_api.md@11f22d99; 2026-11-20). */
export const WireCreate = z.looseObject({
  model: z.string().nullish(),
  prompt: z.string().nullish(),
  seconds: seconds.nullish(),
  size: z.union([WireSize, z.literal('')]).nullish(),
  fps: WireFps.nullish(),
  seed: WireSeed.nullish(),
  negative_prompt: z.string().nullish(),
  reference_url: z.string().nullish(),
});
export type WireCreate = z.infer<typeof WireCreate>;

/** The fields that Refreel has words for, but for the file. */
export const knownFields: readonly string[] = Object.keys(WireCreate.shape);

/** The fields that requests say: what an account may not set for all of them. */
export const ownFields: readonly string[] = [...knownFields, 'input_reference', 'num_frames', 'extra_body'];
