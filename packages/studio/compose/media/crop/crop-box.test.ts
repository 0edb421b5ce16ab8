import { describe, expect, test } from 'vitest';
import { boxOf, cutAround, moved, pixelsOut, ratioNumber, wholeCut } from './crop-box.ts';

const picture = { width: 1200, height: 800 };

test('the largest box of a ratio fits the shorter side', () => {
  expect(boxOf(wholeCut, ratioNumber('1:1'), picture)).toEqual({ width: 800, height: 800, x: 200, y: 0 });
  expect(boxOf(wholeCut, ratioNumber('16:9'), picture)).toEqual({ width: 1200, height: 675, x: 0, y: 62.5 });
  expect(boxOf({ size: 0.5, across: 1, down: 1 }, 1, picture)).toEqual({ width: 400, height: 400, x: 800, y: 400 });
});

test('it is moved as far as there is room', () => {
  expect(moved(wholeCut, 1, picture, { x: 100, y: 300 })).toEqual({ size: 1, across: 0.75, down: 0.5 });
  expect(moved(wholeCut, 1, picture, { x: -1000, y: 0 }).across).toBe(0);
});

describe('around a subject', () => {
  test('with some air, inside the picture', () => {
    const cut = cutAround({ left: 0.5, top: 0.25, right: 0.75, bottom: 0.625 }, 1, picture);
    const box = boxOf(cut, 1, picture);
    expect(box.width).toBeCloseTo(390);
    expect(box.x + box.width / 2).toBeCloseTo(750);
    expect(box.y + box.height / 2).toBeCloseTo(350);
    const corner = boxOf(cutAround({ left: 0, top: 0, right: 0.3, bottom: 0.3 }, 1, picture), 1, picture);
    expect([corner.x, corner.y]).toEqual([0, 0]);
  });
  test('the whole where there is none, or it fills the picture', () => {
    expect(cutAround(undefined, 1, picture)).toEqual(wholeCut);
    expect(cutAround({ left: 0, top: 0, right: 1, bottom: 1 }, 1.5, picture)).toEqual(wholeCut);
  });
});

test('pixels are whole, within the side that is taken, or those that are asked for', () => {
  const box = { width: 1066.7, height: 600 };
  expect(pixelsOut(box, undefined)).toEqual({ width: 1067, height: 600 });
  expect(pixelsOut(box, undefined, 500)).toEqual({ width: 500, height: 281 });
  expect(pixelsOut(box, { width: 1280, height: 720 }, 500)).toEqual({ width: 1280, height: 720 });
});
