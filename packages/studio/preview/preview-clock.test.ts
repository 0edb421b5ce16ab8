import { expect, test } from 'vitest';
import { createPreviewClock } from './preview-clock.ts';

function opened(length: number) {
  let milliseconds = 5000;
  const clock = createPreviewClock(() => milliseconds);
  clock.setLength(length);
  return { clock, pass: (seconds: number) => (milliseconds += seconds * 1000) };
}

test('it stands, plays, stands, and goes on from there', () => {
  const { clock, pass } = opened(6);
  pass(2);
  expect([clock.seconds(), clock.playing]).toEqual([0, false]);
  clock.play();
  pass(1.5);
  expect([clock.seconds(), clock.playing]).toEqual([1.5, true]);
  clock.pause();
  pass(9);
  expect(clock.seconds()).toBe(1.5);
  clock.play();
  pass(1);
  expect(clock.seconds()).toBe(2.5);
});

test('at its end it stands, and plays from the start when it is asked again', () => {
  const { clock, pass } = opened(2);
  clock.play();
  pass(30);
  expect([clock.seconds(), clock.playing]).toEqual([2, false]);
  clock.play();
  pass(0.5);
  expect([clock.seconds(), clock.playing]).toEqual([0.5, true]);
});

test('it is moved within the film, and plays on from there', () => {
  const { clock, pass } = opened(4);
  clock.play();
  pass(1);
  clock.seek(3);
  pass(0.5);
  expect(clock.seconds()).toBe(3.5);
  clock.seek(-2);
  expect([clock.seconds(), clock.playing]).toEqual([0, true]);
  clock.seek(99);
  expect([clock.seconds(), clock.playing]).toEqual([4, false]);
});

test('a film of another length keeps the moment, where it has one', () => {
  const { clock, pass } = opened(6);
  clock.play();
  pass(3);
  clock.setLength(5);
  pass(1);
  expect([clock.seconds(), clock.playing]).toEqual([4, true]);
  clock.setLength(2);
  expect([clock.seconds(), clock.playing]).toEqual([2, false]);
});
