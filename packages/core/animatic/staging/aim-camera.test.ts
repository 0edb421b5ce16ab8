import { expect, test } from 'vitest';
import { frameAt } from '../index.ts';
import { bind, scene, subject, tell } from '../test-request.ts';

const names = ['mei', 'bob', 'cat', 'ann', 'tom'];
const references = [...names.map((name) => subject(name)), scene('hill')];
const tags = Object.fromEntries(references.map(({ id }) => [`@${id}`, id]));

/** The middle of each figure across the frame at the first and the last frame, and its edges, as shares of the frame. */
function across(prompt: string, seconds = 4): { middle: number; left: number; right: number }[][] {
  const { plan } = tell({ references, prompt: bind(prompt, tags), seconds });
  const looks = plan.shots[0]!.figures.map(({ look }) => ('sprite' in look ? look.sprite : ''));
  return [0, plan.frames - 1].map((frame) =>
    frameAt(plan, frame / plan.fps).operations.flatMap((one) =>
      one.op === 'sprite' && looks.includes(one.sprite)
        ? [
            {
              middle: (one.x + one.width / 2) / plan.width,
              left: one.x / plan.width,
              right: (one.x + one.width) / plan.width,
            },
          ]
        : [],
    ),
  );
}

test.each(['Orbit around @mei in @hill.', '镜头环绕@mei。', 'Crane up on @mei in @hill.'])(
  'the one it is about stays in the middle: %s',
  (prompt) => {
    const [first, last] = across(prompt);
    expect(first![0]!.middle).toBeCloseTo(0.5, 1);
    expect(last![0]!.middle).toBeCloseTo(0.5, 1);
  },
);

test('a push comes nearer to whoever stands at the side, not past', () => {
  const [first, last] = across('Slow push in. Wide shot of @mei on the right.');
  expect(last![0]!.middle).toBeCloseTo(first![0]!.middle, 1);
  expect(last![0]!.right - last![0]!.left).toBeGreaterThan((first![0]!.right - first![0]!.left) * 1.1);
});

test.each(['Wide shot.', 'Medium shot.', ''])('five side by side stay in the frame: %s', (framing) => {
  const [, last] = across(`${framing} @mei, @bob, @cat, @ann and @tom smile.`, 3);
  expect(last).toHaveLength(5);
  for (const { left, right } of last!) {
    expect(left).toBeGreaterThan(-0.02);
    expect(right).toBeLessThan(1.02);
  }
});
