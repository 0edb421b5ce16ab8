import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FitTarget, type ImageFacts, type MediaFacts, planFit } from '@refreel/core/model';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measureFile } from '../measure.ts';
import { makeBmp, makeFilm, makeTone } from '../test-media.ts';
import { fitMedium } from './fit-medium.ts';

const timeout = 120_000;

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refreel-fit-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function place(name: string): string {
  count += 1;
  return join(folder, `${count}-${name}`);
}

async function measured(file: string): Promise<MediaFacts> {
  const outcome = await measureFile(file);
  if (!('facts' in outcome) || outcome.facts === undefined) throw new Error(JSON.stringify(outcome));
  return outcome.facts as MediaFacts;
}

async function fitted(file: string, to: FitTarget): Promise<MediaFacts> {
  const into = place('out');
  expect(await fitMedium(file, into, to)).toEqual({ ok: true });
  return measured(into);
}

/** A picture that no JPEG makes small. */
async function noise(width: number, height: number, name: string, alpha = false): Promise<string> {
  const channels = alpha ? 4 : 3;
  const data = Buffer.alloc(width * height * channels);
  let seed = 1;
  for (let index = 0; index < data.length; index += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    data[index] = seed >> 16;
  }
  const file = place(name);
  await sharp(data, { raw: { width, height, channels } }).toFile(file);
  return file;
}

const limit = { types: ['image/png', 'image/jpeg'], source: 'ours' };

describe('a picture', () => {
  test('is scaled, cropped and given a background, as was planned', { timeout }, async () => {
    const file = await noise(900, 100, 'strip.png', true);
    const facts = await measured(file);
    expect(facts).toMatchObject({ width: 900, height: 100, alpha: true });
    const plan = planFit(facts, { ...limit, mostRatio: 4, mostSide: 200, alpha: false });
    expect(plan).toMatchObject({ cuts: true, to: { width: 200, height: 50, background: '#ffffff' } });
    expect(await fitted(file, plan!.to)).toMatchObject({ width: 200, height: 50, alpha: false });
  });

  test('has fewer bytes: by quality, then by size, and is refused where neither is enough', { timeout }, async () => {
    const file = await noise(400, 300, 'noise.png');
    const facts = await measured(file);
    const most = 20_000;
    expect(facts.bytes).toBeGreaterThan(most);
    const plan = planFit(facts, { ...limit, mostBytes: most, leastSide: 50 });
    const smaller = (await fitted(file, plan!.to)) as ImageFacts;
    expect(smaller.bytes).toBeLessThanOrEqual(most);
    expect(smaller.mediaType).toBe('image/jpeg');
    expect(Math.abs(smaller.width / smaller.height - 4 / 3)).toBeLessThan(0.02);
    const into = place('none');
    const exact = planFit(facts, { ...limit, mostBytes: 500 }, { width: 400, height: 300 })!;
    expect(await fitMedium(file, into, exact.to)).toMatchObject({ ok: false, refusal: { code: 'media_too_large' } });
    await expect(stat(into)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('becomes exactly the size of a frame, and another type', { timeout }, async () => {
    const file = makeBmp(place('blue.bmp'), 64, 64, [10, 20, 200]);
    const plan = planFit(await measured(file), limit, { width: 128, height: 72 });
    expect(plan).toMatchObject({ cuts: true, to: { mediaType: 'image/jpeg', width: 128, height: 72 } });
    const facts = (await fitted(file, plan!.to)) as ImageFacts;
    expect(facts).toMatchObject({ width: 128, height: 72, mediaType: 'image/jpeg' });
    expect(Math.abs(facts.mean[2] - 200)).toBeLessThan(8);
  });

  test('stands upright', { timeout }, async () => {
    const lying = await noise(120, 60, 'lying.jpg');
    const file = place('turned.jpg');
    await sharp(lying).withMetadata({ orientation: 6 }).toFile(file);
    const facts = await measured(file);
    expect(facts).toMatchObject({ width: 60, height: 120 });
    const plan = planFit(facts, { ...limit, mostSide: 60 });
    expect(await fitted(file, plan!.to)).toMatchObject({ width: 30, height: 60 });
  });
});

describe('a film', () => {
  const filmLimit = { types: ['video/mp4'], source: 'ours' };

  test('is trimmed, scaled, cropped and given another rate, with its sound', { timeout }, async () => {
    const file = makeFilm(place('wide.webm'), {
      ...{ width: 320, height: 64, fps: 50, frames: 150, encoder: 'libvpx', container: 'webm', sound: true },
    });
    const facts = await measured(file);
    const plan = planFit(facts, { ...filmLimit, mostRatio: 4, mostSide: 200, mostSeconds: 2, mostFps: 25 });
    expect(plan).toMatchObject({ cuts: true, to: { width: 200, height: 50, fps: 25, seconds: 2, sound: true } });
    const after = await fitted(file, plan!.to);
    expect(after).toMatchObject({ mediaType: 'video/mp4', codec: 'h264', width: 200, height: 50, sound: true });
    if (after.kind !== 'video') throw new Error('no film');
    expect(Math.abs(after.fps - 25)).toBeLessThan(0.05);
    expect(after.seconds).toBeGreaterThan(1.9);
    expect(after.seconds).toBeLessThan(2.03);
    // The greys of the source: nothing was taken for another range or matrix.
    expect(Math.abs(after.mean[0] - (facts as typeof after).mean[0])).toBeLessThan(6);
  });

  test('has fewer bytes, at the rate that its seconds leave', { timeout }, async () => {
    let seed = 1;
    const paint = (_: number, planes: readonly Uint8Array[]) => {
      for (const plane of planes)
        for (let index = 0; index < plane.length; index += 1) {
          seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
          plane[index] = 64 + ((seed >> 16) % 128);
        }
    };
    const file = makeFilm(place('noise.mp4'), { width: 160, height: 120, frames: 50, paint });
    const facts = await measured(file);
    const most = 150_000;
    expect(facts.bytes).toBeGreaterThan(most);
    const plan = planFit(facts, { ...filmLimit, mostBytes: most });
    expect((await fitted(file, plan!.to)).bytes).toBeLessThanOrEqual(most);
  });
});

describe('a sound', () => {
  test('is trimmed, and small enough', { timeout }, async () => {
    const file = makeTone(place('long.m4a'), 'm4a', 2, 4);
    const plan = planFit(await measured(file), {
      types: ['audio/wav'],
      mostSeconds: 2,
      mostBytes: 100_000,
      source: 'ours',
    });
    expect(plan).toMatchObject({ cuts: true, to: { seconds: 2, sampleRate: 24_000, channels: 1 } });
    const after = await fitted(file, plan!.to);
    expect(after).toMatchObject({ mediaType: 'audio/wav', sampleRate: 24_000, channels: 1 });
    expect(Math.abs((after as { seconds: number }).seconds - 2)).toBeLessThan(0.05);
    expect(after.bytes).toBeLessThanOrEqual(100_000);
  });
});

test('what is no picture is refused, and takes nothing down with it', { timeout }, async () => {
  const file = makeTone(place('tone.wav'), 'wav');
  const to: FitTarget = { kind: 'image', mediaType: 'image/png', width: 8, height: 8 };
  expect(await fitMedium(file, place('none'), to)).toMatchObject({
    ok: false,
    refusal: { code: 'media_type_unsupported' },
  });
});
