import { type Mention, type Prompt, type PromptPart, tidyPrompt } from './prompt.ts';

/** Stands for a mention in a flattened prompt: Unicode's own sign for "an object is here". */
export const mentionSign = '\uFFFC';

/**
 * A prompt as one string in which each mention is a single `mentionSign`, so that rules can look at words and mentions
 * together. Positions are UTF-16 units of `text`.
 */
export interface FlatPrompt {
  readonly text: string;
  /** By position in `text`. A sign that somebody typed is not in it. */
  readonly mentions: ReadonlyMap<number, Mention>;
}

/** The prompt as one string, its mentions by their positions. */
export function flattenPrompt(prompt: Prompt): FlatPrompt {
  const mentions = new Map<number, Mention>();
  let text = '';
  for (const part of prompt) {
    if (typeof part === 'string') {
      text += part;
    } else {
      mentions.set(text.length, part);
      text += mentionSign;
    }
  }
  return { text, mentions };
}

/** The part of a flattened prompt from `from` up to `to`, as a prompt again. */
export function cutPrompt(flat: FlatPrompt, from: number, to: number): Prompt {
  const parts: PromptPart[] = [];
  let start = from;
  for (let at = from; at < to; at += 1) {
    const mention = flat.mentions.get(at);
    if (mention === undefined) continue;
    parts.push(flat.text.slice(start, at), mention);
    start = at + 1;
  }
  parts.push(flat.text.slice(start, to));
  return tidyPrompt(parts);
}

/** Words that take the place of a part of a flattened prompt. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly by: Prompt;
}

/** The prompt with some parts replaced and everything else, mentions included, as it was. Replacements must not overlap. */
export function replaceInPrompt(flat: FlatPrompt, replacements: readonly Replacement[]): Prompt {
  const parts: PromptPart[] = [];
  let start = 0;
  for (const { from, to, by } of replacements.toSorted((one, other) => one.from - other.from)) {
    if (from < start) throw new Error(`replacements overlap at ${from}`);
    parts.push(...cutPrompt(flat, start, from), ...by);
    start = to;
  }
  parts.push(...cutPrompt(flat, start, flat.text.length));
  return tidyPrompt(parts);
}

/** Without white space at either end. */
export function trimPrompt(prompt: Prompt): Prompt {
  const flat = flattenPrompt(prompt);
  const from = flat.text.length - flat.text.trimStart().length;
  return cutPrompt(flat, from, Math.max(from, flat.text.trimEnd().length));
}
