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
import type { Json } from '../message.ts';
import { shown } from '../shown.ts';
import { readBareBase64, writeBareBase64 } from './base64.ts';
import { isAddress, mostPictures } from './media.ts';
import { takesList } from './model.ts';

/** What a request's media become, and what was lost on the way. */
export interface EncodedMedia {
  readonly fields: { readonly [key: string]: Json };
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Writes frames and references. Limits are not looked at: a check has done that. */
export function encodeMedia(request: Request, card: Card): EncodedMedia {
  const encoded = takesList(card) ? encodeLists(request, card) : encodeFrames(request, card);
  for (const [index, reference] of request.references.entries()) {
    const path = `references[${index}]`;
    encoded.problems.push(...unsayable(reference, path, card));
    encoded.notes.push(...lossesOf(reference, path, card));
  }
  return encoded;
}

/** A frame a field, each an address. */
function encodeFrames({ startFrame, endFrame }: Request, card: Card): EncodedMedia {
  const problems: Problem[] = [];
  const frame = (path: 'startFrame' | 'endFrame', media: Media | undefined) => {
    if (media === undefined) return;
    if (!card.inputs[path]) problems.push(unsupported(path, path, card));
    if (/^data:/i.test(media)) problems.push(noAddress(path, media));
  };
  frame('startFrame', startFrame);
  frame('endFrame', endFrame);
  const fields = {
    ...(startFrame !== undefined && { input_reference: startFrame }),
    ...(endFrame !== undefined && { image_tail: endFrame }),
  };
  return { fields, problems, notes: [] };
}

function encodeLists({ startFrame, endFrame, references }: Request, card: Card): EncodedMedia {
  const problems: Problem[] = [];
  const images: { image: string; type?: string }[] = [];
  const add = (path: string, media: Media, type?: string) => {
    const bare = writeBareBase64(media);
    if (/^data:/i.test(media) && (bare === undefined || readBareBase64(bare) === undefined))
      problems.push(noAddress(path, media));
    images.push({ image: bare ?? media, ...(type !== undefined && { type }) });
  };
  if (startFrame !== undefined) add('startFrame', startFrame, 'first_frame');
  if (endFrame !== undefined) add('endFrame', endFrame, 'end_frame');
  const videos: Json[] = [];
  for (const [index, reference] of references.entries()) {
    const path = `references[${index}]`;
    if (reference.kind === 'video') {
      if (/^data:/i.test(reference.video)) problems.push(noAddress(path, reference.video));
      videos.push({
        video_url: reference.video,
        refer_type: reference.use === 'feature' ? 'feature' : 'base',
        // No page says what is usual, so that it is always said.
        keep_original_sound: reference.keepSound === true ? 'yes' : 'no',
      });
    } else if (reference.image !== undefined) add(path, reference.image);
  }
  // More are ignored there without a word.
  const over = images.length - mostPictures;
  const values = { model: card.id, limit: mostPictures, found: images.length, over, condition: '' };
  if (over > 0)
    problems.push(problem('too_many', 'references', { ...values, what: inputWords.picture }, card.inputs.source));
  const inline = images.some(({ image }) => readBareBase64(image) !== undefined);
  if (inline && images.some(({ image }) => isAddress(image))) {
    const found = { en: 'pictures must be all addresses or all inline', zh: '图片须全部为 URL 或全部内嵌' };
    problems.push(problem('invalid_request', 'references', { found }));
  }
  const fields = {
    ...(images.length > 0 && { image_list: images }),
    ...(videos.length > 0 && { video_list: videos }),
  };
  return { fields, problems, notes: [] };
}

/** What a reference needs and this vendor has no place for. */
function unsayable(reference: Reference, path: string, card: Card): Problem[] {
  if (reference.kind !== 'video') {
    if (!takesList(card)) return [unsupported(path, reference.kind, card)];
    return reference.image === undefined ? [problem('image_required', path, { model: card.id })] : [];
  }
  const { video } = card.inputs;
  if (video === null) return [unsupported(path, 'video', card)];
  if (reference.use !== 'subject') return [];
  const values = { model: card.id, found: reference.use, limit: video.uses ?? [], condition: '' };
  return [problem('setting_not_offered', `${path}.use`, values, video.source)];
}

/** What of a reference is not there any more when it is read again. */
function lossesOf(reference: Reference, path: string, card: Card): Note[] {
  const model = card.id;
  const { source } = card.inputs;
  const notes: Note[] = [];
  if (reference.kind === 'subject' || reference.kind === 'scene') {
    const values = { found: inputWords[reference.kind], model, limit: inputWords.image };
    notes.push(makeNote('kind_converted', `${path}.kind`, values, source));
    const over = reference.angles?.length ?? 0;
    if (over > 0) notes.push(makeNote('angles_not_taken', `${path}.angles`, { model, over }, source));
  }
  if (reference.kind === 'subject' && reference.clip !== undefined)
    notes.push(makeNote('clip_dropped', `${path}.clip`, { model }, source));
  if ((reference.kind === 'subject' || reference.kind === 'video') && reference.voice !== undefined)
    notes.push(makeNote('voice_dropped', `${path}.voice`, { model }, source));
  return notes;
}

/** The request with data URIs named as they will be read. */
export function withBareTypes(request: Request): Request {
  const name = (media: Media) => readBareBase64(writeBareBase64(media) ?? '') ?? media;
  const { startFrame, endFrame } = request;
  return {
    ...request,
    ...(startFrame !== undefined && { startFrame: name(startFrame) }),
    ...(endFrame !== undefined && { endFrame: name(endFrame) }),
    references: request.references.map(
      (reference): Reference =>
        reference.kind === 'video' || reference.image === undefined
          ? reference
          : { ...reference, image: name(reference.image) },
    ),
  };
}

function unsupported(path: string, what: keyof typeof inputWords, card: Card): Problem {
  const hint = { en: 'Leave it out, or choose another model.', zh: '请去掉，或更换模型。' };
  return problem('input_unsupported', path, { model: card.id, what: inputWords[what], hint }, card.inputs.source);
}

function noAddress(path: string, media: Media): Problem {
  const limit = { en: 'a public http or https address', zh: '可公开访问的 http 或 https 地址' };
  return problem('media_address', path, { found: shown(media), limit });
}
