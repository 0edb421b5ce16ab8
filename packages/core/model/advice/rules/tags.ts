import { appendSentence } from '../../prompt/expand.ts';
import { mentionsOf, type PromptPart, plainPrompt, tidyPrompt } from '../../prompt/prompt.ts';
import type { Reference } from '../../reference.ts';
import type { Request } from '../../request.ts';
import { someNames } from '../../some-names.ts';
import { makeAdvice } from '../advice.ts';
import type { Rule } from '../advised.ts';

/** One that is not named may be meant so; this many are hardly. */
const leastUntagged = 2;

/**
 * Venice reference-to-video guide, Grok Imagine troubleshooting: "the subject does not appear: too many references without explicit
 * tags; say in the prompt which pictures to use". Said where the model reads mentions, or is not known. The fix names them at the end.
 */
export const referencesUntagged: Rule = ({ request, card, shots }) => {
  if (card !== undefined && card.prompt.mentions === null) return [];
  const untagged = untaggedOf(request);
  if (untagged.length < leastUntagged) return [];
  const found = untagged.map(({ name }) => name);
  const values = { count: untagged.length, found, names: someNames(found) };
  const [only] = shots;
  if (shots.length > 1 || only === undefined) {
    return [makeAdvice('references_untagged', 'references', values)];
  }
  const chinese = only.language === 'zh';
  const list = untagged.flatMap(({ id }, index): PromptPart[] => [
    index === 0 ? '' : index < untagged.length - 1 ? (chinese ? '、' : ', ') : chinese ? '和' : ' and ',
    { mention: id },
  ]);
  const opening = appendSentence(only.prompt, chinese ? '画面中有' : 'With ', only.language);
  const fix = { path: only.path, value: tidyPrompt([...opening, ...list, chinese ? '。' : '.']) };
  return [makeAdvice('references_untagged', 'references', values, fix)];
};

/**
 * Venice reference-to-video guide, Grok Imagine: "without @Image tags in the prompt, all pictures are referenced by themselves". Said
 * of models whose mentions are those tags.
 */
export const untaggedAllUsed: Rule = ({ request, card }) => {
  const count = request.references.length;
  if (card?.prompt.mentions !== 'venice-images' || count === 0 || untaggedOf(request).length < count) return [];
  return [makeAdvice('untagged_all_used', 'references', { count, model: card.name.en })];
};

function untaggedOf({ references, shots }: Request): Reference[] {
  const tagged = new Set(shots.flatMap(({ prompt }) => mentionsOf(prompt).map(({ mention }) => mention)));
  const words = shots
    .map(({ prompt }) => plainPrompt(prompt, references))
    .join('\n')
    .toLowerCase();
  return references.filter(({ id, name }) => !tagged.has(id) && !words.includes(name.toLowerCase()));
}
