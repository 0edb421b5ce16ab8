import { plainPrompt, type Reference } from '../../model/index.ts';
import { findActionWords } from '../../model/prompt/action-words.ts';
import { cutPrompt } from '../../model/prompt/flat.ts';
import { readAction } from './action-words.ts';
import type { Role } from './roles.ts';
import type { ScriptShot } from './script.ts';

/** Words that may follow a name without saying what it does. */
const noVerb =
  /^(?:in|on|at|with|of|and|or|by|near|from|to|under|behind|beside|between|left|right|the|a|an|as|is|are|then|while|for|into|inside|outside|through|across|along|around|over|above|below|facing|wearing|dressed|s|who|which|that|face|slow|soft|natural|wide|warm|golden|cinematic|shot|style)$/iu;
const noChineseVerb =
  /^(?:的|在|于|和|与|跟|及|以|为|也|都|位于|处于|[左右前后上下中]|特写|[全中近远]景|正面|侧面|风格|、|，)/u;

/** The words of a shot that say what somebody does and that the stage cannot show: no verb of theirs was understood. */
export function unknownActions(roles: readonly Role[], shot: ScriptShot, references: readonly Reference[]): string[] {
  const texts = roles.flatMap(({ words, clauses }) => {
    if (words === '' || readAction(words) !== undefined || !saysWhatIsDone(words)) return [];
    return clauses.map(({ from, to }) => plainPrompt(cutPrompt(shot.flat, from, to), references).trim());
  });
  return [...new Set(texts)];
}

function saysWhatIsDone(words: string): boolean {
  if (findActionWords(words).length > 0) return true;
  const first = /^[\s'’]*(\p{Script=Latin}+)/u.exec(words)?.[1];
  if (first !== undefined) return first.length > 2 && !noVerb.test(first);
  return /^\p{Script=Han}{2}/u.test(words) && !noChineseVerb.test(words);
}
