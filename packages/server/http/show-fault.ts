import { type Problem, problem } from '@refreel/core/model';
import type { Fault, FaultName } from '../sandbox/fault-table.ts';
import { askedFor } from '../sandbox/faults-of-life.ts';
import { type TextAnswer, toResponse } from './answer.ts';
import { cut } from './cut.ts';

/** What each fault that stands in place of an answer is called, and its status where that is what was asked for. */
const shown: Partial<Record<FaultName, { readonly status?: number; readonly problem: Problem }>> = {
  http_429_with_retry_after: { status: 429, problem: problem('rate_limited', '', { found: askedFor }) },
  http_500: { status: 500, problem: problem('vendor_failed', '', { found: askedFor }) },
  http_503: { status: 503, problem: problem('vendor_unavailable', '', { found: askedFor }) },
  moderation_blocked_at_submit: { problem: problem('moderation_blocked', '') },
};

/** What a fault shows in place of an answer, in the clothes of whoever refuses. */
export function showFault({ name, amount }: Fault, refuse: (problems: readonly Problem[]) => TextAnswer): Response {
  const found = shown[name];
  // Whoever only reads the answer, without a connection, learns that nobody is there.
  if (found === undefined) return cut(new Response(null, { status: 503 }), 'reset');
  const answer = refuse([found.problem]);
  const headers =
    name === 'http_429_with_retry_after' ? { ...answer.headers, 'retry-after': String(amount ?? 1) } : answer.headers;
  return toResponse({ ...answer, status: found.status ?? answer.status, headers });
}
