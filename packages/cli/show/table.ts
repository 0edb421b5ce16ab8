/** Columns of a terminal that a text takes: a Han character takes two. */
export function shownWidth(text: string): number {
  let width = 0;
  for (const letter of text) width += /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(letter) ? 2 : 1;
  return width;
}

/** Lines of a table that is at most `columns` wide: the last cell of a row, a list, goes on in the next line where it is too long. */
export function tableLines(
  rows: readonly { readonly cells: readonly string[]; readonly list: readonly string[] }[],
  comma: string,
  columns = 100,
): string[] {
  const gap = '  ';
  const widths = (rows[0]?.cells ?? []).map((_, column) =>
    Math.max(...rows.map(({ cells }) => shownWidth(cells[column] ?? ''))),
  );
  const indent = widths.reduce((sum, width) => sum + width + gap.length, 0);
  const padded = (cell: string, width: number) => cell + ' '.repeat(width - shownWidth(cell)) + gap;
  return rows.flatMap(({ cells, list }) => {
    const head = cells.map((cell, column) => padded(cell, widths[column]!)).join('');
    return wrap(list, comma, columns - indent).map((line, index) =>
      ((index === 0 ? head : ' '.repeat(indent)) + line).trimEnd(),
    );
  });
}

function wrap(words: readonly string[], comma: string, columns: number): string[] {
  const lines = [''];
  for (const [index, word] of words.entries()) {
    const piece = index < words.length - 1 ? word + comma : word;
    const last = lines.at(-1)!;
    if (last !== '' && shownWidth(last + piece.trimEnd()) > columns) lines.push(piece);
    else lines[lines.length - 1] = last + piece;
  }
  return lines;
}
