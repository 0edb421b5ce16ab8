import { plainPrompt } from '../../prompt/prompt.ts';
import { wordCount } from '../../prompt/word-count.ts';
import { makeAdvice } from '../advice.ts';
import type { Rule } from '../advised.ts';

const least = 50;
const most = 150;

/**
 * Venice reference-to-video guide, "Keep prompts between 50 and 150 words (字)": shorter ones lack detail, longer ones contradict
 * themselves. Counted over all shots, since they are one prompt to the model.
 */
export const promptLength: Rule = ({ request, shots, changes }) => {
  const text = shots.map(({ prompt }) => plainPrompt(prompt, request.references)).join('\n');
  const count = wordCount(text);
  const length = {
    en: count === 1 ? '1 word' : `${count} words`,
    zh: /\p{Script=Han}/u.test(text) ? `${count} 字` : `${count} 个词`,
  };
  const path = shots.length === 1 ? 'shots[0].prompt' : 'shots';
  if (count < least && !changes) return [makeAdvice('prompt_short', path, { count, length, least, most })];
  if (count > most) return [makeAdvice('prompt_long', path, { count, length, least, most })];
  return [];
};
