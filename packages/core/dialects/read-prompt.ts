import { makeNote, type Note, type Problem, type Prompt, type Reference, tidyPrompt } from '../model/index.ts';
import { tagOutOfRange, unknownMention } from '../model/mention-problems.ts';
import { readNames } from '../model/prompt/names.ts';
import { anyMentions, speaksOfElements } from './any-mentions.ts';
import { type MentionToken, pickTokens } from './mention-syntax.ts';
import { mentionSyntax } from './mentions.ts';

/** How a text is read. */
export interface ReadOptions {
  /** Where the text stands, for problems and notes: "shots[0].prompt". Default "prompt". */
  readonly path?: string;
  /**
   * False for a text as a vendor reads it, where only that vendor's tags count. By default names count as well, as people type
   * them, and go before tags; so do the tags of other models, behind its own.
   */
  readonly names?: boolean;
  /** All the prompts of the request, where what a tag means depends on its neighbours. */
  readonly whole?: string;
  /** The model's id, for notes. */
  readonly model?: string;
}

/** A text, read. */
export interface ReadPrompt {
  /** Words and mentions. What a problem speaks of stays words. */
  readonly prompt: Prompt;
  readonly problems: Problem[];
  readonly notes: Note[];
}

/**
 * Reads a text by the syntax of a model (null: it has none), and what that leaves by every other, so that a prompt pasted from any
 * document binds its references. Every character is kept, as a word or as part of a mention.
 * Problems: `unknown_mention`, `tag_out_of_range`, once for each such tag. Notes: `tag_of_another_model`.
 */
export function readPrompt(
  text: string,
  references: readonly Reference[],
  key: string | null,
  options: ReadOptions = {},
): ReadPrompt {
  const { path = 'prompt', names = true, model = '' } = options;
  const tokens = readTokens(text, references, key, options);
  const parts: Prompt = [];
  const problems = new Map<string, Problem>();
  let start = 0;
  for (const token of tokens) {
    const found = text.slice(token.start, token.end);
    if (token.reference === undefined) {
      if (!problems.has(found)) problems.set(found, refuse(token, found, references, path));
      continue;
    }
    const mention = token.reference.id;
    parts.push(
      text.slice(start, token.start),
      token.media === undefined ? { mention } : { mention, media: token.media },
    );
    start = token.end;
  }
  parts.push(text.slice(start));
  const foreign = names ? foreignTags(text, references, key, tokens, options.whole) : [];
  const notes = foreign.length === 0 ? [] : [makeNote('tag_of_another_model', path, { found: foreign, model })];
  return { prompt: tidyPrompt(parts), problems: [...problems.values()], notes };
}

/** The places of a text that are mentions, or look like such: in order, without overlaps. */
export function readTokens(
  text: string,
  references: readonly Reference[],
  key: string | null,
  { names = true, whole = text }: ReadOptions = {},
): MentionToken[] {
  const own = mentionSyntax(key)?.read(text, references, whole) ?? [];
  if (!names) return own;
  const named = readNames(text, references);
  const others = anyMentions.read(text, references, whole).filter(isBound);
  // What binds goes before what only looks like a mention: another model's tag is no misspelt name.
  const tags = isOfElements(key, whole) ? [others] : [own.filter(isBound), others];
  return pickTokens(named.filter(isBound), ...tags, own, named);
}

const isBound = (token: MentionToken) => token.reference !== undefined;

/**
 * `@Image1` stands for a scene beside `@Element1`, and for the first picture of all elsewhere. Where a model knows only the
 * latter and the text has both, the text was written for the former, and is read so.
 */
function isOfElements(key: string | null, whole: string): boolean {
  return key === 'venice-images' && speaksOfElements(whole);
}

function refuse(token: MentionToken, found: string, references: readonly Reference[], path: string): Problem {
  if (token.limit !== undefined) return tagOutOfRange(path, found, token.limit);
  return unknownMention(path, found, references);
}

/** The tags that the model's own syntax does not read so: they are bound, and will be written in its own. */
function foreignTags(
  text: string,
  references: readonly Reference[],
  key: string | null,
  tokens: readonly MentionToken[],
  whole: string | undefined,
): string[] {
  const own = mentionSyntax(key)?.read(text, references, whole).filter(isBound) ?? [];
  const known = new Map<number, (Reference | undefined)[]>();
  for (const { start, reference } of [...own, ...readNames(text, references).filter(isBound)])
    known.set(start, [...(known.get(start) ?? []), reference]);
  const foreign = tokens.filter((token) => isBound(token) && !known.get(token.start)?.includes(token.reference));
  return [...new Set(foreign.map((token) => text.slice(token.start, token.end)))];
}
