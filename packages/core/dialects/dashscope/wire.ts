import { z } from 'zod';

/** One entry of `input.media`. Unknown keys stay, so that they can be spoken of. */
const WireMedia = z.looseObject({
  type: z.enum(['reference_image', 'reference_video', 'first_frame']),
  url: z.string(),
  reference_voice: z.string().nullish(),
});
export type WireMedia = z.infer<typeof WireMedia>;

const WireInput = z.looseObject({
  prompt: z.string().nullish(),
  negative_prompt: z.string().nullish(),
  media: z.array(WireMedia).nullish(),
  reference_urls: z.array(z.string()).nullish(),
  reference_video_urls: z.array(z.string()).nullish(),
});
export type WireInput = z.infer<typeof WireInput>;

const WireParameters = z.looseObject({
  resolution: z
    .string()
    .regex(/^\d{3,4}P$/, 'it must be a tier such as "720P"')
    .nullish(),
  ratio: z
    .string()
    .regex(/^[1-9]\d{0,2}:[1-9]\d{0,2}$/, 'it must be two whole numbers such as "16:9"')
    .nullish(),
  size: z
    .string()
    .regex(/^[1-9]\d{1,4}\*[1-9]\d{1,4}$/, 'it must be width*height in pixels, such as "1280*720"')
    .nullish(),
  duration: z.number().positive('it must be more than 0').nullish(),
  shot_type: z.enum(['single', 'multi']).nullish(),
  audio: z.boolean().nullish(),
  watermark: z.boolean().nullish(),
  prompt_extend: z.boolean().nullish(),
  seed: z
    .number()
    .refine((seed) => Number.isInteger(seed) && seed >= 0 && seed <= 2_147_483_647, {
      message: 'it must be a whole number in [0, 2147483647]',
    })
    .nullish(),
});
export type WireParameters = z.infer<typeof WireParameters>;

/** The body that asks for a film. What is required is asked for by hand: each missing field has a code of its own. */
export const WireCreate = z.looseObject({
  model: z.string().nullish(),
  input: WireInput.nullish(),
  parameters: WireParameters.nullish(),
});
export type WireCreate = z.infer<typeof WireCreate>;

/** What a client reads of any answer about a task: only the fields that are used, each of which may be missing. */
export const WireTask = z.looseObject({
  output: z.looseObject({
    task_id: z.string(),
    task_status: z.string(),
    submit_time: z.string().optional().catch(undefined),
    scheduled_time: z.string().optional().catch(undefined),
    end_time: z.string().optional().catch(undefined),
    orig_prompt: z.string().optional().catch(undefined),
    video_url: z.string().optional().catch(undefined),
    code: z.string().optional().catch(undefined),
    message: z.string().optional().catch(undefined),
  }),
  usage: z
    .looseObject({
      duration: z.number().optional().catch(undefined),
      output_video_duration: z.number().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
export type WireTask = z.infer<typeof WireTask>;

export const WireList = z.looseObject({
  total: z.number(),
  page_no: z.number(),
  page_size: z.number(),
  data: z.array(
    z.looseObject({
      task_id: z.string(),
      status: z.string(),
      model_name: z.string().optional().catch(undefined),
      gmt_create: z.number().optional().catch(undefined),
      start_time: z.number().optional().catch(undefined),
      end_time: z.number().optional().catch(undefined),
    }),
  ),
});

/** Numbers come as such in the example and as text in the table of the same page. */
const numberOrText = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

export const WirePermit = z.looseObject({
  data: z.looseObject({
    policy: z.string(),
    signature: z.string(),
    upload_dir: z.string(),
    upload_host: z.string(),
    expire_in_seconds: numberOrText,
    max_file_size_mb: numberOrText,
    oss_access_key_id: z.string(),
    x_oss_object_acl: z.string(),
    x_oss_forbid_overwrite: z.string(),
  }),
});

export const WireError = z.looseObject({ code: z.string(), message: z.string().optional().catch(undefined) });
