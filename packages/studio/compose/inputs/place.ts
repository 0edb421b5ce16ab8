import type { Card, MediaFacts, ReferenceKind } from '@refreel/core/model';
import { beginStep, changeRequest } from '../../document/project-store.ts';
import { addMedium, offeredKinds } from '../references/add-reference.ts';

/** Where a medium can go: a reference of a kind, or one of the frames. */
export type Place = ReferenceKind | 'startFrame' | 'endFrame';

/** The places that a model has for a picture or a film, the likeliest first. */
export function placesFor(card: Card, kind: MediaFacts['kind']): Place[] {
  const kinds = offeredKinds(card);
  if (kind === 'video')
    return [
      ...(kinds.includes('video') ? (['video'] as const) : []),
      ...(card.inputs.subject?.clip ? (['subject'] as const) : []),
    ];
  const pictures = kinds.filter(
    (one) => one !== 'video' && !(one === 'subject' && card.inputs.subject?.image === 'none'),
  );
  const frames = (['startFrame', 'endFrame'] as const).filter((frame) => card.inputs[frame]);
  return [...pictures, ...frames];
}

/** Puts a medium in its place; `footage` where it moves. `name` is what its file is called. */
export function putInto(
  place: Place,
  media: string,
  { name, footage = false }: { readonly name?: string | undefined; readonly footage?: boolean } = {},
): void {
  if (place === 'startFrame' || place === 'endFrame') {
    beginStep();
    changeRequest({ [place]: media });
  } else addMedium(media, place, name, footage);
}
