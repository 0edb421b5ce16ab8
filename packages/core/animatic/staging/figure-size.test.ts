import { expect, test } from 'vitest';
import { bind, bust, picture, subject, tell } from '../test-request.ts';

const references = [subject('mei'), subject('cat')];
const tags = { '@mei': 'mei', '@cat': 'cat' };
const headOnly = { ...bust, box: { left: 0.1, top: 0, right: 0.9, bottom: 1 }, cut: { ...bust.cut, top: true } };

/** Heights of the figures of one shot, by reference, where all are half bodies. */
function heights(prompt: string, mask = bust): Record<string, number> {
  const media = { 'mei.png': picture(800, 800, bust), 'cat.png': picture(800, 800, mask) };
  const { plan } = tell({ references, prompt: bind(prompt, tags), media });
  return Object.fromEntries(plan.shots[0]!.figures.map(({ reference, height }) => [reference, height]));
}

test.each(["Close-up of @mei's face.", '@mei的脸部特写。', '特写@mei的面部。'])(
  'a face fills the frame: %s',
  (prompt) => {
    expect(heights(prompt).mei).toBeGreaterThan(1.8);
  },
);

test('a close-up that names no face shows head and shoulders', () => {
  const { mei } = heights('Close-up of @mei.');
  expect(mei).toBeGreaterThan(1.2);
  expect(mei).toBeLessThan(1.6);
});

test('a head that its photograph cuts off above is smaller beside others', () => {
  const prompt = 'Wide shot: @mei stands beside @cat.';
  expect(heights(prompt, headOnly).cat).toBeLessThan(heights(prompt).cat! * 0.9);
});

test('half a body in the background is no dwarf', () => {
  const { plan } = tell({
    references,
    prompt: bind('Medium shot: @cat in the foreground, @mei in the background right.', tags),
    media: { 'mei.png': picture(800, 800, bust) },
  });
  const mei = plan.shots[0]!.figures.find(({ reference }) => reference === 'mei');
  expect(mei!.to.depth).toBeGreaterThan(4);
  expect(mei!.to.depth).toBeLessThan(5);
});
