import type { Language, Reference, ReferenceId } from '../model/index.ts';
import { anyMentions } from './any-mentions.ts';
import { names } from './baicai/mentions.ts';
import { wan26, wan27 } from './dashscope/mentions.ts';
import type { MentionSyntax } from './mention-syntax.ts';
import { veniceElements, veniceImages } from './venice/mentions.ts';

/** Every syntax of mentions, by the key that cards name. Qiniu and ToAPIs document none: their cards say null. */
export const mentionSyntaxes: Readonly<Record<string, MentionSyntax>> = Object.fromEntries(
  [veniceElements, veniceImages, wan27, wan26, names, anyMentions].map((syntax) => [syntax.key, syntax]),
);

/** The syntax that a card names; undefined for null. A key that is not there is a fault of the card, and throws. */
export function mentionSyntax(key: string | null): MentionSyntax | undefined {
  if (key === null) return undefined;
  if (!Object.hasOwn(mentionSyntaxes, key)) {
    throw new Error(`no syntax of mentions is called "${key}"; there are: ${Object.keys(mentionSyntaxes).join(', ')}`);
  }
  return mentionSyntaxes[key];
}

/** What each reference will be called in a prompt; undefined where the model cannot point at it. */
export function tagsFor(
  references: readonly Reference[],
  key: string | null,
  language: Language,
): { id: ReferenceId; tag: string | undefined }[] {
  const syntax = mentionSyntax(key);
  return references.map((reference) => ({
    id: reference.id,
    tag: syntax?.tagOf(reference, references, language),
  }));
}
