import type { Pixels } from '@refreel/core/painting';
import { describe, expect, test } from 'vitest';
import { resize } from '../../server/producers/animatic/painter/sprites/resize.ts';
import { resizePixels } from './lanczos.ts';

const whole = { left: 0, top: 0, right: 1, bottom: 1 };

function picture(width: number, height: number, at: (x: number, y: number) => readonly number[]): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(at(x, y), (y * width + x) * 4);
  return { data, width, height };
}

/** Slopes, edges and fine detail, with a soft hole. */
const busy = picture(300, 200, (x, y) => [
  x % 256,
  (Math.floor(x / 20) + Math.floor(y / 20)) % 2 === 0 ? 220 : 40,
  Math.round(128 + 100 * Math.sin(x * y * 0.001)),
  Math.round(255 * Math.min(Math.max((Math.hypot(x - 150, y - 100) - 30) / 8, 0), 1)),
]);

/** Of what is seen: colours count as much as they are opaque. */
function difference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 4) {
    sum += (one[at + 3]! - other[at + 3]!) ** 2;
    for (let channel = 0; channel < 3; channel++)
      sum += ((one[at + channel]! * one[at + 3]! - other[at + channel]! * other[at + 3]!) / 255) ** 2;
  }
  return Math.sqrt(sum / one.length);
}

describe('it comes out as it does on the server', () => {
  test.each([
    ['made smaller', whole, { width: 171, height: 113 }],
    ['a part, mirrored', { left: 0.2, top: 0.1, right: 0.7, bottom: 0.9 }, { width: 90, height: 100, flip: true }],
    ['blurred a little', whole, { width: 300, height: 200, blur: 1.5 }],
    ['blurred much', whole, { width: 240, height: 160, blur: 7 }],
  ] as const)('%s', async (_, crop, size) => {
    const [here, there] = [resizePixels(busy, crop, size), await resize(busy, crop, size)];
    expect(here.length).toBe(there.length);
    // Levels of 255, as a root of the mean square.
    expect(difference(here, there)).toBeLessThan(1.5);
  });
});

test('made larger it is as far off as the quarter of a pixel by which the server moves it', async () => {
  const size = { width: 500, height: 420 };
  expect(difference(resizePixels(busy, whole, size), await resize(busy, whole, size))).toBeLessThan(10);
});

test('a plain colour stays what it is, and a hidden one never shows', () => {
  const plain = picture(40, 30, (x) => (x < 20 ? [200, 100, 50, 255] : [0, 255, 0, 0]));
  const scaled = resizePixels(plain, whole, { width: 13, height: 17 });
  for (let at = 0; at < scaled.length; at += 4)
    if (scaled[at + 3]! > 10) expect([...scaled.subarray(at, at + 3)]).toEqual([200, 100, 50]);
});

test('a picture of one pixel fills any size', () => {
  const one = picture(1, 1, () => [9, 8, 7, 255]);
  expect(new Set(resizePixels(one, whole, { width: 5, height: 4, blur: 2 }))).toEqual(new Set([9, 8, 7, 255]));
});
