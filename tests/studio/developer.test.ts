import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenStudio, openStudio, patienceMilliseconds } from './open-studio.ts';
import { violations } from './violations.ts';

let studio: OpenStudio;

beforeAll(async () => {
  studio = await openStudio();
}, 2 * patienceMilliseconds);
afterAll(async () => {
  await studio?.close();
});

const inTime = { timeout: 5 * patienceMilliseconds };

test.each([
  ['a desk', { width: 1440, height: 1000 }],
  ['a phone', { width: 390, height: 844 }],
] as const)('on %s: the request as code, what becomes of it, and a copy of it', inTime, async (_, viewport) => {
  const { page, complaints } = await studio.visit('/', { viewport, reducedMotion: 'reduce' });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('.reference[data-name="cat"] img').waitFor();
  const open = page.getByRole('button', { name: 'This request as code' });
  const drawer = page.getByRole('dialog', { name: 'This request as code' });
  // By keys alone; while a picture of the sample is on its way the button waits.
  await expect
    .poll(() => open.isDisabled(), { timeout: patienceMilliseconds })
    .toBe(false)
    .catch(async (error) => {
      throw new Error(`it waits for a medium: ${await page.locator('.reference').allInnerTexts()}`, { cause: error });
    });
  await open.focus();
  await page.keyboard.press('Enter');
  const code = drawer.locator('pre');
  await code.waitFor();
  expect(await code.textContent()).toContain(`base=${studio.server.url}/v1`);
  await drawer.getByRole('radio', { name: 'Venice' }).check();
  await drawer.getByRole('radio', { name: 'Python' }).check();
  expect(await code.textContent()).toContain('import json, os, time, urllib.request');
  expect(await code.textContent()).toContain(`${studio.server.url}/venice/api/v1`);
  await drawer.locator('[data-fate]').first().waitFor();
  await drawer.getByRole('heading', { name: /^On Kling O3/ }).waitFor();
  await drawer.getByRole('button', { name: 'Copy' }).click();
  await drawer.getByText('Copied', { exact: true }).waitFor({ state: 'attached' });
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await code.textContent());
  expect(await violations(page, 'dialog')).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);

  await drawer.getByRole('radio', { name: 'OpenAI' }).check();
  await drawer.getByText('It cannot be said there.').waitFor();
  expect(await code.count()).toBe(0);
  expect(await violations(page, 'dialog')).toEqual([]);
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  expect(await open.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
  expect(complaints).toEqual([]);
  await page.context().close();
});
