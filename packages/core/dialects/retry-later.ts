import type { Landfall } from './dialect.ts';
import { type Answer, headerOf } from './message.ts';

/** Longer waits are not believed. */
const mostSeconds = 3600;

/** Ask again: when the answer says so, else after the seconds that are usual there. */
export function retryLater(answer: Answer, usualSeconds: number): Extract<Landfall, { is: 'later' }> {
  const said = Number(headerOf(answer, 'retry-after') ?? Number.NaN);
  return { is: 'later', seconds: said > 0 && said <= mostSeconds ? said : usualSeconds };
}
