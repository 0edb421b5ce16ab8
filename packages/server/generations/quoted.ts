import type { Quote } from '@refreel/core/catalog';
import type { Generation } from '../store/index.ts';

/** The quote that is stored with a generation: what it was accepted at, and where. */
export type StoredQuote = Quote & {
  readonly region?: string;
  /** The region is that of the account, and nobody asked for it. */
  readonly anywhere?: boolean;
};

/** The region that a generation was accepted for. */
export function regionOf({ quote }: Pick<Generation, 'quote'>): { readonly region?: string } {
  const { region } = (quote ?? {}) as Partial<StoredQuote>;
  return region === undefined ? {} : { region };
}
