import type { Quote } from '@refreel/core/catalog';
import type { Film } from '@refreel/core/model';
import type { Cost } from '../store/index.ts';

/** What one attempt of a request costs: attempts are alike, so each is an equal share of the quote. */
export function costOfAttempt(
  { cap, lines }: Pick<Quote, 'cap' | 'lines'>,
  { attempts, count, seconds, width, height, fps, tier, mode, audio }: Film,
): Cost {
  const billed = lines.reduce((sum, line) => sum + (line.seconds * line.times) / attempts, 0);
  return {
    cap: cap === null ? null : { micros: Math.ceil(cap.micros / attempts), currency: cap.currency },
    seconds: lines.length > 0 ? billed : seconds * count,
    settings: { width, height, fps, tier, ...(mode !== undefined && { mode }), audio },
  };
}
