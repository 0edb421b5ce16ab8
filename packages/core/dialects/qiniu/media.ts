import {
  type Card,
  inputWords,
  type Localized,
  type Media,
  makeNote,
  type Note,
  type Problem,
  problem,
  type Reference,
} from '../../model/index.ts';
import { shown } from '../shown.ts';
import { readBareBase64 } from './base64.ts';
import { takesList } from './model.ts';
import type { WireCreate, WireFilm, WirePicture } from './wire.ts';

/** What a request's media say in the house's words. */
export interface DecodedMedia {
  readonly references: Reference[];
  readonly startFrame: Media | undefined;
  readonly endFrame: Media | undefined;
}

/** "At most 4 pictures; more are ignored" (the page of 2026-11-20). */
export const mostPictures = 4;

/** Reads pictures, then videos. They have no names there, so that each is called by its kind and place. */
export function decodeMedia(body: WireCreate): DecodedMedia {
  const pictures = (body.image_list ?? []).slice(0, mostPictures);
  const frameOf = (type: WirePicture['type']) => mediaOf(pictures.find((picture) => picture.type === type)?.image);
  const references = [
    ...pictures.filter(({ type }) => type == null).map(({ image }, index) => pictureOf(mediaOf(image) ?? image, index)),
    ...(body.video_list ?? []).map(filmOf),
  ];
  const { input_reference: first, image_tail: last } = body;
  const start = typeof first === 'string' ? first : first?.image_url;
  return {
    references,
    startFrame: start ?? frameOf('first_frame'),
    endFrame: last ?? frameOf('end_frame'),
  };
}

/** Pictures and videos have a list each: where each reference stands when it is read again. */
export function placesOf(references: readonly Reference[]): readonly number[] {
  const moving = references.map(({ kind }) => kind === 'video');
  const pictures = moving.filter((one) => !one).length;
  return moving.map((one, index) => {
    const before = moving.slice(0, index).filter((other) => other === one).length;
    return one ? pictures + before : before;
  });
}

/** An address as it is, base64 as a data URI; what is neither as it is, for whoever only compares. */
function mediaOf(image: string | undefined): Media | undefined {
  if (image === undefined || isAddress(image)) return image;
  return readBareBase64(image) ?? image;
}

function pictureOf(image: Media, index: number): Reference {
  return { kind: 'image', id: `r${index + 1}`, name: `image${index + 1}`, image };
}

function filmOf(film: WireFilm, index: number): Reference {
  const { video_url: video, refer_type: type, keep_original_sound: sound } = film;
  return {
    kind: 'video',
    id: `v${index + 1}`,
    name: `video${index + 1}`,
    video,
    // "To be edited, if nothing is said" (the page of 2026-11-20).
    use: type === 'feature' ? 'feature' : 'edit',
    ...(sound != null && { keepSound: sound === 'yes' }),
  };
}

/**
 * What is wrong with a request's media whatever they hold, and what of them does nothing. `files` are the fields that came as files of a
 * form and now hold handles.
 */
export function checkMedia(
  body: WireCreate,
  card: Card,
  files: readonly string[],
): { problems: Problem[]; notes: Note[] } {
  const problems = [...checkFields(body, card), ...checkFrames(body, card, files)];
  const notes: Note[] = [];
  for (const name of files) {
    if (frameFields.includes(name)) notes.push(beyondPage(name, card, { en: 'a file', zh: '文件' }));
    else problems.push(noAddress(name.slice(0, 80), name));
  }
  const ignored = (path: string, value: unknown) =>
    notes.push(makeNote('setting_ignored', path, { found: shown(value), model: card.id }, card.inputs.source));
  if (typeof body.input_reference === 'object' && body.input_reference !== null) {
    const { image_url: _, ...more } = body.input_reference;
    notes.push(beyondPage('input_reference', card, { en: 'an object', zh: '对象' }));
    for (const [key, value] of Object.entries(more)) if (value !== null) ignored(`input_reference.${key}`, value);
  }
  const list = body.image_list ?? [];
  for (const [index, picture] of list.entries()) {
    const path = `image_list[${index}]`;
    if (index >= mostPictures) {
      ignored(path, picture.image);
      continue;
    }
    const { image, type: _, ...more } = picture;
    if (!isAddress(image) && readBareBase64(image) === undefined) problems.push(noPicture(`${path}.image`, image));
    for (const [key, value] of Object.entries(more)) if (value !== null) ignored(`${path}.${key}`, value);
  }
  const taken = list.slice(0, mostPictures);
  const inline = taken.filter(({ image }) => !isAddress(image)).length;
  if (inline > 0 && inline < taken.length) {
    const found = { en: 'its pictures must be all addresses or all base64', zh: '图片须全部为 URL 或全部为 Base64' };
    problems.push(problem('invalid_request', 'image_list', { found }));
  }
  for (const [index, film] of (body.video_list ?? []).entries()) {
    const path = `video_list[${index}]`;
    const { video_url: url, refer_type: _, keep_original_sound: __, ...more } = film;
    if (!isAddress(url)) problems.push(noAddress(`${path}.video_url`, url));
    for (const [key, value] of Object.entries(more)) if (value !== null) ignored(`${path}.${key}`, value);
  }
  return { problems, notes };
}

/** The page says for each field which models have it. */
function checkFields(body: WireCreate, card: Card): Problem[] {
  const listed = takesList(card);
  const hint = listed
    ? { en: 'Name pictures in image_list.', zh: '请使用 image_list 传入图片。' }
    : { en: 'Name pictures in input_reference and image_tail.', zh: '请使用 input_reference、image_tail 传入图片。' };
  const refuse = (path: string, what: keyof typeof inputWords) =>
    problem('input_unsupported', path, { model: card.id, what: inputWords[what], hint }, card.inputs.source);
  const wrong: [keyof WireCreate & string, keyof typeof inputWords, boolean][] = [
    ['input_reference', 'startFrame', !listed && card.inputs.startFrame],
    ['image_tail', 'endFrame', !listed && card.inputs.endFrame],
    ['image_list', 'image', listed],
    ['video_list', 'video', card.inputs.video !== null],
  ];
  return wrong.flatMap(([field, what, taken]) => {
    const value = body[field];
    const given = Array.isArray(value) ? value.length > 0 : value != null;
    return given && !taken ? [refuse(field, what)] : [];
  });
}

/** The fields of one picture each. */
export const frameFields: readonly string[] = ['input_reference', 'image_tail'];

/** "Pictures by public address only, no other form" says the page; clients of the original have no other way to send one. */
function beyondPage(path: string, card: Card, found: Localized): Note {
  const limit = { en: 'public addresses', zh: '公开 URL' };
  return makeNote('beyond_page', path, { model: card.id, found, limit }, card.inputs.source);
}

function checkFrames(body: WireCreate, card: Card, files: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const { input_reference: first, image_tail: last } = body;
  const start = typeof first === 'string' ? first : first?.image_url;
  const isFile = (name: string) => files.includes(name);
  if (start !== undefined && !isAddress(start) && !isFile('input_reference'))
    problems.push(noAddress('input_reference', start));
  if (last != null && !isAddress(last) && !isFile('image_tail')) problems.push(noAddress('image_tail', last));
  for (const [type, frame] of [['first_frame', 'startFrame'] as const, ['end_frame', 'endFrame'] as const]) {
    const found = (body.image_list ?? []).slice(0, mostPictures).filter((picture) => picture.type === type).length;
    const values = { model: card.id, limit: 1, found, over: found - 1, condition: '', what: inputWords[frame] };
    if (found > 1) problems.push(problem('too_many', frame, values, card.inputs.source));
  }
  return problems;
}

/** What the vendor can fetch: a place on the web. */
export function isAddress(url: string): boolean {
  return /^https?:\/\/[^\s/]+/iu.test(url);
}

function noAddress(path: string, url: string): Problem {
  const limit = { en: 'a public http or https address', zh: '可公开访问的 http 或 https 地址' };
  return problem('media_address', path, { found: shown(url), limit });
}

function noPicture(path: string, image: string): Problem {
  const limit = {
    en: 'a public http or https address, or the base64 of a picture without a prefix such as "data:image/png;base64,"',
    zh: '可公开访问的 http 或 https 地址，或图片的 Base64（不带 data:image/png;base64, 前缀）',
  };
  return problem('media_address', path, { found: shown(image), limit });
}
