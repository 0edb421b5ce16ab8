import { languageOf } from '../language.ts';
import type { Reference, ReferenceId } from '../reference.ts';
import type { FlatPrompt } from './flat.ts';
import { writeNamedMention } from './prompt.ts';

/** A place in a flattened prompt where somebody or something is named. UTF-16 positions. */
export interface Naming {
  readonly from: number;
  readonly to: number;
  /** Undefined for words that no reference answers to, such as a vendor's tag that was never bound. */
  readonly reference: ReferenceId | undefined;
  /** What it is called there. */
  readonly name: string;
  /** "she" or 他: stands for whoever was the subject before. */
  readonly pronoun: boolean;
}

const vendorTag =
  /@[\p{L}\p{N}_-]+|(?:参考)?(?:图片|图像|图|视频|角色)\s?\d+|\b(?:image|video|element|character)\s?\d+\b/giu;
const englishPronoun = /(?<![\p{L}\p{N}_'’])(?:she|he|it|they)(?![\p{L}\p{N}_])/giu;
/** A guitar (吉他) and the others (其他) are nobody. */
const chinesePronoun = /(?<![吉其])[他她它](?!们)/gu;

/**
 * Everybody who is named in a flattened prompt, in order: mentions, references' names written as plain words, vendors' tags
 * that were not bound, and pronouns. Scenes are left out: a place does nothing and says nothing.
 */
export function findNamings(flat: FlatPrompt, references: readonly Reference[]): Naming[] {
  const namings: Naming[] = [];
  const taken = new Uint8Array(flat.text.length);
  const add = (naming: Naming) => {
    if (taken.subarray(naming.from, naming.to).includes(1)) return;
    taken.fill(1, naming.from, naming.to);
    namings.push(naming);
  };
  const kinds = new Map(references.map((reference) => [reference.id, reference.kind]));
  for (const [at, mention] of flat.mentions) {
    if (kinds.get(mention.mention) === 'scene') continue;
    const name = writeNamedMention({ mention: mention.mention }, references).slice(1);
    add({ from: at, to: at + 1, reference: mention.mention, name, pronoun: false });
  }
  const addWords = (pattern: RegExp, pronoun: boolean, reference?: ReferenceId) => {
    for (const match of flat.text.matchAll(pattern)) {
      const name = match[0].replace(/^@/, '');
      add({ from: match.index, to: match.index + match[0].length, reference, name, pronoun });
    }
  };
  for (const { id, kind, name } of references.toSorted((one, other) => other.name.length - one.name.length)) {
    if (kind !== 'scene') addWords(wholeWord(name), false, id);
  }
  addWords(vendorTag, false);
  addWords(englishPronoun, true);
  addWords(chinesePronoun, true);
  return namings.sort((one, other) => one.from - other.from);
}

function wholeWord(name: string): RegExp {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  // Chinese has no spaces, so that a name of one character would be found within other words.
  if (languageOf(name) === 'zh') return new RegExp(name.length === 1 ? `@${escaped}` : `@?${escaped}`, 'giu');
  return new RegExp(`@?(?<![\\p{Script=Latin}\\p{N}_-])${escaped}(?![\\p{Script=Latin}\\p{N}_])`, 'giu');
}
