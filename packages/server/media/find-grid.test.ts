import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { findGrid } from './find-grid.ts';

const folder = fileURLToPath(new URL('../../../media/', import.meta.url));
const side = 240;

const greyOf = async (picture: Sharp) =>
  new Uint8Array(await picture.resize(side, side, { fit: 'fill' }).greyscale().raw().toBuffer());

/** A sheet of photographs, each panel another part of one, with or without a gutter. */
async function sheet(columns: number, rows: number, gutter: number): Promise<Sharp> {
  const [width, height] = [240, 160];
  const names = ['mountains.jpg', 'sunset.jpg', 'rocket.jpg', 'astronaut.png', 'cat.png', 'coffee.png'];
  const panels = await Promise.all(
    Array.from({ length: columns * rows }, async (_, index) => {
      const picture = sharp(`${folder}${names[index % names.length]}`).resize(width, height, {
        fit: 'cover',
        position: index % 2 ? 'top' : 'centre',
      });
      const input = await (index % 4 > 1 ? picture.flop() : picture).removeAlpha().png().toBuffer();
      const at = (line: number, size: number) => gutter + line * (size + gutter);
      return { input, left: at(index % columns, width), top: at(Math.floor(index / columns), height) };
    }),
  );
  const create = {
    width: gutter + columns * (width + gutter),
    height: gutter + rows * (height + gutter),
    channels: 3 as const,
    background: '#ffffff',
  };
  return sharp(await sharp({ create }).composite(panels).png().toBuffer());
}

describe('a storyboard sheet', () => {
  test.each([
    [3, 3, 8],
    [2, 2, 10],
    [3, 2, 6],
    [4, 4, 6],
    [3, 3, 0],
  ])('of %i x %i panels with a gutter of %i is found', async (columns, rows, gutter) => {
    expect(findGrid(await greyOf(await sheet(columns, rows, gutter)), side)).toEqual({ columns, rows });
  });
});

test.each(readdirSync(folder).filter((name) => /\.(?:png|jpg)$/.test(name)))('%s is one picture', async (name) => {
  expect(findGrid(await greyOf(sharp(folder + name).removeAlpha()), side)).toBeUndefined();
});

test('a flat picture and noise are no grids', () => {
  expect(findGrid(new Uint8Array(side * side).fill(90), side)).toBeUndefined();
  const noise = new Uint8Array(side * side);
  let seed = 1;
  for (let pixel = 0; pixel < noise.length; pixel += 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    noise[pixel] = seed >>> 24;
  }
  expect(findGrid(noise, side)).toBeUndefined();
});
