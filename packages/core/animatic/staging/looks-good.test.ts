import { describe, expect, test } from 'vitest';
import type { DrawSprite } from '../draw-list.ts';
import { frameAt, type Plan } from '../index.ts';
import { bind, bust, picture, subject, tell, wholeBody } from '../test-request.ts';

const names = ['mei', 'bob', 'ann', 'tom', 'eve'];
const tags = Object.fromEntries(names.map((name) => [`@${name}`, name]));
const lists = [
  '@mei',
  '@mei and @bob',
  '@mei, @bob and @ann',
  '@mei, @bob, @ann and @tom',
  '@mei, @bob, @ann, @tom and @eve',
];
const sizes = { '16:9': [1280, 720], '9:16': [720, 1280], '1:1': [720, 720] } as const;
const bodies = { whole: wholeBody, half: bust };
const framings = ['Close-up', 'Medium shot', 'Wide shot'];

const cases = framings.flatMap((framing) =>
  Object.entries(sizes).flatMap(([ratio, size]) =>
    Object.entries(bodies).flatMap(([body, mask]) => lists.map((list) => ({ framing, ratio, size, body, mask, list }))),
  ),
);

/** Boxes of the figures at a frame, in order of drawing, with the cast's own order. */
function boxesAt(plan: Plan, frame: number): DrawSprite[] {
  const sprites = new Set(
    plan.shots.flatMap(({ figures }) => figures.map(({ look }) => ('sprite' in look ? look.sprite : ''))),
  );
  return frameAt(plan, frame / plan.fps).operations.filter(
    (one): one is DrawSprite => one.op === 'sprite' && sprites.has(one.sprite),
  );
}

/** Share of a box's width that boxes drawn later leave free. */
function visibleShare(box: DrawSprite, later: readonly DrawSprite[]): number {
  const columns = 200;
  let seen = 0;
  for (let column = 0; column < columns; column += 1) {
    const x = box.x + ((column + 0.5) / columns) * box.width;
    if (!later.some((one) => x > one.x && x < one.x + one.width && one.y < box.y + box.height * 0.4)) seen += 1;
  }
  return seen / columns;
}

describe('nobody hides another, and heads are seen', () => {
  test.each(cases)('$list, $framing, $ratio, $body', ({ framing, size, mask, list }) => {
    const references = names.filter((name) => list.includes(`@${name}`)).map((name) => subject(name));
    const { plan } = tell({
      references,
      prompt: bind(`${framing}: ${list} smile.`, tags),
      size: [...size],
      seconds: 4,
      media: Object.fromEntries(names.map((name) => [`${name}.png`, picture(800, 1000, mask)])),
    });
    const close = framing === 'Close-up';
    expect(plan.shots[0]!.figures).toHaveLength(close ? Math.min(2, references.length) : references.length);
    for (const frame of [0, plan.frames - 1]) {
      const boxes = boxesAt(plan, frame);
      for (const [index, box] of boxes.entries()) {
        expect(visibleShare(box, boxes.slice(index + 1))).toBeGreaterThan(close ? 0.35 : 0.55);
        // The head is the upper part: seen, and neither at the sides nor above.
        const [x, y] = [box.x + box.width / 2, box.y + box.height * (mask === bust ? 0.22 : 0.1)];
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(plan.width);
        expect(y).toBeGreaterThan(0);
        expect(y).toBeLessThan(plan.height * 0.94);
        if (!close)
          expect(Math.min(box.x + box.width, plan.width) - Math.max(0, box.x)).toBeGreaterThan(box.width * 0.8);
      }
    }
  });
});
