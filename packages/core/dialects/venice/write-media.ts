import {
  type Card,
  inputWords,
  type Media,
  makeNote,
  type Note,
  type Problem,
  problem,
  type Reference,
  type Request,
  type Subject,
} from '../../model/index.ts';
import type { Json } from '../message.ts';
import { checkAddress } from './address.ts';
import { mostAngles } from './media.ts';
import { isElement, isFlatImage, isSceneImage } from './mentions.ts';
import { takesElements } from './model.ts';

/** What of the body a request's media become, and what was lost on the way. */
export interface EncodedMedia {
  readonly fields: { readonly [key: string]: Json };
  readonly problems: Problem[];
  readonly notes: Note[];
}

/**
 * Writes references and frames by the specification's names, which its deployment writes by machine; the guide's are older, and an
 * unknown key is ignored there without a word. Limits are not looked at: a check has done that.
 */
export function encodeMedia(request: Request, card: Card): EncodedMedia {
  const { references, startFrame, endFrame } = request;
  const problems: Problem[] = [];
  const notes: Note[] = [];
  for (const [index, reference] of references.entries()) {
    const path = `references[${index}]`;
    const refused = refuse(reference, path, card);
    if (refused !== undefined) problems.push(refused);
    else notes.push(...lossesOf(reference, path, card));
  }
  for (const frame of ['startFrame', 'endFrame'] as const)
    if (request[frame] !== undefined && !card.inputs[frame]) problems.push(unsupported(card, frame, frame));
  if (problems.length > 0) return { fields: {}, problems, notes };

  const fields: { [key: string]: Json } = {};
  if (takesElements(card)) {
    const elements = references.filter(isElement).map((subject) => encodeElement(subject, card));
    const images = references.filter(isSceneImage).flatMap(pictureOf);
    if (elements.length > 0) fields.elements = elements;
    if (images.length > 0) fields.scene_image_urls = images;
    if (startFrame !== undefined) fields.image_url = startFrame;
    if (endFrame !== undefined) fields.end_image_url = endFrame;
  } else fields.reference_image_urls = references.flatMap(pictureOf);
  return { fields, problems: inlineProblems(request), notes };
}

function encodeElement({ image, angles = [], clip }: Subject, card: Card): { [key: string]: Json } {
  return {
    ...(image !== undefined && { frontal_image_url: image }),
    ...(angles.length > 0 && { reference_image_urls: angles.slice(0, anglesOf(card)) }),
    ...(clip !== undefined && { video_url: clip }),
  };
}

function pictureOf(reference: Reference): Media[] {
  return reference.kind === 'video' || reference.image === undefined ? [] : [reference.image];
}

function anglesOf(card: Card): number {
  return card.inputs.subject?.mostAngles ?? mostAngles;
}

/** Where each reference stands when it is read again: all elements first, then all scene images. */
export function places(references: readonly Reference[], card: Card): readonly number[] | undefined {
  if (!takesElements(card)) return undefined;
  const order = [...references.filter(isElement), ...references.filter((reference) => !isElement(reference))];
  return references.map((reference) => order.indexOf(reference));
}

function refuse(reference: Reference, path: string, card: Card): Problem | undefined {
  if (reference.kind === 'video') return unsupported(card, path, 'video');
  if (takesElements(card) || isFlatImage(reference)) return undefined;
  return problem('image_required', path, { model: card.id }, card.inputs.source);
}

function unsupported(card: Card, path: string, what: 'video' | 'startFrame' | 'endFrame'): Problem {
  const hint = { en: 'Use pictures as references instead.', zh: '请改为使用图像作为参考。' };
  return problem('input_unsupported', path, { model: card.id, what: inputWords[what], hint }, card.inputs.source);
}

/** What of a reference is not there any more when it is read again. */
function lossesOf(reference: Reference, path: string, card: Card): Note[] {
  const model = card.id;
  const { source } = card.inputs;
  const notes: Note[] = [];
  const readAs = !takesElements(card) ? 'image' : isElement(reference) ? 'subject' : 'scene';
  if (reference.kind !== readAs) {
    const values = { found: inputWords[reference.kind], model, limit: inputWords[readAs] };
    notes.push(makeNote('kind_converted', `${path}.kind`, values, source));
  }
  if (reference.kind !== 'subject' && reference.kind !== 'scene') return notes;
  const found = reference.angles?.length ?? 0;
  const limit = readAs === 'subject' ? anglesOf(card) : 0;
  const over = found - limit;
  if (over > 0)
    notes.push(
      limit === 0
        ? makeNote('angles_not_taken', `${path}.angles`, { model, over }, source)
        : makeNote('angles_dropped', `${path}.angles`, { model, limit, found, over }, source),
    );
  if (reference.kind !== 'subject') return notes;
  if (reference.clip !== undefined && readAs !== 'subject')
    notes.push(makeNote('clip_dropped', `${path}.clip`, { model }, source));
  if (reference.voice !== undefined) notes.push(makeNote('voice_dropped', `${path}.voice`, { model }, source));
  return notes;
}

/** Bytes in the place of an address may only be pictures, or an element's clip. Handles of ours are left to whoever puts addresses in their place. */
function inlineProblems({ references, startFrame, endFrame }: Request): Problem[] {
  const problems: Problem[] = [];
  const look = (path: string, media: Media | undefined, kind: 'image' | 'video') => {
    if (media !== undefined && /^data:/i.test(media)) checkAddress(path, media, kind, problems);
  };
  for (const [index, reference] of references.entries()) {
    const path = `references[${index}]`;
    if (reference.kind === 'video') continue;
    look(`${path}.image`, reference.image, 'image');
    if (reference.kind !== 'subject') continue;
    for (const [place, angle] of (reference.angles ?? []).entries()) look(`${path}.angles[${place}]`, angle, 'image');
    look(`${path}.clip`, reference.clip, 'video');
  }
  look('startFrame', startFrame, 'image');
  look('endFrame', endFrame, 'image');
  return problems;
}
