import { describe, expect, it } from 'vitest';
import { readAdvised } from '../advice/advised.ts';
import { avoidPhrases } from '../advice/rules/avoid-phrases.ts';
import { noFacts } from '../facts.ts';
import { findCameraWords } from './camera-words.ts';
import { elementsOf } from './elements.ts';
import { expandPrompt } from './expand.ts';
import { patternElements, patternWords } from './pattern-words.ts';

const all = patternElements.flatMap((element) =>
  patternWords[element].flatMap(({ words }) =>
    (['en', 'zh'] as const).map((language) => [element, words[language]] as const),
  ),
);

const subjects = { en: 'She ', zh: '她' };

describe('words at hand', () => {
  it.each(all)('%s: "%s" says that part of the pattern, as one thing that nobody advises against', (element, words) => {
    const text = patternWords[element].some(({ stands }) => stands === 'within') ? subjectOf(words) + words : words;
    expect([...elementsOf([text], [])]).toContain(element);
    expect(findCameraWords(text).length).toBe(element === 'camera' ? 1 : 0);
    const advised = readAdvised({ model: 'animatic', references: [], shots: [{ prompt: [text] }] }, undefined, noFacts);
    expect(avoidPhrases(advised)).toEqual([]);
  });

  it.each(['en', 'zh'] as const)('%s: one of each leaves nothing to expand', (language) => {
    const [action, place, camera, light, style] = (['action', 'place', 'camera', 'light', 'style'] as const).map(
      (element) => patternWords[element][0]!.words[language],
    );
    const prompt = [`${camera} ${subjects[language]}${action} ${place}. ${light} ${style}`];
    expect(expandPrompt(prompt, []).added).toEqual([]);
  });
});

function subjectOf(words: string): string {
  return /[a-z]/.test(words) ? subjects.en : subjects.zh;
}
