import { takeAs } from '../../model/check/take.ts';
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
} from '../../model/index.ts';
import { isInline, isWebAddress } from '../addresses.ts';
import type { Json } from '../message.ts';
import { shown } from '../shown.ts';
import type { WireCreate } from './wire.ts';

/**
 * The page shows the two frames and speaks of "a reference meaning" without its word. Clients of this vendor send `reference_image`
 * (one of them, read 2026-11-20); `reference` is ours.
 */
const frameRoles = { first_frame: 'startFrame', last_frame: 'endFrame' } as const;
const referenceRoles = ['reference_image', 'reference'];

/** What a request's pictures say in the house's words. */
export interface DecodedImages {
  readonly references: Reference[];
  /** How each reference came; null for the plain list. */
  readonly roles: (string | null)[];
  readonly startFrame?: Media;
  readonly endFrame?: Media;
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** How many pictures there may be is documented nowhere. Ours, and far beyond what anybody sends: each of them is fetched. */
const mostPictures = 50;

/** Reads references and frames. Nothing is a frame that does not say so: "the second picture is never taken for the last frame". */
export function decodeImages(body: WireCreate, card: Card): DecodedImages {
  const count = (body.reference_images?.length ?? 0) + (body.image_with_roles?.length ?? 0);
  if (count > mostPictures) return { references: [], roles: [], problems: [tooMany(card, count)], notes: [] };
  const references: Reference[] = [];
  const roles: (string | null)[] = [];
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const frames: { startFrame?: Media; endFrame?: Media } = {};
  const add = (url: string, role: string | null) => {
    const number = references.length + 1;
    references.push({ kind: 'image', id: `r${number}`, name: `image${number}`, image: url });
    roles.push(role);
  };
  const look = (url: string, path: string) => {
    if (!isWebAddress(url)) problems.push(noAddress(path, url));
  };
  for (const [index, url] of (body.reference_images ?? []).entries()) {
    look(url, `reference_images[${index}]`);
    if (url !== '') add(url, null);
  }
  for (const [index, { url, role, ...more }] of (body.image_with_roles ?? []).entries()) {
    const path = `image_with_roles[${index}]`;
    look(url, `${path}.url`);
    for (const [key, value] of Object.entries(more))
      notes.push(makeNote('setting_ignored', `${path}.${key}`, { found: shown(value), model: card.id }));
    if (Object.hasOwn(frameRoles, role)) {
      const frame = frameRoles[role as keyof typeof frameRoles];
      if (frames[frame] !== undefined) problems.push(twice(card, `${path}.role`, frame));
      else if (url !== '') frames[frame] = url;
    } else if (referenceRoles.includes(role)) {
      if (url !== '') add(url, role);
    } else {
      const limit = [...Object.keys(frameRoles), ...referenceRoles];
      const values = { found: shown(role), model: card.id, limit, condition: '' };
      problems.push(problem('setting_not_offered', `${path}.role`, values, card.inputs.source));
    }
  }
  return { references, roles, ...frames, problems, notes };
}

function tooMany(card: Card, found: number): Problem {
  const values = { model: card.id, limit: mostPictures, found, over: found - mostPictures, condition: '' };
  return problem('too_many', 'reference_images', { ...values, what: inputWords.picture }, 'ours');
}

function twice(card: Card, path: string, frame: 'startFrame' | 'endFrame'): Problem {
  const values = { model: card.id, limit: 1, found: 2, over: 1, condition: '', what: inputWords[frame] };
  return problem('too_many', path, values, card.inputs.source);
}

/** The fields that a request's pictures become, and what was lost on the way. */
export interface EncodedImages {
  readonly fields: { readonly [key: string]: Json };
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Writes references and frames; `roles` is how they came, if it is known. How many there may be is not looked at: a check has done that. */
export function encodeImages(request: Request, card: Card, roles: readonly (string | null)[] = []): EncodedImages {
  const { taken, notes, problems } = takeAs(request, card);
  const plain: string[] = [];
  const withRoles: { url: string; role: string }[] = [];
  const put = (media: Media, path: string, role: string | null) => {
    if (isInline(media)) problems.push(noAddress(path, media));
    if (role === null) plain.push(media);
    else withRoles.push({ url: media, role });
  };
  if (taken.startFrame !== undefined) put(taken.startFrame, 'startFrame', 'first_frame');
  if (taken.endFrame !== undefined) put(taken.endFrame, 'endFrame', 'last_frame');
  const sameCount = roles.length === taken.references.length;
  for (const [index, reference] of taken.references.entries()) {
    const path = `references[${index}]`;
    // What has no picture was refused above.
    if (reference.kind === 'video' || reference.image === undefined) continue;
    put(reference.image, `${path}.image`, (sameCount ? roles[index] : null) ?? null);
  }
  const fields = {
    ...(plain.length > 0 && { reference_images: plain }),
    ...(withRoles.length > 0 && { image_with_roles: withRoles }),
  };
  return { fields, problems, notes };
}

/** "A public address; no base64: upload local pictures first." */
function noAddress(path: string, url: string): Problem {
  const limit = {
    en: 'a public http or https address; base64 is not taken, upload the picture with POST /v1/uploads/images first',
    zh: '公网可访问的 http 或 https 地址；不支持 base64，请先用 POST /v1/uploads/images 上传图片',
  };
  return problem('media_address', path, { found: shown(url), limit });
}
