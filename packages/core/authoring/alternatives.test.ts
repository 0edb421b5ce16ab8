import { expect, test } from 'vitest';
import { explainNote, explainProblem, noFacts } from '../model/index.ts';
import { readRequest } from './read-request.ts';
import { review } from './review.ts';

const look = (alternatives: string[], more: object = {}) =>
  review(readRequest({ prompt: 'A dog runs.', seconds: 8, alternatives, ...more }).request!, noFacts);
const noted = ({ notes }: ReturnType<typeof look>) => notes.filter(({ path }) => path.startsWith('alternatives'));

test('a model that would make it, too, is said nothing of', () => {
  const { problems, notes } = look(['animatic'], { model: 'sora-2' });
  expect([problems, notes.filter(({ path }) => path.startsWith('alternatives'))]).toEqual([[], []]);
});

test('an unknown one is a problem with its place', () => {
  const { problems, film } = look(['sora-2', 'sora-3']);
  expect(problems.map(({ code, path }) => [code, path])).toEqual([['unknown_model', 'alternatives[1]']]);
  expect(explainProblem(problems[0]!, 'en').message).toBe('There is no model "sora-3".');
  expect(film?.seconds).toBe(8);
});

test('what one would refuse is a note', () => {
  const { problems, notes } = look(['kling-v3']);
  expect(problems).toEqual([]);
  const [note] = notes.filter(({ code }) => code === 'alternative_refuses');
  expect(note?.path).toBe('alternatives[0]');
  expect(explainNote(note!, 'en')).toMatch(/^alternatives\[0\]: kling-v3 would refuse this\. .*seconds is 8; .*\.$/);
  expect(explainNote(note!, 'zh')).toMatch(/^alternatives\[0\]：kling-v3 会拒绝该请求。.*。$/);
});

test('what one would make less of is a note, with every loss', () => {
  const [note] = noted(look(['sora-2'], { model: 'animatic', seed: 7 }));
  expect(note).toMatchObject({ code: 'alternative_loses', path: 'alternatives[0]' });
  expect(explainNote(note!, 'en')).toMatch(/^alternatives\[0\]: sora-2 would make it with less\. seed 7 /);
});

test('what one would cost beyond the price of the request is a note: it is not asked', () => {
  const model = 'grok-imagine-reference-to-video';
  const found = look([model], { model: 'animatic' });
  expect(noted(found).map(({ code }) => code)).toContain('alternative_refuses');
  const [note] = noted(look(['sora-2']));
  expect(note).toMatchObject({ code: 'alternative_costs' });
  expect(explainNote(note!, 'en')).toContain('its price is not known');
});
