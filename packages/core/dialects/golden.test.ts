import { describe, expect, it } from 'vitest';
import { dialects, engines } from './dialects.ts';
import type { Goldens } from './golden.ts';

describe.each([...dialects, ...engines].map(({ id }) => id))('the examples of %s', (id) => {
  it('say each in which document they stand, and of which day it is', async () => {
    const { goldens } = (await import(`./${id}/goldens/index.ts`)) as { goldens: Goldens };
    const { asks, answers, refusals } = goldens;
    for (const { name, source } of [...asks, ...answers, ...refusals]) {
      expect(source.title, name).toMatch(/\S{3}/);
      expect(new Date(source.date).toISOString().slice(0, 10), name).toBe(source.date);
    }
  });
});
