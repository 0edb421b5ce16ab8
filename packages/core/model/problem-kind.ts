import type { ProblemKind } from './problem.ts';

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
