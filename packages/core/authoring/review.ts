import { advise, type Facts, type Request } from '../model/index.ts';
import { type Review, type ReviewOptions, reviewWith } from './review-with.ts';
import { translate } from './translate.ts';

/** Checks, quotes and advises a request for its model, and looks at its alternatives. Pure. */
export function review(request: Request, facts: Facts, options: ReviewOptions = {}): Review {
  return reviewWith({ translate, advise }, request, facts, options);
}
