import type { Request } from '../model/index.ts';
import type { NotUnderstood } from './plan.ts';

/** What a negative prompt keeps out of the film. */
export interface Excluded {
  /** The whole of its words, for rules that look for one of their own. */
  readonly words: string;
  /** No subtitles and captions. */
  readonly text: boolean;
  /** Ids of the references that it names. */
  readonly references: ReadonlySet<string>;
  /** Terms that a still picture on a stage cannot avoid. */
  readonly ignored: readonly NotUnderstood[];
}

const textTerms = /\b(?:text|subtitles?|captions?|letters|words)\b|文字|字幕/iu;
const weatherTerms = /\b(?:rain|snow|dust|storm)\w*\b|雨|雪|尘/iu;

/** Reads a negative prompt: it removes what it names, and what it cannot remove is listed. */
export function readExcluded(request: Request): Excluded {
  const words = request.negativePrompt ?? '';
  const terms = words
    .split(/[,;，；、。\n]+|\.\s/u)
    .map((term) => term.trim())
    .filter(Boolean);
  const references = new Set<string>();
  const ignored: NotUnderstood[] = [];
  let text = false;
  for (const term of terms) {
    const named = request.references.filter(
      ({ name }) => term.replace(/^[@＠]/u, '').toLowerCase() === name.toLowerCase(),
    );
    for (const { id } of named) references.add(id);
    if (textTerms.test(term)) text = true;
    else if (named.length === 0 && !weatherTerms.test(term))
      ignored.push({ shot: 0, text: term, why: 'negative-prompt' });
  }
  return { words, text, references, ignored };
}
