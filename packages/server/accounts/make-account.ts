import { findCard, inNewestEdition } from '@refreel/core/catalog';
import type { Card } from '@refreel/core/model';
import type { Account, AccountEntry } from './account.ts';
import { AccountKey } from './key.ts';
import { priceRuleOf } from './prices.ts';
import { otherLookSeconds, usualLookSeconds } from './vendors.ts';

/** What an account is made of. */
export interface Making
  extends Pick<Account, 'id' | 'dialect' | 'baseUrl' | 'models' | 'cards' | 'origin'>,
    Partial<
      Pick<AccountEntry, 'lookIntervalSeconds' | 'concurrency' | 'pace' | 'region' | 'edition' | 'prices' | 'fields'>
    > {
  readonly key: string;
}

/** Makes an account of what was read and found right. */
export function makeAccount({ id, dialect, baseUrl, key, models, cards, origin, ...more }: Making): Account {
  const ours = new Map([...models].map(([own, vendorId]) => [vendorId, own]));
  const { edition } = more;
  const prices = new Map(
    Object.entries(more.prices ?? {}).map(([id, price]) => [findCard(id, cards)?.id ?? id, price]),
  );
  const adapt = (card: Card): Card => {
    const edited = edition === 'current' ? inNewestEdition(card) : card;
    const price = prices.get(card.id);
    return price === undefined ? edited : { ...edited, price: priceRuleOf(price, edited.price) };
  };
  return {
    ...{ id, dialect, baseUrl, models, cards, origin, adapt },
    key: new AccountKey(key),
    lookIntervalSeconds: more.lookIntervalSeconds ?? usualLookSeconds[dialect.id] ?? otherLookSeconds,
    concurrency: more.concurrency,
    pace: more.pace,
    region: more.region,
    // Read from JSON.
    fields: more.fields as Account['fields'],
    findCard(name) {
      const card = findCard(ours.get(name) ?? name, cards);
      return card === undefined || edition !== 'current' ? card : inNewestEdition(card);
    },
  };
}
