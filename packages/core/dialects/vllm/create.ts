import { type Problem, problem, type Request } from '../../model/index.ts';
import type { CodecContext, Exchange, Question, Read, Written } from '../dialect.ts';
import { type Ask, jsonBody } from '../message.ts';
import { extrasOf, readFields, writeFields } from '../openai/fields.ts';
import { explainLosses } from '../openai/losses.ts';
import { findModel } from '../openai/model.ts';
import { oneMediumOf, withMedium } from '../openai/one-medium.ts';
import { asTexts, readSettings, writeSettings } from '../openai/settings.ts';
import { acceptanceOf, type VideoWire } from '../openai/video.ts';
import { readBody } from '../read-body.ts';
import { decodeMedium, encodeMedium } from './media.ts';
import { knownFields, usualFps, WireCreate } from './wire.ts';

type Create = Extract<Question, { does: 'create' }>;

const path = '/videos';

/** Asks for a film: a form, always. */
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
  if (!fields.form)
    return refuse(problem('content_type', 'Content-Type', { found: 'application/json', limit: 'multipart/form-data' }));
  const body = readBody(jsonBody(fields.value), WireCreate);
  if ('problems' in body) return refuse(...body.problems);
  const { model, prompt, width, height } = body.value;
  if (prompt == null) return refuse(problem('field_missing', 'prompt'));
  if (model == null || model === '') return refuse(problem('field_missing', 'model'));
  const found = findModel(model, context);
  if ('problem' in found) return refuse(found.problem);
  const { card } = found;
  const { medium, problems } = decodeMedium(body.value, fields.files);
  if (problems.length > 0) return refuse(...problems);
  const { num_frames: frames, fps } = body.value;
  const seconds = frames == null ? body.value.seconds : frames / (fps ?? usualFps);
  const size = body.value.size ?? (width == null || height == null ? undefined : `${width}x${height}`);
  const settings = readSettings({ ...body.value, seconds: seconds ?? undefined, size }, card);
  // A field that its form does not know means nothing there, and is not looked at.
  const { notes } = extrasOf(body.value, knownFields, card.id, false);
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
  const wrong = [...settings.problems, ...problems];
  if (wrong.length > 0) return { ok: false, problems: wrong };
  const { fields, files } = encodeMedium(medium);
  const said = { ...settings.fields, seconds: Number(settings.fields.seconds) };
  const read = withMedium(readSettings(said, card), medium, card);
  const losses = explainLosses(request, read, card, [...settings.notes, ...notes]);
  const written = writeFields({ ...asTexts(context.fields), ...settings.fields, ...fields }, true, files);
  return { ok: true, message: { method: 'POST', path, query: {}, ...written }, notes: losses };
}
