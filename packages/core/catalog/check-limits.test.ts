import { describe, expect, test } from 'vitest';
import { check, noteEffect } from '../model/index.ts';
import { casesOf, everyCard, type LimitCase } from './check-cases.ts';
import { measuredBut } from './check-samples.ts';

const run = ({ card, request, media }: LimitCase) => check(request, card, measuredBut(media));

/** One past a limit of shots is often past the film's seconds as well. */
const besides: Readonly<Record<string, readonly string[]>> = { too_many_shots: ['shots_seconds'] };

describe.each(everyCard.map((card, index) => [`${card.id} (${index})`, card] as const))('%s', (_, card) => {
  const cases = casesOf(card);

  test('has cases', () => {
    expect(cases.length).toBeGreaterThan(15);
    expect(cases.filter((one) => one.refused !== undefined).length).toBeGreaterThan(8);
  });

  test('takes what stands at a limit', () => {
    for (const one of cases.filter(({ refused }) => refused === undefined)) {
      const checked = run(one);
      expect(checked.problems, one.what).toEqual([]);
      expect(checked.film, one.what).toBeDefined();
    }
  });

  test('notes what it takes otherwise than asked', () => {
    for (const one of cases.filter(({ noted }) => noted !== undefined))
      expect(run(one).notes, one.what).toContainEqual(expect.objectContaining(one.noted));
    const silent = cases.filter(({ refused, noted }) => refused === undefined && noted === undefined);
    for (const one of silent) {
      const degraded = run(one).notes.filter(({ code }) => noteEffect(code) === 'degraded');
      const expected = ['size_by_ratio', 'image_dropped'];
      expect(
        degraded.filter(({ code }) => !expected.includes(code)),
        one.what,
      ).toEqual([]);
    }
  });

  test('refuses what is one past it: once, there, and with the numbers', () => {
    for (const one of cases) {
      if (one.refused === undefined) continue;
      const { code, path, values } = one.refused;
      const { problems } = run(one);
      expect(problems, one.what).toContainEqual(
        expect.objectContaining({ code, path, values: expect.objectContaining(values) }),
      );
      const others = problems.filter((found) => found.code !== code && besides[code]?.includes(found.code) !== true);
      expect(others, one.what).toEqual([]);
      expect(
        problems.filter((found) => found.code === code),
        one.what,
      ).toHaveLength(1);
    }
  });
});
