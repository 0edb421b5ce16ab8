import { findCard, inRegion } from '@refreel/core/catalog';
import { type Card, type Problem, problem } from '@refreel/core/model';
import type { Account } from './account.ts';
import { vendors } from './vendors.ts';

/** The accounts of a server that is live. */
export interface AccountBook {
  readonly accounts: readonly Account[];
  /** Cards that they bring along, each once; an earlier account goes before a later one. */
  readonly cards: readonly Card[];
  find(id: string): Account | undefined;
  /** Those that can make a model in a region, in their own order. Undefined: in any. Those that are set aside are among them. */
  forModel(model: string, region: string | undefined): readonly Account[];
  /** Since when nothing new is sent to it; undefined where it is asked. */
  asideSince(id: string): Date | undefined;
}

/** Opens the book on accounts that were read; `aside` names those to which nothing new is sent. */
export function openAccountBook(
  accounts: readonly Account[],
  aside: ReadonlyMap<string, Date> = new Map(),
): AccountBook {
  const cards = accounts
    .flatMap((account) => account.cards)
    .filter((card, index, all) => all.findIndex(({ id }) => id === card.id) === index);
  return {
    accounts,
    cards,
    asideSince: (id) => aside.get(id),
    find: (id) => accounts.find((account) => account.id === id),
    forModel: (model, region) =>
      accounts.filter((account) => vendorModel(account, model) !== undefined && isIn(account, model, region)),
  };
}

/** What the vendor calls a model at this account; undefined where it is not among its models. */
export function vendorModel({ models, cards }: Account, model: string): string | undefined {
  const exact = models.get(model);
  if (exact !== undefined) return exact;
  const card = findCard(model, cards);
  const named = card === undefined ? undefined : models.get(card.id);
  // Where the names are the same there, so is another name of the same model.
  return named !== undefined && named === card?.id ? model : named;
}

/** "There is no account", with the ways to add one. */
export function accountMissing(model: string, region: string | undefined, cards: readonly Card[]): Problem {
  const card = findCard(model, cards);
  const vendor = vendors.find(({ id }) => id === card?.dialect);
  const where = region === undefined ? '' : { en: ` in ${region}`, zh: `（${region}）` };
  const limit = vendor?.variable ?? { en: "its vendor's variable", zh: '其供应商的变量' };
  return problem('account_missing', 'model', { model, where, limit });
}

function isIn(account: Account, model: string, region: string | undefined): boolean {
  const card = findCard(model, account.cards);
  if (card?.regions === undefined) return true;
  if (region !== undefined && account.region !== undefined && region !== account.region) return false;
  const there = region ?? account.region;
  return there === undefined || !('code' in inRegion(card, there));
}
