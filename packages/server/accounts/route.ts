import type { Quote } from '@refreel/core/catalog';

/** In which order the accounts that can make a model are asked: as they stand in the file, or the cheapest first. */
export const routes = ['order', 'price'] as const;
export type Route = (typeof routes)[number];

/**
 * The cheapest first. Prices of two currencies cannot be compared without a rate, which nobody has given: the currency that comes first stays first, and
 * those without a known price come last. What costs the same keeps its order.
 */
export function cheapestFirst<Item>(items: readonly Item[], quoteOf: (item: Item) => Quote | undefined): Item[] {
  const priced = items.map((item) => ({ item, cap: quoteOf(item)?.cap ?? undefined }));
  const currencies = [...new Set(priced.flatMap(({ cap }) => cap?.currency ?? []))];
  const known = currencies.flatMap((currency) =>
    priced.filter(({ cap }) => cap?.currency === currency).sort((one, other) => one.cap!.micros - other.cap!.micros),
  );
  return [...known, ...priced.filter(({ cap }) => cap === undefined)].map(({ item }) => item);
}
