import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { serveFilm } from '../serve-film.ts';
import { refreel } from './command.ts';
import { apart, type Rgb, seeFrames } from './films.ts';

let folder: string;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refreel-plays-test-'));
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Places of the frame, as fractions, whose colours are compared. */
const places = [
  [0.1, 0.1],
  [0.5, 0.3],
  [0.3, 0.55],
  [0.8, 0.6],
] as const;

const page = `<!doctype html><video src="/film.mp4" preload="auto" playsinline></video><script>
const video = document.querySelector('video');
const until = (name) => new Promise((done, fail) => {
  video.addEventListener(name, done, { once: true });
  video.addEventListener('error', () => fail(new Error(video.error.message)), { once: true });
});
async function play(times, places) {
  if (video.readyState < 4) await until('canplaythrough');
  const { readyState, duration, videoWidth, videoHeight } = video;
  await video.play();
  // As long as a busy machine takes to begin.
  while (video.currentTime <= 0.1 || video.webkitAudioDecodedByteCount === 0) await new Promise((done) => setTimeout(done, 50));
  const played = video.currentTime;
  const soundBytes = video.webkitAudioDecodedByteCount;
  video.pause();
  const canvas = document.createElement('canvas');
  canvas.width = videoWidth;
  canvas.height = videoHeight;
  const context = canvas.getContext('2d');
  const pixels = [];
  for (const time of times) {
    const sought = until('seeked');
    // The picture may come a little after the word that it is there.
    const shown = new Promise((done) => video.requestVideoFrameCallback(done));
    video.currentTime = time;
    await sought;
    await Promise.race([shown, new Promise((done) => setTimeout(done, 1000))]);
    context.drawImage(video, 0, 0);
    pixels.push(places.map(([x, y]) =>
      [...context.getImageData(Math.floor(x * videoWidth), Math.floor(y * videoHeight), 1, 1).data].slice(0, 3)));
  }
  return { readyState, duration, videoWidth, videoHeight, played, soundBytes, pixels };
}
</script>`;

test('the sample film plays in Chromium: its length, its size, its colours, its sound', async () => {
  const file = join(folder, 'sample.mp4');
  const ran = await refreel(['render', 'samples/sunrise.yaml', '-o', file, '--size', '640x360', '--json']);
  const { film } = JSON.parse(ran.stdout) as { film: { seconds: number; fps: number } };
  const frames = await seeFrames(file);
  const served = await serveFilm(file, page);
  try {
    const tab = await browser.newPage();
    await tab.goto(served.address);
    // Middle of a frame, one of each shot.
    const numbers = [30, 100, 150];
    const times = numbers.map((number) => (number + 0.5) / film.fps);
    const seen = await tab.evaluate<{ readyState: number; pixels: Rgb[][] } & Record<string, number>>(
      `play(${JSON.stringify(times)}, ${JSON.stringify(places)})`,
    );
    expect(seen).toMatchObject({ readyState: 4, videoWidth: 640, videoHeight: 360 });
    expect(Math.abs(seen.duration! - film.seconds)).toBeLessThanOrEqual(1 / film.fps);
    expect(seen.played).toBeGreaterThan(0.1);
    expect(seen.soundBytes).toBeGreaterThan(0);
    for (const [index, number] of numbers.entries())
      for (const [at, [x, y]] of places.entries()) {
        const [shown, ours] = [seen.pixels[index]![at]!, frames[number]!.at(x, y)];
        expect(apart(shown, ours), `frame ${number} at ${x}, ${y}: ${shown} and ${ours}`).toBeLessThanOrEqual(12);
      }
  } finally {
    served.close();
  }
});
