import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as C from 'node-av/constants';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { I420 } from './rgba.ts';
import { type FilmRecipe, makeFilm, makeTone, quarterClockwise } from './test-media.ts';
import { openClip } from './video-frames.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clip-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const luma = ({ width, data }: I420, x: number, y: number) => data[y * width + x]!;

/** Frame n is grey of 20 + 4n. */
const counting: FilmRecipe['paint'] = (frame, planes) =>
  planes.forEach((plane, index) => void plane.fill(index ? 128 : 20 + 4 * frame));

test.each([
  ['mp4', {}],
  ['webm', { container: 'webm', encoder: 'libvpx' }],
] as const)('the frame of a time, forwards, backwards and round again: %s', async (name, recipe) => {
  const clip = await openClip(makeFilm(join(folder, name), { ...recipe, frames: 50, paint: counting }), {
    width: 32,
    height: 32,
  });
  expect(clip.seconds).toBeCloseTo(2, 2);
  for (const frame of [0, 0, 1, 2, 3, 10, 49, 50, 51, 7, 6, 5, 40, 0, 149]) {
    const shown = await clip.frameAt(frame / 25);
    expect(shown.data.length).toBe(32 * 32 * 1.5);
    expect(Math.round((luma(shown, 10, 10) - 20) / 4), `frame ${frame}`).toBe(frame % 50);
  }
  // Between two frames the earlier one shows.
  expect(Math.round((luma(await clip.frameAt(3.9 / 25), 10, 10) - 20) / 4)).toBe(3);
  clip.close();
});

test('covers the size asked for, cropped around its middle', async () => {
  // 128 x 48: dark, a bright third in the middle.
  const paint: FilmRecipe['paint'] = (_, [y, u, v], [stride]) => {
    u!.fill(128);
    v!.fill(128);
    for (let row = 0; row < 48; row++)
      for (let x = 0; x < 128; x++) y![row * stride! + x] = x >= 43 && x < 85 ? 200 : 50;
  };
  const clip = await openClip(makeFilm(join(folder, 'wide.mp4'), { width: 128, height: 48, frames: 2, paint }), {
    width: 48,
    height: 48,
  });
  const frame = await clip.frameAt(0);
  // 40 columns on either side are cut off: the bright third runs from 3 to 45.
  expect([0, 8, 24, 40, 47].map((x) => Math.round(luma(frame, x, 24) / 50))).toEqual([1, 4, 4, 4, 1]);
  clip.close();
});

test('stands upright when the phone was turned', async () => {
  // Stored with its left half bright; shown a quarter clockwise, that half is on top.
  const paint: FilmRecipe['paint'] = (_, [y, u, v], [stride]) => {
    u!.fill(128);
    v!.fill(128);
    for (let row = 0; row < 48; row++) for (let x = 0; x < 64; x++) y![row * stride! + x] = x < 32 ? 200 : 50;
  };
  const film = makeFilm(join(folder, 'upright.mp4'), { frames: 2, paint, displayMatrix: quarterClockwise });
  const clip = await openClip(film, { width: 48, height: 64 });
  const frame = await clip.frameAt(0);
  expect(Math.abs(luma(frame, 24, 10) - 200)).toBeLessThan(6);
  expect(Math.abs(luma(frame, 24, 54) - 50)).toBeLessThan(6);
  clip.close();
});

test.each([
  // Pure red in each matrix and range; BT.709 limited has 63, 102, 240.
  ['BT.601 limited', C.AVCOL_SPC_SMPTE170M, C.AVCOL_RANGE_MPEG, [81, 90, 240]],
  ['BT.601 full', C.AVCOL_SPC_SMPTE170M, C.AVCOL_RANGE_JPEG, [76, 85, 255]],
  ['BT.709 limited', C.AVCOL_SPC_BT709, C.AVCOL_RANGE_MPEG, [63, 102, 240]],
  ['BT.709 full', C.AVCOL_SPC_BT709, C.AVCOL_RANGE_JPEG, [54, 99, 255]],
  ['nothing said, small: BT.601', undefined, undefined, [81, 90, 240]],
] as const)('red stays red from %s', async (name, matrix, range, colour) => {
  const film = makeFilm(join(folder, `${name}.mp4`), {
    frames: 2,
    paint: (_, planes) => planes.forEach((plane, index) => void plane.fill(colour[index]!)),
    ...(matrix === undefined ? {} : { matrix, range }),
  });
  const clip = await openClip(film, { width: 64, height: 48 });
  const { data } = await clip.frameAt(0);
  const found = [data[64 * 24]!, data[64 * 48 + 32 * 12]!, data[64 * 48 * 1.25 + 32 * 12]!];
  for (const [index, value] of [63, 102, 240].entries())
    expect(Math.abs(found[index]! - value), `plane ${index}`).toBeLessThan(4);
  clip.close();
});

test('refusals', async () => {
  await expect(openClip(makeTone(join(folder, 'tone.wav'), 'wav'), { width: 32, height: 32 })).rejects.toMatchObject({
    refusal: { code: 'media_type_unsupported', found: 'a file without pictures' },
  });
  await expect(openClip(join(folder, 'mp4'), { width: 31, height: 32 })).rejects.toThrow(RangeError);
});
