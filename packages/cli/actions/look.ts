import { type LossReports, lossReports } from '@refreel/core/authoring';
import type { Language } from '@refreel/core/model';
import type { Animatic } from '@refreel/server/producers/animatic';
import { exitCodes } from '../exit-codes.ts';
import type { Look, LookFlags } from '../flags.ts';
import { type Prepared, prepare } from '../preparation.ts';
import type { Fail } from '../request-flags.ts';
import { adviceJson, showAdvice } from '../show/advice.ts';
import { quoteLines, reviewLines } from '../show/film.ts';
import { asWritten, noteJson, problemJson, showNotes, showProblems } from '../show/findings.ts';
import { lossLines, reportJson } from '../show/losses.ts';
import { languageFrom, say } from '../show/words.ts';

/** Looks at a request and tells what was asked for. The answer is the exit code. Closes the animatic. */
export async function tellLook(
  look: Look,
  animatic: Animatic,
  name: string | undefined,
  flags: LookFlags,
  fail: Fail,
): Promise<number> {
  const language = languageFrom(flags.lang);
  try {
    const prepared = await prepare(name, flags, fail, animatic, { region: flags.region });
    await prepared.close();
    const compared = compare(prepared, flags, fail);
    if (flags.json) process.stdout.write(`${JSON.stringify(toJson(prepared, compared, language), null, 2)}\n`);
    else if (compared !== undefined) tellCompared(prepared, compared, flags, language);
    else tell(look, prepared, language);
    // Of several models one that can make it is enough.
    if (compared !== undefined) return compared.reports.some(({ ok }) => ok) ? exitCodes.done : exitCodes.refused;
    return prepared.problems.length > 0 ? exitCodes.refused : exitCodes.done;
  } finally {
    await animatic.close();
  }
}

/** Reports of the models that the command line names; undefined where it names none, or the request cannot be read. */
function compare(
  { request, facts, problems, review }: Prepared,
  { models, region }: LookFlags,
  fail: Fail,
): LossReports | undefined {
  if (models === undefined || request === undefined) return undefined;
  const ids = models
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean);
  if (ids.length === 0) fail('--models: name models with commas between, or "all"');
  const known = problems.filter((one) => review?.problems.includes(one) !== true);
  const where = region === undefined ? {} : { region };
  return lossReports(request, models === 'all' ? models : ids, facts, { problems: known, ...where });
}

function tellCompared({ onePrompt }: Prepared, compared: LossReports, flags: LookFlags, language: Language): void {
  const details = flags.models !== 'all';
  process.stdout.write(`${lossLines(compared, { details, onePrompt, language }).join('\n')}\n`);
}

function tell(look: Look, { review, onePrompt, ...found }: Prepared, language: Language): void {
  const out: string[] = [];
  const problems = asWritten(found.problems, onePrompt);
  const notes = asWritten(found.notes, onePrompt);
  if (problems.length > 0) process.stderr.write(`${showProblems(problems, language)}\n`);
  if (look === 'check' && problems.length === 0) out.push(say('fine', language));
  // A film with a setting that is refused is none that anybody could have.
  if (look === 'check' && review !== undefined && review.problems.length === 0)
    out.push(...reviewLines(review, language));
  if (look === 'quote' && review?.quote !== undefined) out.push(...quoteLines(review.quote, language));
  if (look !== 'advise' && notes.length > 0) out.push(showNotes(notes, language));
  const wantsAdvice = look === 'advise' || (look === 'check' && problems.length === 0 && review?.advice.length !== 0);
  if (wantsAdvice && review !== undefined) out.push(showAdvice(asWritten(review.advice, onePrompt), language));
  if (out.length > 0) process.stdout.write(`${out.join('\n')}\n`);
}

function toJson({ problems, notes, review }: Prepared, compared: LossReports | undefined, language: Language) {
  return {
    ok: problems.length === 0,
    problems: problems.map((one) => problemJson(one, language)),
    notes: notes.map((one) => noteJson(one, language)),
    film: review?.film ?? null,
    quote: review?.quote ?? null,
    typicalSeconds: review?.typical ?? null,
    prompt: review?.prompt ?? null,
    tags: review?.tags ?? [],
    advice: review?.advice.map((one) => adviceJson(one, language)) ?? [],
    ...(compared !== undefined && {
      models: compared.reports.map((one) => reportJson(one, language)),
      refusing: compared.refusing,
    }),
  };
}
