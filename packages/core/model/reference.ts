import { z } from 'zod';

/**
 * How a request names a medium. Before it is measured: a path (command line), an `https:` or `oss:` URL, a `data:` URI.
 * In a store: `asset:<sha256>`. Facts are keyed by the same string.
 */
export const Media = z.string().min(1);
export type Media = z.infer<typeof Media>;

/** What a prompt calls a reference, without the "@": letters of any script, digits, "_" and "-". */
export const namePattern = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]{0,39}$/u;

export const Name = z.string().regex(namePattern, 'a name is 1 to 40 letters, digits, "_" or "-" (no spaces, no "@")');

/** Binds a mention to its reference; a rename or a reorder never changes it. */
export const ReferenceId = z.string().min(1).max(64);
export type ReferenceId = z.infer<typeof ReferenceId>;

const known = { id: ReferenceId, name: Name };

/** A person, an animal or a thing whose look must hold. It has a frontal image, or a clip, or both. */
export const Subject = z.strictObject({
  kind: z.literal('subject'),
  ...known,
  /** The frontal image: the main anchor of identity. */
  image: Media.optional(),
  /** Other views of the same subject: side, three-quarter, back. */
  angles: z.array(Media).optional(),
  /** The subject in motion. */
  clip: Media.optional(),
  /** How it sounds. */
  voice: Media.optional(),
});
export type Subject = z.infer<typeof Subject>;

/** A place, or a style. */
export const Scene = z.strictObject({
  kind: z.literal('scene'),
  ...known,
  image: Media,
  angles: z.array(Media).optional(),
});
export type Scene = z.infer<typeof Scene>;

/** A picture whose role the model decides. */
export const ImageReference = z.strictObject({ kind: z.literal('image'), ...known, image: Media });
export type ImageReference = z.infer<typeof ImageReference>;

/** `subject`: its people or things hold. `feature`: its motion or style guides. `edit`: it is the film to change. */
export const videoUses = ['subject', 'feature', 'edit'] as const;

export const VideoReference = z.strictObject({
  kind: z.literal('video'),
  ...known,
  video: Media,
  use: z.enum(videoUses),
  /** Whether the film keeps the video's own sound. */
  keepSound: z.boolean().optional(),
  voice: Media.optional(),
});
export type VideoReference = z.infer<typeof VideoReference>;

/** Something whose look (or voice) must hold through the film. */
export const Reference = z.discriminatedUnion('kind', [Subject, Scene, ImageReference, VideoReference]);
export type Reference = z.infer<typeof Reference>;

export const referenceKinds = ['subject', 'scene', 'image', 'video'] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

/** One medium of a request: where it stands, what it is for, and how it is named. */
export interface MediaUse {
  readonly path: string;
  readonly media: Media;
  readonly role: 'image' | 'angle' | 'clip' | 'video' | 'voice' | 'startFrame' | 'endFrame';
}

/** The media of a reference in the order in which a person would list them. `path` is the reference's own path. */
export function mediaOf(reference: Reference, path: string): MediaUse[] {
  const uses: MediaUse[] = [];
  const add = (media: Media | undefined, field: string, role: MediaUse['role']) => {
    if (media !== undefined) uses.push({ path: `${path}.${field}`, media, role });
  };
  if (reference.kind === 'video') {
    add(reference.video, 'video', 'video');
    add(reference.voice, 'voice', 'voice');
    return uses;
  }
  add(reference.image, 'image', 'image');
  if (reference.kind === 'image') return uses;
  for (const [index, angle] of (reference.angles ?? []).entries()) add(angle, `angles[${index}]`, 'angle');
  if (reference.kind === 'scene') return uses;
  add(reference.clip, 'clip', 'clip');
  add(reference.voice, 'voice', 'voice');
  return uses;
}
