import { expect, it } from 'vitest';
import { cardOf } from '../../catalog/check-samples.ts';
import { limitsOverWire } from '../serving.suite.ts';
import { openai } from './index.ts';
import { refusalOf } from './serving.suite.ts';

it("every limit of the card of sora-2 is kept over the wire, and one past it is refused in the vendor's shape", () => {
  let past = 0;
  for (const { limit, served, changed } of limitsOverWire(openai, cardOf('sora-2'))) {
    if (served === undefined || changed.includes(limit.refused?.path ?? '')) continue;
    const found = refusalOf(served);
    if (limit.refused === undefined) expect(found, limit.what).toBe('accepted');
    else {
      past += 1;
      expect(found, limit.what).toMatch(/^400 /);
    }
  }
  expect(past).toBeGreaterThanOrEqual(4);
});
