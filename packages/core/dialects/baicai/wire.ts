import { z } from 'zod';

/** One entry of `input.mutil_reference`, spelt as the vendor does. Unknown keys stay, so that they can be spoken of. */
const WireReference = z.looseObject({
  type: z.enum(['subject', 'background']),
  name: z.string(),
  urls: z.array(z.string()),
});
export type WireReference = z.infer<typeof WireReference>;

export const WireInput = z.looseObject({
  prompt: z.string().nullish(),
  negative_prompt: z.string().nullish(),
  resolution: z.string().nullish(),
  aspect_ratio: z.string().nullish(),
  duration: z.int().positive().nullish(),
  mutil_reference: z.array(WireReference).nullish(),
  number_of_videos: z.int().nullish(),
});
export type WireInput = z.infer<typeof WireInput>;

/** The body that asks for films. What is required is asked for by hand: a missing field has a sentence of its own. */
export const WireCreate = z.looseObject({
  selected_model: z.string().nullish(),
  task_type: z.string().nullish(),
  input: WireInput.nullish(),
  need_expand_prompt: z.boolean().nullish(),
  async: z.boolean().nullish(),
});
export type WireCreate = z.infer<typeof WireCreate>;

/** One odd entry must not cost the films beside it: they are paid for. */
const urls = z
  .array(z.unknown())
  .transform((list) => list.filter((one): one is string => typeof one === 'string' && one !== ''))
  .optional()
  .catch(undefined);

/**
 * What a client reads of any answer about a task, each of which may be missing. The video page has an object in `data`; clients of the
 * vendor's pictures read a list there, and films from `urls` or `result.urls` of either (one of them, read 2026-11-20).
 */
const WireTask = z.looseObject({
  taskId: z.string().min(1).optional().catch(undefined),
  status: z.string().optional().catch(undefined),
  progress: z.union([z.string(), z.number()]).optional().catch(undefined),
  urls,
  result: z.looseObject({ urls }).optional().catch(undefined),
});
export type WireTask = z.infer<typeof WireTask>;

export const WireAnswer = z.looseObject({
  message: z.string().optional().catch(undefined),
  data: z.union([z.array(WireTask).min(1), WireTask]),
});

export type WireAnswer = z.infer<typeof WireAnswer>;

export const WireUpload = z.looseObject({ data: z.looseObject({ fullPath: z.string().min(1) }) });

export const WireError = z.looseObject({
  code: z.number().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
});
