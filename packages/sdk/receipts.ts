import type { Money, State } from '@refreel/core/model';
import type { Page } from './answers.ts';
import { askPage, everyItem, type PageOptions } from './pages.ts';
import type { Transport } from './transport.ts';

/** What one attempt at a vendor may cost, and what became of it. Drafts cost nothing and have none. */
export interface Receipt {
  readonly generation: string;
  /** 0-based. */
  readonly attempt: number;
  readonly key: string | null;
  readonly model: string;
  readonly account: string;
  /** UTC, of its acceptance: budgets and usage count it on this day. */
  readonly day: string;
  readonly state: State;
  readonly billed: 'yes' | 'no' | 'unknown';
  /** The most that it may cost; null where no document says. */
  readonly cap: Money | null;
  /** All that was ever set aside for it: settled, released, or held still. Null where nothing could be. */
  readonly reserved: Money | null;
  readonly settled: Money | null;
  readonly released: Money | null;
  readonly held: Money | null;
  /** What would be paid for: seconds of film, and what that is like. */
  readonly seconds: number;
  readonly settings: Readonly<Record<string, unknown>>;
  /** What was moved and when, oldest first; the entries of each sum to zero. */
  readonly bookings: readonly {
    readonly id: string;
    readonly kind: 'reserve' | 'settle' | 'release';
    readonly at: string;
    readonly entries: readonly { readonly place: 'purse' | 'reserved' | 'vendor'; readonly amount: Money }[];
  }[];
  readonly createdAt: string;
}

/** Which receipts are listed. */
export interface ReceiptFilter extends PageOptions {
  readonly generation?: string;
  /** Id of a key. */
  readonly key?: string;
  readonly model?: string;
  /** Those that are not settled. */
  readonly open?: boolean;
  /** First and last instant of acceptance. */
  readonly from?: Date;
  readonly until?: Date;
}

/** What a person found in the vendor's console. */
export interface Bill {
  /** 0-based. Default: the first. */
  readonly attempt?: number | undefined;
  readonly billed: 'yes' | 'no';
  /** Where less was charged than is held. */
  readonly amount?: Money | undefined;
}

/** What vendors were paid. Every call throws `RefreelError`. */
export interface Receipts {
  /** Newest first, across all pages. */
  list(filter?: ReceiptFilter): AsyncGenerator<Receipt, void, undefined>;
  /** One page of the list, for whoever shows pages. */
  page(filter?: ReceiptFilter & { readonly cursor?: string }): Promise<Page<Receipt>>;
  /** Settles the bill of an attempt that has ended without anybody here knowing whether its vendor charged for it. */
  settle(generation: string, bill: Bill, options?: { readonly signal?: AbortSignal }): Promise<Receipt>;
}

/** The verbs of receipts over a transport. */
export function openReceipts(transport: Transport): Receipts {
  const path = '/v1/receipts';
  const page: Receipts['page'] = ({ from, until, signal, ...query } = {}) => {
    const asked = { ...query, from: from?.toISOString(), until: until?.toISOString() };
    return askPage<Receipt>(transport, path, asked, signal);
  };
  return {
    page,
    list: (filter = {}) => everyItem((cursor) => page({ ...filter, ...(cursor !== undefined && { cursor }) })),
    settle: (generation, json, { signal } = {}) =>
      transport.json<Receipt>(
        {
          method: 'POST',
          path: `${path}/${encodeURIComponent(generation)}/settle`,
          json,
          repeatable: false,
          signal,
        },
        ['generation', 'billed'],
      ),
  };
}
