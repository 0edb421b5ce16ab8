import { expect, test } from 'vitest';
import { noFacts, type Request } from '../../model/index.ts';
import { linesToSpeak, plan } from '../index.ts';

const film = {
  width: 320,
  height: 180,
  fps: 24,
  ratio: '16:9',
  tier: '180p',
  mode: undefined,
  shotSeconds: [2],
  seconds: 2,
  audio: true,
  watermark: false,
  count: 1,
  attempts: 1,
};
const request = (expand: boolean): Request => ({
  model: 'animatic',
  references: [],
  shots: [{ prompt: ['A woman says: "Hello there."'], seconds: 2 }],
  expand,
});

test('a request that asks for it is planned from filled-up prompts, and what was added is told', () => {
  const plain = plan(request(false), film, noFacts);
  const filled = plan(request(true), film, noFacts);
  expect(plain.added).toEqual([]);
  expect(filled.added).toEqual([{ shot: 0, sentences: expect.arrayContaining(['Slow camera push forward.']) }]);
  expect(filled.shots[0]?.move).toBe('push');
});

test('what is said stays the same', () => {
  const said = (expand: boolean) => linesToSpeak(request(expand), film, noFacts).map(({ text }) => text);
  expect(said(true)).toEqual(said(false));
  expect(said(true)).toEqual(['Hello there.']);
});
