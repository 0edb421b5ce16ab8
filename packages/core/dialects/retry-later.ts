import type { Landfall } from './dialect.ts';
import { type Answer, headerOf } from './message.ts';

/** Longer waits are not believed. */
const mostSeconds = 3600;

/** Ask again: when the answer says so, else after the seconds that are usual there. */
export function retryLater(answer: Answer, usualSeconds: number): Extract<Landfall, { is: 'later' }> {
  const said = secondsSaid(answer);
  return { is: 'later', seconds: said > 0 && said <= mostSeconds ? said : usualSeconds };
}

/** Retry-After is seconds or an instant (RFC 9110, 10.2.3); the instant counts from that of the answer, by the same clock. */
function secondsSaid(answer: Answer): number {
  const said = headerOf(answer, 'retry-after') ?? '';
  if (/^\s*\d/.test(said)) return Number(said);
  return (Date.parse(said) - Date.parse(headerOf(answer, 'date') ?? '')) / 1000;
}
