import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { buildStudio } from '../../packages/studio/build.ts';
import { launchBrowser } from '../browser.ts';

/** A server with the Studio of these sources, and a browser. */
export interface OpenStudio {
  readonly server: TestServer;
  /** A new visitor with nothing kept: opens an address and waits until it is there. */
  visit(path?: string, options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  readonly page: Page;
  /** What the page complained about, which is nothing. */
  readonly complaints: readonly string[];
}

/** Loaded machines are slow; nothing here takes so long elsewhere. */
export const patienceMilliseconds = 60_000;

/** Builds the Studio where its sources changed, serves it, starts a browser. */
export async function openStudio(options: Parameters<typeof startTestServer>[0] = {}): Promise<OpenStudio> {
  await buildStudio();
  const server = await startTestServer(options);
  const browser: Browser = await launchBrowser();
  return {
    server,
    async visit(path = '/', context = {}) {
      const opened = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'en-US', ...context });
      opened.setDefaultTimeout(patienceMilliseconds);
      const page = await opened.newPage();
      const complaints: string[] = [];
      page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(server.url + path);
      await page.locator('main h1').first().waitFor({ state: 'attached' });
      return { page, complaints };
    },
    async close() {
      await browser.close();
      await server.remove();
    },
  };
}

/** Begins an empty project, as whoever presses "New" once the sample is there. */
export async function beginEmpty(page: Page): Promise<void> {
  await page.locator('.reference[data-name]').first().waitFor();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.locator('.reference[data-name]').waitFor({ state: 'detached' });
}

/** Pastes pictures of different colours into the page. */
export async function pastePictures(page: Page, count: number, hue = 0): Promise<void> {
  await page.evaluate(`(async () => {
    const files = new DataTransfer();
    for (let hue = ${hue}; hue < ${hue + count * 40}; hue += 40) {
      const canvas = new OffscreenCanvas(64, 64);
      const context = canvas.getContext('2d');
      context.fillStyle = 'hsl(' + hue + ' 60% 50%)';
      context.fillRect(0, 0, 64, 64);
      files.items.add(new File([await canvas.convertToBlob()], 'p' + hue + '.png', { type: 'image/png' }));
    }
    const paste = new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true });
    document.querySelector('.references').dispatchEvent(paste);
  })()`);
}

/** Pastes text where the focus is. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(text)});
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  })()`);
}

/** Waits until the film of the open window has played for a moment; what it is then. */
export async function playedFilm(page: Page): Promise<{ readonly height: number; readonly seconds: number }> {
  return await page.evaluate(`new Promise((done, fail) => {
    const video = document.querySelector('dialog video');
    video.addEventListener('timeupdate', () => {
      if (video.currentTime > 0.3) done({ height: video.videoHeight, seconds: video.duration });
    });
    video.addEventListener('error', () => fail(new Error(video.error.message)));
  })`);
}
