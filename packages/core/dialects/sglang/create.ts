import { type Problem, problem, type Request } from '../../model/index.ts';
import type { CodecContext, Exchange, Question, Read, Written } from '../dialect.ts';
import { type Ask, type Json, jsonBody } from '../message.ts';
import { extrasOf, type FormFile, readFields, writeFields } from '../openai/fields.ts';
import { explainLosses } from '../openai/losses.ts';
import { findModel } from '../openai/model.ts';
import { type OneMedium, oneMediumOf, withMedium } from '../openai/one-medium.ts';
import { asTexts, readSettings, writeSettings } from '../openai/settings.ts';
import { acceptanceOf, type VideoWire } from '../openai/video.ts';
import { readBody } from '../read-body.ts';
import { shown } from '../shown.ts';
import { knownFields, WireCreate } from './wire.ts';

type Create = Extract<Question, { does: 'create' }>;

const path = '/videos';

/** Asks for a film: a form where a picture goes along as a file, else JSON. */
export function createWith(wire: VideoWire): Exchange<'create'> {
  return {
    does: 'create',
    method: 'POST',
    path,
    ask: {
      decode: (ask, _, context) => decode(ask, context),
      encode: ({ request }, context) => encodeCreate(request, context),
    },
    answer: acceptanceOf(wire),
  };
}

function decode(ask: Ask, context: CodecContext): Read<Create> {
  const refuse = (...problems: Problem[]): Read<Create> => ({ ok: false, problems });
  const fields = readFields(ask);
  if ('problems' in fields) return refuse(...fields.problems);
  const body = readBody(jsonBody(fields.value), WireCreate);
  if ('problems' in body) return refuse(...body.problems);
  const { model, prompt, reference_url: url } = body.value;
  if (prompt == null) return refuse(problem('field_missing', 'prompt'));
  if (model == null || model === '') return refuse(problem('field_missing', 'model'));
  const found = findModel(model, context);
  if ('problem' in found) return refuse(found.problem);
  const { card } = found;
  const pictures: string[] = url == null || url === '' ? [] : [url];
  const problems = pictures.flatMap((one) => (isAddress(one) ? [] : [noAddress('reference_url', one)]));
  for (const file of fields.files) {
    if (file.name === 'input_reference') pictures.unshift(file.bytes);
    else problems.push(problem('unknown_field', file.name.slice(0, 80), { hint: '' }));
  }
  // "input_reference file is required": a form without a picture is refused (video_api.py@00ae37c8).
  if (fields.form && pictures.length === 0) problems.push(problem('field_missing', 'input_reference'));
  if (problems.length > 0) return refuse(...problems);
  const settings = readSettings({ ...body.value, seconds: body.value.seconds ?? undefined }, card);
  // A field that is not known there is not looked at.
  const { notes } = extrasOf(body.value, knownFields, card.id, false);
  const [picture] = pictures;
  const medium = picture === undefined ? undefined : ({ kind: 'picture', media: picture } as const);
  return {
    ok: true,
    value: { does: 'create', request: withMedium(settings, medium, card), echo: null, notes },
    notes,
  };
}

/** A request as an engine takes it. */
export function encodeCreate(request: Request, context: CodecContext): Written<Ask> {
  const found = findModel(request.model, context);
  if ('problem' in found) return { ok: false, problems: [found.problem] };
  const { card } = found;
  const settings = writeSettings(request, card);
  const { medium, problems, notes } = oneMediumOf(request, card);
  const wrong = [...settings.problems, ...problems, ...unreadable(medium)];
  if (wrong.length > 0) return { ok: false, problems: wrong };
  const seconds = Number(settings.fields.seconds);
  const read = withMedium(readSettings({ ...settings.fields, seconds }, card), medium, card);
  const losses = explainLosses(request, read, card, [...settings.notes, ...notes]);
  const isFile = medium !== undefined && !isAddress(medium.media);
  const files: FormFile[] = isFile
    ? // Empty: name and type are those of the bytes that the handle stands for.
      [{ name: 'input_reference', fileName: '', mediaType: '', bytes: medium.media }]
    : [];
  const fields: { [key: string]: Json } = {
    ...(isFile ? asTexts(context.fields) : context.fields),
    ...settings.fields,
    seconds,
    ...(medium !== undefined && !isFile && { reference_url: medium.media }),
  };
  // Without a file a form would be refused.
  const written = writeFields(fields, false, files);
  return { ok: true, message: { method: 'POST', path, query: {}, ...written }, notes: losses };
}

/** What its pages know no field for: films, and pictures as text. */
function unreadable(medium: OneMedium | undefined): Problem[] {
  if (medium === undefined) return [];
  const { kind, media, path: at } = medium;
  if (kind === 'film') {
    const found = { en: 'SGLang takes no films', zh: 'SGLang 不支持输入视频' };
    return [problem('invalid_request', at, { found })];
  }
  return /^data:/i.test(media) ? [noAddress(at, media)] : [];
}

function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]+/iu.test(text);
}

function noAddress(at: string, url: string): Problem {
  const limit = { en: 'an http or https address, or a file', zh: ' http、https 地址或文件' };
  return problem('media_address', at, { found: shown(url), limit });
}
