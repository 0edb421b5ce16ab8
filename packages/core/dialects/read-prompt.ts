import { makeNote, type Note, type Problem, type Prompt, problem, type Reference, tidyPrompt } from '../model/index.ts';
import { readNames } from '../model/prompt/names.ts';
import { anyMentions } from './any-mentions.ts';
import { apartFrom, type MentionToken, pickTokens } from './mention-syntax.ts';
import { mentionSyntax } from './mentions.ts';

/** How a text is read. */
export interface ReadOptions {
  /** Where the text stands, for problems and notes: "shots[0].prompt". Default "prompt". */
  readonly path?: string;
  /**
   * False for a text as a vendor reads it, where only that vendor's tags count. By default names count as well, as people type
   * them, and go before tags.
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
 * Reads a text by the syntax of a model (null: only names count). Every character is kept, as a word or as part of a mention.
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
  const foreign = names ? foreignTags(text, references, tokens, options.whole) : [];
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
  const tags = mentionSyntax(key)?.read(text, references, whole) ?? [];
  if (!names) return tags;
  const named = readNames(text, references);
  const known = named.filter((token) => token.reference !== undefined);
  return pickTokens(known, tags, named);
}

function refuse(token: MentionToken, found: string, references: readonly Reference[], path: string): Problem {
  if (token.limit !== undefined) return problem('tag_out_of_range', path, { found, limit: token.limit });
  const names = references.map((reference) => `@${reference.name}`);
  return problem('unknown_mention', path, { found, limit: names.length > 0 ? names : ['-'] });
}

/** What would bind on some other model, and does not here. */
function foreignTags(
  text: string,
  references: readonly Reference[],
  tokens: readonly MentionToken[],
  whole: string | undefined,
): string[] {
  const bound = anyMentions.read(text, references, whole).filter((token) => token.reference !== undefined);
  const foreign = apartFrom(bound, tokens);
  return [...new Set(foreign.map((token) => text.slice(token.start, token.end)))];
}
