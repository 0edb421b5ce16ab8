import { type Card, languageOf, makeNote, type Note, type Problem, problem, type Request } from '../../model/index.ts';
import type { CodecContext, Exchange, Question, Read, Written } from '../dialect.ts';
import { type Answer, type Ask, headerOf, type Json, jsonBody, mediaTypeOf } from '../message.ts';
import { readBody } from '../read-body.ts';
import { shown } from '../shown.ts';
import { readEcho } from './echo.ts';
import { decodeMedia, encodeMedia } from './media.ts';
import { findModel } from './model.ts';
import { decodeParameters, encodeParameters } from './parameters.ts';
import { cutText, decodePrompt, encodePrompt } from './prompt.ts';
import { readAnswer } from './refusal.ts';
import { words } from './states.ts';
import { seenOf } from './task.ts';
import { WireCreate, type WireInput, WireTask } from './wire.ts';

type Create = Extract<Question, { does: 'create' }>;

/** Asks for a film. */
export const create: Exchange<'create'> = {
  does: 'create',
  method: 'POST',
  path: '/services/aigc/video-generation/video-synthesis',
  ask: { decode, encode: (question, context) => encodeCreate(question.request, context, question.echo) },
  answer: {
    encode: (view, _, context): Answer => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: jsonBody({
        output: { task_status: words[view.state], task_id: view.id },
        request_id: context.requestId,
      }),
    }),
    decode(answer) {
      const read = readAnswer(answer, WireTask);
      return read.ok ? { ...read, value: seenOf(read.value) } : read;
    },
  },
};

function decode(ask: Ask, _: Readonly<Record<string, string>>, context: CodecContext): Read<Create> {
  const refuse = (...problems: Problem[]): Read<Create> => ({ ok: false, problems });
  const type = mediaTypeOf(ask);
  if (type !== 'application/json') {
    const found = type ?? { en: 'something unnamed', zh: '未声明的类型' };
    return refuse(problem('content_type', 'Content-Type', { found, limit: 'application/json' }));
  }
  if (headerOf(ask, 'x-dashscope-async') !== 'enable')
    return refuse(problem('async_only', 'X-DashScope-Async', { limit: 'enable' }));
  const body = readBody(ask.body, WireCreate);
  if ('problems' in body) return refuse(...body.problems);
  const { model, input, parameters, ...more } = body.value;
  if (model == null || model === '') return refuse(problem('field_missing', 'model'));
  const found = findModel(model, context);
  if ('problem' in found) return refuse(found.problem);
  if (input == null) return refuse(problem('field_missing', 'input'));
  if (input.prompt == null) return refuse(problem('field_missing', 'input.prompt'));

  const { card } = found;
  const text = input.prompt;
  const media = decodeMedia(input, card, languageOf(text));
  const multi = parameters?.shot_type === 'multi' && card.shots.form === 'flag';
  const timing = { seconds: parameters?.duration ?? undefined, multi };
  const prompt = decodePrompt(text, media.references, card, timing);
  const settings = decodeParameters(parameters ?? {}, card);
  const negative = cutText(input.negative_prompt ?? '', card.prompt.negativeMost, 'negativePrompt', card);
  const problems = [...media.problems, ...prompt.problems, ...unresolved(ask, input)];
  if (problems.length > 0) return refuse(...problems);

  const request: Request = {
    model,
    references: media.references,
    ...(media.startFrame !== undefined && { startFrame: media.startFrame }),
    shots: prompt.shots,
    ...(negative.text !== '' && { negativePrompt: negative.text }),
    ...settings.settings,
  };
  const notes = [...media.notes, ...prompt.notes, ...settings.notes, ...negative.notes, ...extras(more, input, card)];
  const echo: Json = { prompt: text, multi, requestId: context.requestId };
  return { ok: true, value: { does: 'create', request, echo, notes }, notes };
}

/** An `oss:` address is only read with a header that says so. */
function unresolved(ask: Ask, input: WireInput): Problem[] {
  if (headerOf(ask, 'x-dashscope-ossresourceresolve') === 'enable') return [];
  const named = [
    ...(input.media ?? []).flatMap((one) => [one.url, one.reference_voice ?? '']),
    ...(input.reference_urls ?? input.reference_video_urls ?? []),
  ];
  return named.some(isStored) ? [problem('header_missing', 'X-DashScope-OssResourceResolve', { limit: 'enable' })] : [];
}

function isStored(address: string): boolean {
  return /^oss:\/\//i.test(address);
}

/** Keys that nobody documents. The vendor's own Python client sends `extend_prompt` and `function` with every request. */
function extras(outside: Readonly<Record<string, unknown>>, input: WireInput, card: Card): Note[] {
  const known = ['prompt', 'negative_prompt', 'media', 'reference_urls', 'reference_video_urls'];
  const inside = Object.entries(input).filter(([key]) => !known.includes(key));
  const all = [...Object.entries(outside), ...inside.map(([key, value]) => [`input.${key}`, value] as const)];
  return all
    .filter(([, value]) => value !== null)
    .map(([path, value]) => makeNote('setting_ignored', path, { found: shown(value), model: card.id }));
}

/** A request as the vendor takes it. `echo` is what this dialect kept, if the request came by it. */
export function encodeCreate(request: Request, context: CodecContext, echo: Json | undefined): Written<Ask> {
  const found = findModel(request.model, context);
  if ('problem' in found) return { ok: false, problems: [found.problem] };
  const { card } = found;
  const media = encodeMedia(request, card);
  const prompt = encodePrompt(request, card, readEcho(echo));
  const settings = encodeParameters(request, card, prompt.timing);
  const problems = [...media.problems, ...prompt.problems, ...settings.problems];
  if (problems.length > 0) return { ok: false, problems };

  const negative = request.negativePrompt ?? '';
  const body = {
    model: request.model,
    input: {
      prompt: prompt.text,
      ...(negative.trim() !== '' && { negative_prompt: negative }),
      ...media.input,
    },
    parameters: settings.parameters,
  };
  const headers = {
    'content-type': 'application/json',
    'x-dashscope-async': 'enable',
    ...(media.addresses.some(isStored) && { 'x-dashscope-ossresourceresolve': 'enable' }),
  };
  const cut = cutText(negative, card.prompt.negativeMost, 'negativePrompt', card);
  return {
    ok: true,
    message: { method: create.method, path: create.path, query: {}, headers, body: jsonBody(body) },
    notes: [...media.notes, ...prompt.notes, ...settings.notes, ...cut.notes],
  };
}
