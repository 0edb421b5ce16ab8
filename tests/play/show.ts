import { explainNote, explainProblem, type Note, noteEffect } from '@refreel/core/model';
import type { Played, Row } from './play.ts';

/** Longer texts are cut: what matters of a prompt is how its mentions are written. */
const mostCharacters = 160;

/** What was played, for people: three lists of fields, each with what was changed on the way to it. */
export function showPlayed({ golden, asked, canonical, sent }: Played): string {
  const { title, date } = golden.source;
  const lost = sent.address === undefined ? ['  cannot be said'] : [`  ${sent.address}`, ...fields(sent.rows)];
  const refused = sent.problems.map((found) => {
    const { message, remedy } = explainProblem(found, 'en');
    return `  refused    ${message} ${remedy}`;
  });
  const { otherwise } = sent;
  const same = otherwise?.length === 0 ? ['  the same as it came'] : [];
  return [
    `"${golden.name}" (${title}, ${date})`,
    `  ${asked.address}`,
    ...fields(asked.rows),
    '',
    'as Refreel reads it',
    ...fields(canonical.rows),
    ...canonical.notes.map(showNote),
    '',
    `for ${sent.model} (${sent.dialect})`,
    ...lost,
    ...sent.notes.map(showNote),
    ...refused,
    ...same,
    ...(otherwise ?? []).map((place) => `  otherwise  ${place === '' ? 'the body' : place}`),
    '',
  ].join('\n');
}

function fields(rows: readonly Row[]): string[] {
  const width = Math.min(44, Math.max(0, ...rows.map(({ path }) => path.length)));
  return rows.map(({ path, value }) => `    ${path.padEnd(width)}  ${cut(JSON.stringify(value))}`);
}

function cut(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters).toWellFormed()}…`;
}

function showNote(note: Note): string {
  return `  ${noteEffect(note.code).padEnd(9)}  ${explainNote(note, 'en')}`;
}
