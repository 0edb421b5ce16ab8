import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPicture } from './picture.ts';
import type { Rgba } from './rgba.ts';
import { makeBmp, makeTone } from './test-media.ts';

const samples = join(import.meta.dirname, '../../../media');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picture-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const pixel = ({ width, data }: Rgba, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

test('a picture as it is', async () => {
  const picture = await readPicture(join(samples, 'cat.png'));
  expect([picture.width, picture.height, picture.data.length]).toEqual([451, 300, 451 * 300 * 4]);
  expect(pixel(picture, 0, 0)).toEqual([143, 120, 104, 255]);
});

test('scaled to fit, never up', async () => {
  expect(await readPicture(join(samples, 'mountains.jpg'), { most: { width: 400, height: 400 } })).toMatchObject({
    width: 400,
    height: 300,
  });
  expect(await readPicture(join(samples, 'cat.png'), { most: { width: 4000, height: 4000 } })).toMatchObject({
    width: 451,
    height: 300,
  });
});

test('upright, in sRGB, with its alpha straight', async () => {
  const file = join(folder, 'corner.webp');
  // 40 x 20, clear but for a half clear red left half; flag 6 turns it a quarter clockwise: the left half is shown on top.
  const pixels = Buffer.alloc(40 * 20 * 4);
  for (let y = 0; y < 20; y++) for (let x = 0; x < 20; x++) pixels.set([255, 0, 0, 128], (y * 40 + x) * 4);
  await sharp(pixels, { raw: { width: 40, height: 20, channels: 4 } })
    .webp({ lossless: true })
    .withMetadata({ orientation: 6 })
    .toFile(file);
  const picture = await readPicture(file);
  expect(picture).toMatchObject({ width: 20, height: 40 });
  expect(pixel(picture, 10, 5)).toEqual([255, 0, 0, 128]);
  expect(pixel(picture, 10, 35)[3]).toBe(0);
  const small = await readPicture(file, { most: { width: 10, height: 20 } });
  // Averaged with clear pixels, red stays red.
  expect(pixel(small, 5, 2)).toEqual([255, 0, 0, 128]);
});

test('greys and BMP come as four channels', async () => {
  const grey = join(folder, 'grey.png');
  await sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080' } })
    .toColourspace('b-w')
    .png()
    .toFile(grey);
  expect(pixel(await readPicture(grey), 3, 3)).toEqual([128, 128, 128, 255]);
  expect(pixel(await readPicture(makeBmp(join(folder, 'a.bmp'), 9, 5, [1, 2, 3])), 8, 4)).toEqual([1, 2, 3, 255]);
});

test('a refusal is thrown', async () => {
  await expect(readPicture(join(folder, 'nothing.png'))).rejects.toMatchObject({ refusal: { code: 'media_missing' } });
  await expect(readPicture(makeTone(join(folder, 'tone.wav'), 'wav'))).rejects.toMatchObject({
    refusal: { code: 'media_type_unsupported', limit: 'image', found: 'audio/wav' },
  });
});
