import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../browser.ts';
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
  await new Promise((done) => setTimeout(done, 500));
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
    video.currentTime = time;
    await sought;
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
  const server = await serve(file);
  try {
    const tab = await browser.newPage();
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
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
    server.closeAllConnections();
    server.close();
  }
});

/** Serves the page and the film, with ranges, as browsers want a film that they seek in. */
async function serve(file: string): Promise<Server> {
  const { size } = await stat(file);
  const server = createServer((request, response) => {
    if (request.url !== '/film.mp4') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      return;
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const start = Number(range?.[1] ?? 0);
    const end = range?.[2] ? Number(range[2]) : size - 1;
    response.writeHead(range ? 206 : 200, {
      'content-type': 'video/mp4',
      'accept-ranges': 'bytes',
      'content-length': end - start + 1,
      ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
    });
    createReadStream(file, { start, end }).pipe(response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
}
