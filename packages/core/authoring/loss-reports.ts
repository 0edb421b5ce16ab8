import { cards as catalog } from '../catalog/index.ts';
import type { Facts, Request } from '../model/index.ts';
import { type LossReport, lossReport } from './loss-report.ts';
import type { ReviewOptions } from './review.ts';

/** What several models would make of one request. */
export interface LossReports {
  /** In the order in which they were asked about; of all models those that can make it, fewest losses first, then by price. */
  readonly reports: readonly LossReport[];
  /** Of all models those that refuse it. */
  readonly refusing: readonly string[];
}

/** Reports of the models that are asked about, or of every model of the catalog and of accounts. Pure. */
export function lossReports(
  request: Request,
  models: readonly string[] | 'all',
  facts: Facts,
  options: ReviewOptions = {},
): LossReports {
  const look = (model: string) => lossReport(request, model, facts, options);
  if (models !== 'all') return { reports: [...new Set(models)].map(look), refusing: [] };
  const ids = [...new Set([...(options.cards ?? []), ...catalog].map(({ id }) => id))];
  const all = ids.map(look);
  return {
    reports: all.filter(({ ok }) => ok).sort(byLossThenPrice),
    refusing: all.filter(({ ok }) => !ok).map(({ model }) => model),
  };
}

/** Prices of two currencies cannot be compared without a rate, which nobody has given: each currency's stand together. Unknown ones come last. */
function byLossThenPrice(one: LossReport, other: LossReport): number {
  if (one.counts.degraded !== other.counts.degraded) return one.counts.degraded - other.counts.degraded;
  const [first, second] = [one.quote?.total ?? undefined, other.quote?.total ?? undefined];
  if (first === undefined || second === undefined)
    return Number(first === undefined) - Number(second === undefined) || one.counts.converted - other.counts.converted;
  // Nothing is less than anything, in any currency.
  if (first.micros === 0 || second.micros === 0) return Math.sign(first.micros) - Math.sign(second.micros);
  if (first.currency !== second.currency) return first.currency < second.currency ? -1 : 1;
  return first.micros - second.micros || one.counts.converted - other.counts.converted;
}
