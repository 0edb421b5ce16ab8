import { explainProblem, type Language, type Localized, type Problem } from '../model/index.ts';

/**
 * A problem in our own words for a vendor's error: what is wrong, and what to do. Remedies that lead to Refreel's own documents and
 * commands are left out: whoever reads this asked a vendor. `path` is the vendor's name for the place.
 */
export function ownWords(found: Problem, path: string, language: Language): string {
  const { message, remedy } = explainProblem({ ...found, path }, language, { wire: true });
  if (found.code === 'invalid_request') return message;
  if (found.code === 'unknown_model') return joinSentences([message, hintOf(found, language)], language);
  return joinSentences([message, remedy], language);
}

function hintOf({ values: { hint } }: Problem, language: Language): string {
  return typeof hint === 'object' && language in hint ? (hint as Localized)[language].trim() : '';
}

/** Sentences one behind the other; Chinese ones have no space between them. */
export function joinSentences(sentences: readonly string[], language: Language): string {
  return sentences.filter((one) => one !== '').join(language === 'zh' ? '' : ' ');
}
