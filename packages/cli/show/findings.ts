import { findSource } from '@refreel/core/catalog';
import {
  explainNote,
  explainProblem,
  type Language,
  type Note,
  type Problem,
  type ProblemCode,
  problemKind,
} from '@refreel/core/model';
import { exitCodes } from '../exit-codes.ts';
import { fromSource } from './film.ts';
import { labelled, say } from './words.ts';

/** Problems as a person reads them: where, what, and what to do next. */
export function showProblems(problems: readonly Problem[], language: Language): string {
  const lines = problems.map((one) => {
    const { message, remedy } = explainProblem(one, language);
    const source = one.source === undefined || one.source === 'ours' ? undefined : findSource(one.source);
    const from =
      source === undefined
        ? ''
        : `\n      ${language === 'zh' ? fromSource(source.title, source.date, language) : `(${labelled(say('source', language), `${source.title}, ${source.date}`, language)})`}`;
    return `  ✗ ${message}\n    → ${remedy}${from}`;
  });
  const film = exitCodeOf(problems) === exitCodes.refused ? 'problems' : 'failures';
  const head = say(problems.every(({ code }) => besideFilms.has(code)) ? 'notDone' : film, language);
  return [head, ...lines].join('\n');
}

/** What is wrong with the way to a server, with what it is asked for, or with how it is set up: none of it is about a film. */
const besideFilms: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  ...(['server_unreachable', 'server_foreign', 'server_address', 'server_says', 'download_damaged'] as const),
  ...(['variable_invalid', 'variable_unknown', 'variable_early', 'port_in_use', 'address_unusable'] as const),
  ...(['accounts_invalid', 'live_before', 'live_without_accounts'] as const),
  ...(['open_without_key', 'admin_key_needed', 'foreign_host', 'foreign_origin', 'proxy_needs_key'] as const),
  ...(['store_damaged', 'store_unavailable', 'server_stopping', 'server_fault', 'route_unknown'] as const),
  ...(['submit_unconfirmed', 'attempt_settled', 'vendor_id_unknown'] as const),
  ...(['key_unreadable', 'key_needed', 'key_invalid', 'generation_unknown', 'film_unknown', 'asset_unknown'] as const),
]);

/**
 * Findings with the places that people wrote, for texts: where a request has one prompt and no list of shots, `prompt` and
 * `seconds` are its own fields.
 */
export function asWritten<Found extends { readonly path: string }>(
  found: readonly Found[],
  onePrompt: boolean,
): Found[] {
  return found.map((one) => (onePrompt ? { ...one, path: one.path.replace(/^shots\[0\]\./, '') } : one));
}

/** Whether somebody can mend the request, or something failed that they cannot. */
export function exitCodeOf(problems: readonly Problem[]): number {
  return problems.every(({ code }) => problemKind(code).fault === 'caller') ? exitCodes.refused : exitCodes.failed;
}

export function showNotes(notes: readonly Note[], language: Language): string {
  return [say('notes', language), ...notes.map((one) => `  · ${explainNote(one, language)}`)].join('\n');
}

/** The same for machines: codes and values stay, texts are added. */
export function problemJson(one: Problem, language: Language) {
  return { ...one, ...explainProblem(one, language) };
}

export function noteJson(one: Note, language: Language) {
  return { ...one, message: explainNote(one, language) };
}
