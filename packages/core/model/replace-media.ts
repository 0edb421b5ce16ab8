import type { Media, Reference } from './reference.ts';
import type { Request } from './request.ts';

/** The request with every medium named anew. */
export function replaceMedia(request: Request, rename: (media: Media) => Media): Request {
  const replaced: Request = {
    ...request,
    references: request.references.map((reference) => replaceOf(reference, rename)),
  };
  if (request.startFrame !== undefined) replaced.startFrame = rename(request.startFrame);
  if (request.endFrame !== undefined) replaced.endFrame = rename(request.endFrame);
  return replaced;
}

function replaceOf(reference: Reference, rename: (media: Media) => Media): Reference {
  const replaced = { ...reference };
  if ('image' in replaced && replaced.image !== undefined) replaced.image = rename(replaced.image);
  if ('angles' in replaced && replaced.angles !== undefined) replaced.angles = replaced.angles.map(rename);
  if ('clip' in replaced && replaced.clip !== undefined) replaced.clip = rename(replaced.clip);
  if ('video' in replaced) replaced.video = rename(replaced.video);
  if ('voice' in replaced && replaced.voice !== undefined) replaced.voice = rename(replaced.voice);
  return replaced;
}
