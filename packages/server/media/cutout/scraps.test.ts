import { expect, test } from 'vitest';
import { boxMean, newPlane, openStretch, type Plane } from './plane.ts';
import { dropScraps } from './scraps.ts';

const side = 100;

function draw(
  boxes: readonly (readonly [left: number, top: number, right: number, bottom: number, value: number])[],
): Plane {
  const plane = newPlane(side, side);
  for (const [left, top, right, bottom, value] of boxes) {
    for (let y = top; y < bottom; y++) plane.data.fill(value, y * side + left, y * side + right);
  }
  return plane;
}

const at = (plane: Plane, x: number, y: number) => plane.data[y * plane.width + x]!;

/** Every point of one colour: nothing looks like anything. */
const grey = new Uint8Array(side * side * 3).fill(120);

test('a small piece goes, with its haze; a second subject stays', () => {
  const mask = dropScraps(
    draw([
      [20, 20, 60, 90, 1],
      [70, 30, 90, 70, 1],
      [2, 2, 14, 14, 0.4],
      [4, 4, 12, 12, 1],
    ]),
    grey,
  );
  expect(at(mask, 40, 50)).toBe(1);
  expect(at(mask, 80, 50)).toBe(1);
  expect([at(mask, 8, 8), at(mask, 3, 3)]).toEqual([0, 0]);
});

test('a scrap that hangs on by a thread goes, the haze around the subject stays', () => {
  const mask = dropScraps(
    draw([
      [18, 18, 62, 92, 0.3],
      [20, 20, 60, 90, 1],
      [60, 50, 75, 52, 1],
      [75, 46, 85, 56, 1],
    ]),
    grey,
  );
  expect(at(mask, 80, 50)).toBe(0);
  expect(at(mask, 19, 50)).toBeCloseTo(0.3);
});

test('a small hole is filled, a large one is looked through', () => {
  const mask = dropScraps(
    draw([
      [10, 10, 90, 90, 1],
      [20, 20, 24, 24, 0],
      [40, 40, 60, 60, 0],
    ]),
    grey,
  );
  expect(at(mask, 22, 22)).toBe(1);
  expect(at(mask, 50, 50)).toBe(0);
});

test('what looks like the background at the left or right edge goes, also if it hangs on firmly', () => {
  const pixels = new Uint8Array(grey);
  const paint = (left: number, right: number, colour: readonly number[]) => {
    for (let y = 0; y < side; y++) for (let x = left; x < right; x++) pixels.set(colour, (y * side + x) * 3);
  };
  paint(0, 9, [160, 20, 30]);
  paint(9, 60, [240, 120, 40]);
  // The same red stands above the subject, where the model saw that it is none.
  const mask = dropScraps(
    draw([
      [0, 60, 60, 100, 1],
      [9, 20, 60, 60, 1],
    ]),
    pixels,
  );
  expect(at(mask, 3, 80)).toBe(0);
  expect(at(mask, 20, 80)).toBe(1);
});

test('the mean over a window, whole or cut by an edge', () => {
  const plane = newPlane(7, 5);
  for (let index = 0; index < 35; index++) plane.data[index] = index;
  const mean = boxMean(plane, 2);
  expect(at(mean, 3, 2)).toBeCloseTo(17);
  expect(at(mean, 0, 0)).toBeCloseTo((0 + 1 + 2 + 7 + 8 + 9 + 14 + 15 + 16) / 9);
  expect(at(boxMean(plane, 9), 6, 4)).toBeCloseTo(17);
});

test('stretching keeps a slope a slope', () => {
  const plane = newPlane(10, 2);
  for (let x = 0; x < 10; x++) for (let y = 0; y < 2; y++) plane.data[y * 10 + x] = x;
  const stretched = openStretch(plane, { width: 40, height: 8 }).whole(plane);
  expect(at(stretched, 20, 4)).toBeCloseTo(4.625);
  expect(at(stretched, 0, 0)).toBe(0);
  expect(at(stretched, 39, 7)).toBe(9);
});
