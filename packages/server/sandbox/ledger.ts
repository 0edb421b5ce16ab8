import type { Quote } from '@refreel/core/catalog';
import type { Money, State } from '@refreel/core/model';
import type { Generations } from '../generations/service.ts';
import { type Connection, type LedgerFilter, listLedger, type OwnedGeneration, type Page } from '../store/index.ts';
import { type Charge, chargeOf } from './charge.ts';

/** One generation in the ledger. */
export interface LedgerLine {
  readonly generation: OwnedGeneration;
  /** As its owner is shown it. */
  readonly state: State;
  readonly charge: Charge;
  /** What it was accepted at. */
  readonly quote: Quote;
}

/** What all that a filter finds comes to. */
export interface LedgerTotals {
  /** One sum a currency, exact to a millionth. */
  readonly charged: readonly Money[];
  readonly generations: number;
  /** Of these: not ended; ended, and nobody knows what they cost. */
  readonly unsettled: number;
  readonly priceUnknown: number;
}

interface Room {
  readonly connection: Connection;
  readonly generations: Pick<Generations, 'shown'>;
}

/** Rows that are read at a time. */
const batch = 500;

/** What the vendors would have charged: a part of the ledger, newest first. */
export async function ledgerPage({ connection, generations }: Room, filter: LedgerFilter): Promise<Page<LedgerLine>> {
  const { items, cursor } = await listLedger(connection, filter);
  const lines = await Promise.all(
    items.map(async (generation): Promise<LedgerLine> => {
      const shown = await generations.shown({ workspace: generation.workspaceId, keyId: undefined }, generation);
      const { state } = shown;
      return { generation, state, charge: chargeOf(shown), quote: generation.quote as Quote };
    }),
  );
  return { items: lines, ...(cursor !== undefined && { cursor }) };
}

/** Of everything that a filter finds, whatever part is asked for. */
export async function ledgerTotals(room: Room, filter: Omit<LedgerFilter, 'limit' | 'cursor'>): Promise<LedgerTotals> {
  const sums = new Map<string, number>();
  let [generations, unsettled, priceUnknown] = [0, 0, 0];
  let cursor: string | undefined;
  do {
    const page: Page<LedgerLine> = await ledgerPage(room, { ...filter, limit: batch, cursor });
    generations += page.items.length;
    for (const { charge } of page.items) {
      if (charge.reason === 'unsettled') unsettled += 1;
      if (charge.reason === 'price_unknown') priceUnknown += 1;
      const { amount } = charge;
      if (amount !== null) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.micros);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  const charged = [...sums].sort().map(([currency, micros]): Money => ({ micros, currency }));
  return { charged, generations, unsettled, priceUnknown };
}
