import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenStudio, openStudio, patienceMilliseconds } from './open-studio.ts';
import { violations } from './violations.ts';

let studio: OpenStudio;

beforeAll(async () => {
  studio = await openStudio();
}, 2 * patienceMilliseconds);
afterAll(async () => {
  await studio?.close();
});

const inTime = { timeout: 3 * patienceMilliseconds };

/** A page of a build that is there no more: the server has another one. */
async function update(page: Page): Promise<void> {
  await page.route(/\/studio\/.*\.js$/, (route) => route.fulfill({ status: 404, body: '' }));
  const html = '<script type="module" src="/studio/index-another.js"></script>';
  await page.route(`${studio.server.url}/`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
}

async function visitWith(prompt: string): Promise<Page> {
  const { page } = await studio.visit('/', { reducedMotion: 'reduce' });
  await page.locator('.reference[data-name="cat"] img').waitFor();
  await page.getByRole('textbox', { name: 'Prompt' }).fill(prompt);
  return page;
}

describe('a page that was left open while the server was updated', () => {
  test('says so where something is wanted that it has not; loaded again, everything is there', inTime, async () => {
    const page = await visitWith('@cat yawns in the rain.');
    await update(page);
    await page.getByRole('button', { name: 'This request as code' }).click();
    const told = page.getByRole('dialog', { name: 'Refreel was updated' });
    await told.waitFor();
    expect(await violations(page, 'dialog')).toEqual([]);
    // It can be closed: what is on the page works on.
    await page.keyboard.press('Escape');
    await told.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'This request as code' }).click();
    await told.waitFor();
    await page.unrouteAll();
    await told.getByRole('button', { name: 'Load again' }).click();
    await told.waitFor({ state: 'detached' });
    await page.locator('.reference[data-name="cat"] img').waitFor();
    expect(await page.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe('@cat yawns in the rain.');
    await page.getByRole('button', { name: 'This request as code' }).click();
    await page.getByRole('dialog', { name: 'This request as code' }).waitFor();
    await page.context().close();
  });

  test('another page, another language', inTime, async () => {
    const page = await visitWith('Rain.');
    await update(page);
    await page.getByRole('button', { name: '中文' }).click();
    const notice = page.locator('.notice');
    await notice.getByText('Refreel was updated').waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    await notice.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('link', { name: 'Library' }).click();
    await page.getByRole('heading', { name: 'Refreel was updated' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Compose' }).click();
    expect(await page.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe('Rain.');
    await page.context().close();
  });

  test('by itself, once the server is there again', inTime, async () => {
    const page = await visitWith('Rain.');
    const missed = () =>
      page.evaluate(`new Promise((done) => {
        const channel = new BroadcastChannel('refreel-events');
        channel.postMessage('missed');
        setTimeout(() => done(channel.close()), 200);
      })`);
    // As the tab with the stream tells the others after a time in which it was broken.
    await missed();
    expect(await page.locator('.notice').count()).toBe(0);
    await update(page);
    await missed();
    await page.locator('.notice').getByText('Refreel was updated').waitFor();
    await page.unrouteAll();
    await page.locator('.notice').getByRole('button', { name: 'Load again' }).click();
    await page.locator('.notice').waitFor({ state: 'detached' });
    expect(await page.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe('Rain.');
    await page.context().close();
  });

  test('a server that is away is no update', inTime, async () => {
    const page = await visitWith('Rain.');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'This request as code' }).click();
    await page.getByRole('dialog', { name: 'This is not here yet' }).getByText('does not answer').waitFor();
    await page.context().close();
  });
});
