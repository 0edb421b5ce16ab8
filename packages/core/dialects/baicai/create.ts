import { type Card, makeNote, type Note, type Problem, problem, type Request } from '../../model/index.ts';
import type { CodecContext, Exchange, Question, Read, Written } from '../dialect.ts';
import { type Ask, type Json, jsonBody, mediaTypeOf } from '../message.ts';
import { unexpected } from '../read-answer.ts';
import { readBody } from '../read-body.ts';
import { shown } from '../shown.ts';
import { tooLong } from '../text-prompt.ts';
import { envelope, say } from './envelope.ts';
import { findModel } from './model.ts';
import { decodePrompt, encodePrompt } from './prompt.ts';
import { decodeReferences, encodeReferences } from './references.ts';
import { readAnswer } from './refusal.ts';
import { decodeSettings, encodeSettings } from './settings.ts';
import { entryOf, seenOf } from './task.ts';
import { WireAnswer, WireCreate, WireInput } from './wire.ts';

type Create = Extract<Question, { does: 'create' }>;

/** What the page's example asks for; its table of fields has neither this nor the model. */
const taskType = 'multi_ref_img2video';

/** Asks for one to four films of named references. */
export const create: Exchange<'create'> = {
  does: 'create',
  method: 'POST',
  path: '/videos/generations',
  ask: { decode, encode: (question, context) => encodeCreate(question.request, context, question.echo) },
  answer: {
    encode: (view, _, context) =>
      envelope(0, say({ en: 'Task submitted', zh: '任务提交成功' }, context), { taskId: view.id }, context),
    decode(answer) {
      const read = readAnswer(answer, WireAnswer);
      if (!read.ok) return read;
      const id = entryOf(read.value).taskId;
      if (id === undefined) return { ok: false, problems: [unexpected({ en: 'no taskId', zh: '没有 taskId' })] };
      return { ...read, value: { ...seenOf(read.value, id), state: 'queued' } };
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
  const body = readBody(ask.body, WireCreate);
  if ('problems' in body) return refuse(...body.problems);
  const { selected_model: model, task_type: task, input, need_expand_prompt: expand } = body.value;
  if (body.value.async === false) return refuse(problem('async_only', 'async', { limit: 'true' }));
  if (model == null || model === '') return refuse(problem('field_missing', 'selected_model'));
  const found = findModel(model, context, 'selected_model');
  if ('problem' in found) return refuse(found.problem);
  const { card } = found;
  if (task != null && task !== taskType) {
    const values = { found: shown(task), model: card.id, limit: taskType, condition: '' };
    return refuse(problem('setting_not_offered', 'task_type', values, card.inputs.source));
  }
  if (input == null) return refuse(problem('field_missing', 'input'));
  const missing = (['prompt', 'duration', 'mutil_reference'] as const).filter((key) => input[key] == null);
  const { references, ...read } = decodeReferences(input, card);
  const settings = decodeSettings(input, card);
  const text = input.prompt ?? '';
  const problems = [
    ...missing.map((key) => problem('field_missing', `input.${key}`)),
    ...settings.problems,
    ...read.problems,
    ...tooLong(text, input.negative_prompt ?? '', card),
  ];
  // Names that are not well-formed would be told of twice, and what is too long is not read at all.
  if (problems.length > 0) return refuse(...problems);
  const prompt = decodePrompt(text, references, card);
  if (prompt.problems.length > 0) return refuse(...prompt.problems);

  const request: Request = {
    model,
    references,
    shots: [{ prompt: prompt.prompt, ...(input.duration != null && { seconds: input.duration }) }],
    ...settings.settings,
    ...(expand != null && { expand }),
  };
  const notes = [...read.notes, ...prompt.notes, ...settings.notes, ...extras(body.value, input, card)];
  return { ok: true, value: { does: 'create', request, echo: { prompt: text }, notes }, notes };
}

const outerFields = Object.keys(WireCreate.shape);
const innerFields = Object.keys(WireInput.shape);

/** Fields that the page does not have: they do nothing. */
function extras(body: WireCreate, input: WireInput, card: Card): Note[] {
  const outside = Object.entries(body).filter(([key]) => !outerFields.includes(key));
  const inside = Object.entries(input).filter(([key]) => !innerFields.includes(key));
  return [...outside, ...inside.map(([key, value]) => [`input.${key}`, value] as const)]
    .filter(([, value]) => value !== null)
    .map(([path, value]) => makeNote('setting_ignored', path, { found: shown(value), model: card.id }));
}

/** A request as the vendor takes it. `echo` is what this dialect kept, if the request came by it. */
export function encodeCreate(request: Request, context: CodecContext, echo: Json | undefined): Written<Ask> {
  const found = findModel(request.model, context);
  if ('problem' in found) return { ok: false, problems: [found.problem] };
  const { card } = found;
  const prompt = encodePrompt(request, card, echo);
  const references = encodeReferences(request, card);
  const settings = encodeSettings(request, card);
  const problems = [...prompt.problems, ...references.problems, ...settings.problems];
  if (problems.length > 0) return { ok: false, problems };

  const { seconds = card.seconds.default ?? null } = prompt;
  const body = {
    selected_model: request.model,
    task_type: taskType,
    input: { prompt: prompt.text, ...settings.input, duration: seconds, mutil_reference: references.list as Json },
    ...settings.beside,
  };
  const headers = { 'content-type': 'application/json' };
  return {
    ok: true,
    message: { method: create.method, path: create.path, query: {}, headers, body: jsonBody(body) },
    notes: [...prompt.notes, ...references.notes, ...settings.notes],
  };
}
