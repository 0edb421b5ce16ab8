import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labelPieces } from './cutout/pieces.ts';
import { type Cutout, type Cutter, openCutter } from './cutout.ts';
import { readPicture } from './picture.ts';
import type { Rgba } from './rgba.ts';

const samples = join(import.meta.dirname, '../../../media');
let cutter: Cutter;
beforeAll(async () => {
  cutter = await openCutter();
});
afterAll(() => cutter.close());

async function cut(name: string): Promise<Cutout> {
  const found = await cutter.cut(await readPicture(join(samples, name)));
  if (!found) throw new Error(`nothing found in ${name}`);
  return found;
}

const alphaAt = ({ width, data }: Rgba, x: number, y: number) => data[(y * width + x) * 4 + 3]!;

/** Sizes of the connected pieces whose alpha is above a threshold; less than a thousandth of the picture is a loose hair. */
function pieces({ width, data }: Rgba, threshold: number): number[] {
  const map = new Uint8Array(data.length / 4);
  for (let at = 0; at < map.length; at++) map[at] = data[at * 4 + 3]! > threshold ? 1 : 0;
  return labelPieces(map, width).sizes.filter((size) => size * 1000 > map.length);
}

describe('the astronaut', () => {
  let found: Cutout;
  beforeAll(async () => {
    found = await cut('astronaut.png');
  });

  test('stands alone: the flag and the shuttle behind her are gone', () => {
    expect(pieces(found.picture, 60)).toHaveLength(1);
    // Points on her face, her sleeve and her helmet, then on the flag (two of its stripes) and the shuttle.
    for (const [x, y] of [
      [224, 140],
      [90, 330],
      [370, 460],
    ] as const)
      expect(alphaAt(found.picture, x, y)).toBe(255);
    for (const [x, y] of [
      [6, 440],
      [10, 300],
      [20, 100],
      [420, 100],
    ] as const)
      expect(alphaAt(found.picture, x, y)).toBeLessThan(8);
  });

  test('is cut by the lower edge of the picture', () => {
    expect(found.mask.cut).toMatchObject({ left: false, top: false, bottom: true });
    expect(found.mask.box.bottom).toBe(1);
    expect(found.mask.box.top).toBeGreaterThan(0.02);
    expect(found.mask.box.top).toBeLessThan(0.05);
    expect(found.mask.coverage).toBeGreaterThan(0.48);
    expect(found.mask.coverage).toBeLessThan(0.58);
  });

  test('has soft edges without the old background in them', async () => {
    const original = await readPicture(join(samples, 'astronaut.png'));
    // Her hair, dark blonde before a wall of light grey: at half clear pixels the picture is a mixture, the cut-out is hair.
    let soft = 0;
    let before = 0;
    let after = 0;
    for (let y = 20; y < 120; y++) {
      for (let x = 140; x < 310; x++) {
        const alpha = alphaAt(found.picture, x, y);
        if (alpha < 64 || alpha > 192) continue;
        const at = (y * 512 + x) * 4;
        soft += 1;
        before += original.data[at + 2]!;
        after += found.picture.data[at + 2]!;
      }
    }
    expect(soft).toBeGreaterThan(100);
    expect(after / soft).toBeLessThan(before / soft - 25);
  });

  test('is the same every time', async () => {
    const hash = (picture: Rgba) => createHash('sha256').update(picture.data).digest('hex');
    const again = await cut('astronaut.png');
    expect(hash(again.picture)).toBe(hash(found.picture));
    expect(again.mask).toEqual(found.mask);
  });
});

test('the cat is cut on several sides by its photograph', async () => {
  const { picture, mask } = await cut('cat.png');
  expect(mask.cut).toMatchObject({ top: true, bottom: true, right: false });
  expect(mask.box.top).toBe(0);
  expect(pieces(picture, 60)).toHaveLength(1);
  expect(alphaAt(picture, 170, 110)).toBe(255);
  expect(alphaAt(picture, 430, 150)).toBe(0);
});

test('the cup stands free', async () => {
  const { mask } = await cut('coffee.png');
  expect(mask.cut).toEqual({ left: false, top: false, right: false, bottom: false });
  expect(mask.coverage).toBeGreaterThan(0.4);
});

test('a larger picture keeps its size, and its edge lies where the smaller one has it', async () => {
  const small = await cut('coffee.png');
  const sharp = (await import('sharp')).default;
  const original = await readPicture(join(samples, 'coffee.png'));
  const raw = { width: 600, height: 400, channels: 4 } as const;
  const data = await sharp(original.data, { raw }).resize(1500, 1000).raw().toBuffer();
  const large = await cutter.cut({ width: 1500, height: 1000, data });
  expect(large?.picture).toMatchObject({ width: 1500, height: 1000 });
  expect(large?.mask.coverage).toBeCloseTo(small.mask.coverage, 1);
  expect(large?.mask.box.left).toBeCloseTo(small.mask.box.left, 1);
});

test('a picture with alpha of its own keeps it', async () => {
  const data = new Uint8Array(100 * 50 * 4);
  for (let y = 10; y < 50; y++) for (let x = 20; x < 40; x++) data.set([9, 8, 7, 255], (y * 100 + x) * 4);
  const found = await cutter.cut({ width: 100, height: 50, data });
  expect(found?.picture.data).toEqual(data);
  expect(found?.mask).toEqual({
    box: { left: 0.2, top: 0.2, right: 0.4, bottom: 1 },
    coverage: 0.16,
    cut: { left: false, top: false, right: false, bottom: true },
  });
});

test('where nothing stands out there is nothing to cut', async () => {
  const plain = new Uint8Array(64 * 64 * 4).fill(255);
  expect(await cutter.cut({ width: 64, height: 64, data: plain })).toBeUndefined();
  expect(await cutter.cut({ width: 64, height: 64, data: new Uint8Array(64 * 64 * 4) })).toBeUndefined();
  expect(
    await cutter.cut(await readPicture(join(samples, 'mountains.jpg'), { most: { width: 640, height: 640 } })),
  ).toBeUndefined();
});
