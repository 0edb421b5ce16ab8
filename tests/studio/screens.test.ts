import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestKey } from '../../packages/server/test-server.ts';
import { type OpenStudio, openStudio, patienceMilliseconds } from './open-studio.ts';

let studio: OpenStudio;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

beforeAll(async () => {
  studio = await openStudio({ admin: true });
}, 2 * patienceMilliseconds);
afterAll(async () => {
  await studio?.close();
});

/** What axe finds wrong with a page, in both themes. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: string[] = [];
  for (const theme of ['dark', 'light']) {
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    const result = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>('axe.run()');
    found.push(...result.violations.map(({ id, nodes }) => `${theme} ${id}: ${nodes[0]?.html.slice(0, 200)}`));
  }
  return found;
}

test('a key is exchanged for a cookie; every screen is sound in both themes and fits a phone', {
  timeout: 3 * patienceMilliseconds,
}, async () => {
  const { secret } = await makeTestKey(studio.server, 'film people');
  const { page } = await studio.visit('/', { reducedMotion: 'reduce' });
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('Key', { exact: true }).fill('no-such-key');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Key', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();

  await page.locator('.reference[data-name="cat"] img').waitFor();
  await page
    .getByRole('textbox', { name: 'Prompt' })
    .fill('@collins and @nobody wave, then the camera pans left, zooms in and @ca');
  await page.locator('.mention-option').first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'Prompt' }).fill('@collins waves.');
  await page.getByRole('radio', { name: '480p' }).check();
  await page.getByRole('tab', { name: 'Image' }).click();
  await page.getByText('More settings').click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  await page.locator('[data-state="done"]').waitFor();
  expect(await violations(page)).toEqual([]);

  const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(width, { timeout: patienceMilliseconds }).toBe(390);
  await page.getByRole('button', { name: 'Change model' }).click();
  await page.getByRole('dialog').getByText('Filter and sort').click();
  expect(await violations(page)).toEqual([]);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Grok Imagine/ })
    .click();
  await page.locator('.compose-model', { hasText: 'Flat reference images' }).waitFor();

  await page.getByRole('link', { name: 'Gallery' }).click();
  await page.locator('.film-tile').waitFor();
  expect([await width(), await violations(page)]).toEqual([390, []]);
  await page.locator('.film-tile').click();
  await page.getByRole('dialog').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByText('Signed in with the key').waitFor();
  expect([await width(), await violations(page)]).toEqual([390, []]);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('Not signed in.').waitFor();
});
