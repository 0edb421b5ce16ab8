import type { Language, MentionedMedia, Reference } from '../model/index.ts';
import type { NameToken } from '../model/prompt/names.ts';

/** A place of a text that is read as a mention. Offsets are UTF-16 units, `end` exclusive. */
export interface MentionToken extends NameToken {
  /** For a tag with a number: how many references are counted so. Without a reference, its number is out of range. */
  readonly limit?: number;
}

/**
 * How one family of models points at references in a prompt, read and written.
 * References are those of the request, in its order; a tag's number is a place among them, never kept anywhere.
 */
export interface MentionSyntax {
  /** What `prompt.mentions` of a card says. */
  readonly key: string;
  /** What the vendor calls the reference in a prompt of this language; undefined where it cannot point at it. */
  tagOf(reference: Reference, references: readonly Reference[], language: Language): string | undefined;
  /** Whether a mention of this one medium is no less exact than its tag: the tag names it, or stands for nothing else. */
  pointsAt(reference: Reference, media: MentionedMedia): boolean;
  /** The tag's ending for one medium, in a syntax that has such. */
  endingOf?(media: MentionedMedia): string;
  /** A character after a tag that the vendor may take as a part of it. */
  readonly mayJoin?: RegExp;
  /**
   * The places that the vendor would read as mentions, in order and without overlaps.
   * `whole` is all the prompts of the request, where what a tag means depends on the others.
   */
  read(text: string, references: readonly Reference[], whole?: string): MentionToken[];
}

/** One row of numbered tags: `@Image1`, `@Image2`, ... */
export interface TagSeries {
  /** What the tag stands for: one medium of the reference, or several; undefined where this row does not count it. */
  mediumOf(reference: Reference): 'image' | 'clip' | 'several' | undefined;
  write(number: number, language: Language): string;
  /** The written forms; a group `number` holds the digits. Flags g and u. */
  readonly numbered: RegExp;
  /** Words for the only reference of the row; plain words when it has none or several. Flags g and u. */
  readonly only?: RegExp;
}

/** A number as the documents write it: from 1, no leading zero (a lone 0 is out of range), in half or full width. */
export const tagNumber = '(?<number>[0０]|[1-9１-９][0-9０-９]{0,3})(?![0-9０-９])';

/** Every numbered tag has one, and most prompts have none. */
const digit = /[0-9０-９]/;

/** A syntax of numbered tags. A reference belongs to the first row that counts it. */
export function numberedSyntax(key: string, series: readonly TagSeries[]): MentionSyntax {
  const rowOf = (reference: Reference) => series.find((row) => row.mediumOf(reference) !== undefined);
  return {
    key,
    tagOf(reference, references, language) {
      const row = rowOf(reference);
      const number = references.filter((one) => rowOf(one) === row).findIndex((one) => one.id === reference.id) + 1;
      return row === undefined || number === 0 ? undefined : row.write(number, language);
    },
    pointsAt: (reference, media) => rowOf(reference)?.mediumOf(reference) === media,
    read(text, references) {
      return pickTokens(
        series.flatMap((row) => {
          const counted = references.filter((reference) => rowOf(reference) === row);
          return readSeries(text, row, counted);
        }),
      );
    },
  };
}

/**
 * Tokens without overlaps, in order: earlier groups go before later ones; in a group the first, then the longest.
 * Work grows with the tokens, not with their square: prompts come from strangers.
 */
export function pickTokens(...groups: readonly (readonly MentionToken[])[]): MentionToken[] {
  let picked: MentionToken[] = [];
  for (const group of groups) {
    const parted: MentionToken[] = [];
    for (const token of group.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
      if (token.start >= (parted.at(-1)?.end ?? 0)) parted.push(token);
    }
    picked = [...picked, ...apartFrom(parted, picked)].sort((one, other) => one.start - other.start);
  }
  return picked;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The spans that share no character with any of `taken`. Both lists are in order and without overlaps. */
export function apartFrom<Kind extends Span>(spans: readonly Kind[], taken: readonly Span[]): Kind[] {
  return meetings(spans, taken).flatMap(([span, met]) => (met.length === 0 ? [span] : []));
}

/** Each span with those of `others` that share a character with it. Both lists are in order and without overlaps. */
export function meetings<Kind extends Span, Other extends Span>(
  spans: readonly Kind[],
  others: readonly Other[],
): [Kind, Other[]][] {
  let first = 0;
  return spans.map((span) => {
    while ((others[first]?.end ?? Number.POSITIVE_INFINITY) <= span.start) first += 1;
    const met: Other[] = [];
    for (let index = first; ; index += 1) {
      const other = others[index];
      if (other === undefined || other.start >= span.end) return [span, met];
      met.push(other);
    }
  });
}

function readSeries(text: string, row: TagSeries, counted: readonly Reference[]): MentionToken[] {
  const limit = counted.length;
  const numbered = digit.test(text) ? text.matchAll(row.numbered) : [];
  const tokens = [...numbered].map((match): MentionToken => {
    const number = Number((match.groups?.number ?? '').normalize('NFKC'));
    return { start: match.index, end: match.index + match[0].length, reference: counted[number - 1], limit };
  });
  if (row.only === undefined || limit !== 1) return tokens;
  const only = [...text.matchAll(row.only)].map(
    (match): MentionToken => ({ start: match.index, end: match.index + match[0].length, reference: counted[0], limit }),
  );
  return [...tokens, ...only];
}
