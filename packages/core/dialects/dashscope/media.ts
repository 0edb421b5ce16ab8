import {
  type Card,
  type Facts,
  inputWords,
  type Language,
  type Media,
  makeNote,
  type Note,
  type Problem,
  problem,
  type Reference,
  type Request,
} from '../../model/index.ts';
import { isInline } from '../addresses.ts';
import type { Json } from '../message.ts';
import { shown } from '../shown.ts';
import { wan27, wanMedium } from './mentions.ts';
import type { WireInput, WireMedia } from './wire.ts';

/** Wan 2.7 takes typed `media`, Wan 2.6 a bare list of `reference_urls`. A card says by its mentions which of the two it is. */
export function takesMedia(card: Card): boolean {
  return card.prompt.mentions === wan27.key;
}

/** What a request's media say in the house's words. */
export interface DecodedMedia {
  readonly references: Reference[];
  readonly startFrame: Media | undefined;
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Reads the references. They have no names there, so that each is called what the prompt calls it. */
export function decodeMedia(input: WireInput, card: Card, language: Language): DecodedMedia {
  return takesMedia(card) ? decodeTyped(input, card, language) : decodeUrls(input, card);
}

function decodeTyped(input: WireInput, card: Card, language: Language): DecodedMedia {
  const decoded: DecodedMedia = { references: [], startFrame: undefined, problems: [], notes: [] };
  const { references, problems, notes } = decoded;
  const ignored = (path: string, found: string) =>
    notes.push(makeNote('setting_ignored', path, { found, model: card.id }));
  for (const field of ['reference_urls', 'reference_video_urls'] as const)
    if (input.media != null && input[field] != null) ignored(`input.${field}`, shown(input[field]));
  // "url error" is what the vendor's page says that a wrong URL field, or a client too old to send this one, is answered with.
  if (input.media == null) problems.push(noAddress('input.media', input.reference_urls?.[0] ?? '', 'image'));

  const frames = (input.media ?? []).filter(({ type }) => type === 'first_frame');
  if (frames.length > 1) {
    const values = { model: card.id, limit: 1, found: frames.length, over: frames.length - 1, condition: '' };
    problems.push(problem('too_many', 'startFrame', { ...values, what: inputWords.startFrame }, card.inputs.source));
  }
  for (const [index, one] of (input.media ?? []).entries()) {
    const path = `input.media[${index}]`;
    const { type, url, reference_voice: voice, ...more } = one;
    for (const [key, value] of Object.entries(more)) ignored(`${path}.${key}`, shown(value));
    const kind = type === 'reference_video' ? 'film' : 'image';
    if (!isAddress(url, kind)) problems.push(noAddress(`${path}.url`, url, kind));
    if (type === 'first_frame') {
      // The page calls it "not recommended" in one place and impossible in another: it is taken and does nothing.
      if (voice != null) ignored(`${path}.reference_voice`, shown(voice));
      continue;
    }
    if (voice != null && !isAddress(voice, 'film')) problems.push(noAddress(`${path}.reference_voice`, voice, 'film'));
    references.push(referenceOf(one, references, language));
  }
  return { ...decoded, startFrame: frames[0]?.url };
}

function referenceOf(media: WireMedia, before: readonly Reference[], language: Language): Reference {
  const { type, url, reference_voice: voice } = media;
  const id = `r${before.length + 1}`;
  const moving = type === 'reference_video';
  const number = before.filter(({ kind }) => (kind === 'video') === moving).length + 1;
  const name = language === 'zh' ? `${moving ? '视频' : '图'}${number}` : `${moving ? 'Video' : 'Image'}${number}`;
  if (moving) return { kind: 'video', id, name, video: url, use: 'subject', ...(voice != null && { voice }) };
  // Only what speaks is certainly a subject; of other pictures the model decides.
  return voice == null ? { kind: 'image', id, name, image: url } : { kind: 'subject', id, name, image: url, voice };
}

function decodeUrls(input: WireInput, card: Card): DecodedMedia {
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const { reference_urls: urls, reference_video_urls: videos } = input;
  const ignored = (path: string, found: string) =>
    notes.push(makeNote('setting_ignored', path, { found, model: card.id }));
  if (urls != null && videos != null) ignored('input.reference_video_urls', shown(videos));
  if (urls == null && videos == null)
    problems.push(noAddress('input.reference_urls', input.media?.[0]?.url ?? '', 'film'));
  else if (input.media != null) ignored('input.media', shown(input.media));
  const field = urls == null ? 'reference_video_urls' : 'reference_urls';
  const references = (urls ?? videos ?? []).map((url, index): Reference => {
    if (!isAddress(url, 'film')) problems.push(noAddress(`input.${field}[${index}]`, url, 'film'));
    const known = { id: `r${index + 1}`, name: `character${index + 1}` };
    const moving = urls == null || /\.(?:mp4|mov)(?:[?#]|$)/iu.test(url);
    return moving ? { kind: 'video', ...known, video: url, use: 'subject' } : { kind: 'image', ...known, image: url };
  });
  return { references, startFrame: undefined, problems, notes };
}

/** Wan 2.6 does not say what an address holds. Once it is measured that is known, whatever its name ends in. */
export function afterMeasuring(request: Request, facts: Facts, card: Card): Request {
  if (takesMedia(card)) return request;
  const references = request.references.map((reference): Reference => {
    const { id, name } = reference;
    if (reference.kind === 'image' && facts.media[reference.image]?.kind === 'video')
      return { kind: 'video', id, name, video: reference.image, use: 'subject' };
    if (reference.kind === 'video' && facts.media[reference.video]?.kind === 'image')
      return { kind: 'image', id, name, image: reference.video };
    return reference;
  });
  return { ...request, references };
}

/** What of `input` a request's media become, and what was lost on the way. */
export interface EncodedMedia {
  readonly input: { readonly [key: string]: Json };
  /** Every address that is sent. */
  readonly addresses: readonly string[];
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Writes references and start frame. Limits are not looked at: a check has done that. */
export function encodeMedia(request: Request, card: Card): EncodedMedia {
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const typed = takesMedia(card);
  const media: { type: string; url: string; reference_voice?: string }[] = [];
  if (request.endFrame !== undefined) problems.push(noFrame(card, 'endFrame'));
  if (request.startFrame !== undefined) {
    if (typed) media.push({ type: 'first_frame', url: request.startFrame });
    else problems.push(noFrame(card, 'startFrame'));
  }
  for (const [index, reference] of request.references.entries()) {
    const path = `references[${index}]`;
    const taken = wanMedium(reference);
    if (taken === undefined) {
      problems.push(problem('subject_without_image', path));
      continue;
    }
    if (reference.kind === 'video' && reference.use !== 'subject') {
      const values = { model: card.id, found: reference.use, limit: ['subject'], condition: '' };
      problems.push(problem('setting_not_offered', `${path}.use`, values, card.inputs.source));
    }
    const voice = reference.kind === 'subject' || reference.kind === 'video' ? reference.voice : undefined;
    const sent = {
      type: taken.type,
      url: taken.media,
      ...(typed && voice !== undefined && { reference_voice: voice }),
    };
    media.push(sent);
    const kind = typed && taken.type === 'reference_image' ? 'image' : 'film';
    if (isInline(taken.media) && !isAddress(taken.media, kind)) problems.push(noAddress(path, taken.media, kind));
    if (voice !== undefined && isInline(voice)) problems.push(noAddress(`${path}.voice`, voice, 'film'));
    notes.push(...lossesOf(reference, sent, path, card));
  }
  const addresses = media.flatMap(({ url, reference_voice: voice }) => (voice === undefined ? [url] : [url, voice]));
  const input = typed ? { media } : { reference_urls: media.map(({ url }) => url) };
  return { input, addresses, problems, notes };
}

/** What of a reference is not there any more when it is read again. */
function lossesOf(
  reference: Reference,
  sent: { type: string; reference_voice?: string },
  path: string,
  card: Card,
): Note[] {
  const model = card.id;
  const { source } = card.inputs;
  const notes: Note[] = [];
  const readAs = sent.type === 'reference_video' ? 'video' : sent.reference_voice === undefined ? 'image' : 'subject';
  if (reference.kind !== readAs) {
    const values = { found: inputWords[reference.kind], model, limit: inputWords[readAs] };
    notes.push(makeNote('kind_converted', `${path}.kind`, values, source));
  }
  if (reference.kind === 'video') {
    if (reference.keepSound === true)
      notes.push(makeNote('setting_ignored', `${path}.keepSound`, { found: true, model }, source));
  } else if (reference.kind !== 'image') {
    const over = reference.angles?.length ?? 0;
    if (over > 0)
      notes.push(makeNote('angles_dropped', `${path}.angles`, { model, limit: 0, found: over, over }, source));
    if (sent.type === 'reference_video' && reference.image !== undefined)
      notes.push(makeNote('image_dropped', `${path}.image`, { model }, source));
  }
  const voice = reference.kind === 'subject' || reference.kind === 'video' ? reference.voice : undefined;
  if (voice !== undefined && sent.reference_voice === undefined)
    notes.push(makeNote('voice_dropped', `${path}.voice`, { model }, source));
  return notes;
}

function noFrame(card: Card, what: 'startFrame' | 'endFrame'): Problem {
  const hint = { en: 'Use the frame as a reference instead.', zh: '请改为作为参考图像使用。' };
  return problem('input_unsupported', what, { model: card.id, what: inputWords[what], hint }, card.inputs.source);
}

/** True for what the vendor reads: `oss:` and web addresses; pictures of 2.7 also as data URIs of the types that its guide lists. */
function isAddress(url: string, kind: 'image' | 'film'): boolean {
  if (/^(?:https?|oss):\/\/[^\s/]+/iu.test(url)) return true;
  return kind === 'image' && /^data:image\/(?:jpeg|jpg|png|bmp|webp);base64,[A-Za-z0-9+/_-]/iu.test(url);
}

function noAddress(path: string, url: string, kind: 'image' | 'film'): Problem {
  const limit =
    kind === 'image'
      ? {
          en: 'an http, https or oss address, or a data URI of a picture',
          zh: 'http、https、oss 地址或图像的 data URI',
        }
      : { en: 'an http, https or oss address', zh: ' http、https 或 oss 地址' };
  return problem('media_address', path, { found: shown(url), limit });
}
