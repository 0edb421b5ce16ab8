import { Refusal } from '@refreel/core/model';
import { z } from 'zod';
import type { Reviewed } from '../../generations/index.ts';
import { json, noteHeader, showNote, showProblem } from '../answer.ts';
import { unmarked } from '../faulty-create.ts';
import type { Parts } from '../parts.ts';
import { type AuthoredBody, authoredBody, type Call, type Route, route } from '../route.ts';
import { lossReportShape, modelsAsked, showReport } from './loss-reports.ts';
import { Amount, ShownNote, ShownProblem, Words } from './shapes.ts';

const query = z.strictObject({ region: z.string().min(1).max(40).optional() });
const checkQuery = query.extend({ models: modelsAsked.optional() });
const Notes = z.array(ShownNote);
const Quote = z.object({
  lines: z.array(z.looseObject({ label: Words, seconds: z.number() })),
  total: Amount.nullable(),
  cap: Amount.nullable(),
  binding: z.boolean(),
  currency: z.string().nullable(),
  source: z.string().nullable(),
  date: z.string().nullable(),
  validSeconds: z.number(),
  notes: Notes,
});
const CheckAnswer = z.object({
  ok: z.boolean(),
  problems: z.array(ShownProblem),
  notes: Notes,
  /** What the model takes of the request, every default filled in. */
  request: z.record(z.string(), z.unknown()),
  film: z.record(z.string(), z.unknown()).nullable(),
  /** The prompt as the model reads it. */
  prompt: z.string(),
  tags: z.array(z.object({ id: z.string(), tag: z.string().optional() })),
  quote: Quote.nullable(),
  typical: z.object({ from: z.number(), to: z.number() }).nullable(),
  advice: z.array(z.unknown()),
  /** Of each model that was asked about, what becomes of every field; of all of them those that can make it, fewest losses first. */
  models: z.array(lossReportShape(Quote)).optional(),
  /** Of all models those that refuse it. */
  refusing: z.array(z.string()).optional(),
});

/** What can be said of a request before it is made. Nothing is stored or paid for. */
export const checkRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/check',
    access: 'caller',
    owned: false,
    group: 'Before it is made',
    summary: 'Problems, notes, the settled film, its price and advice; for other models too, what would be lost',
    query: checkQuery,
    body: authoredBody,
    answers: {
      200: {
        says: 'What was found; `ok` says whether the request would be accepted, by budgets too',
        schema: CheckAnswer,
      },
    },
    async answer(call, parts) {
      const { body: authored } = call;
      const review = await look(call, parts, authored, call.query.region);
      const problems = [...authored.problems, ...review.problems, ...review.budgets.problems];
      const notes = [...authored.notes, ...review.notes, ...review.budgets.notes];
      const { models, region } = call.query;
      const known = { region, problems: authored.problems };
      const compared =
        models === undefined
          ? undefined
          : await parts.generations.compare(
              call.caller,
              authored.request,
              models === 'all' ? models : [...models],
              known,
            );
      const found = {
        ok: problems.length === 0,
        problems: problems.map((one) => showProblem(one, call.language)),
        notes: notes.map((one) => showNote(one, call.language)),
        request: review.taken,
        film: review.film ?? null,
        prompt: review.prompt,
        tags: review.tags,
        quote: review.quote === undefined ? null : showQuote(review.quote, call),
        typical: review.typical ?? null,
        advice: review.advice,
        ...(compared !== undefined && {
          models: compared.reports.map((one) =>
            showReport(one, one.quote === undefined ? null : showQuote(one.quote, call), call.language),
          ),
          refusing: compared.refusing,
        }),
      };
      return json(200, found, noteHeader(notes));
    },
  }),
  route({
    method: 'POST',
    path: '/v1/quotes',
    access: 'caller',
    owned: false,
    group: 'Before it is made',
    summary:
      'What a request will cost, line by line, and until when that holds; a generation that names it costs no more',
    query,
    body: authoredBody,
    answers: {
      200: {
        says: 'The quote; an unknown price is null, never 0. `problems` says which budgets would refuse it now',
        schema: Quote.extend({
          ...{ id: z.string(), model: z.string(), expiresAt: z.iso.datetime() },
          /** Why it would be refused now: budgets that have too little left. */
          problems: z.array(ShownProblem),
        }),
      },
    },
    async answer(call, parts) {
      const { body: authored } = call;
      if (authored.problems.length > 0) {
        const review = await look(call, parts, authored, call.query.region);
        throw new Refusal(...authored.problems, ...review.problems);
      }
      const { request } = unmarked(authored.request, parts);
      const quoted = await parts.generations.quote(call.caller, request, call.query.region);
      if (!quoted.ok) throw new Refusal(...quoted.problems);
      const { id, model, quote, notes, problems, expiresAt } = quoted.value;
      const refusing = problems.map((one) => showProblem(one, call.language));
      return json(200, { id, model, ...showQuote(quote, call), expiresAt, problems: refusing }, noteHeader(notes));
    },
  }),
  route({
    method: 'POST',
    path: '/v1/advise',
    access: 'caller',
    owned: false,
    group: 'Before it is made',
    summary: 'What would make a better film; advice never refuses',
    query,
    body: authoredBody,
    answers: {
      200: { says: 'Advice, most useful first', schema: z.object({ items: z.array(z.unknown()), notes: Notes }) },
    },
    async answer(call, parts) {
      const review = await look(call, parts, call.body, call.query.region);
      // A model that nobody knows has no advice, and silence would read as praise.
      if (review.card === undefined) throw new Refusal(...review.problems);
      return json(200, { items: review.advice, notes: review.notes.map((one) => showNote(one, call.language)) });
    },
  }),
];

function look(call: Call, parts: Parts, { request }: AuthoredBody, region: string | undefined): Promise<Reviewed> {
  return parts.generations.review(call.caller, request, region);
}

function showQuote(quote: NonNullable<Reviewed['quote']>, { language }: Call) {
  return { ...quote, notes: quote.notes.map((one) => showNote(one, language)) };
}
