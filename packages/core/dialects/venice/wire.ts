import { z } from 'zod';
import { WireSeconds } from './seconds.ts';

/** An element: a subject's frontal image, more angles of it, or a clip. Unknown keys stay, so that they can be spoken of. */
const WireElement = z.looseObject({
  frontal_image_url: z.string().nullish(),
  reference_image_urls: z.array(z.string()).nullish(),
  video_url: z.string().nullish(),
});
export type WireElement = z.infer<typeof WireElement>;

/** One shot. Ours: no document has a field for shots; it is named as Kling's own API names it. */
const WireShot = z.looseObject({
  prompt: z.string(),
  duration: z.union([WireSeconds, z.number().positive('it must be more than 0')]).nullish(),
});
export type WireShot = z.infer<typeof WireShot>;

const urls = z.array(z.string()).nullish();

/**
 * The body that asks for a film. Where the guide (2026-11-20) and the specification (20260821.193530) name a field differently, both are
 * read. What is required is asked for by hand.
 */
export const WireQueue = z.looseObject({
  model: z.string().nullish(),
  prompt: z.string().nullish(),
  negative_prompt: z.string().nullish(),
  duration: WireSeconds.nullish(),
  aspect_ratio: z
    .string()
    .regex(/^[1-9]\d{0,2}:[1-9]\d{0,2}$/, 'it must be two whole numbers such as "16:9"')
    .nullish(),
  resolution: z
    .string()
    .regex(/^[1-9]\d{2,3}p$/i, 'it must be a tier such as "720p"')
    .nullish(),
  audio: z.boolean().nullish(),
  image_url: z.string().nullish(),
  end_image_url: z.string().nullish(),
  elements: z.array(WireElement).nullish(),
  // The guide's name, and the specification's.
  image_urls: urls,
  scene_image_urls: urls,
  referenceImageUrls: urls,
  reference_image_urls: urls,
  multi_prompt: z.array(WireShot).nullish(),
});
export type WireQueue = z.infer<typeof WireQueue>;

/** What a price depends on. */
export const WireQuote = WireQueue.pick({
  model: true,
  duration: true,
  aspect_ratio: true,
  resolution: true,
  audio: true,
});

/** The body that asks how a film stands. The specification closes it. */
export const WireRetrieve = z.strictObject({
  model: z.string().nullish(),
  queue_id: z.string().nullish(),
  delete_media_on_completion: z.boolean().nullish(),
});

/** The body that gives a film up. The specification closes it. */
export const WireComplete = WireRetrieve.omit({ delete_media_on_completion: true });

/** What a client reads of an acceptance: the id stands in one of two places. */
export const WireQueued = z
  .looseObject({
    model: z.string().optional().catch(undefined),
    queue_id: z.string().min(1).optional().catch(undefined),
    id: z.string().min(1).optional().catch(undefined),
    download_url: z.string().optional().catch(undefined),
  })
  .refine(({ queue_id: queueId, id }) => (queueId ?? id) !== undefined);

/** What a client reads of a film that is not there yet, or that is to be had elsewhere. */
export const WireStatus = z.looseObject({
  status: z.string(),
  average_execution_time: z.number().optional().catch(undefined),
  execution_duration: z.number().optional().catch(undefined),
  video_url: z.string().optional().catch(undefined),
  url: z.string().optional().catch(undefined),
  download_url: z.string().optional().catch(undefined),
});

export const WirePrice = z.looseObject({ quote: z.number() });

export const WireModels = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

/** An error: mostly a sentence; of a provider's content policy, and of a consent that is needed, an object. */
export const WireError = z.looseObject({
  error: z
    .union([
      z.string(),
      z.looseObject({
        message: z.string().optional().catch(undefined),
        type: z.string().optional().catch(undefined),
        code: z.string().optional().catch(undefined),
        credits_refunded: z.boolean().optional().catch(undefined),
      }),
    ])
    .optional()
    .catch(undefined),
  credits_refunded: z.boolean().optional().catch(undefined),
  suggested_prompt: z.string().optional().catch(undefined),
});
export type WireError = z.infer<typeof WireError>;

export const WireCompleted = z.looseObject({ success: z.boolean() });
