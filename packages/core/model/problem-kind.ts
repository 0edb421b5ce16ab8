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
  /** Another next step, for whoever writes requests in our own words: no vendor's wire can say it. */
  readonly own?: Localized;
}

/** What is wrong, what to do next, and what else only a request in our own words can say, in one language. */
export type Texts = readonly [message: string, remedy: string, own?: string];

/** One row of the table of problems. */
export function kind(
  status: number,
  fault: ProblemKind['fault'],
  retryable: boolean,
  en: Texts,
  zh: Texts,
): ProblemKind {
  const own = en[2] === undefined || zh[2] === undefined ? {} : { own: { en: en[2], zh: zh[2] } };
  return { status, retryable, fault, message: { en: en[0], zh: zh[0] }, remedy: { en: en[1], zh: zh[1] }, ...own };
}
