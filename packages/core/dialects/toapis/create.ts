import { type Card, makeNote, type Note, type Problem, problem, type Request } from '../../model/index.ts';
import type { CodecContext, Exchange, GenerationView, Question, Read, Written } from '../dialect.ts';
import { type Answer, type Ask, type Json, jsonBody, mediaTypeOf } from '../message.ts';
import { readBody } from '../read-body.ts';
import { shown } from '../shown.ts';
import { readTextShot, tooLong, writeTextPrompt } from '../text-prompt.ts';
import { readEcho } from './echo.ts';
import { decodeImages, encodeImages } from './images.ts';
import { findModel } from './model.ts';
import { readAnswer } from './refusal.ts';
import { decodeSettings, encodeSettings } from './settings.ts';
import { seenOf, tellTask } from './task.ts';
import { WireCreate, WireTask } from './wire.ts';

type Create = Extract<Question, { does: 'create' }>;

/** Asks for a film. */
export const create: Exchange<'create'> = {
  does: 'create',
  method: 'POST',
  path: '/videos/generations',
  ask: { decode, encode: (question, context) => encodeCreate(question.request, context, question.echo) },
  answer: {
    encode: (view, _, context): Answer => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: jsonBody({ ...tellTask(view, context), metadata: metadataOf(view) }),
    }),
    decode(answer) {
      const read = readAnswer(answer, WireTask);
      return read.ok ? seenOf(read.value) : read;
    },
  },
};

/** The acceptance repeats what the request had there; the page's example had nothing. */
function metadataOf(view: GenerationView): Json {
  return readEcho(view.echo)?.metadata ?? {};
}

function decode(ask: Ask, _: Readonly<Record<string, string>>, context: CodecContext): Read<Create> {
  const refuse = (...problems: Problem[]): Read<Create> => ({ ok: false, problems });
  const type = mediaTypeOf(ask);
  if (type !== 'application/json') {
    const found = type ?? { en: 'something unnamed', zh: '未声明的类型' };
    return refuse(problem('content_type', 'Content-Type', { found, limit: 'application/json' }));
  }
  const body = readBody(ask.body, WireCreate);
  if ('problems' in body) return refuse(...body.problems);
  const { model, prompt: text, duration } = body.value;
  if (model == null || model === '') return refuse(problem('field_missing', 'model'));
  const found = findModel(model, context);
  if ('problem' in found) return refuse(found.problem);
  if (text == null) return refuse(problem('field_missing', 'prompt'));

  const { card } = found;
  const images = decodeImages(body.value, card);
  const settings = decodeSettings(body.value, card);
  const negative = settings.settings.negativePrompt ?? '';
  const problems = [...images.problems, ...settings.problems, ...tooLong(text, negative, card)];
  if (problems.length > 0) return refuse(...problems);

  const { startFrame, endFrame } = images;
  const request: Request = {
    model,
    references: images.references,
    ...(startFrame !== undefined && { startFrame }),
    ...(endFrame !== undefined && { endFrame }),
    shots: [readTextShot(text, duration ?? undefined, card)],
    ...settings.settings,
  };
  const notes = [...images.notes, ...settings.notes, ...extras(body.value, card)];
  const echo: Json = { metadata: settings.metadata, roles: images.roles };
  return { ok: true, value: { does: 'create', request, echo, notes }, notes };
}

const fields = Object.keys(WireCreate.shape);

/** Fields that the page does not have, such as the `image_urls` of an edition before it: they do nothing. */
function extras(body: WireCreate, card: Card): Note[] {
  return Object.entries(body)
    .filter(([key, value]) => !fields.includes(key) && value !== null)
    .map(([key, value]) => makeNote('setting_ignored', key, { found: shown(value), model: card.id }));
}

/** A request as the vendor takes it. `echo` is what this dialect kept, if the request came by it. */
export function encodeCreate(request: Request, context: CodecContext, echo: Json | undefined): Written<Ask> {
  const found = findModel(request.model, context);
  if ('problem' in found) return { ok: false, problems: [found.problem] };
  const { card } = found;
  const kept = readEcho(echo);
  const prompt = writeTextPrompt(request, card);
  const images = encodeImages(request, card, kept?.roles);
  const settings = encodeSettings(request, card, kept);
  const problems = [...prompt.problems, ...images.problems, ...settings.problems];
  if (problems.length > 0) return { ok: false, problems };

  const body = {
    model: request.model,
    prompt: prompt.text,
    ...(prompt.seconds !== undefined && { duration: prompt.seconds }),
    ...images.fields,
    ...settings.fields,
  };
  const headers = { 'content-type': 'application/json' };
  return {
    ok: true,
    message: { method: create.method, path: create.path, query: {}, headers, body: jsonBody(body) },
    notes: [...prompt.notes, ...images.notes, ...settings.notes],
  };
}
