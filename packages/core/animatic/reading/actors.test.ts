import { expect, test } from 'vitest';
import { frameAt } from '../index.ts';
import { tell } from '../test-request.ts';
import { findActors } from './actors.ts';

test.each([
  ['A lighthouse keeper walks along the shore.', ['keeper']],
  ['An old sailor is smiling while the waves roll.', ['sailor']],
  ['一位守塔人走来', ['守塔人']],
  ['消防员跑来', ['消防员']],
  ['The sun is watching. The waves play. The camera turns.', []],
  ['Waves crash on the rocks.', []],
])('%s', (text, words) => {
  expect(findActors(text).map(({ word }) => word)).toEqual(words);
});

const keeper = [
  'Wide shot. A lighthouse keeper walks along the cliff above the sea.',
  'Close-up. The keeper says: "The storm is coming tonight."',
  'Waves crash against the rocks.',
];

test('words alone make shots that can be told apart: who acts or speaks is seen, and every shot has its words', () => {
  const { plan } = tell({ prompt: keeper });
  expect(plan.shots.map(({ figures }) => figures.length)).toEqual([1, 1, 0]);
  expect(plan.shots[1]!.figures[0]!.height).toBeGreaterThan(plan.shots[0]!.figures[0]!.height * 2);
  expect(plan.shots[0]!.caption).toBeDefined();
  expect(plan.shots[2]!.caption).toBeDefined();
});

test('a caption stands above a subtitle', () => {
  const { plan } = tell({
    prompt: 'Close-up in a kitchen. The keeper says: "The storm is coming tonight, hurry up."',
    seconds: 2,
  });
  const [shot] = plan.shots;
  expect(shot!.caption).toBeDefined();
  const [line] = plan.subtitles;
  const texts = frameAt(plan, line!.start + 0.01).operations.filter(
    (one) => one.op === 'text' && (one.sprite === shot!.caption || one.sprite === line!.sprite),
  );
  expect(texts).toHaveLength(2);
  const [subtitle, caption] = texts;
  expect(caption!.op === 'text' && subtitle!.op === 'text' && caption!.y < subtitle!.y - 20).toBe(true);
});

test('a narrator is not seen', () => {
  expect(tell({ prompt: 'Narrator: "Long ago."' }).plan.shots[0]!.figures).toEqual([]);
});

test.each([
  ['Sarah: "Where are you?"\nTom: "Over here."', 2],
  ['An old fisherman mends his net at dawn.', 1],
  ['外婆在厨房里包饺子，孙子笑着跑进来。', 2],
  ['A dog looks up. The dog says: "Where is my bone?"', 1],
])('who speaks or acts is seen: %s', (prompt, count) => {
  expect(tell({ prompt }).plan.shots[0]!.figures).toHaveLength(count);
});
