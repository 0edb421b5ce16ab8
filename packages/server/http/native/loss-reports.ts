import { type FieldFate, fates, type LossReport, shapeMessage } from '@refreel/core/authoring';
import type { Language, Note } from '@refreel/core/model';
import { z } from 'zod';
import { showNote, showProblem } from '../answer.ts';
import { ShownNote, ShownProblem } from './shapes.ts';

const mostModels = 50;

/** Models that are asked about: ids with commas between, or every one. */
export const modelsAsked = z
  .string()
  .max(4000)
  .regex(
    /^[^,\s]+(?:,[^,\s]+)*$/,
    shapeMessage({ en: 'ids of models with commas between, or "all"', zh: '以逗号分隔的模型 id，或“all”' }),
  )
  .transform((text) => (text === 'all' ? text : [...new Set(text.split(','))]))
  .refine(
    (models) => models.length <= mostModels,
    shapeMessage({ en: `at most ${mostModels} models`, zh: `至多 ${mostModels} 个模型` }),
  )
  .meta({ description: 'ids of models with commas between, or "all" for every model that can make it' });

const FieldNote = ShownNote.extend({ source: z.string().optional() });

const FieldAnswer = z.object({
  /** In the canonical request. */
  path: z.string(),
  asked: z.string(),
  fate: z.enum(fates),
  /** What it is there, in the caller's language; null where it is what was asked, or is refused. */
  becomes: z.string().nullable(),
  notes: z.array(FieldNote),
  problems: z.array(ShownProblem),
});

/** What one model would make of a request, field by field. */
export function lossReportShape<Quote extends z.ZodType>(quote: Quote) {
  return z.object({
    model: z.string(),
    ok: z.boolean(),
    /** It can be made with nothing less than was asked. */
    okStrict: z.boolean(),
    counts: z.object({ exact: z.int(), converted: z.int(), degraded: z.int(), refused: z.int() }),
    fields: z.array(FieldAnswer),
    /** Of no field that is set. */
    whole: z.object({ notes: z.array(FieldNote), problems: z.array(ShownProblem) }),
    /** What `strict` would refuse besides. */
    strictProblems: z.array(ShownProblem),
    film: z.record(z.string(), z.unknown()).nullable(),
    quote: quote.nullable(),
    prompt: z.string(),
  });
}

/** A report with its texts; `quote` is that of the report, as it is shown elsewhere. */
export function showReport<Quote>(report: LossReport, quote: Quote | null, language: Language) {
  const { model, ok, okStrict, counts, fields, whole, strictProblems, film, prompt } = report;
  const notes = (found: readonly Note[]) =>
    found.map((one) => ({ ...showNote(one, language), ...(one.source !== undefined && { source: one.source }) }));
  const problems = (found: LossReport['problems']) => found.map((one) => showProblem(one, language));
  const showField = ({ path, asked, fate, becomes, ...found }: FieldFate) => ({
    path,
    asked,
    fate,
    becomes: typeof becomes === 'object' ? becomes[language] : (becomes ?? null),
    notes: notes(found.notes),
    problems: problems(found.problems),
  });
  return {
    model,
    ok,
    okStrict,
    counts,
    fields: fields.map(showField),
    whole: { notes: notes(whole.notes), problems: problems(whole.problems) },
    strictProblems: problems(strictProblems),
    film: film ?? null,
    quote,
    prompt,
  };
}
