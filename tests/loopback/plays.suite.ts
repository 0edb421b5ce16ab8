import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../packages/server/test-server.ts';
import { launchBrowser } from '../browser.ts';
import { openDocumentedClient } from './documented-client.ts';
import { probe } from './server.ts';
import { addressesOf, type Stage } from './stage.ts';

/** What a page does with a film: it plays a part, goes near the end, and says what it saw. */
const play = `async (address) => {
  const video = document.createElement('video');
  video.muted = true;
  document.body.append(video);
  const until = (name) => new Promise((done, fail) => {
    video.addEventListener(name, done, { once: true });
    video.addEventListener('error', () => fail(new Error(video.error?.message ?? 'no film')), { once: true });
  });
  const ready = until('canplay');
  video.src = address;
  await ready;
  await video.play();
  while (video.currentTime < 0.1) await new Promise((done) => setTimeout(done, 20));
  video.pause();
  const sought = until('seeked');
  video.currentTime = video.duration - 0.2;
  await sought;
  const { duration, videoWidth: width, videoHeight: height, currentTime, error } = video;
  video.remove();
  return { duration, width, height, currentTime, error };
}`;

/** Films play in a browser, on a page of any site where they have an address, and on a page that the operator named where they need a key. */
export function describePlaying(stage: () => Stage, origin: () => string): void {
  describe('in a browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    }, 120_000);
    afterAll(() => browser?.close());

    test('every address of a film plays on a page of another site', async () => {
      const tab = await browser.newPage();
      await tab.goto(origin());
      const ranges: string[] = [];
      tab.on('response', (answer) => {
        if (answer.url().includes('/films/')) ranges.push(`${answer.status()} ${answer.headers()['content-range']}`);
      });
      let seen = 0;
      for (const made of stage().made.values())
        for (const [index, address] of addressesOf(made).entries()) {
          seen += 1;
          const bytes = await made.client.download(made.films[index]!);
          const probed = await probe(bytes);
          const shown = await tab.evaluate<Record<string, number>>(`(${play})(${JSON.stringify(address)})`);
          expect(shown, made.dialect.id).toMatchObject({ width: probed.width, height: probed.height, error: null });
          expect(Math.abs(shown.duration! - probed.seconds), made.dialect.id).toBeLessThan(0.1);
          expect(shown.currentTime).toBeGreaterThan(probed.seconds - 0.5);
          const part = await ask(address, { headers: { range: 'bytes=4-7' } });
          expect([part.status, part.bytes.toString()], made.dialect.id).toEqual([206, 'ftyp']);
          expect(part.headers.get('content-range')).toBe(`bytes 4-7/${bytes.length}`);
        }
      expect(seen).toBeGreaterThanOrEqual(4);
      expect(
        ranges.some((range) => /^206 bytes \d+-\d+\/\d+$/.test(range)),
        ranges.join(),
      ).toBe(true);
      await tab.close();
    }, 120_000);

    test('what is asked for with a key plays on a page that may ask', async () => {
      const tab = await browser.newPage();
      await tab.goto(origin());
      for (const id of ['openai', 'venice']) {
        const { dialect, id: film, model } = stage().made.get(id)!;
        const client = await openDocumentedClient(stage().server.url, dialect, { key: stage().own });
        const [found] = await client.films(film, model);
        const probed = await probe(await client.download(found!));
        const base = stage().server.url + dialect.bases[0]!.path;
        const asked =
          found!.bytes === undefined
            ? { url: base + found!.url, method: 'GET', headers: dialect.key.write(stage().own) }
            : {
                url: `${base}/video/retrieve`,
                method: 'POST',
                headers: { ...dialect.key.write(stage().own), 'content-type': 'application/json' },
                body: JSON.stringify({ model, queue_id: film }),
              };
        const shown = await tab.evaluate<Record<string, number>>(
          `(async ({ url, ...options }) => {
            const answer = await fetch(url, options);
            if (answer.headers.get('content-type') !== 'video/mp4') throw new Error(await answer.text());
            return await (${play})(URL.createObjectURL(await answer.blob()));
          })(${JSON.stringify(asked)})`,
        );
        expect(shown, id).toMatchObject({ width: probed.width, height: probed.height, error: null });
        expect(Math.abs(shown.duration! - probed.seconds), id).toBeLessThan(0.1);
      }
      await tab.close();
    }, 120_000);
  });
}
