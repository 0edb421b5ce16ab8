import { expect, test } from 'vitest';
import { retryLater } from './retry-later.ts';

const date = 'Fri, 20 Nov 2026 10:00:00 GMT';

test.each<[string, Record<string, string>, number]>([
  ['seconds', { 'retry-after': '7' }, 7],
  ['an instant', { 'Retry-After': 'Fri, 20 Nov 2026 10:01:30 GMT', Date: date }, 90],
  ['an instant that is over', { 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT', date }, 10],
  ['an instant of an answer that does not say its own', { 'retry-after': 'Fri, 20 Nov 2026 10:01:30 GMT' }, 10],
  ['longer than anybody means', { 'retry-after': '999999' }, 10],
  ['nothing that is understood', { 'retry-after': 'soon', date }, 10],
  ['nothing', {}, 10],
])('waits as long as the answer says: %s', (_, headers, seconds) => {
  const answer = { status: 429, headers, body: { kind: 'none' } } as const;
  expect(retryLater(answer, 10)).toEqual({ is: 'later', seconds });
});
