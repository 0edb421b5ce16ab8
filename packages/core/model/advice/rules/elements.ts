import type { Localized } from '../../language.ts';
import { elementsOf, type PromptElement } from '../../prompt/elements.ts';
import { appendSentence, expandPrompt } from '../../prompt/expand.ts';
import { makeAdvice } from '../advice.ts';
import type { Advised, Rule } from '../advised.ts';

const wanted: readonly (readonly [PromptElement, Localized])[] = [
  ['action', { en: 'action', zh: '动作' }],
  ['place', { en: 'place', zh: '场景' }],
  ['camera', { en: 'camera', zh: '镜头' }],
  ['light', { en: 'light', zh: '光线' }],
  ['atmosphere', { en: 'atmosphere', zh: '氛围' }],
];

/**
 * Qiniu video API, FAQ "How to improve the quality": detailed prompts with the key elements place, action, style, light and
 * atmosphere; Venice reference-to-video guide, "Structure your prompt"; ToAPIs Kling v3 page, `prompt`: subject, action, place,
 * camera and style. The fix is the same filling as `expand`.
 */
export const promptLacks: Rule = (advised) => {
  const { request, card, shots, changes } = advised;
  if (changes) return [];
  const has = elementsOfAll(advised);
  const lacking = wanted.filter(([element]) => !has.has(element));
  // The atmosphere is a plus: alone it is not worth a word.
  if (lacking.every(([element]) => element === 'atmosphere')) return [];
  const missing = lacking.map(([, words]) => words);
  const [only] = shots;
  if (shots.length > 1 || only === undefined) return [makeAdvice('prompt_lacks', 'shots', { missing })];
  const most = card?.prompt.most ?? undefined;
  const { prompt, added } = expandPrompt(only.prompt, request.references, most === undefined ? {} : { most });
  const fix = added.length === 0 ? undefined : { path: only.path, value: prompt };
  return [makeAdvice('prompt_lacks', only.path, { missing }, fix)];
};

/** Qiniu video API, FAQ: "use concrete words of style, such as 'cinematic', 'high definition'". The fix adds both. */
export const styleNotNamed: Rule = (advised) => {
  const { shots, changes } = advised;
  if (changes || elementsOfAll(advised).has('style')) return [];
  const [only] = shots;
  if (shots.length > 1 || only === undefined) return [makeAdvice('style_not_named', 'shots')];
  const words = only.language === 'zh' ? '电影风格，高清画质。' : 'Cinematic style, high definition.';
  const value = appendSentence(only.prompt, words, only.language);
  return [makeAdvice('style_not_named', only.path, {}, { path: only.path, value })];
};

/** The shots of a film share what any of them says, and pictures of places are places. */
function elementsOfAll({ request, shots }: Advised): Set<PromptElement> {
  const all = new Set<PromptElement>();
  for (const { prompt } of shots) for (const element of elementsOf(prompt, request.references)) all.add(element);
  if (request.startFrame !== undefined || request.references.some(({ kind }) => kind !== 'subject')) all.add('place');
  return all;
}
