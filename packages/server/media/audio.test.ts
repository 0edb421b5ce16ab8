import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSound } from './audio.ts';
import { makeFilm, makeTone } from './test-media.ts';

const samples = join(import.meta.dirname, '../../../media');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'audio-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Loudness of the tone's own 440 Hz, by correlation over the middle half second. */
function toneLevel(side: Float32Array): number {
  let sine = 0;
  let cosine = 0;
  const count = 24_000;
  for (let at = 0; at < count; at++) {
    const angle = (2 * Math.PI * 440 * at) / 48_000;
    sine += side[at + 12_000]! * Math.sin(angle);
    cosine += side[at + 12_000]! * Math.cos(angle);
  }
  return (2 * Math.hypot(sine, cosine)) / count;
}

test.each(['wav', 'mp3', 'm4a'] as const)('a tone of one second from %s', async (format) => {
  const { left, right } = await readSound(makeTone(join(folder, `mono.${format}`), format));
  expect(left.length).toBe(right.length);
  expect(Math.abs(left.length - 48_000)).toBeLessThan(1200);
  // Half of full scale goes in; one side is on both as it is.
  expect(toneLevel(left)).toBeCloseTo(0.5, 1);
  expect(toneLevel(right)).toBeCloseTo(0.5, 1);
});

test('sides are kept apart', async () => {
  const { left, right } = await readSound(makeTone(join(folder, 'left.wav'), 'wav', 2));
  expect(toneLevel(left)).toBeCloseTo(0.5, 2);
  expect(Math.max(...right.map(Math.abs))).toBe(0);
});

test('the sound of a film, and no more than was asked for', async () => {
  for (const recipe of [{}, { container: 'webm', encoder: 'libvpx' }] as const) {
    const film = makeFilm(join(folder, 'film'), { ...recipe, sound: true, frames: 50 });
    expect((await readSound(film)).left.length).toBe(96_000);
    const part = await readSound(film, { seconds: 0.75 });
    expect(part.left.length).toBe(36_000);
    expect(toneLevel(part.left.length > 36_000 ? part.left : (await readSound(film)).left)).toBeCloseTo(0.5, 1);
  }
});

test('what has no sound is refused', async () => {
  await expect(readSound(makeFilm(join(folder, 'mute.mp4')))).rejects.toMatchObject({
    refusal: { code: 'media_type_unsupported', found: 'a file without sound' },
  });
  await expect(readSound(join(samples, 'cat.png'))).rejects.toMatchObject({
    refusal: { code: 'media_type_unsupported' },
  });
});
