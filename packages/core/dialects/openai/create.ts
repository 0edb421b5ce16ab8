import { z } from 'zod';
import { isFixed } from '../../model/check/setting.ts';
import { type Card, inputWords, type Problem, problem, type Request } from '../../model/index.ts';
import type { CodecContext, Exchange, Question, Read, Written } from '../dialect.ts';
import { type Ask, type Json, jsonBody } from '../message.ts';
import { readBody } from '../read-body.ts';
import { shown } from '../shown.ts';
import { readTextShot, writeTextPrompt } from '../text-prompt.ts';
import { readEcho } from './echo.ts';
import { extrasOf, type Fields, type FormFile, readFields, writeFields } from './fields.ts';
import { explainLosses } from './losses.ts';
import { findModel, usualModel } from './model.ts';
import { writeShape } from './shape.ts';
import { acceptanceOf, type VideoWire } from './video.ts';
import { readSize, WireFps, WireSeconds, WireSeed, WireSize, wrongTypes } from './wire.ts';

type Create = Extract<Question, { does: 'create' }>;

export const createPath = '/videos';

const Picture = z.looseObject({ image_url: z.string().nullish(), file_id: z.string().nullish() });

/**
 * The body that asks for a film. What stands behind `input_reference` is of the engines that people run themselves (vLLM-Omni
 * 0131cb55, SGLang 020befb6) and is known only where the model has such a setting.
 */
const WireCreate = z.looseObject({
  model: z.string().nullish(),
  prompt: z.string().nullish(),
  seconds: WireSeconds.nullish(),
  size: WireSize.nullish(),
  input_reference: Picture.nullish(),
  negative_prompt: z.string().nullish(),
  fps: WireFps.nullish(),
  seed: WireSeed.nullish(),
  generate_sound: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).nullish(),
});
type WireCreate = z.infer<typeof WireCreate>;

/** Most characters of a picture's address, data URIs among them (openapi.yaml, 2026-08-21). */
export const mostAddress = 20_971_520;

/** Asks for a film. */
export function createWith(wire: VideoWire): Exchange<'create'> {
  return {
    does: 'create',
    method: 'POST',
    path: createPath,
    ask: {
      decode: (ask, _, context) => decode(ask, context, wire),
      encode: (question, context) => encodeCreate(question.request, context, question.echo),
    },
    answer: acceptanceOf(wire),
  };
}

function decode(ask: Ask, context: CodecContext, wire: VideoWire): Read<Create> {
  const refuse = (...problems: Problem[]): Read<Create> => ({ ok: false, problems });
  const fields = readFields(ask);
  if ('problems' in fields) return refuse(...fields.problems);
  const wrong = [...wrongTypes(fields.value, ['model', 'prompt', 'seconds', 'size']), ...wrongPicture(fields)];
  if (wrong.length > 0) return refuse(...wrong);
  const body = readBody(jsonBody(fields.value), WireCreate);
  if ('problems' in body) return refuse(...body.problems);
  const found = findModel(body.value.model ?? usualModel, context);
  if ('problem' in found) return refuse(found.problem);
  const { card } = found;
  const extras = extrasOf(body.value, knownTo(card), card.id, wire.refusesUnknown);
  const files = fields.files.filter(({ name }) => name !== 'input_reference');
  const strange = files.map(({ name }) => problem('unknown_field', name.slice(0, 80), { hint: '' }));
  const { prompt } = body.value;
  if (prompt == null) return refuse(problem('field_missing', 'prompt'), ...extras.problems, ...strange);
  const [file] = fields.files.filter(({ name }) => name === 'input_reference');
  const picture = file === undefined ? readPicture(body.value) : { media: file.bytes, problems: [] };
  const problems = [...extras.problems, ...strange, ...picture.problems];
  if (problems.length > 0) return refuse(...problems);
  const request = requestOf(body.value, card, picture.media);
  const echo: Json = {
    form: fields.form,
    ...(file !== undefined && { file: { fileName: file.fileName, mediaType: file.mediaType } }),
  };
  return { ok: true, value: { does: 'create', request, echo, notes: extras.notes }, notes: extras.notes };
}

/** The fields that mean something for a model. */
function knownTo(card: Card): string[] {
  return [
    ...['model', 'prompt', 'seconds', 'size', 'input_reference'],
    ...(card.prompt.negative ? ['negative_prompt'] : []),
    ...(card.seed ? ['seed'] : []),
    ...(isFixed(card.fps) ? [] : ['fps']),
    ...(isFixed(card.audio) ? [] : ['generate_sound']),
  ];
}

/** A text where the picture should be: what clients of other services send. */
function wrongPicture({ value, form }: Fields): Problem[] {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'input_reference')) return [];
  const given = (value as { readonly input_reference: Json }).input_reference;
  if (given === null || (typeof given === 'object' && !Array.isArray(given))) return [];
  const expected = form ? 'a file' : 'an object';
  const found = `expected ${expected}, but got ${typeof given === 'string' ? 'a string' : 'something else'} instead`;
  return [problem('invalid_request', 'input_reference', { found, wrongType: true })];
}

function readPicture({ input_reference: picture }: WireCreate): { media: string | undefined; problems: Problem[] } {
  if (picture == null) return { media: undefined, problems: [] };
  const { image_url: url, file_id: file, ...more } = picture;
  const problems = Object.keys(more).map((name) =>
    problem('unknown_field', `input_reference.${name.slice(0, 80)}`, { hint: '' }),
  );
  if ((url == null) === (file == null)) {
    const words = {
      en: 'it must have exactly one of image_url and file_id',
      zh: 'image_url 与 file_id 须且只能填写一个',
    };
    problems.push(problem('invalid_request', 'input_reference', { found: words }));
  } else if (file != null) {
    const words = {
      en: 'there are no stored files here; send the file itself or its address',
      zh: '此处没有已存文件；请直接发送文件或地址',
    };
    problems.push(problem('invalid_request', 'input_reference.file_id', { found: words }));
  } else if (url != null && !isPicture(url)) problems.push(noAddress('input_reference.image_url', url));
  else if (url != null && url.length > mostAddress) {
    const words = { en: `it has more than ${mostAddress} characters`, zh: `超过 ${mostAddress} 个字符` };
    problems.push(problem('invalid_request', 'input_reference.image_url', { found: words }));
  }
  return { media: url ?? undefined, problems };
}

function isPicture(url: string): boolean {
  return /^https?:\/\/[^\s/]+/iu.test(url) || /^data:image\/(?:jpeg|jpg|png|webp);base64,[A-Za-z0-9+/]/iu.test(url);
}

function noAddress(path: string, url: string): Problem {
  const limit = {
    en: 'an http or https address, or a data URI of a picture',
    zh: ' http、https 地址或图像的 data URI',
  };
  return problem('media_address', path, { found: shown(url), limit });
}

function requestOf(body: WireCreate, card: Card, startFrame: string | undefined): Request {
  const shot = readTextShot(body.prompt ?? '', body.seconds == null ? undefined : Number(body.seconds), card);
  return {
    model: body.model ?? usualModel,
    references: [],
    ...(startFrame !== undefined && { startFrame }),
    shots: [shot],
    ...(body.size != null && { size: readSize(body.size) }),
    ...(card.prompt.negative && body.negative_prompt && { negativePrompt: body.negative_prompt }),
    ...(card.seed && body.seed != null && { seed: body.seed }),
    ...(!isFixed(card.fps) && body.fps != null && { fps: body.fps }),
    ...(!isFixed(card.audio) && body.generate_sound != null && { audio: body.generate_sound }),
  };
}

/** A request as a service of this shape takes it: a form, as the vendor's own client sends it, unless it came as JSON. */
export function encodeCreate(request: Request, context: CodecContext, echo: Json | undefined): Written<Ask> {
  const found = findModel(request.model, context);
  if ('problem' in found) return { ok: false, problems: [found.problem] };
  const { card } = found;
  const text = writeTextPrompt(request, card);
  const shape = writeShape(request, card);
  const kept = readEcho(echo);
  const problems = [...unsayable(request, card), ...text.problems, ...shape.problems];
  if (problems.length > 0) return { ok: false, problems };

  const { startFrame, negativePrompt = '', seed, fps } = request;
  const address = startFrame !== undefined && /^(?:https?|data):/i.test(startFrame) ? startFrame : undefined;
  const files: FormFile[] =
    startFrame === undefined || address !== undefined
      ? []
      : // Empty: name and type are those of the bytes that the handle stands for.
        [{ name: 'input_reference', fileName: '', mediaType: '', bytes: startFrame, ...kept?.file }];
  const audio = isFixed(card.audio) ? undefined : (request.audio ?? card.audio.default === true);
  const fields: { [key: string]: Json } = {
    model: request.model,
    prompt: text.text,
    ...(text.seconds !== undefined && { seconds: String(text.seconds) }),
    ...(shape.size !== undefined && { size: shape.size }),
    ...(address !== undefined && { input_reference: { image_url: address } }),
    ...(card.prompt.negative && negativePrompt.trim() !== '' && { negative_prompt: negativePrompt }),
    ...(card.seed && seed !== undefined && { seed }),
    ...(!isFixed(card.fps) && fps !== undefined && { fps }),
    ...(audio !== undefined && { generate_sound: audio }),
  };
  const sent: WireCreate = {
    ...fields,
    seed: seed ?? null,
    fps: fps ?? null,
    generate_sound: audio ?? null,
    input_reference: null,
  };
  const notes = explainLosses(request, requestOf(sent, card, startFrame), card, [...text.notes, ...shape.notes]);
  const written = writeFields(fields, kept?.form ?? true, files);
  return { ok: true, message: { method: 'POST', path: createPath, query: {}, ...written }, notes };
}

/** What this wire has no place for. */
function unsayable({ references, endFrame, startFrame }: Request, card: Card): Problem[] {
  const hint = {
    en: 'Of pictures it takes one, as the start frame.',
    zh: '图像仅支持一张首帧。',
  };
  const refuse = (path: string, what: keyof typeof inputWords) =>
    problem('input_unsupported', path, { model: card.id, what: inputWords[what], hint }, card.inputs.source);
  const problems = references.map(({ kind }, index) => refuse(`references[${index}]`, kind));
  if (endFrame !== undefined) problems.push(refuse('endFrame', 'endFrame'));
  if (startFrame !== undefined && !card.inputs.startFrame) problems.push(refuse('startFrame', 'startFrame'));
  return problems;
}
