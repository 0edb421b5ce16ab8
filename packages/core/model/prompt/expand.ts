import { type Language, type Localized, mainLanguageOf } from '../language.ts';
import type { Reference } from '../reference.ts';
import { readDialogue } from './dialogue.ts';
import { elementsOf, type PromptElement } from './elements.ts';
import { isBlank, type Prompt, promptCharacters, tidyPrompt } from './prompt.ts';

/** How a prompt is filled up. */
export interface ExpandOptions {
  /** Of the words that are added; the prompt's own where it is left out. */
  readonly language?: Language;
  /** Characters (code points, mentions as `@name`) that the result may have. What does not fit is not added. */
  readonly most?: number;
}

/** A prompt that was filled up, and with what. */
export interface Expanded {
  readonly prompt: Prompt;
  /** The sentences that were added, in the order in which they were chosen. */
  readonly added: readonly string[];
}

interface Filling {
  readonly element: PromptElement;
  readonly words: Localized;
  /** Camera instructions work best early in a prompt. */
  readonly first?: true;
}

/** What is said where nothing was: plain words of the vendors' own examples, chosen so that they contradict nothing. */
const fillings: readonly Filling[] = [
  { element: 'camera', words: { en: 'Slow camera push forward.', zh: '镜头缓慢推进。' }, first: true },
  { element: 'action', words: { en: 'Everything moves naturally.', zh: '画面自然地动起来。' } },
  { element: 'place', words: { en: 'A clean, fitting setting.', zh: '环境干净，与主体相称。' } },
  { element: 'light', words: { en: 'Soft natural lighting.', zh: '柔和的自然光。' } },
  { element: 'style', words: { en: 'Cinematic style.', zh: '电影质感，高清画质。' } },
];

/**
 * Fills a prompt up to the pattern that the vendors document (subject, action, place, camera, light, style): a pure function, and
 * one that changes nothing the second time. What is written stays as it is, mentions and dialogue included; sentences are only
 * put before and after it. No subject is invented, and a blank prompt stays blank.
 */
export function expandPrompt(prompt: Prompt, references: readonly Reference[], options: ExpandOptions = {}): Expanded {
  if (isBlank(prompt)) return { prompt, added: [] };
  const language = options.language ?? promptLanguage(prompt);
  const has = elementsOf(prompt, references);
  // A picture of a place is the place, whether or not the words speak of it.
  if (references.some(({ kind }) => kind !== 'subject')) has.add('place');
  const added: string[] = [];
  let result = prompt;
  for (const { element, words, first } of fillings) {
    if (has.has(element)) continue;
    const sentence = words[language];
    const longer = addSentence(result, references, sentence, { first: first === true, language });
    if (longer === undefined) continue;
    if (options.most !== undefined && promptCharacters(longer, references) > options.most) continue;
    result = longer;
    added.push(sentence);
  }
  return { prompt: result, added };
}

/**
 * The prompt with a sentence before or after it, everything that is said in it as it was; undefined where it would become part of what
 * somebody says.
 */
export function addSentence(
  prompt: Prompt,
  references: readonly Reference[],
  sentence: string,
  { first, language }: { readonly first: boolean; readonly language: Language },
): Prompt | undefined {
  const spoken = spokenIn(prompt, references);
  const onSameLine = first
    ? tidyPrompt([sentence + gap(language), ...prompt])
    : appendSentence(prompt, sentence, language);
  const onOwnLine = first ? tidyPrompt([`${sentence}\n`, ...prompt]) : tidyPrompt([...prompt, `\n${sentence}`]);
  // A line of a screenplay goes on to the end of its line: what is added must not become part of it.
  return [onSameLine, onOwnLine].find((one) => spokenIn(one, references) === spoken);
}

/** The prompt with a sentence after it, and a full stop between the two where there is none. */
export function appendSentence(prompt: Prompt, sentence: string, language: Language): Prompt {
  const last = prompt.at(-1);
  const end = typeof last === 'string' ? last : '';
  if (/[.!?…。！？；;,，:："”'’」』)）]\s*$/u.test(end)) {
    return tidyPrompt([...prompt, (/\s$/u.test(end) ? '' : gap(language)) + sentence]);
  }
  if (/\s$/u.test(end)) return tidyPrompt([...prompt.slice(0, -1), end.trimEnd(), stop(language) + sentence]);
  return tidyPrompt([...prompt, stop(language) + sentence]);
}

/** Chinese if its own words are, whatever the references are called; a prompt of mentions alone is English. */
export function promptLanguage(prompt: Prompt): Language {
  return mainLanguageOf(prompt.filter((part) => typeof part === 'string').join(' '));
}

function spokenIn(prompt: Prompt, references: readonly Reference[]): string {
  return JSON.stringify(readDialogue(prompt, references).map(({ speaker, text }) => [speaker, text]));
}

function gap(language: Language): string {
  return language === 'zh' ? '' : ' ';
}

function stop(language: Language): string {
  return language === 'zh' ? '。' : '. ';
}
