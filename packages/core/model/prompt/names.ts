import type { Reference } from '../reference.ts';
import type { MentionedMedia } from './prompt.ts';

/** A place of a text that speaks of a reference by its name. Offsets are UTF-16 units, `end` exclusive. */
export interface NameToken {
  readonly start: number;
  readonly end: number;
  /** Undefined where no reference has this name. */
  readonly reference: Reference | undefined;
  readonly media?: MentionedMedia;
}

/** How strictly names are compared. */
export interface NameRules {
  /** Upper and lower case must agree. */
  readonly exactCase?: boolean;
}

/**
 * Finds names as people type them: `@mei`, `＠mei`, `@mei.clip`, `@mei.voice`, `@mei.image`, `@mei.angle2` (counted from 1).
 * The longest known name counts, so `@meiling` never means `@mei`, while Chinese may follow a name without a space, and so may another
 * name: `@mei@dog`. Letters are the same however they are composed. Addresses such as `a@mei.com` and `@@mei` are no names. What looks
 * like a name and is none comes back without a reference.
 */
export function readNames(text: string, references: readonly Reference[], rules: NameRules = {}): NameToken[] {
  const tokens: NameToken[] = [];
  for (const { index } of text.matchAll(/[@＠]/gu)) {
    const last = tokens.at(-1);
    const follows = last?.reference !== undefined && last.end === index;
    if (!follows && !opensName(text, index)) continue;
    const found = readKnown(text, index, references, rules) ?? readUnknown(text, index);
    if (found !== undefined) tokens.push(found);
  }
  return tokens;
}

const unspacedScripts = ['Han', 'Hira', 'Kana', 'Bopo', 'Hang', 'Thai', 'Laoo', 'Khmr', 'Mymr'];
const unspaced = new RegExp(`^[${unspacedScripts.map((script) => `\\p{scx=${script}}`).join('')}]$`, 'u');

/**
 * True for a letter, digit or "_" of a script that puts spaces between its words: two of them side by side are one word.
 * Chinese, Japanese, Thai and the like join words without a sign, and Korean joins its particles, so those are not meant.
 */
export function isSpacedWord(character: string | undefined): boolean {
  return character !== undefined && /^[\p{L}\p{M}\p{N}_]$/u.test(character) && !unspaced.test(character);
}

/** The code point that ends at `index`, if there is one. */
export function characterBefore(text: string, index: number): string | undefined {
  if (index <= 0) return undefined;
  const last = text.codePointAt(index - 2);
  return last !== undefined && last > 0xffff ? String.fromCodePoint(last) : text[index - 1];
}

/** The code point that starts at `index`, if there is one. */
export function characterAt(text: string, index: number): string | undefined {
  const code = text.codePointAt(index);
  return code === undefined ? undefined : String.fromCodePoint(code);
}

/** An "@" in the middle of a word is an address, and a doubled one is nothing. */
function opensName(text: string, at: number): boolean {
  const before = characterBefore(text, at);
  const after = characterAt(text, at + 1);
  return !isSpacedWord(before) && before !== '@' && before !== '＠' && after !== '@' && after !== '＠';
}

function readKnown(
  text: string,
  at: number,
  references: readonly Reference[],
  { exactCase = false }: NameRules,
): NameToken | undefined {
  let best: { readonly reference: Reference; readonly written: string } | undefined;
  for (const reference of references) {
    const { name } = reference;
    const written = writtenAt(text, at + 1, name, exactCase);
    if (written === undefined) continue;
    const length = best?.reference.name.length ?? 0;
    if (name.length > length || (name.length === length && written === name && written !== best?.reference.name))
      best = { reference, written };
  }
  if (best === undefined) return undefined;
  const { reference, written } = best;
  const end = at + 1 + written.length;
  const suffix = mediumAt(text, end);
  if (suffix === undefined) return { start: at, end, reference };
  return { start: at, end: suffix.end, reference, media: suffix.media };
}

/** A name as a text has it at `start`: some keyboards write an accent as a sign of its own. */
function writtenAt(text: string, start: number, name: string, exactCase: boolean): string | undefined {
  if (name === '') return undefined;
  for (const form of new Set([name, name.normalize('NFC'), name.normalize('NFD')])) {
    const written = text.slice(start, start + form.length);
    const same = exactCase ? written === name : folded(written) === folded(name);
    if (same && endsName(text, start + form.length)) return written;
  }
  return undefined;
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/**
 * Whether a name may end here. A word that goes on is another name, and so is a number: a reference "hero" is not meant by
 * `@hero2`, nor 角色 by `@角色2`.
 */
function endsName(text: string, end: number): boolean {
  const next = characterAt(text, end);
  if (next === undefined) return true;
  if (/^[\p{M}\p{N}_]$/u.test(next)) return false;
  const last = characterBefore(text, end);
  if (isSpacedWord(next)) return !isSpacedWord(last);
  return next !== '-' || !isSpacedWord(last) || !isSpacedWord(characterAt(text, end + 1));
}

const medium = /\.(?:(?<whole>image|clip|voice)|angle(?<angle>[1-9]\d?))(?![\p{Script=Latin}\p{N}_])/iuy;

function mediumAt(text: string, start: number): { media: MentionedMedia; end: number } | undefined {
  medium.lastIndex = start;
  const groups = medium.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { whole, angle } = groups;
  const media =
    whole === undefined ? { angle: Number(angle) - 1 } : (whole.toLowerCase() as 'image' | 'clip' | 'voice');
  return { media, end: medium.lastIndex };
}

/** A name starts with a letter here: `@24fps` speaks of no reference. */
const unknownName = /[\p{L}_][\p{L}\p{M}\p{N}_-]{0,39}/uy;

function readUnknown(text: string, at: number): NameToken | undefined {
  unknownName.lastIndex = at + 1;
  const run = unknownName.exec(text)?.[0];
  if (run === undefined) return undefined;
  // "@bob走进": a Latin name ends where Chinese starts; where a Chinese one ends nobody can tell.
  let name = '';
  for (const character of run) {
    if (unspaced.test(character) && isSpacedWord(characterAt(run, 0))) break;
    name += character;
  }
  return { start: at, end: at + 1 + name.replace(/-+$/, '').length, reference: undefined };
}
