import { z } from 'zod';
import {
  Media,
  Name,
  Prompt,
  Ratio,
  ReferenceId,
  Request,
  referenceKinds,
  Size,
  Tier,
  videoUses,
} from '../model/index.ts';

/** A prompt as people type it ("@mei walks in"), or already bound. */
const AuthoredPrompt = z.union([z.string(), Prompt]);

/** "1280x720" or width and height. */
const AuthoredSize = z.union([
  z.string().regex(/^\d{1,5}[xX×*]\d{1,5}$/, 'a size is width x height, such as "1280x720"'),
  Size,
]);

/** A reference as people write it: a name and its media are enough. */
export const AuthoredReference = z.strictObject({
  /** One that the workspace keeps, by its id or name; beside it only what it is called here. Known to a server alone. */
  saved: z.string().min(1).max(64).optional(),
  /** Default "subject". */
  kind: z.enum(referenceKinds).optional(),
  id: ReferenceId.optional(),
  /** Default: the kind and its number, such as "subject1". */
  name: Name.optional(),
  image: Media.optional(),
  angles: z.array(Media).optional(),
  clip: Media.optional(),
  voice: Media.optional(),
  video: Media.optional(),
  /** Of videos; default "subject". */
  use: z.enum(videoUses).optional(),
  keepSound: z.boolean().optional(),
});
export type AuthoredReference = z.infer<typeof AuthoredReference>;

const { model, negativePrompt, mode, fps, audio, watermark, seed, count } = Request.shape;
const { allowSplit, fitMedia, expand, strict, draftMark, allowUnknownPrice, alternatives, retryBlocked, from } =
  Request.shape;

/**
 * A request as people write it, in YAML or JSON: one `prompt` with `seconds`, or `shots`; mentions as "@name" or in the chosen
 * model's own tags; a size as "1280x720". It reads into the canonical `Request`, which is itself a valid authored request.
 */
export const AuthoredRequest = z.strictObject({
  /** Default "animatic". */
  model: model.optional(),
  references: z.array(AuthoredReference).optional(),
  startFrame: Media.optional(),
  endFrame: Media.optional(),
  prompt: AuthoredPrompt.optional(),
  seconds: z.number().positive().optional(),
  shots: z
    .array(z.strictObject({ prompt: AuthoredPrompt, seconds: z.number().positive().optional() }))
    .min(1)
    .optional(),
  size: AuthoredSize.optional(),
  ratio: Ratio.optional(),
  tier: Tier.optional(),
  negativePrompt,
  mode,
  fps,
  audio,
  watermark,
  seed,
  count,
  allowSplit,
  fitMedia,
  expand,
  strict,
  draftMark,
  allowUnknownPrice,
  alternatives,
  retryBlocked,
  from,
});
export type AuthoredRequest = z.infer<typeof AuthoredRequest>;
