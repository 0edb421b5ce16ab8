import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageFacts, Look } from '@refreel/core/model';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAtelier } from '../producers/animatic/atelier.ts';
import { measureLook, surroundings } from './look.ts';
import { measureFile } from './measure.ts';
import type { Rgba } from './rgba.ts';

const samples = join(import.meta.dirname, '../../../media');
const astronaut = () => sharp(join(samples, 'astronaut.png'));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'look-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function lookOf(picture: Sharp): Promise<Look> {
  const file = join(folder, `${Math.random()}.png`);
  await picture.png().toFile(file);
  const measured = await measureFile(file);
  if (!measured.ok || measured.facts.kind !== 'image' || measured.facts.look === undefined)
    throw new Error(JSON.stringify(measured));
  return measured.facts.look;
}

/** Black at the left, white at the right, the edge smeared by `sigma` pixels; clear from column `clearFrom`. */
function edge(sigma: number, { dark = 0, clearFrom = 512 } = {}): Rgba {
  const data = new Uint8Array(512 * 512 * 4);
  for (let pixel = 0; pixel < 512 * 512; pixel += 1) {
    const x = pixel % 512;
    const from = (x - 255.5) / (sigma * Math.SQRT2);
    const value = Math.round(dark + ((255 - dark) * (1 + erf(from))) / 2);
    data.set([value, value, value, x < clearFrom ? 255 : 0], pixel * 4);
  }
  return { width: 512, height: 512, data };
}

/** Abramowitz and Stegun 7.1.26. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - poly * Math.exp(-x * x));
}

test('sharpness is the width of the edges, whatever their contrast', async () => {
  for (const sigma of [1, 1.5, 2]) {
    for (const dark of [0, 100]) {
      const { sharpness } = (await measureLook(edge(sigma, { dark })))!;
      expect(sharpness! * sigma).toBeGreaterThan(0.25);
      expect(sharpness! * sigma).toBeLessThan(0.44);
    }
  }
  expect((await measureLook(edge(0.1)))!.sharpness).toBe(1);
});

test('what is clear is not looked at', async () => {
  const left = await measureLook(edge(1, { clearFrom: 200 }));
  expect(left).toMatchObject({ light: 0, dark: 1, bright: 0, busyness: 0, flat: 1, palette: 1 });
  expect(left).not.toHaveProperty('sharpness');
  expect(await measureLook(edge(1, { clearFrom: 1 }))).toBeUndefined();
  const around = surroundings(edge(1), edge(1, { clearFrom: 300 }));
  expect(await measureLook(around)).toMatchObject({ bright: 1, busyness: 0 });
});

test('photographs: good, and the same spoilt', async () => {
  const good = await lookOf(astronaut());
  expect(good.sharpness).toBeGreaterThan(0.5);
  expect(good).toMatchObject({ chroma: expect.closeTo(0.195, 2), light: expect.closeTo(0.44, 2) });
  expect((await lookOf(astronaut().blur(4))).sharpness).toBeLessThan(0.12);
  expect(await lookOf(astronaut().greyscale().toColourspace('srgb'))).toMatchObject({ chroma: 0 });
  expect((await lookOf(astronaut().linear(0.18))).dark).toBeGreaterThan(good.dark + 0.2);
  expect((await lookOf(astronaut().linear(1.6, 120))).bright).toBeGreaterThan(0.5);
});

test('a drawing has few colours, and large areas of each', async () => {
  const colours = [
    [207, 232, 255],
    [58, 110, 165],
    [255, 217, 179],
    [34, 34, 34],
  ] as const;
  const data = new Uint8Array(512 * 512 * 4);
  for (let pixel = 0; pixel < 512 * 512; pixel += 1) {
    const from = Math.hypot((pixel % 512) - 256, Math.floor(pixel / 512) - 256);
    data.set([...colours[from > 230 ? 0 : from > 180 ? 1 : from > 20 ? 2 : 3], 255], pixel * 4);
  }
  const drawn = (await measureLook({ width: 512, height: 512, data }))!;
  expect(drawn.palette).toBe(3);
  expect(drawn.flat).toBeGreaterThan(0.9);
  const taken = await lookOf(astronaut());
  expect(taken.palette).toBeGreaterThan(60);
  expect(taken.flat).toBeLessThan(0.5);
});

test('size does not matter above that of the copy', async () => {
  const small = await lookOf(astronaut());
  const large = await lookOf(astronaut().resize(1536));
  expect(Math.abs(large.sharpness! - small.sharpness!)).toBeLessThan(0.2);
  expect(large.busyness).toBeCloseTo(small.busyness, 1);
});

test('a subject is looked at by itself, and so is what surrounds it', { timeout: 60_000 }, async () => {
  const calm = join(folder, 'calm.png');
  const busy = join(folder, 'busy.png');
  const raw = async (name: string, width: number) => {
    const { data, info } = await sharp(join(samples, name))
      .resize(width)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { input: data, raw: { width: info.width, height: info.height, channels: 4 } } as const;
  };
  const [cup, person] = [await raw('coffee.png', 64), await raw('astronaut.png', 480)];
  const columns = 1024 / cup.raw.width;
  const cups = Array.from({ length: columns * Math.floor(576 / cup.raw.height) }, (_, at) => ({
    ...cup,
    left: (at % columns) * cup.raw.width,
    top: Math.floor(at / columns) * cup.raw.height,
  }));
  const wall = sharp({ create: { width: 1024, height: 576, channels: 3, background: '#8899aa' } });
  const before = { ...person, left: 272, top: 90 };
  await wall.clone().composite([before]).png().toFile(calm);
  await wall
    .clone()
    .composite([...cups, before])
    .png()
    .toFile(busy);
  const atelier = openAtelier();
  const maskOf = async (file: string) => {
    const answer = await atelier.measure({ media: file, file, cut: true, pitch: false });
    return answer.ok ? (answer.facts as ImageFacts).mask! : expect.fail(JSON.stringify(answer));
  };
  const [one, other] = [await maskOf(calm), await maskOf(busy)];
  expect(one.look!.sharpness).toBeGreaterThan(0.5);
  expect(one.around).toBeLessThan(0.1);
  expect(other.around).toBeGreaterThan(0.25);
});
