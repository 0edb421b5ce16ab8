import { type Card, makeNote, type Note, type Problem, problem, type Request } from '../../model/index.ts';
import type { CodecContext, Exchange, Question, Read, Written } from '../dialect.ts';
import { type Ask, type Json, jsonBody } from '../message.ts';
import { readEcho } from '../openai/echo.ts';
import { extrasOf, type Fields, readFields, writeFields } from '../openai/fields.ts';
import { explainLosses } from '../openai/losses.ts';
import { writeShape } from '../openai/shape.ts';
import { acceptanceOf, type VideoWire } from '../openai/video.ts';
import { readSize, wrongTypes } from '../openai/wire.ts';
import { readBody } from '../read-body.ts';
import { readTextShot, writeTextPrompt } from '../text-prompt.ts';
import { checkMedia, decodeMedia, frameFields, placesOf } from './media.ts';
import { findModel } from './model.ts';
import { knownFields, WireCreate } from './wire.ts';
import { encodeMedia, withBareTypes } from './write-media.ts';

type Create = Extract<Question, { does: 'create' }>;

const path = '/videos';

/** Asks for a film: JSON as the page has it, or the form that clients of the original send. */
export function createWith(wire: VideoWire): Exchange<'create'> {
  return {
    does: 'create',
    method: 'POST',
    path,
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
  const wrong = wrongTypes(fields.value, ['model', 'prompt', 'image_tail', 'seconds', 'size', 'mode']);
  if (wrong.length > 0) return refuse(...wrong);
  const body = readBody(jsonBody(fields.value), WireCreate);
  if ('problems' in body) return refuse(...body.problems);
  const { model, prompt } = body.value;
  if (model == null || model === '') return refuse(problem('field_missing', 'model'));
  const found = findModel(model, context);
  if ('problem' in found) return refuse(found.problem);
  if (prompt == null) return refuse(problem('field_missing', 'prompt'));
  const { card } = found;
  // Only these: a file called "prompt" must not become the prompt.
  const named = fields.files.filter(({ name }) => frameFields.includes(name));
  const files = Object.fromEntries(named.map(({ name, bytes }) => [name, bytes]));
  const names = fields.files.map(({ name }) => name);
  const media = checkMedia({ ...body.value, ...files }, card, names);
  const extras = extrasOf(body.value, knownFields, card.id, wire.refusesUnknown);
  const problems = [...media.problems, ...extras.problems];
  if (problems.length > 0) return refuse(...problems);
  const notes = [...beyondPage(fields, card), ...media.notes, ...extras.notes];
  const request = requestOf({ ...body.value, ...files }, card);
  const echo: Json = { form: fields.form };
  return { ok: true, value: { does: 'create', request, echo, notes }, notes };
}

/** "Content-Type: application/json", says the page; clients of the original send a form all the same. */
function beyondPage({ form }: Fields, card: Card): Note[] {
  const values = { model: card.id, found: 'multipart/form-data', limit: 'application/json' };
  return form ? [makeNote('beyond_page', 'Content-Type', values, card.inputs.source)] : [];
}

function requestOf(body: WireCreate, card: Card): Request {
  const { references, startFrame, endFrame } = decodeMedia(body);
  const shot = readTextShot(body.prompt ?? '', body.seconds == null ? undefined : Number(body.seconds), card);
  return {
    model: body.model ?? card.id,
    references,
    ...(startFrame !== undefined && { startFrame }),
    ...(endFrame !== undefined && { endFrame }),
    shots: [shot],
    ...(body.size != null && { size: readSize(body.size) }),
    ...(body.mode != null && { mode: body.mode }),
  };
}

/** A request as the vendor takes it. `echo` is what this dialect kept, if the request came by it. */
export function encodeCreate(request: Request, context: CodecContext, echo: Json | undefined): Written<Ask> {
  const found = findModel(request.model, context);
  if ('problem' in found) return { ok: false, problems: [found.problem] };
  const { card } = found;
  const text = writeTextPrompt(request, card);
  const shape = writeShape(request, card);
  const media = encodeMedia(request, card);
  const problems = [...text.problems, ...shape.problems, ...media.problems];
  if (problems.length > 0) return { ok: false, problems };

  const fields = {
    model: request.model,
    prompt: text.text,
    ...media.fields,
    ...(text.seconds !== undefined && { seconds: String(text.seconds) }),
    ...(shape.size !== undefined && { size: shape.size }),
    ...(card.mode !== null && shape.mode !== undefined && { mode: shape.mode }),
  };
  const read = requestOf(WireCreate.parse(fields), card);
  const known = [...text.notes, ...shape.notes, ...media.notes];
  const notes = explainLosses(withBareTypes(request), read, card, known, placesOf(request.references));
  const written = writeFields(fields, readEcho(echo)?.form ?? false);
  return { ok: true, message: { method: 'POST', path, query: {}, ...written }, notes };
}
