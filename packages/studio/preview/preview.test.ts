import { fileURLToPath } from 'node:url';
import { readRequest } from '@refreel/core/authoring';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStudioPage, type StudioPage } from '../../../tests/studio-page.ts';
import { passOn, type StudioSample, storeSample } from '../../../tests/studio-sample.ts';
import { startTestServer, type TestServer } from '../../server/test-server.ts';
import type { PreviewPage } from './pages/preview-page.tsx';

declare const previewing: PreviewPage;

const slow = 180_000;
const patience = { timeout: 60_000 };
let server: TestServer;
let sample: StudioSample;
let opened: StudioPage;
let page: Page;

beforeAll(async () => {
  server = await startTestServer();
  sample = await storeSample(server, '640x360');
  opened = await openStudioPage('packages/studio/preview/pages/preview-page.tsx', passOn(server));
  page = opened.page;
  page.setDefaultTimeout(60_000);
}, slow);
afterAll(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
  await server.remove();
});

const show = (props: Pick<StudioSample, 'request' | 'film' | 'facts'>, language: 'en' | 'zh' = 'en') =>
  page.evaluate(([one, words]) => previewing.show(one, words), [props, language] as const);
const shownFrame = async () => Number(await page.getByRole('slider').inputValue());
const ready = () => page.locator('section[aria-busy=false]').waitFor();
/** At the end of the film nothing plays. */
const stand = async () => {
  await page.getByRole('slider').focus();
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'Play' }).waitFor();
};
/** The colours of the whole canvas, small. */
const picture = () =>
  page.evaluate(() => {
    const small = new OffscreenCanvas(8, 8).getContext('2d')!;
    small.drawImage(document.querySelector('canvas')!, 0, 0, 8, 8);
    return [...small.getImageData(0, 0, 8, 8).data].join();
  });

test('it plays by itself, its words in step, and stands at its end', { timeout: slow }, async () => {
  // Lines that nobody has measured: the page has them spoken.
  await show({ ...sample, facts: { media: sample.facts.media, lines: {} } });
  const words = await page.evaluateHandle(() => {
    const told: string[] = [];
    const slider = document.querySelector('input[type=range]')!;
    new MutationObserver(() => told.push(slider.getAttribute('aria-valuetext') ?? '')).observe(slider, {
      attributes: true,
    });
    return told;
  });
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await expect.poll(shownFrame, patience).toBe(Math.round(sample.film.seconds * 30) - 1);
  const told = await words.jsonValue();
  expect(told.some((text) => /shot 1 of 3: .*the sun is coming up/.test(text))).toBe(true);
  expect(told.some((text) => /shot 2 of 3: .*我们出发吧/.test(text))).toBe(true);
  await page.getByRole('button', { name: 'Play' }).waitFor();
  expect(await page.getByRole('img').getAttribute('aria-label')).toBe('Draft of 3 shots, 6.0 seconds');
});

test('what is heard begins where the film is, and holds the lines', { timeout: slow }, async () => {
  const heard = await page.evaluateHandle(() => {
    const starts: { readonly offset: number; readonly seconds: number; readonly loudest: readonly number[] }[] = [];
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function (when, offset = 0) {
      const samples = this.buffer!.getChannelData(0);
      const peak = (from: number, to: number) =>
        samples.subarray(from * 48_000, to * 48_000).reduce((most, one) => Math.max(most, Math.abs(one)), 0);
      starts.push({
        offset,
        seconds: this.buffer!.duration,
        loudest: [0, 1, 2, 3, 4, 5].map((second) => peak(second, second + 1)),
      });
      start.call(this, when, offset);
    };
    return starts;
  });
  await page.getByRole('slider').fill('60');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(async () => (await heard.jsonValue()).length, patience).toBeGreaterThan(0);
  const [first] = await heard.jsonValue();
  await stand();
  expect(first!.seconds).toBeCloseTo(sample.film.seconds, 2);
  expect(first!.offset).toBeGreaterThanOrEqual(2);
  expect(first!.offset).toBeLessThan(sample.film.seconds);
  // Both lines are in the first two shots; behind them there is only air.
  expect(Math.max(...first!.loudest.slice(0, 3))).toBeGreaterThan(0.15);
  expect(first!.loudest[5]).toBeLessThan(0.1);
});

test('no rule of accessibility is broken', { timeout: slow }, async () => {
  await page.addScriptTag({ path: fileURLToPath(import.meta.resolve('axe-core/axe.min.js')) });
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; help: string }[] }> };
    };
    return (await axe.run()).violations.map(({ id, help }) => `${id}: ${help}`);
  });
  // The page of the test has no heading of its own.
  expect(found.filter((one) => !one.startsWith('page-has-heading-one'))).toEqual([]);
});

test('keys go through the film, frame by frame and second by second', { timeout: slow }, async () => {
  const slider = page.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('Home');
  expect(await shownFrame()).toBe(0);
  const first = await picture();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(shownFrame, patience).toBe(2);
  await page.keyboard.press('.');
  await expect.poll(shownFrame, patience).toBe(3);
  await page.getByRole('button', { name: 'Play' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(shownFrame, patience).toBe(33);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(shownFrame, patience).toBe(3);
  await slider.focus();
  await page.keyboard.press('End');
  await expect.poll(picture, patience).not.toBe(first);
  await page.keyboard.press('Home');
  await expect.poll(picture, patience).toBe(first);
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Unmute' }).waitFor();
  await page.keyboard.press(' ');
  await expect.poll(shownFrame, patience).toBeGreaterThan(0);
  await stand();
});

test('it stands while nobody sees it, and goes on after that', { timeout: slow }, async () => {
  const see = (seen: boolean) =>
    page.evaluate(
      (visibility) => {
        Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      },
      seen ? 'visible' : 'hidden',
    );
  // What stood before it was hidden stands when it is seen again.
  await see(false);
  await see(true);
  expect(await page.getByRole('button', { name: 'Play' }).count()).toBe(1);
  await page.getByRole('slider').fill('0');
  await page.getByRole('button', { name: 'Play' }).click();
  await see(false);
  await page.getByRole('button', { name: 'Play' }).waitFor();
  const frame = await shownFrame();
  expect(frame).toBeLessThan(179);
  await see(true);
  await expect.poll(shownFrame, patience).toBeGreaterThan(frame);
  await stand();
});

test('it follows the request, and keeps the moment', { timeout: slow }, async () => {
  const slider = page.getByRole('slider');
  await slider.focus();
  await slider.fill('30');
  await expect.poll(shownFrame, patience).toBe(30);
  const before = await picture();
  const { request } = sample;
  const [first, ...others] = request.shots;
  const shots = [{ ...first!, prompt: ['A ship in a storm at night. Rain.'] }, ...others];
  await show({ ...sample, request: { ...request, shots } }, 'zh');
  await expect.poll(picture, patience).not.toBe(before);
  await ready();
  expect(await shownFrame()).toBe(30);
  expect(await slider.getAttribute('aria-label')).toBe('播放位置');
  await page.getByRole('button', { name: '播放' }).waitFor();
});

test('a reference video is brought to the moment that is shown', { timeout: slow }, async () => {
  const shots = ['The sea at night. A man says: "Hello there, friends."', 'A desert at noon.'].map((prompt) => ({
    prompt,
    seconds: 1,
  }));
  const written = { shots, size: '320x180', fps: 12, audio: true, draftMark: false };
  const made = await server.ask('/v1/generations?wait=60', { json: written });
  const film = await server.ask(`/v1/generations/${made.json.id}/content`);
  const kept = await server.ask('/v1/assets', { bytes: film.bytes, headers: { 'content-type': 'video/mp4' } });
  const read = readRequest({
    references: [{ kind: 'video', name: 'film', video: kept.json.asset, use: 'edit', keepSound: true }],
    shots: [{ prompt: 'Rain falls.', seconds: 2 }],
    size: '320x180',
    audio: true,
  });
  const found = await server.ask('/v1/drafts/facts', { json: read.request });
  await show({ request: read.request!, film: found.json.film, facts: found.json.facts }, 'en');
  await expect.poll(() => page.getByRole('img').getAttribute('aria-label'), patience).toContain('one shot');
  await ready();
  // It may be playing, which a slider does not end.
  await stand();
  const brightness = async () => {
    const values = (await picture()).split(',').map(Number);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  // Between the sea at night and the desert at noon.
  const dusk = 130;
  await expect.poll(brightness, patience).toBeGreaterThan(dusk);
  for (let round = 0; round < 2; round += 1) {
    await page.getByRole('slider').fill('6');
    await expect.poll(brightness, patience).toBeLessThan(dusk);
    expect(await brightness()).toBeGreaterThan(50);
    await page.getByRole('slider').fill('54');
    await expect.poll(brightness, patience).toBeGreaterThan(dusk);
  }
  // Nobody speaks in this film but the video.
  await stand();
  await page.evaluate(() => {
    const heard = globalThis as unknown as { loudest: number };
    heard.loudest = 0;
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function (...at) {
      heard.loudest = this.buffer!.getChannelData(0).reduce((most, one) => Math.max(most, Math.abs(one)), 0);
      start.apply(this, at);
    };
  });
  const loudest = async () => {
    await page.getByRole('button', { name: /Play|Pause/ }).click();
    return await page.evaluate(() => (globalThis as unknown as { loudest: number }).loudest);
  };
  await expect.poll(loudest, patience).toBeGreaterThan(0.15);
  await stand();
});

test('a medium that does not come is said, and the rest is shown', { timeout: slow }, async () => {
  const lost = `asset:${'0'.repeat(64)}`;
  const [first, ...others] = sample.request.references;
  const broken = { ...first!, image: lost } as typeof first & object;
  const collins = first !== undefined && 'image' in first ? sample.facts.media[first.image!] : undefined;
  const facts = { ...sample.facts, media: { ...sample.facts.media, [lost]: collins! } };
  await show({ ...sample, request: { ...sample.request, references: [broken, ...others] }, facts });
  await page.getByText(/missing/).waitFor();
  // The browser tells of it as well.
  const told = opened.errors as string[];
  expect(told.splice(0).every((text) => text.includes('404'))).toBe(true);
});

test('who wants less motion is shown a picture that stands', { timeout: slow }, async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.reload();
  await show(sample);
  await ready();
  expect(await shownFrame()).toBe(0);
  await page.getByRole('button', { name: 'Play' }).waitFor();
  await page.emulateMedia({ reducedMotion: null });
});
