/** Something in quotation marks. Positions are UTF-16 units: the marks are at `start` and just before `end`. */
export interface Quote {
  readonly start: number;
  readonly from: number;
  readonly to: number;
  readonly end: number;
}

const doubleMarks = '"“”„‟＂';
const singleMarks = "'‘’＇";
/** Where a mark may as well be an apostrophe, its partner is not looked for farther than this. */
const longestSingle = 600;
const corners: Readonly<Record<string, string>> = { '「': '」', '『': '』', '﹁': '﹂', '﹃': '﹄' };

/**
 * Everything in quotation marks, in order, the outermost only: “”, "", ‘’, '', 「」, 『』. A pair may be typed the wrong way
 * round (”so”), as vendors' own examples do. Apostrophes and inches are no quotes, and a quote never crosses a line's end.
 */
export function findQuotes(text: string): Quote[] {
  const quotes: Quote[] = [];
  let at = 0;
  while (at < text.length) {
    const close = opens(text, at) ? closing(text, at) : undefined;
    if (close === undefined) {
      at += 1;
      continue;
    }
    quotes.push({ start: at, from: at + 1, to: close, end: close + 1 });
    at = close + 1;
  }
  return quotes;
}

/** The text with everything in quotation marks blanked out, marks included; positions stay what they were. */
export function blankQuotes(text: string): string {
  let blanked = text;
  for (const { start, end } of findQuotes(text)) {
    blanked = blanked.slice(0, start) + ' '.repeat(end - start) + blanked.slice(end);
  }
  return blanked;
}

function opens(text: string, at: number): boolean {
  const mark = text[at]!;
  if (corners[mark] !== undefined || mark === '“' || mark === '‘') return true;
  const before = text[at - 1] ?? ' ';
  if (doubleMarks.includes(mark)) return !/\d/.test(before);
  if (!singleMarks.includes(mark)) return false;
  // An apostrophe stands between letters or after one; an opening mark stands before a word.
  return /[\s\p{P}\p{Script=Han}]/u.test(before) && /\S/.test(text[at + 1] ?? ' ');
}

function closing(text: string, open: number): number | undefined {
  const mark = text[open]!;
  const newline = text.indexOf('\n', open);
  const limit = newline === -1 ? text.length : newline;
  const corner = corners[mark];
  if (corner !== undefined) return closingCorner(text, open, limit, mark, corner);
  if (singleMarks.includes(mark)) return closingSingle(text, open, Math.min(limit, open + longestSingle));
  const next = (marks: string): number | undefined => {
    for (let at = open + 1; at < limit; at += 1) if (marks.includes(text[at]!)) return at;
    return undefined;
  };
  const any = next(doubleMarks);
  if (mark === '“') {
    const right = next('”');
    const another = next('“');
    return right !== undefined && (another === undefined || right < another) ? right : any;
  }
  return mark === '"' ? (next('"') ?? any) : any;
}

function closingCorner(text: string, open: number, limit: number, mark: string, corner: string): number | undefined {
  let depth = 0;
  for (let at = open; at < limit; at += 1) {
    if (text[at] === mark) depth += 1;
    if (text[at] === corner) depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

function closingSingle(text: string, open: number, limit: number): number | undefined {
  let plural: number | undefined;
  for (let at = open + 1; at < limit; at += 1) {
    if (!singleMarks.includes(text[at]!)) continue;
    if (plural !== undefined && opens(text, at)) return plural;
    if (/[\p{Script=Latin}\p{N}]/u.test(text[at + 1] ?? ' ') || /\s/.test(text[at - 1]!)) continue;
    // "the dogs' bowl": the mark after a plural closes only if no later one does.
    if (/s/i.test(text[at - 1]!) && /^ \p{Ll}/u.test(text.slice(at + 1, at + 3))) plural ??= at;
    else return at;
  }
  return plural;
}
