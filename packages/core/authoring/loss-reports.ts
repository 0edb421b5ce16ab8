import { cards as catalog } from '../catalog/index.ts';
import type { Facts, Request } from '../model/index.ts';
import { type LossOptions, type LossReport, lossReport } from './loss-report.ts';

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
  options: LossOptions = {},
): LossReports {
  const reports = modelsToReport(models, options).map((model) => lossReport(request, model, facts, options));
  return ranked(reports, models);
}

/** The models that reports are made of, each once. */
export function modelsToReport(
  models: readonly string[] | 'all',
  { cards = [] }: Pick<LossOptions, 'cards'>,
): string[] {
  return [...new Set(models === 'all' ? [...cards, ...catalog].map(({ id }) => id) : models)];
}

/** Reports in the order in which they are told. */
export function ranked(reports: readonly LossReport[], models: readonly string[] | 'all'): LossReports {
  if (models !== 'all') return { reports, refusing: [] };
  return {
    reports: reports.filter(({ ok }) => ok).sort(byLossThenPrice),
    refusing: reports.filter(({ ok }) => !ok).map(({ model }) => model),
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
