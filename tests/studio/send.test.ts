import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountAt, chargedAt, openFolders, startVendor, writeAccounts } from '../sending/peers.ts';
import { beginEmpty, type OpenStudio, openStudio, pastePictures, patienceMilliseconds } from './open-studio.ts';
import { violations } from './violations.ts';

let sandbox: OpenStudio;
let live: OpenStudio;
let vendor: Awaited<ReturnType<typeof startVendor>>;
const folders = openFolders();

beforeAll(async () => {
  sandbox = await openStudio();
  vendor = await startVendor(folders.make('vendor'));
  const file = writeAccounts(folders.make('accounts'), [
    accountAt(vendor.url, 'venice', ['grok-imagine-reference-to-video']),
  ]);
  live = await openStudio({
    environment: { REFREEL_MODE: 'live', REFREEL_ACCOUNTS: file, REFREEL_ALLOW_PRIVATE: '127.0.0.1' },
  });
}, 3 * patienceMilliseconds);
afterAll(async () => {
  await Promise.all([sandbox?.close(), live?.close()]);
  await vendor?.serving.stop();
  folders.remove();
});

/** What a page comes to: a loaded machine needs a while. */
const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: patienceMilliseconds });
const inTime = { timeout: 6 * patienceMilliseconds };

async function generations(studio: OpenStudio) {
  return (await studio.server.ask('/v1/generations')).json.items;
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Send to a model' });

test('a draft is drawn here whatever model is chosen, in the shape that the film has there', inTime, async () => {
  const { page, complaints } = await sandbox.visit('/', { reducedMotion: 'reduce' });
  await page.locator('.reference[data-name="cat"] img').waitFor({ timeout: 2 * patienceMilliseconds });
  await page.getByRole('button', { name: /Kling O3 Standard/ }).click();
  await page.getByRole('radio', { name: '1:1' }).check();
  await page.getByRole('textbox', { name: 'Prompt' }).fill('@cat looks up.');
  const draft = page.getByRole('button', { name: 'Render draft' });
  await soon(() => draft.isEnabled()).toBe(true);
  await page.getByRole('slider', { name: 'Length' }).fill('3');
  await draft.click();
  await soon(async () => (await generations(sandbox))[0]?.state).toBe('done');
  const [made] = await generations(sandbox);
  expect(made.model).toBe('animatic');
  expect(made.films[0].facts).toMatchObject({ width: 720, height: 720, seconds: expect.closeTo(3, 1) });
  expect(await dialog(page).count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test(
  'before a request goes to another model, what becomes of each field is told; in the sandbox it is a draft, and says so',
  inTime,
  async () => {
    const { page, complaints } = await sandbox.visit('/', { reducedMotion: 'reduce' });
    await page.locator('.reference[data-name="cat"] img').waitFor({ timeout: 2 * patienceMilliseconds });
    const prompt = page.getByRole('textbox', { name: 'Prompt' });
    await prompt.fill('Shot 1 (3s): @cat looks up.\nShot 2 (3s): @cat looks down at @mountains.');
    await page.getByRole('button', { name: 'Make them shots' }).click();
    await page.getByRole('button', { name: 'Send to a model' }).click();
    const models = dialog(page).getByRole('group', { name: 'Models that can make it' });
    await models.getByRole('button', { name: /Wan 2\.7/ }).click();
    const row = (path: string) => dialog(page).locator(`.fate-row[data-path="${path}"]`);
    await soon(() => row('shots[0].seconds').getAttribute('data-fate')).toBe('degraded');
    await models.getByRole('button', { name: /Kling O3 Standard/ }).click();
    await soon(() => row('shots[0].seconds').getAttribute('data-fate')).toBe('converted');
    expect(await row('references[1].name').textContent()).toMatch(/@cat · name.*@Element2/);
    // Places have the names that people gave them.
    expect(await dialog(page).textContent()).not.toMatch(/references\[|shots\[/);
    expect(await dialog(page).getByTestId('send-price').textContent()).toBe('$0.67');
    expect(await dialog(page).textContent()).toContain('Sandbox: nothing is sent, nothing is paid.');
    expect(await violations(page)).toEqual([]);

    // One that refuses it says why, and cannot be had.
    await dialog(page)
      .getByText(/models refuse it/)
      .click();
    await models.getByRole('button', { name: /Grok Imagine/ }).click();
    const make = dialog(page).getByRole('button', { name: 'Make the draft' });
    await soon(() => row('shots').getAttribute('data-fate')).toBe('refused');
    expect(await make.isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);

    // Less than asked is refused where that is wished.
    await models.getByRole('button', { name: /Wan 2\.7/ }).click();
    await soon(() => make.isEnabled()).toBe(true);
    await dialog(page).getByRole('switch', { name: 'Refuse anything less than asked' }).check();
    await soon(() => make.isDisabled()).toBe(true);
    await models.getByRole('button', { name: /Kling O3 Standard/ }).click();
    await soon(() => make.isEnabled()).toBe(true);
    const before = (await generations(sandbox)).length;
    await make.click();
    await dialog(page).waitFor({ state: 'detached' });
    await soon(async () => (await generations(sandbox)).length).toBe(before + 1);
    const [made] = await generations(sandbox);
    expect(made).toMatchObject({ model: 'kling-o3-standard-reference-to-video', request: { strict: true } });
    // What is being written stays what it was.
    expect(await page.locator('.compose-model-name').textContent()).toBe('Animatic');
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test('where it is paid for, nothing is sent before somebody has seen the price and says so', inTime, async () => {
  const { page } = await live.visit('/', { reducedMotion: 'reduce' });
  await beginEmpty(page);
  await page.getByRole('button', { name: /Grok Imagine/ }).click();
  await pastePictures(page, 1);
  await page.getByRole('textbox', { name: 'Prompt' }).fill('Steam rises slowly in the morning light.');
  const generate = page.getByRole('button', { name: 'Generate', exact: true });
  await soon(() => generate.isEnabled()).toBe(true);
  await generate.click();
  await dialog(page).getByText('Live: this is sent to the vendor and paid for.').waitFor();
  const pay = dialog(page).getByRole('button', { name: /^Send for .*\$0\.50/ });
  await soon(() => pay.isEnabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  expect([await generations(live), await chargedAt(vendor.url)]).toEqual([[], 0]);

  // A budget that has too little left says so before anybody presses, and no more once it has enough.
  const limitTo = (micros: number) =>
    live.server.ask('/v1/budgets', { method: 'PUT', json: { limit: { micros, currency: 'USD' } } });
  expect((await limitTo(100_000)).status).toBe(200);
  await generate.click();
  await dialog(page)
    .getByText(/budget/i)
    .first()
    .waitFor();
  expect(await pay.isDisabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  expect((await limitTo(10_000_000)).status).toBe(200);

  await generate.click();
  // Models without an account are refused, with what to do.
  await dialog(page)
    .getByText(/models refuse it/)
    .click();
  await dialog(page)
    .getByRole('button', { name: /Kling O3 Pro/ })
    .click();
  await dialog(page)
    .getByText(/No account here can make Kling O3 Pro R2V\. .*REFREEL_ACCOUNTS/)
    .waitFor();
  expect(await dialog(page).getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
  await dialog(page)
    .getByRole('button', { name: /^Grok Imagine/ })
    .click();
  await pay.click();
  await dialog(page).waitFor({ state: 'detached' });
  await soon(async () => (await generations(live))[0]?.state).toBe('done');
  expect((await generations(live))[0].attempts).toMatchObject([{ producer: 'upstream', billed: 'yes' }]);
  expect(await chargedAt(vendor.url)).toBe(1);
  await page.context().close();
});
