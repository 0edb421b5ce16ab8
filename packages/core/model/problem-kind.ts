import type { Localized } from './language.ts';

/** What a kind of problem means for whoever meets it. */
export interface ProblemKind {
  /** HTTP status of the native API. */
  readonly status: number;
  /** The same request may succeed later, unchanged. */
  readonly retryable: boolean;
  /** Who must act. */
  readonly fault: 'caller' | 'vendor' | 'operator' | 'refreel';
  /** What is wrong: names the limit and what was found. */
  readonly message: Localized;
  /** What to do next. */
  readonly remedy: Localized;
}

/** What is wrong, and what to do next, in one language. */
export type Texts = readonly [message: string, remedy: string];

/** One row of the table of problems. */
export function kind(
  status: number,
  fault: ProblemKind['fault'],
  retryable: boolean,
  en: Texts,
  zh: Texts,
): ProblemKind {
  return { status, retryable, fault, message: { en: en[0], zh: zh[0] }, remedy: { en: en[1], zh: zh[1] } };
}
