import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../../../tests/browser.ts';
import { serveFilm } from '../../../../../tests/serve-film.ts';
import type { Encoder } from './encoder.ts';
import { ffmpegEncoder } from './ffmpeg.ts';
import { findFfmpeg } from './ffmpeg-process.ts';
import { frameBytes, soundRate } from './film-facts.ts';
import { nodeAvEncoder } from './node-av.ts';
import { sampleSound } from './sample-film.ts';

type Colour = readonly [red: number, green: number, blue: number];

/** What a shot is filled with: colours of which a channel is off by 10 and more when the film is taken for BT.601 or full range. */
const shots: readonly [Colour, Colour] = [
  [200, 60, 40],
  [30, 150, 90],
];
const format = { width: 640, height: 360, fps: 24, audio: true, comment: 'A draft' };
const framesPerShot = 24;
const seconds = (framesPerShot * shots.length) / format.fps;

/** What the page tells about the film that it plays. */
interface Playback {
  readonly readyState: number;
  readonly duration: number;
  readonly size: readonly [width: number, height: number];
  /** Current times, a third of a second apart, while it plays. */
  readonly times: readonly number[];
  /** Middle pixel after a seek into each shot. */
  readonly pixels: readonly Colour[];
  readonly sound: { readonly seconds: number; readonly channels: number; readonly silentUntil: number };
  readonly soundBytesPlayed: number;
}

const page = `<!doctype html><video src="/film.mp4" preload="auto" playsinline></video><script>
const video = document.querySelector('video');
const until = (name) => new Promise((done, fail) => {
  video.addEventListener(name, done, { once: true });
  video.addEventListener('error', () => fail(new Error(video.error.message)), { once: true });
});
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
async function pixelAt(time) {
  const sought = until('seeked');
  video.currentTime = time;
  await sought;
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0);
  return [...context.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data].slice(0, 3);
}
async function decodedSound() {
  const bytes = await (await fetch('/film.mp4')).arrayBuffer();
  const sound = await new OfflineAudioContext(2, 48000, 48000).decodeAudioData(bytes);
  const loud = sound.getChannelData(0).findIndex((value) => Math.abs(value) > 0.2);
  return { seconds: sound.duration, channels: sound.numberOfChannels, silentUntil: loud / sound.sampleRate };
}
async function play() {
  if (video.readyState < 4) await until('canplaythrough');
  const { readyState, duration, videoWidth, videoHeight } = video;
  await video.play();
  const times = [];
  for (let count = 0; count < 3; count += 1) {
    await wait(333);
    times.push(video.currentTime);
  }
  const soundBytesPlayed = video.webkitAudioDecodedByteCount;
  video.pause();
  const pixels = [await pixelAt(0.5), await pixelAt(1.5)];
  return { readyState, duration, size: [videoWidth, videoHeight], times, pixels, sound: await decodedSound(), soundBytesPlayed };
}
</script>`;

describe('a film in Chromium', () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refreel-plays-'));
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function playback(encoder: Encoder): Promise<Playback> {
    const file = join(folder, `${encoder.name}.mp4`);
    await writeShots(encoder, file);
    const served = await serveFilm(file, page);
    try {
      const tab = await browser.newPage();
      await tab.goto(served.address);
      return await tab.evaluate<Playback>('play()');
    } finally {
      served.close();
    }
  }

  it.for([nodeAvEncoder, ffmpegEncoder])(
    'by $name plays, in its own colours and with its sound',
    async (encoder, { skip }) => {
      skip(encoder === ffmpegEncoder && !(await findFfmpeg()), 'no ffmpeg on PATH or at REFREEL_FFMPEG');
      const played = await playback(encoder);
      expect(played.readyState).toBe(4);
      expect(played.size).toEqual([format.width, format.height]);
      expect(played.duration).toBeCloseTo(seconds, 3);
      const [first, second, third] = played.times as [number, number, number];
      expect(first).toBeGreaterThan(0);
      expect(second).toBeGreaterThan(first);
      expect(third).toBeGreaterThan(second);
      played.pixels.forEach((pixel, shot) => {
        pixel.forEach((value, channel) => {
          expect(Math.abs(value - shots[shot]![channel]!), `shot ${shot}: ${pixel}`).toBeLessThanOrEqual(4);
        });
      });
      expect(played.soundBytesPlayed).toBeGreaterThan(0);
      expect(played.sound.channels).toBe(2);
      expect(Math.abs(played.sound.seconds - seconds)).toBeLessThan((2 * 1024) / soundRate);
      expect(Math.abs(played.sound.silentUntil - seconds / 2)).toBeLessThan(0.03);
    },
  );
});

/** Two shots, each of one colour, and a tone in the second. */
async function writeShots(encoder: Encoder, file: string): Promise<void> {
  const keyframes = shots.map((_, shot) => shot * framesPerShot);
  const session = await encoder.open(file, format, { preset: 'veryfast', crf: 20, threads: 2, keyframes });
  const { left, right } = sampleSound({ format, frames: framesPerShot * shots.length, shots: keyframes });
  session.audio(left, right);
  for (const colour of shots) {
    const frame = filled(colour);
    for (let number = 0; number < framesPerShot; number += 1) await session.video(frame);
  }
  await session.finish();
}

/** A frame of one sRGB colour, by the equations of ITU-R BT.709 in limited range. */
function filled([red, green, blue]: Colour): Uint8Array {
  const pixels = format.width * format.height;
  const luma = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  const frame = new Uint8Array(frameBytes(format));
  frame.fill(Math.round(16 + 219 * luma), 0, pixels);
  frame.fill(Math.round(128 + (224 * (blue / 255 - luma)) / 1.8556), pixels, (pixels * 5) / 4);
  frame.fill(Math.round(128 + (224 * (red / 255 - luma)) / 1.5748), (pixels * 5) / 4);
  return frame;
}
