import { type Card, type Problem, problem } from '../model/index.ts';

/**
 * The card as it is in a region: what differs there replaces the card's own facts. A model of a vendor without regions is the same
 * everywhere; one that is not offered in this region is a problem that names where it is.
 */
export function inRegion(card: Card, regionId: string): Card | Problem {
  if (card.regions === undefined) return card;
  const region = card.regions.find((one) => one.id === regionId);
  if (region === undefined) {
    const limit = card.regions.map((one) => ({
      en: `${one.id} (${plain(one.name.en)})`,
      zh: `${one.id}（${plain(one.name.zh)}）`,
    }));
    return problem('region_not_offered', 'model', { model: card.id, found: regionId, limit }, card.regions[0]?.source);
  }
  const { inputs, totals, seconds, price } = region;
  return {
    ...card,
    inputs: { ...card.inputs, ...inputs },
    ...(totals !== undefined && { totals }),
    ...(seconds !== undefined && { seconds }),
    ...(price !== undefined && { price }),
  };
}

/** "China (Beijing)" within brackets of its own. */
function plain(name: string): string {
  return name.replace(/ \((.+)\)$/, ', $1').replace(/（(.+)）$/, '，$1');
}

/** The card for an account that speaks the newest edition of its vendor's pages. Apply the region first: it has prices of its own. */
export function inNewestEdition(card: Card): Card {
  if (card.newest === undefined) return card;
  const { totals, inputDividedBy, source } = card.newest;
  const inputSeconds = card.price?.inputSeconds;
  return {
    ...card,
    ...(totals !== undefined && { totals }),
    ...(inputDividedBy !== undefined &&
      card.price !== null &&
      inputSeconds !== undefined && {
        price: { ...card.price, inputSeconds: { ...inputSeconds, dividedBy: inputDividedBy, source } },
      }),
  };
}
