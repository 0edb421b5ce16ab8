import { type Prompt, plainPrompt, type Reference } from '../../model/index.ts';
import { readDialogue } from '../../model/prompt/dialogue.ts';
import { cutPrompt, flattenPrompt } from '../../model/prompt/flat.ts';
import { blankQuotes } from '../../model/prompt/quotes.ts';

/** The words of a prompt that tell what is seen: without what somebody says aloud, and without what stands in quotes. */
export function toldWords(prompt: Prompt, references: readonly Reference[]): string {
  const flat = flattenPrompt(prompt);
  const told: string[] = [];
  let at = 0;
  for (const { from, to } of readDialogue(prompt, references)) {
    told.push(plainPrompt(cutPrompt(flat, at, from), references));
    at = Math.max(at, to);
  }
  told.push(plainPrompt(cutPrompt(flat, at, flat.text.length), references));
  return blankQuotes(told.join(' '));
}
