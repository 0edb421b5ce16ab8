import { findCard, quote } from '@refreel/core/catalog';
import { check, type Facts, noFacts, type Request } from '@refreel/core/model';
import { expect, test } from 'vitest';
import { costOfAttempt } from './costs.ts';

function costOf(request: Partial<Request>, facts: Facts = noFacts) {
  const whole: Request = {
    model: 'wan2.7-r2v',
    references: [],
    shots: [{ prompt: ['Rain.'], seconds: 10 }],
    ...request,
  };
  const card = findCard(whole.model)!;
  const { film, taken } = check(whole, card, facts);
  if (film === undefined) throw new Error('there is no film');
  const quoted = quote(taken, card, film, facts);
  return { cost: costOfAttempt(quoted, film), quoted };
}

test('an attempt is an equal share of the quote', () => {
  const { cost, quoted } = costOf({
    model: 'wan2.7-r2v',
    count: 3,
    allowSplit: true,
    references: [{ kind: 'image', id: 'a', name: 'a', image: 'https://a.example/a.png' }],
  });
  expect(cost.cap?.micros).toBe(quoted.cap!.micros / 3);
  expect(cost).toMatchObject({ cap: { currency: 'CNY' }, seconds: 10, settings: { audio: true } });
});

test('input video that is billed counts among its seconds', () => {
  const { cost, quoted } = costOf({
    references: [{ kind: 'video', id: 'v', name: 'v', use: 'subject', video: 'https://a.example/v.mp4' }],
  });
  expect(quoted.lines).toHaveLength(2);
  expect(cost.seconds).toBe(10 + 5);
  expect(cost.cap).toEqual(quoted.cap);
});

test('what has no price has its seconds all the same', () => {
  const { cost } = costOf({ model: 'sora-2', shots: [{ prompt: ['Rain.'], seconds: 4 }] });
  expect(cost).toMatchObject({ cap: null, seconds: 4 });
});
