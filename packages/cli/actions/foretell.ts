import { findSource } from '@refreel/core/catalog';
import type { Language } from '@refreel/core/model';
import type { AuthoredRequest, Check, DatedQuote } from '@refreel/sdk';
import { exitCodes } from '../exit-codes.ts';
import type { GenerateFlags } from '../flags.ts';
import { readProblem, type Server } from '../server.ts';
import { quoteLines } from '../show/film.ts';
import { asWritten, exitCodeOf, showProblems } from '../show/findings.ts';
import { languageFrom, say } from '../show/words.ts';

/** What a server says to a request before it is made. */
interface Foretold {
  readonly checked: Check;
  /** Where it would be accepted. */
  readonly quote: DatedQuote | undefined;
}

/**
 * Asks a server what it would say to a request: problems, those of the caller's budgets among them, and the price, with the id of a quote that can be
 * accepted. Nothing is made, reserved or sent to a vendor. The answer is the exit code.
 */
export async function foretell(
  { refreel }: Server,
  request: AuthoredRequest,
  flags: GenerateFlags & { readonly onePrompt: boolean },
): Promise<number> {
  const where = flags.region === undefined ? {} : { region: flags.region };
  const checked = await refreel.check(request, where);
  const quote = checked.ok ? await refreel.quote(request, where) : undefined;
  const language = languageFrom(flags.lang);
  if (flags.json) process.stdout.write(`${JSON.stringify({ ...checked, quote: quote ?? checked.quote }, null, 2)}\n`);
  else tell({ checked, quote }, flags.onePrompt, language);
  return checked.ok ? exitCodes.done : exitCodeOf(checked.problems.map(readProblem));
}

function tell({ checked, quote }: Foretold, onePrompt: boolean, language: Language): void {
  const problems = asWritten(checked.problems.map(readProblem), onePrompt);
  if (problems.length > 0) process.stderr.write(`${showProblems(problems, language)}\n`);
  const out = checked.ok ? [say('fine', language)] : [];
  const price = quote ?? checked.quote;
  // Notes are told below, in the words of the server.
  if (price !== null) out.push(...quoteLines({ ...price, notes: [] }, language), ...sourceOf(price, language));
  const { notes } = checked;
  if (notes.length > 0) out.push(say('notes', language), ...notes.map(({ message }) => `  · ${message}`));
  if (quote !== undefined) {
    const held = {
      en: `Quote ${quote.id}, until ${quote.expiresAt}`,
      zh: `报价 ${quote.id}，有效至 ${quote.expiresAt}`,
    };
    out.push(held[language]);
  }
  if (out.length > 0) process.stdout.write(`${out.join('\n')}\n`);
}

/** Where an account's own price stands, which is none of the catalog's documents. */
function sourceOf(
  { source, date, total }: Pick<DatedQuote, 'source' | 'date' | 'total'>,
  language: Language,
): string[] {
  if (source === null || total === null || findSource(source) !== undefined) return [];
  const when = date === null ? '' : { en: `, ${date}`, zh: `，${date}` }[language];
  return [{ en: `Price: ${source}${when}`, zh: `价格来源：${source}${when}` }[language]];
}
