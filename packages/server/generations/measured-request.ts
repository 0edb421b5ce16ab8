import { findCard, inRegion } from '@refreel/core/catalog';
import { findDialect } from '@refreel/core/dialects';
import type { Facts, Request } from '@refreel/core/model';

/** A request with what its wire left open, now that media of it are measured: some vendors take an address without saying what is there. */
export function measuredRequest(
  request: Request,
  facts: Facts,
  { dialect, region }: { readonly dialect: string; readonly region?: string | undefined },
): Request {
  const found = findCard(request.model);
  const card = found === undefined || region === undefined ? found : inRegion(found, region);
  if (card === undefined || 'code' in card) return request;
  return findDialect(dialect)?.afterMeasuring?.(request, facts, card) ?? request;
}
