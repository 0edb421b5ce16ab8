import { type Card, makeNote, type Note, type Problem, problem, type Request } from '../../model/index.ts';
import type { CodecContext, Exchange, Question, Read, Written } from '../dialect.ts';
import { type Answer, type Ask, type Json, jsonBody } from '../message.ts';
import { shown } from '../shown.ts';
import { readJson } from './body.ts';
import { promptOf } from './echo.ts';
import { decodeMedia } from './media.ts';
import { isMediaField } from './media-fields.ts';
import { findModel, takesElements } from './model.ts';
import { decodePrompt, encodePrompt } from './prompt.ts';
import { readAnswer } from './refusal.ts';
import { readSeconds, writeSeconds } from './seconds.ts';
import { decodeSettings, encodeSettings, negativeTooLong } from './settings.ts';
import { decodeShots } from './shots.ts';
import { WireQueue, WireQueued } from './wire.ts';
import { encodeMedia } from './write-media.ts';

type Create = Extract<Question, { does: 'create' }>;

const json = { 'content-type': 'application/json' };

/** Asks for a film. */
export const queue: Exchange<'create'> = {
  does: 'create',
  method: 'POST',
  path: '/video/queue',
  ask: {
    decode: (ask, _, context) => decode(ask, context),
    encode: ({ request, echo }, context) => encodeQueue(request, context, echo),
  },
  answer: {
    // The specification has `queue_id` alone; the guide's samples read `id`.
    encode: ({ id, model }): Answer => ({ status: 200, headers: json, body: jsonBody({ model, queue_id: id, id }) }),
    decode(answer) {
      const read = readAnswer(answer, WireQueued);
      if (!read.ok) return read;
      const { queue_id: queueId, id, model, download_url: url } = read.value;
      const value = {
        id: queueId ?? id ?? '',
        state: 'queued' as const,
        model,
        films: url === undefined ? [] : [{ url, seconds: undefined }],
        problem: undefined,
        createdAt: undefined,
        startedAt: undefined,
        finishedAt: undefined,
        progress: undefined,
        billedSeconds: undefined,
      };
      return { ...read, value };
    },
  },
};

function decode(ask: Ask, context: CodecContext): Read<Create> {
  const refuse = (...problems: Problem[]): Read<Create> => ({ ok: false, problems });
  const body = readJson(ask, WireQueue);
  if ('problems' in body) return refuse(...body.problems);
  const input = body.value;
  if (input.model == null || input.model === '') return refuse(problem('field_missing', 'model'));
  const found = findModel(input.model, context);
  if ('problem' in found) return refuse(found.problem);
  const { card } = found;
  const list = takesElements(card) ? (input.multi_prompt ?? []) : [];
  const { prompt: text = null } = input;
  if (text === null && list.length === 0) return refuse(problem('field_missing', 'prompt'));

  const media = decodeMedia(input, card);
  const seconds = input.duration == null ? undefined : readSeconds(input.duration);
  const prompt =
    list.length > 0
      ? decodeShots(list, input, media.references, card)
      : decodePrompt(text ?? '', media.references, card, seconds);
  const negative = input.negative_prompt ?? '';
  const problems = [...media.problems, ...prompt.problems, ...negativeTooLong(negative, card)];
  if (problems.length > 0) return refuse(...problems);
  const request: Request = {
    model: input.model,
    references: media.references,
    ...media.frames,
    shots: prompt.shots,
    ...(negative !== '' && { negativePrompt: negative }),
    ...decodeSettings(input, card),
  };
  const notes = [...media.notes, ...prompt.notes, ...extras(input, card)];
  const echo: Json = { prompt: list.length > 0 ? null : text };
  return { ok: true, value: { does: 'create', request, echo, notes }, notes };
}

/** Keys that nobody documents, or that are for other models: the vendor's schema is open, so that they are taken and do nothing. */
function extras(input: WireQueue, card: Card): Note[] {
  return Object.entries(input)
    .filter(([key, value]) => value !== null && !Object.hasOwn(WireQueue.shape, key) && !isMediaField(key, card))
    .map(([key, value]) => makeNote('setting_ignored', key, { found: shown(value), model: card.id }));
}

/** A request as the vendor takes it. `echo` is what this dialect kept, if the request came by it. */
export function encodeQueue(request: Request, context: CodecContext, echo: Json | undefined): Written<Ask> {
  const found = findModel(request.model, context);
  if ('problem' in found) return { ok: false, problems: [found.problem] };
  const { card } = found;
  const media = encodeMedia(request, card);
  const prompt = encodePrompt(request, card, promptOf(echo));
  const settings = encodeSettings(request, card);
  const problems = [...media.problems, ...prompt.problems, ...negativeTooLong(request.negativePrompt ?? '', card)];
  if (problems.length > 0) return { ok: false, problems };
  const body = {
    model: request.model,
    prompt: prompt.text,
    duration: writeSeconds(prompt.seconds),
    ...settings.fields,
    ...media.fields,
  };
  return {
    ok: true,
    message: { method: queue.method, path: queue.path, query: {}, headers: json, body: jsonBody(body) },
    notes: [...media.notes, ...prompt.notes, ...settings.notes],
  };
}
