import { filterCards } from '@refreel/core/catalog';
import type { Card, InputName, Language } from '@refreel/core/model';
import { cheapestRate, slowestOf, speedOf } from './model-facts.ts';

/** What somebody looks for in a model. */
export interface ModelWish {
  readonly inputs: readonly InputName[];
  readonly audio: boolean;
  readonly shots: boolean;
  /** 0: any. */
  readonly seconds: number;
  readonly price: 'any' | 'free' | 'known';
  /** Whole minutes that a film takes at most; 0: any. */
  readonly minutes: number;
  readonly order: 'catalog' | 'price' | 'speed';
}

export const anyModel: ModelWish = {
  inputs: [],
  audio: false,
  shots: false,
  seconds: 0,
  price: 'any',
  minutes: 0,
  order: 'catalog',
};

/** The models that have every word of a search in what is said of them, and can all that is wished. */
export function findModels(search: string, wish: ModelWish, language: Language): readonly Card[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const { inputs, audio, shots, seconds, price, minutes } = wish;
  const found = filterCards({
    ...(inputs.length > 0 && { inputs }),
    ...(audio && { audio: true }),
    ...(shots && { severalShots: true }),
    ...(seconds > 0 && { seconds }),
  }).filter((card) => {
    if (price === 'free' && card.offline !== true) return false;
    if (price === 'known' && cheapestRate(card) === undefined) return false;
    if (minutes > 0 && (slowest(card) ?? never) > minutes * 60) return false;
    const { id, name, method, bestFor, dialect } = card;
    const text = [id, name.en, name[language], method[language], bestFor[language], dialect].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return sorted(found, wish.order);
}

function slowest(card: Card): number | undefined {
  return card.offline === true ? 0 : slowestOf(card);
}

function sorted(list: readonly Card[], order: ModelWish['order']): readonly Card[] {
  if (order === 'catalog') return list;
  if (order === 'speed') return list.toSorted((one, other) => (speedOf(one) ?? never) - (speedOf(other) ?? never));
  // Prices of two currencies are not compared: what is free comes first, then each currency by itself, last what nobody knows.
  const rank = (card: Card) => {
    const rate = cheapestRate(card);
    return rate === undefined ? 2 : Math.sign(rate);
  };
  const currency = (card: Card) => card.price?.currency ?? '';
  return list.toSorted(
    (one, other) =>
      rank(one) - rank(other) ||
      currency(one).localeCompare(currency(other)) ||
      (cheapestRate(one) ?? 0) - (cheapestRate(other) ?? 0),
  );
}

const never = Number.MAX_SAFE_INTEGER;
