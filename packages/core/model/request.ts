import { z } from 'zod';
import { Prompt } from './prompt/prompt.ts';
import { Media, type MediaUse, mediaOf, Reference } from './reference.ts';

/** "16:9". */
export const Ratio = z.string().regex(/^[1-9]\d{0,2}:[1-9]\d{0,2}$/, 'a ratio is two whole numbers such as "16:9"');

/** "720p": the pixels of the short side. */
export const Tier = z.string().regex(/^[1-9]\d{2,3}p$/, 'a tier is pixels and "p", such as "720p"');

/** Width and height of the film in pixels. */
export const Size = z.strictObject({ width: z.int().positive(), height: z.int().positive() });
export type Size = z.infer<typeof Size>;

/** One prompt and its seconds. Omitted seconds are the model's default, shared out over the shots that give none. */
export const Shot = z.strictObject({ prompt: Prompt, seconds: z.number().positive().optional() });
export type Shot = z.infer<typeof Shot>;

/**
 * The one canonical request: everything that any of the vendors' documents can express, in the house's words.
 * Every dialect decodes into it and encodes from it; a model's card says which of it that model can do.
 * A setting that is left out is the model's default; it is never guessed into the request.
 */
export const Request = z.strictObject({
  model: z.string().min(1),
  /** One ordered list: vendors that number their references number them in this order. */
  references: z.array(Reference),
  startFrame: Media.optional(),
  endFrame: Media.optional(),
  shots: z.array(Shot).min(1),
  negativePrompt: z.string().optional(),
  size: Size.optional(),
  ratio: Ratio.optional(),
  tier: Tier.optional(),
  /** Quality mode of the models that have one: "std" or "pro". */
  mode: z.string().optional(),
  fps: z.number().positive().optional(),
  audio: z.boolean().optional(),
  watermark: z.boolean().optional(),
  seed: z.int().min(0).max(2_147_483_647).optional(),
  /** Films wanted of this request; no more than anybody would look at. */
  count: z.int().positive().max(20).optional(),
  /** A count that the model lacks may become that many attempts, each quoted and paid. */
  allowSplit: z.boolean().optional(),
  /** Media that break the model's limits may be scaled, cropped, trimmed or saved anew to fit them, each change with a note. */
  fitMedia: z.boolean().optional(),
  /** The prompt may be filled up to the documented pattern before it is sent. */
  expand: z.boolean().optional(),
  /** Refuses whatever would only be done less well than asked. */
  strict: z.boolean().optional(),
  /** `false` leaves the DRAFT mark out of a drafted film; its metadata still says it. */
  draftMark: z.boolean().optional(),
  /** Sends although the price is not known, where a budget is in force. */
  allowUnknownPrice: z.boolean().optional(),
  /** Other models that may make it, in order, if this one refuses in a way that costs nothing. */
  alternatives: z.array(z.string().min(1)).optional(),
  /** Asks the next account or alternative also where a vendor refuses what it would show, if that costs nothing. */
  retryBlocked: z.boolean().optional(),
  /** Id of the generation that this one remixes. */
  from: z.string().min(1).optional(),
});
export type Request = z.infer<typeof Request>;

/** Every medium that a request names, with its path. */
export function mediaOfRequest(request: Request): MediaUse[] {
  const uses = request.references.flatMap((reference, index) => mediaOf(reference, `references[${index}]`));
  if (request.startFrame !== undefined)
    uses.push({ path: 'startFrame', media: request.startFrame, role: 'startFrame' });
  if (request.endFrame !== undefined) uses.push({ path: 'endFrame', media: request.endFrame, role: 'endFrame' });
  return uses;
}

/** The inputs that a model's limits speak of. `reference` is any of the list, `frame` either frame. */
export const inputNames = [
  'reference',
  'subject',
  'scene',
  'image',
  'video',
  'clip',
  'voice',
  'angle',
  'edit',
  'frame',
  'startFrame',
  'endFrame',
  'picture',
  'footage',
] as const;
export type InputName = (typeof inputNames)[number];

/** How many of each input a request holds. `picture` counts all that bring an image, `footage` all that bring a moving one. */
export function countInputs(request: Request): Record<InputName, number> {
  const count: Record<InputName, number> = {
    reference: request.references.length,
    subject: 0,
    scene: 0,
    image: 0,
    video: 0,
    clip: 0,
    voice: 0,
    angle: 0,
    edit: 0,
    frame: 0,
    startFrame: 0,
    endFrame: 0,
    picture: 0,
    footage: 0,
  };
  for (const reference of request.references) {
    count[reference.kind] += 1;
    if (reference.kind === 'video') {
      count.footage += 1;
      if (reference.use === 'edit') count.edit += 1;
      if (reference.voice !== undefined) count.voice += 1;
      continue;
    }
    if (reference.image !== undefined) count.picture += 1;
    if (reference.kind === 'image') continue;
    count.angle += reference.angles?.length ?? 0;
    if (reference.kind === 'scene') continue;
    if (reference.voice !== undefined) count.voice += 1;
    if (reference.clip !== undefined) {
      count.clip += 1;
      count.footage += 1;
    }
  }
  if (request.startFrame !== undefined) count.startFrame = 1;
  if (request.endFrame !== undefined) count.endFrame = 1;
  count.frame = count.startFrame + count.endFrame;
  count.picture += count.frame;
  return count;
}
