import { expect, test } from 'vitest';
import type { ClaimedAttempt } from '../store/index.ts';
import { lookAgainSeconds, timesBegun } from './prepare.ts';

const attempt = (
  index: number,
  claims: number,
  state: ClaimedAttempt['state'],
  handle: ClaimedAttempt['handle'] = null,
  place = index,
) => ({ claim: { index }, place, claims, state, handle }) as ClaimedAttempt;

test('waiting for the media is no try at the film', () => {
  expect(timesBegun(attempt(0, 3, 'preparing'))).toBe(3);
  expect(timesBegun(attempt(1, 500, 'preparing'))).toBe(1);
  expect(timesBegun(attempt(1, 501, 'queued', { preparedAfterClaims: 500 }))).toBe(1);
  expect(timesBegun(attempt(0, 4, 'running'))).toBe(4);
  // What took another's place makes its media fit by itself.
  expect(timesBegun(attempt(1, 3, 'preparing', null, 0))).toBe(3);
});

test('who waits looks soon at first, and never more than ten seconds later', () => {
  expect(lookAgainSeconds(1)).toBeCloseTo(0.3);
  expect(lookAgainSeconds(10_000)).toBe(10);
});
