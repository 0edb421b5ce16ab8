import type { Media, Reference } from '@refreel/core/model';

/** What a reference is recognised by: its picture, else its video or clip. */
export function faceOf(reference: Reference): Media | undefined {
  if (reference.kind === 'video') return reference.video;
  if (reference.kind === 'subject') return reference.image ?? reference.clip;
  return reference.image;
}
