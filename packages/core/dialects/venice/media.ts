import {
  type Card,
  inputWords,
  makeNote,
  type Note,
  type Problem,
  problem,
  type Reference,
  type Request,
  type Subject,
} from '../../model/index.ts';
import { shown } from '../shown.ts';
import { checkAddress } from './address.ts';
import { untakenMedia } from './media-fields.ts';
import { takesElements } from './model.ts';
import type { WireElement, WireQueue } from './wire.ts';

/** What a request's media say in the house's words. */
export interface DecodedMedia {
  readonly references: Reference[];
  readonly frames: Pick<Request, 'startFrame' | 'endFrame'>;
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** More angles of one element: "reference images (1-3)", guide of 2026-11-20. */
export const mostAngles = 3;

/** Reads references and frames. They have no names there, so that each is called what the prompt calls it. */
export function decodeMedia(input: WireQueue, card: Card): DecodedMedia {
  const decoded: DecodedMedia = { references: [], frames: {}, problems: untakenMedia(input, card), notes: [] };
  if (takesElements(card)) decodeElements(input, card, decoded);
  else {
    const { field, list } = oneList(input, 'referenceImageUrls', 'reference_image_urls', decoded.problems);
    for (const [index, image] of list.entries()) {
      checkAddress(`${field}[${index}]`, image, 'image', decoded.problems);
      decoded.references.push({ kind: 'image', id: `r${index + 1}`, name: `Image${index + 1}`, image });
    }
  }
  return decoded;
}

function decodeElements(input: WireQueue, card: Card, { references, frames, problems, notes }: DecodedMedia): void {
  for (const [index, element] of (input.elements ?? []).entries())
    references.push(decodeElement(element, index, card, problems, notes));
  const scenes = oneList(input, 'image_urls', 'scene_image_urls', problems);
  for (const [index, image] of scenes.list.entries()) {
    checkAddress(`${scenes.field}[${index}]`, image, 'image', problems);
    references.push({ kind: 'scene', id: `r${references.length + 1}`, name: `Image${index + 1}`, image });
  }
  for (const [field, frame] of [
    ['image_url', 'startFrame'],
    ['end_image_url', 'endFrame'],
  ] as const) {
    const media = input[field];
    if (media == null) continue;
    checkAddress(field, media, 'image', problems);
    frames[frame] = media;
  }
}

function decodeElement(element: WireElement, index: number, card: Card, problems: Problem[], notes: Note[]): Subject {
  const path = `elements[${index}]`;
  const { frontal_image_url: image, reference_image_urls: views, video_url: clip, ...more } = element;
  for (const [key, value] of Object.entries(more))
    if (value !== null)
      notes.push(makeNote('setting_ignored', `${path}.${key}`, { found: shown(value), model: card.id }));
  const angles = views ?? [];
  if (angles.length > mostAngles) {
    const values = { model: card.id, limit: mostAngles, found: angles.length, over: angles.length - mostAngles };
    const what = { what: inputWords.angle, condition: '' };
    problems.push(problem('too_many', `${path}.reference_image_urls`, { ...values, ...what }, card.inputs.source));
  }
  if (image != null) checkAddress(`${path}.frontal_image_url`, image, 'image', problems);
  for (const [place, angle] of angles.entries())
    checkAddress(`${path}.reference_image_urls[${place}]`, angle, 'image', problems);
  if (clip != null) checkAddress(`${path}.video_url`, clip, 'video', problems);
  return {
    kind: 'subject',
    id: `r${index + 1}`,
    name: `Element${index + 1}`,
    ...(image != null && { image }),
    ...(angles.length > 0 && { angles }),
    ...(clip != null && { clip }),
  };
}

type ListField = 'image_urls' | 'scene_image_urls' | 'referenceImageUrls' | 'reference_image_urls';

/** One list under two names: the guide's and the specification's. Some clients send both, which is fine as long as they say the same. */
function oneList(
  input: WireQueue,
  guide: ListField,
  specification: ListField,
  problems: Problem[],
): { field: ListField; list: readonly string[] } {
  const [one, other] = [input[guide] ?? [], input[specification] ?? []];
  if (one.length > 0 && other.length > 0 && one.join('\n') !== other.join('\n'))
    problems.push(problem('invalid_request', specification, { found: `it must be left out beside ${guide}` }));
  return one.length > 0 ? { field: guide, list: one } : { field: specification, list: other };
}
