import type { Media, Reference } from '@refreel/core/model';
import type { Project, ProjectRequest } from './project.ts';

/** Every medium of a request, each once. */
export function mediaIn({ references, startFrame, endFrame }: ProjectRequest): Media[] {
  const all = references.flatMap((one) => {
    if (one.kind === 'video') return [one.video, one.voice];
    if (one.kind === 'image') return [one.image];
    const angles = one.angles ?? [];
    return one.kind === 'scene' ? [one.image, ...angles] : [one.image, ...angles, one.clip, one.voice];
  });
  return [...new Set([...all, startFrame, endFrame].filter((media) => media !== undefined))];
}

/** The project with each medium named anew; one that becomes undefined is taken out, and with it what cannot be without it. */
export function renameMedia(project: Project, rename: (media: Media) => Media | undefined): Project {
  const { startFrame, endFrame, references, ...rest } = project.request;
  const frames = { startFrame: startFrame && rename(startFrame), endFrame: endFrame && rename(endFrame) };
  return {
    ...project,
    request: {
      ...rest,
      references: references.flatMap((one) => renameIn(one, rename)),
      ...(frames.startFrame !== undefined && { startFrame: frames.startFrame }),
      ...(frames.endFrame !== undefined && { endFrame: frames.endFrame }),
    },
  };
}

function renameIn(reference: Reference, rename: (media: Media) => Media | undefined): Reference[] {
  if (reference.kind === 'video') {
    const { voice, ...rest } = reference;
    const [video, renamedVoice] = [rename(rest.video), voice && rename(voice)];
    return video === undefined ? [] : [{ ...rest, video, ...(renamedVoice && { voice: renamedVoice }) }];
  }
  if (reference.kind === 'image') {
    const image = rename(reference.image);
    return image === undefined ? [] : [{ ...reference, image }];
  }
  const angles = reference.angles?.map(rename).filter((media) => media !== undefined);
  if (reference.kind === 'scene') {
    const { angles: _, ...rest } = reference;
    const image = rename(rest.image);
    return image === undefined ? [] : [{ ...rest, image, ...(angles?.length && { angles }) }];
  }
  const { id, name, kind } = reference;
  const [image, clip, voice] = [reference.image, reference.clip, reference.voice].map(
    (media) => media && rename(media),
  );
  const media = { ...(image && { image }), ...(clip && { clip }), ...(voice && { voice }) };
  return [{ kind, id, name, ...media, ...(angles?.length && { angles }) }];
}
