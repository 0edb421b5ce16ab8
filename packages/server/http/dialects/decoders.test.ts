import { dialects } from '@refreel/core/dialects';
import { describe, expect, test } from 'vitest';
import type { Goldens } from '../../../core/dialects/golden.ts';
import { openChance } from '../../test-chance.ts';
import { shootAnswers, shootAsks } from '../../test-decoders.ts';

// The same as `npm run bench:fuzz` does a hundred times as often.

const all = await Promise.all(
  dialects.map(async (dialect) => {
    const { goldens } = (await import(`../../../core/dialects/${dialect.id}/goldens/index.ts`)) as { goldens: Goldens };
    return [dialect.id, dialect, goldens] as const;
  }),
);

describe.each(all)('%s', (_, dialect, goldens) => {
  test('a thousand mutated requests are read, or refused in the vendor’s shape', () => {
    const { read, refused, wrong } = shootAsks(dialect, goldens, openChance(1), 1000);
    expect(wrong).toEqual([]);
    expect(Math.min(read, refused)).toBeGreaterThan(100);
  });

  test('a thousand mutated answers are read, or refused', () => {
    const { read, refused, wrong } = shootAnswers(dialect, goldens, openChance(2), 1000);
    expect(wrong).toEqual([]);
    expect(Math.min(read, refused)).toBeGreaterThan(100);
  });
});
