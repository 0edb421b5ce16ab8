import { findCard, type Quote } from '@refreel/core/catalog';
import { type Money, stateTable } from '@refreel/core/model';
import type { WholeGeneration } from '../store/index.ts';

/** Why something is charged, or is not. */
export type ChargeReason =
  /** It was made. */
  | 'made'
  /** Some of its films were. */
  | 'made_in_part'
  /** Moderation refused it, and this vendor charges for that. */
  | 'refused_is_charged'
  /** It was not made, and this vendor charges for films only. */
  | 'not_made'
  /** It has not ended. */
  | 'unsettled'
  /** No document says what it costs: an unknown price is never 0. */
  | 'price_unknown';

/** What the vendor would have charged for one generation. */
export interface Charge {
  /** Null while it has not ended, and where the price is unknown. */
  readonly amount: Money | null;
  readonly reason: ChargeReason;
}

/**
 * Charges by the vendor's own rules, exact to a millionth: films are paid, refusals are only where the card says so. The generation is as its
 * owner is shown it: a film that is made and not shown yet is not charged yet.
 */
export function chargeOf(generation: Pick<WholeGeneration, 'model' | 'state' | 'quote' | 'attempts'>): Charge {
  const { state, attempts } = generation;
  if (!stateTable[state].terminal) return { amount: null, reason: 'unsettled' };
  const { total, currency } = generation.quote as Quote;
  const refused = attempts.some(({ problems }) => problems.some(({ code }) => code === 'moderation_blocked'));
  const made = state === 'done' ? attempts.filter((one) => one.state === 'done').length : 0;
  const card = findCard(generation.model);
  const charged = made > 0 ? 'made' : refused && card?.price?.refusedIsCharged ? 'refused_is_charged' : 'not_made';
  if (charged === 'not_made') return { amount: currency === null ? null : { micros: 0, currency }, reason: charged };
  if (total === null) return { amount: null, reason: 'price_unknown' };
  if (charged === 'made' && made < attempts.length) {
    // Attempts are alike, so each is an equal share of the quote.
    const micros = (total.micros / attempts.length) * made;
    return { amount: { micros, currency: total.currency }, reason: 'made_in_part' };
  }
  return { amount: total, reason: charged };
}
