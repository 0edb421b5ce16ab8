import type { Reference } from '../model/index.ts';
import { characterAt, characterBefore, isSpacedWord } from '../model/prompt/names.ts';
import { type MentionSyntax, meetings } from './mention-syntax.ts';

/**
 * WORD JOINER: shows nothing and breaks no line. Put behind the first character of words that a vendor would read as a mention.
 * It stays in the text when that is read again.
 */
export const wordJoiner = '\u2060';

/** A text in the making. `tags` are in order; `gaps` are where a tag or a name meets what stands beside it. */
export interface Draft {
  text: string;
  readonly tags: WrittenTag[];
  readonly gaps: number[];
}

/** A tag in a text that is being written: where it stands and what it means. */
export interface WrittenTag {
  start: number;
  end: number;
  readonly reference: Reference;
  readonly shown: string;
}

/** Puts text in at each of these places, and moves what stands behind them. What ends at a place ends before it. */
function insert(draft: Draft, inserts: ReadonlyMap<number, string>): void {
  const pieces: string[] = [];
  let from = 0;
  let moved = 0;
  let next = 0;
  // Starts and ends of tags in order: each is moved by all that is put in before it.
  const move = (upTo: number) => {
    for (; next < draft.tags.length * 2; next += 1) {
      const tag = draft.tags[next >> 1];
      const edge = next % 2 === 0 ? 'start' : 'end';
      if (tag === undefined || tag[edge] > upTo || (tag[edge] === upTo && edge === 'start')) return;
      tag[edge] += moved;
    }
  };
  for (const at of [...inserts.keys()].sort((one, other) => one - other)) {
    move(at);
    const text = inserts.get(at) ?? '';
    pieces.push(draft.text.slice(from, at), text);
    moved += text.length;
    from = at;
  }
  move(Number.POSITIVE_INFINITY);
  draft.text = pieces.join('') + draft.text.slice(from);
}

/** The tags beside the places where a space goes. */
function beside(draft: Draft, inserts: ReadonlyMap<number, string>): string[] {
  const spaced = (at: number) => inserts.get(at) === ' ';
  return draft.tags.filter((tag) => spaced(tag.start) || spaced(tag.end)).map((tag) => tag.shown);
}

/** Puts a space wherever a tag or a name would run into a word beside it. Returns the tags so parted. */
export function separate(draft: Draft, syntax: MentionSyntax | undefined): string[] {
  const ends = new Set(draft.tags.map((tag) => tag.end));
  const inserts = new Map<number, string>();
  for (const at of draft.gaps) {
    const before = characterBefore(draft.text, at);
    const after = characterAt(draft.text, at);
    const joins = ends.has(at) && after !== undefined && syntax?.mayJoin?.test(after) === true;
    if (joins || (isSpacedWord(before) && (isSpacedWord(after) || after === '@'))) inserts.set(at, ' ');
  }
  const parted = beside(draft, inserts);
  insert(draft, inserts);
  return parted;
}

/** What had to be changed so that a vendor reads exactly what was meant. */
export interface Settled {
  /** The tags beside which a space was put. */
  readonly spaced: readonly string[];
  /** The words that would have been read as mentions. */
  readonly escaped: readonly string[];
  /** The tags that cannot be read as what they mean, whatever stands beside them. */
  readonly unread: readonly string[];
}

/** More rounds than this mend nothing: the names themselves are at fault. Two are common. */
const mostRounds = 8;

/** Reads what is written and mends it until each tag is read as its own reference, and no words are read as a tag. */
export function settle(draft: Draft, syntax: MentionSyntax, references: readonly Reference[]): Settled {
  const spaced: string[] = [];
  const escaped: string[] = [];
  for (let round = 1; ; round += 1) {
    const unread = new Set(draft.tags);
    const inserts = new Map<number, string>();
    for (const [token, touched] of meetings(syntax.read(draft.text, references), draft.tags)) {
      if (touched.length === 0) {
        escaped.push(draft.text.slice(token.start, token.end));
        inserts.set(token.start + (characterAt(draft.text, token.start)?.length ?? 1), wordJoiner);
      }
      for (const tag of touched) {
        const exact = token.start === tag.start && token.end === tag.end;
        if (exact && token.reference?.id === tag.reference.id) unread.delete(tag);
        if (token.end > tag.end) inserts.set(tag.end, ' ');
      }
    }
    for (const { start, end } of unread) {
      if (inserts.has(start) || inserts.has(end)) continue;
      if (isVisible(characterBefore(draft.text, start))) inserts.set(start, ' ');
      else if (isVisible(characterAt(draft.text, end))) inserts.set(end, ' ');
    }
    if (inserts.size === 0 || round === mostRounds)
      return { spaced, escaped, unread: [...unread].map((tag) => tag.shown) };
    spaced.push(...beside(draft, inserts));
    insert(draft, inserts);
  }
}

function isVisible(character: string | undefined): boolean {
  return character !== undefined && character.trim() !== '';
}
