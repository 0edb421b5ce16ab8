import type { Language } from '@refreel/core/model';

/** A word of a line: its UTF-16 range in the line, and its range in code points of its run's `spoken`. */
export interface RunWord {
  readonly from: number;
  readonly to: number;
  readonly place: number;
  readonly placeEnd: number;
}

/** How long the silence after a run lasts. */
export type Pause = 'none' | 'comma' | 'stop';

/** A stretch of a line that one language speaks. */
export interface Run {
  readonly language: Language;
  /** What the synthesiser gets: code point for code point the line's text, with blanks for what is not spoken. */
  readonly spoken: string;
  readonly words: readonly RunWord[];
  readonly pause: Pause;
}

/**
 * Splits a line into runs of one language each. A Han character is a word of its own; numbers go with the line's
 * language unless they touch a Han character. A line without any word has no runs.
 */
export function runsOf(text: string, language: Language): readonly Run[] {
  const words = wordsOf(text, language);
  const groups: Word[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    if (group?.[0]?.language === word.language) group.push(word);
    else groups.push([word]);
  }
  return groups.map((group, index) => {
    const from = group[0]!.from;
    const to = groups[index + 1]?.[0]?.from ?? text.length;
    const stretch = text.slice(from, to);
    const pause = pauseOf(text.slice(group.at(-1)!.to, to));
    const last = index === groups.length - 1;
    return {
      language: group[0]!.language,
      // Without a comma the voice would fall as at the end of a sentence wherever the language changes.
      spoken: spokenOf(stretch) + (pause === 'none' && !last ? ',' : ''),
      words: group.map((word) => {
        const place = codePoints(text.slice(from, word.from));
        return { from: word.from, to: word.to, place, placeEnd: place + codePoints(text.slice(word.from, word.to)) };
      }),
      pause: last ? 'none' : pause,
    };
  });
}

interface Word {
  readonly from: number;
  readonly to: number;
  readonly language: Language;
}

/** A Han character; or letters and digits with what joins them inside a word: don't, rock-n-roll, 10:30, $3.50, 5%. */
const wordPattern =
  /\p{Script=Han}|\p{Sc}?[[\p{L}\p{N}\p{M}]--\p{Script=Han}]+(?:(?:['’\-‐]|(?<=\p{Nd})[.,:](?=\p{Nd}))[[\p{L}\p{N}\p{M}]--\p{Script=Han}]+)*[%％]?/gv;
const han = /\p{Script=Han}/u;

function wordsOf(text: string, language: Language): readonly Word[] {
  return [...text.matchAll(wordPattern)]
    .filter((match) => /[\p{L}\p{N}]/u.test(match[0]))
    .map((match) => {
      const from = match.index;
      const to = from + match[0].length;
      return { from, to, language: languageOfWord(match[0], text.slice(0, from), text.slice(to), language) };
    });
}

function languageOfWord(word: string, before: string, after: string, line: Language): Language {
  if (han.test(word)) return 'zh';
  if (/\p{L}/u.test(word)) return 'en';
  const touchesHan = /^\p{Script=Han}/u.test(after) || /\p{Script=Han}$/u.test(before);
  return touchesHan ? 'zh' : line;
}

function pauseOf(between: string): Pause {
  if (/[.!?。！？…]/u.test(between)) return 'stop';
  return /[,;:，、；：—–]/u.test(between) ? 'comma' : 'none';
}

/**
 * Pictures, marks of typesetting and control characters are not read aloud. Control characters would even steer the
 * synthesiser: U+0001 starts one of its commands.
 */
function spokenOf(text: string): string {
  return text.replace(/\u{FE0F}|[\p{C}\p{So}\p{Sk}~～*_#|\\<>{}[\]]/gu, (found) => (found === '°' ? found : ' '));
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
