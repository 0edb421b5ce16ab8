import { isDeepStrictEqual } from 'node:util';
import type { Review } from '@refreel/core/authoring';
import type { Note } from '@refreel/core/model';
import type { Generation } from '../store/index.ts';
import { regionOf, type StoredQuote } from './quoted.ts';

/** What a generation says of itself, beside its request. */
export type Told = { readonly notes: readonly Note[]; readonly quote: StoredQuote };

/** What is kept of a review's notes: what is fetched is measured before anything is made of it. */
export function keptNotes({ notes }: Pick<Review, 'notes'>): Note[] {
  return notes.filter(({ code }) => code !== 'media_unmeasured');
}

/**
 * Notes and quote of a generation whose media are measured now. Notes of its reading stay; those of the review at its acceptance, which knew less,
 * make way for those of the new one.
 */
export function toldAnew(
  generation: Pick<Generation, 'notes' | 'quote'>,
  before: Pick<Review, 'notes'>,
  { notes, quote }: Pick<Review, 'notes' | 'quote'>,
): Told {
  if (quote === undefined) throw new Error('a request without a problem has no quote');
  const said = keptNotes(before);
  const ofReading = generation.notes.filter((note) => !said.some((one) => isDeepStrictEqual(one, note)));
  return { notes: [...ofReading, ...keptNotes({ notes })], quote: { ...quote, ...regionOf(generation) } };
}
