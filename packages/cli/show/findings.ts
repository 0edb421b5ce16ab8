import { findSource } from '@refreel/core/catalog';
import { explainNote, explainProblem, type Language, type Note, type Problem } from '@refreel/core/model';
import { labelled, say } from './words.ts';

/** Problems as a person reads them: where, what, and what to do next. */
export function showProblems(problems: readonly Problem[], language: Language): string {
  const lines = problems.map((one) => {
    const { message, remedy } = explainProblem(one, language);
    const source = one.source === undefined || one.source === 'ours' ? undefined : findSource(one.source);
    const from =
      source === undefined
        ? ''
        : `\n      (${labelled(say('source', language), `${source.title}, ${source.date}`, language)})`;
    return `  ✗ ${message}\n    → ${remedy}${from}`;
  });
  return [say('problems', language), ...lines].join('\n');
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
