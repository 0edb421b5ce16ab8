import { check, noFacts, type Problem, problem, type Request } from '../../model/index.ts';
import type { CodecContext, Exchange, Question, Read } from '../dialect.ts';
import { type Answer, type Ask, jsonBody } from '../message.ts';
import { readJson } from './body.ts';
import { findModel } from './model.ts';
import { secondsOf } from './prompt.ts';
import { readAnswer } from './refusal.ts';
import { readSeconds, writeSeconds } from './seconds.ts';
import { decodeSettings, encodeSettings } from './settings.ts';
import { WirePrice, WireQuote } from './wire.ts';

type Quote = Extract<Question, { does: 'quote' }>;

const json = { 'content-type': 'application/json' };
const millionths = 1_000_000;

/** Asks what a film will cost, by what its price depends on: there is neither prompt nor reference. */
export const quote: Exchange<'quote'> = {
  does: 'quote',
  method: 'POST',
  path: '/video/quote',
  ask: {
    decode: (ask, _, context) => decode(ask, context),
    encode({ request }, context) {
      const found = findModel(request.model, context);
      if ('problem' in found) return { ok: false, problems: [found.problem] };
      const { negative_prompt: _, ...settings } = encodeSettings(request, found.card).fields;
      const body = {
        model: request.model,
        duration: writeSeconds(secondsOf(request.shots, found.card)),
        ...settings,
      };
      const { method, path } = quote;
      return { ok: true, message: { method, path, query: {}, headers: json, body: jsonBody(body) }, notes: [] };
    },
  },
  answer: {
    encode(reply): Answer {
      // "Quote is in USD." A price that is not known is no price of 0.
      if (reply === undefined || reply.currency !== 'USD')
        return { status: 400, headers: json, body: jsonBody({ error: 'No price in USD is known for this model.' }) };
      return { status: 200, headers: json, body: jsonBody({ quote: reply.micros / millionths }) };
    },
    decode(answer) {
      const read = readAnswer(answer, WirePrice);
      if (!read.ok) return read;
      return { ...read, value: { micros: Math.round(read.value.quote * millionths), currency: 'USD' } };
    },
  },
};

function decode(ask: Ask, context: CodecContext): Read<Quote> {
  const refuse = (...problems: readonly Problem[]): Read<Quote> => ({ ok: false, problems });
  const body = readJson(ask, WireQuote);
  if ('problems' in body) return refuse(...body.problems);
  const { model, duration } = body.value;
  if (model == null || model === '') return refuse(problem('field_missing', 'model'));
  const found = findModel(model, context);
  if ('problem' in found) return refuse(found.problem);
  const { card } = found;
  const shot = duration == null ? { prompt: [] } : { prompt: [], seconds: readSeconds(duration) };
  const request: Request = { model, references: [], shots: [shot], ...decodeSettings(body.value, card) };
  const problems = check(request, card, noFacts).problems.filter(({ code }) => !absent.includes(code));
  return problems.length > 0 ? refuse(...problems) : { ok: true, value: { does: 'quote', request }, notes: [] };
}

/** What a question for a price does not have to have. */
const absent: readonly Problem['code'][] = ['prompt_empty', 'too_few'];
