import { shownWidth } from './table.ts';

/** What stays on one line: a Han character or a word with the space before it, each with the marks behind it that must not begin a line. */
const pieces = /\p{Script=Han}[，。、；：！？）》”]*|\s*[^\s\p{Script=Han}、，；：]+[、，；：。]*|[、，；：]+|\s+/gu;

/** A text in lines of at most so many columns; `indent` stands before all but the first. A word that is longer than a line is broken. */
export function wrapText(text: string, columns: number, indent: string): string[] {
  const lines = [''];
  for (const [piece] of text.matchAll(pieces)) {
    const last = lines.at(-1)!;
    if (shownWidth(last) + shownWidth(piece.trimEnd()) <= columns) {
      lines[lines.length - 1] = last + piece;
      continue;
    }
    let rest = piece.trimStart();
    if (last.trim() === '') lines.pop();
    while (shownWidth(indent + rest) > columns) {
      const fits = [...rest].slice(0, Math.max(1, columns - indent.length)).join('');
      const most =
        shownWidth(fits) + indent.length > columns ? [...fits].slice(0, Math.ceil(fits.length / 2)).join('') : fits;
      lines.push((lines.length === 0 ? '' : indent) + most);
      rest = rest.slice(most.length);
    }
    lines.push((lines.length === 0 ? '' : indent) + rest);
  }
  return lines.map((line) => line.trimEnd());
}
