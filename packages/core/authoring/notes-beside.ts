import type { Note, Problem } from '../model/index.ts';

/** The notes without what they say of words that are refused: those will not be sent, so nothing is done to them. */
export function notesBeside(problems: readonly Problem[], notes: readonly Note[]): Note[] {
  const refused = new Set(problems.map(({ values }) => values.found));
  return notes.flatMap((note) => {
    const { found } = note.values;
    if (note.code !== 'text_reads_as_mention' || !Array.isArray(found)) return [note];
    const left = found.filter((word) => !refused.has(word));
    return left.length === 0 ? [] : [{ ...note, values: { ...note.values, found: left } }];
  });
}
