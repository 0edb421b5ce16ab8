import { blankQuotes } from '../../model/prompt/quotes.ts';
import type { ScriptShot } from './script.ts';

/** A part of a sentence that says one thing, in UTF-16 positions. */
export interface Clause {
  readonly from: number;
  readonly to: number;
  readonly startsSentence: boolean;
}

const clauseBreak =
  /[.!?;:。！？；：\n]+|[,，](?:\s*(?:and|then|but)\b)?|\b(?:and then|then|while|as|when|after|before)\b|(?:随后|然后|接着|同时|并且|一边)/giu;
const sentenceBreak = /[.!?;。！？；\n]/u;

/** The words of a shot that nobody says aloud. A line that goes on in small letters was only wrapped there. */
export function openText(shot: ScriptShot): string {
  return blankQuotes(shot.flat.text).replace(/\n(?=\s*\p{Ll})/gu, ' ');
}

/** The clauses of a text in order, without the words and marks that join them. */
export function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  let startsSentence = true;
  const add = (to: number) => {
    if (text.slice(from, to).trim() !== '') clauses.push({ from, to, startsSentence });
  };
  for (const match of text.matchAll(clauseBreak)) {
    add(match.index);
    const filled = text.slice(from, match.index).trim() !== '';
    startsSentence = sentenceBreak.test(match[0]) || (!filled && startsSentence);
    from = match.index + match[0].length;
  }
  add(text.length);
  return clauses;
}

/** Nobody reads a clause farther back than this, and a hostile text must not make it slow. */
const longestLead = 300;

/** The words of its clause that stand before a position. */
export function leadTo(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - longestLead), at);
  let from = near.length;
  while (from > 0 && !',.!?;:。，！？；：\n'.includes(near[from - 1]!)) from -= 1;
  return near.slice(from);
}
