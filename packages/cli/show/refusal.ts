import type { Note, Problem } from '@refreel/core/model';
import { exitCodeOf, noteJson, problemJson, showProblems } from './findings.ts';
import { languageFrom, say } from './words.ts';

/** Tells why nothing, or not all, was made; the answer is the exit code. `more` are fields of the JSON besides problems and notes. */
export function tellRefusal(
  problems: readonly Problem[],
  flags: { readonly json?: boolean; readonly lang?: string },
  notes: readonly Note[] = [],
  more: Readonly<Record<string, unknown>> = {},
): number {
  const language = languageFrom(flags.lang);
  if (flags.json) {
    const outcome = {
      ok: false,
      problems: problems.map((one) => problemJson(one, language)),
      notes: notes.map((one) => noteJson(one, language)),
      ...more,
    };
    process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
  } else {
    process.stderr.write(`${showProblems(problems, language)}\n`);
    if (problems.some(({ code }) => code === 'key_needed' || code === 'key_invalid'))
      process.stderr.write(`${say('keyHint', language)}\n`);
  }
  return exitCodeOf(problems);
}
