import type { Request } from '@refreel/core/model';
import type { Rate, Terms } from '../money/index.ts';

/** Under which conditions a request is paid for. */
export function termsOf(
  { rates = [] }: { readonly rates?: readonly Rate[] | undefined },
  { allowUnknownPrice = false }: Pick<Request, 'allowUnknownPrice'>,
): Terms {
  return { rates, allowUnknownPrice };
}
