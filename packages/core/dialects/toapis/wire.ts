import { z } from 'zod';

/** One picture with its role. Unknown keys stay, so that they can be spoken of. */
const WireRole = z.looseObject({ url: z.string(), role: z.string() });
export type WireRole = z.infer<typeof WireRole>;

const WireMetadata = z.looseObject({ negative_prompt: z.string().nullish(), watermark: z.boolean().nullish() });
export type WireMetadata = z.infer<typeof WireMetadata>;

/** The body that asks for a film. What is required is asked for by hand: a missing field has a sentence of its own. */
export const WireCreate = z.looseObject({
  model: z.string().nullish(),
  prompt: z.string().nullish(),
  mode: z.string().nullish(),
  duration: z.int().positive().nullish(),
  aspect_ratio: z.string().nullish(),
  reference_images: z.array(z.string()).nullish(),
  image_with_roles: z.array(WireRole).nullish(),
  audio: z.boolean().nullish(),
  metadata: WireMetadata.nullish(),
});
export type WireCreate = z.infer<typeof WireCreate>;

const address = z.looseObject({ url: z.string().min(1) });

/**
 * What a client reads of any answer about a task: only the fields that are used, each of which may be missing. Films are in
 * `result.data`; other pages of the vendor have them in `data.url` and `video_url` (read 2026-11-20). Some clients read the id from `task_id`.
 */
export const WireTask = z.looseObject({
  id: z.string().min(1).optional().catch(undefined),
  task_id: z.string().min(1).optional().catch(undefined),
  model: z.string().optional().catch(undefined),
  status: z.string().optional().catch(undefined),
  progress: z.number().optional().catch(undefined),
  created_at: z.number().optional().catch(undefined),
  completed_at: z.number().optional().catch(undefined),
  result: z
    .looseObject({ data: z.array(address.optional().catch(undefined)) })
    .optional()
    .catch(undefined),
  data: address.optional().catch(undefined),
  video_url: z.string().min(1).optional().catch(undefined),
  error: z
    .looseObject({
      code: z.union([z.string(), z.number()]).optional().catch(undefined),
      message: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
export type WireTask = z.infer<typeof WireTask>;

export const WireUpload = z.looseObject({ data: address });

/** An error of the vendor; those of its uploads are another shape. */
export const WireError = z.looseObject({
  error: z
    .looseObject({
      type: z.string().optional().catch(undefined),
      message: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  message: z.string().optional().catch(undefined),
});
