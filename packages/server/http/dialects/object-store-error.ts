import type { Problem } from '@refreel/core/model';
import type { TextAnswer } from '../answer.ts';

/** An error as the vendors' object stores write it. */
export function objectStoreError(status: number, code: string, message: string, requestId: string): TextAnswer {
  return {
    status,
    headers: { 'content-type': 'application/xml', 'cache-control': 'no-store' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>${code}</Code>\n  <Message>${message}</Message>\n  <RequestId>${requestId}</RequestId>\n</Error>\n`,
  };
}

/** What such a store says when it cannot answer. */
export function storeAway(problems: readonly Problem[], requestId: string): TextAnswer {
  const code = problems[0]?.code;
  if (code === 'rate_limited')
    return objectStoreError(429, 'TooManyRequests', 'Please reduce your request rate.', requestId);
  if (code === 'vendor_unavailable')
    return objectStoreError(503, 'ServiceUnavailable', 'Service is unable to handle request.', requestId);
  return objectStoreError(500, 'InternalError', 'We encountered an internal error. Please try again.', requestId);
}
