import { expect, test } from 'vitest';
import { boundaries, runPaidOnce } from './paid-once.ts';

/** Each once; `bench/paid-once.ts` has hundreds. */
const kills = boundaries.length;

test('killed at every boundary: nothing is paid twice, nothing is lost, no film is half', {
  timeout: 600_000,
}, async () => {
  const { kills: done, missed, ...report } = await runPaidOnce({ kills, seed: 20261120 });
  expect(Object.values(done).reduce((sum, one) => sum + one, 0)).toBe(kills);
  expect(report).toMatchObject({ twice: [], lost: [], broken: [], complaints: [] });
  expect(missed).toBe(0);
  expect(report.acknowledged).toBe(report.sent);
  expect(report.done).toBeGreaterThan(0);
  // A kill between the message and its answer is the only reason.
  expect(report.unconfirmed).toBeLessThanOrEqual(report.cutOff);
});
