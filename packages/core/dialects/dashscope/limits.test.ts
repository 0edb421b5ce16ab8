import { describe, expect, it } from 'vitest';
import { cardOf } from '../../catalog/check-samples.ts';
import { limitsOverWire } from '../serving.suite.ts';
import { dashscope } from './index.ts';
import { refusalOf } from './serving.suite.ts';

describe.each([
  ['wan2.7-r2v', 30],
  ['wan2.6-r2v', 20],
  ['wan2.6-r2v-flash', 20],
])('every limit of the card of %s', (model, least) => {
  it("is kept over the wire, and one past it is refused in the vendor's shape", () => {
    let past = 0;
    for (const { limit, served, changed } of limitsOverWire(dashscope, cardOf(model))) {
      if (served === undefined || changed.includes(limit.refused?.path ?? '')) continue;
      // What an address of 2.6 holds is learnt by measuring it: there is no other kind to be wrong about.
      if (model !== 'wan2.7-r2v' && limit.what.endsWith(' of another kind')) continue;
      const found = refusalOf(served);
      if (limit.refused === undefined) expect(found, limit.what).toBe('accepted');
      else {
        past += 1;
        expect(found, limit.what).toMatch(/^400 InvalidParameter: /);
      }
    }
    expect(past).toBeGreaterThanOrEqual(least);
  });
});
