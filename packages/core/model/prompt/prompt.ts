import { z } from 'zod';
import { characters } from '../language.ts';
import { type Reference, ReferenceId } from '../reference.ts';

/** Which medium of a reference a mention means, where not the reference as a whole. */
export const MentionedMedia = z.union([
  z.literal('image'),
  z.literal('clip'),
  z.literal('voice'),
  z.strictObject({ angle: z.int().min(0) }),
]);
export type MentionedMedia = z.infer<typeof MentionedMedia>;

/** A place in a prompt that points to a reference by its id. */
export const Mention = z.strictObject({ mention: ReferenceId, media: MentionedMedia.optional() });
export type Mention = z.infer<typeof Mention>;

/** Text and mentions in the order in which they are read. Two texts never stand side by side, and none is empty. */
export const Prompt = z.array(z.union([z.string(), Mention]));
export type Prompt = z.infer<typeof Prompt>;
export type PromptPart = Prompt[number];

/** Joins neighbouring texts and drops empty ones, so that equal prompts are equal data. */
export function tidyPrompt(parts: readonly PromptPart[]): Prompt {
  const tidy: Prompt = [];
  for (const part of parts) {
    const last = tidy.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string') tidy[tidy.length - 1] = last + part;
    else tidy.push(part);
  }
  return tidy;
}

/** The mentions of a prompt in order, each as often as it stands there. */
export function mentionsOf(prompt: Prompt): Mention[] {
  return prompt.filter((part): part is Mention => typeof part !== 'string');
}

/** The prompt as one string, each mention written by `write`. */
export function writePrompt(prompt: Prompt, write: (mention: Mention) => string): string {
  return prompt.map((part) => (typeof part === 'string' ? part : write(part))).join('');
}

/** A mention in the house's own form: `@mei`, `@mei.clip`, `@mei.angle2` (counted from 1). */
export function writeNamedMention(mention: Mention, references: readonly Reference[]): string {
  const name = references.find((reference) => reference.id === mention.mention)?.name ?? mention.mention;
  if (mention.media === undefined) return `@${name}`;
  return typeof mention.media === 'string' ? `@${name}.${mention.media}` : `@${name}.angle${mention.media.angle + 1}`;
}

/** The prompt as a person reads it, mentions as `@name`. */
export function showPrompt(prompt: Prompt, references: readonly Reference[]): string {
  return writePrompt(prompt, (mention) => writeNamedMention(mention, references));
}

/** The words alone, each mention as its name without the sign: what is counted and what rules look at. */
export function plainPrompt(prompt: Prompt, references: readonly Reference[]): string {
  return writePrompt(prompt, (mention) => writeNamedMention(mention, references).slice(1));
}

/** True if nobody could read anything in it. */
export function isBlank(prompt: Prompt): boolean {
  return prompt.every((part) => typeof part === 'string' && part.trim() === '');
}

/** Characters of the prompt as a person reads it, in code points. */
export function promptCharacters(prompt: Prompt, references: readonly Reference[]): number {
  return characters(showPrompt(prompt, references));
}
