import type { Reference } from '../model/index.ts';
import { readNames } from '../model/prompt/names.ts';
import { wan26, wan27 } from './dashscope/mentions.ts';
import { type MentionSyntax, type MentionToken, pickTokens } from './mention-syntax.ts';
import { veniceElements, veniceImages } from './venice/mentions.ts';

/**
 * What Refreel's own models read: names, and every vendor's tags, so that a prompt pasted from any document binds.
 * A reference that really is called "Image1" goes before the tag. Written are names only, with `.clip` and the like.
 */
export const anyMentions: MentionSyntax = {
  key: 'any',
  tagOf: (reference) => `@${reference.name}`,
  pointsAt: () => true,
  endingOf: (media) => (typeof media === 'string' ? `.${media}` : `.angle${media.angle + 1}`),
  read(text, references, whole = text) {
    const named = readNames(text, references);
    const venice = speaksOfScenes(`${whole}\n${text}`, references) ? veniceElements : veniceImages;
    return pickTokens(
      named.filter(isBound),
      [
        ...venice.read(text, references),
        // A bare word such as 图1 points at nothing where there is no picture at all: then it is a word.
        ...wan27.read(text, references).filter(isCounted),
        ...wan26.read(text, references).filter(isCounted),
      ],
      named,
    );
  },
};

/** `@Image1` is the first scene beside `@Element1`, or where scenes but no plain images are given; else the first picture of all. */
function speaksOfScenes(whole: string, references: readonly Reference[]): boolean {
  if (speaksOfElements(whole)) return true;
  const kinds = new Set(references.map((reference) => reference.kind));
  return kinds.has('scene') && !kinds.has('image');
}

/** Whether a text has a tag of the one syntax that tells elements from scenes. */
export function speaksOfElements(text: string): boolean {
  return /[@＠]Element[0-9０-９]/iu.test(text);
}

const isBound = (token: MentionToken) => token.reference !== undefined;
const isCounted = (token: MentionToken) => token.limit !== 0;
