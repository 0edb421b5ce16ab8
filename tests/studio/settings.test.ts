import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminKey, makeTestKey } from '../../packages/server/test-server.ts';
import { type OpenStudio, openStudio, patienceMilliseconds } from './open-studio.ts';
import { violations } from './violations.ts';

let locked: OpenStudio;

beforeAll(async () => {
  locked = await openStudio({ admin: true });
}, 2 * patienceMilliseconds);
afterAll(async () => {
  await locked?.close();
});

const inTime = { timeout: 5 * patienceMilliseconds };
const calm = { reducedMotion: 'reduce' } as const;
const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: patienceMilliseconds });
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const isSound = async (page: Page, width: number) =>
  expect([await violations(page), await page.evaluate('document.documentElement.scrollWidth')]).toEqual([[], width]);

test(
  'the administrator makes the first key, an account, and takes both back; a key is shown once',
  inTime,
  async () => {
    const { page } = await locked.visit('/settings', calm);
    await section(page, 'Administration').waitFor();
    expect(await section(page, 'Accounts').count()).toBe(0);
    expect(await section(page, 'Budgets').count()).toBe(0);
    expect(await page.locator('[data-mode="sandbox"]').textContent()).toContain('nothing is paid');
    await isSound(page, 1440);
    const key = page.getByLabel('Administrator’s key');
    await key.fill('wrong');
    await section(page, 'Administration').getByRole('button', { name: 'Open' }).click();
    await section(page, 'Administration').getByRole('alert').waitFor();
    await key.fill(adminKey);
    await page.keyboard.press('Enter');

    const keys = section(page, 'Keys');
    await keys.getByLabel('Name of a new key').fill('film people');
    await keys.getByRole('button', { name: 'Create' }).click();
    const secret = (await keys.locator('code', { hasText: /^rfl_.{20,}/ }).textContent())!;
    expect((await locked.server.ask('/v1/generations', { key: secret })).status).toBe(200);
    await isSound(page, 1440);
    await keys.getByRole('button', { name: 'Hide' }).click();
    await soon(() => page.content()).not.toContain(secret);
    await keys.getByRole('button', { name: 'Revoke the key film people' }).click();
    await keys.getByRole('button', { name: 'Revoke for good' }).click();
    await keys.locator('[data-key="film people"]', { hasText: 'revoked' }).waitFor();
    expect((await locked.server.ask('/v1/generations', { key: secret })).status).toBe(401);

    const accounts = section(page, 'Accounts');
    await accounts.getByText('Add an account').first().click();
    await accounts.getByLabel('Name', { exact: true }).fill('studio-account');
    await accounts.getByLabel('Speaks').selectOption('venice');
    await accounts.getByLabel('Base address').fill('https://venice.example/api/v1');
    await accounts.getByLabel('Key', { exact: true }).fill('sk-of-a-vendor');
    await accounts.getByRole('button', { name: 'Add an account' }).click();
    const row = accounts.locator('[data-account="studio-account"]');
    await row.getByText('venice.example').waitFor();
    expect(await page.content()).not.toContain('sk-of-a-vendor');
    await row.getByRole('button', { name: 'Test' }).click();
    // A sandbox asks no vendor, and says so.
    await accounts.getByRole('alert').waitFor();
    await isSound(page, 1440);
    await row.getByRole('button', { name: 'Remove the account studio-account' }).click();
    await row.waitFor({ state: 'detached' });
    await page.reload();
    await section(page, 'Administration').waitFor();
    expect(await section(page, 'Keys').count()).toBe(0);
    await page.context().close();
  },
);

test('whoever has a key signs in, sets a budget and takes it away; on a phone', inTime, async () => {
  const { secret } = await makeTestKey(locked.server, 'savers');
  const { page, complaints } = await locked.visit('/', { ...calm, viewport: { width: 390, height: 844 } });
  await page.getByLabel('Key').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.compose').waitFor();
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  const budgets = section(page, 'Budgets');
  await budgets.getByText('Nothing is limited.').waitFor();
  const amount = budgets.getByLabel('Amount');
  await amount.fill('12,5x');
  expect(await budgets.getByRole('button', { name: 'Set' }).isDisabled()).toBe(true);
  await amount.fill('12.50');
  await budgets.getByLabel('Currency').selectOption('USD');
  await page.keyboard.press('Enter');
  await amount.press('Enter');
  await budgets.getByText('$12.50 a month').waitFor();
  await budgets.getByText('$0.00 spent · $0.00 reserved · $12.50 left').waitFor();
  expect((await locked.server.ask('/v1/budgets', { key: secret })).json.items[0].limit.micros).toBe(12_500_000);
  await isSound(page, 390);
  await budgets.getByRole('button', { name: 'Remove the budget of $12.50 a month' }).click();
  await budgets.getByText('Nothing is limited.').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await section(page, 'Administration').waitFor();
  await page.getByRole('link', { name: 'Compose', exact: true }).click();
  await page.getByLabel('Key').waitFor();
  expect(complaints.filter((one) => !/40[13]/.test(one))).toEqual([]);
  await page.context().close();
});

test('"?" lists the shortcuts, in both languages; they go to pages, undo, and open the code', inTime, async () => {
  const { secret } = await makeTestKey(locked.server, 'keyboard people');
  const { page } = await locked.visit('/', calm);
  await page.getByLabel('Key').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.reference[data-name="cat"] img').waitFor();
  await page.locator('.shell-mark').focus();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.getByText('The request as code').waitFor();
  expect(await violations(page, 'dialog')).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  // In a text "?" is a question mark.
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
  await prompt.fill('Who');
  await prompt.press('?');
  expect(await prompt.inputValue()).toBe('Who?');
  expect(await dialog.count()).toBe(0);
  await prompt.blur();
  await page.keyboard.press('Control+z');
  await soon(() => prompt.inputValue()).not.toBe('Who?');
  await page.keyboard.press('Control+Shift+z');
  await soon(() => prompt.inputValue()).toBe('Who?');
  const code = page.getByRole('button', { name: 'This request as code' });
  await soon(() => code.isEnabled()).toBe(true);
  await page.keyboard.press('Control+/');
  await page.getByRole('dialog', { name: 'This request as code' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+5');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await page.getByRole('radio', { name: '中文' }).check();
  await page.getByRole('heading', { name: '键盘快捷键' }).waitFor();
  await isSound(page, 1440);
  await page.keyboard.press('Alt+1');
  await page.locator('.compose').waitFor();
  await page.context().close();
});

test('whoever signs in after somebody else finds nothing of theirs', inTime, async () => {
  const [first, second] = [await makeTestKey(locked.server, 'first'), await makeTestKey(locked.server, 'second')];
  const { page } = await locked.visit('/', calm);
  const signIn = async (secret: string) => {
    await page.getByLabel('Key').fill(secret);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
  await signIn(first.secret);
  await page.locator('.reference[data-name="cat"] img').waitFor();
  await prompt.fill('Nobody else reads this.');
  await page.getByRole('textbox', { name: 'Name of the project' }).fill('Ours');
  await page.locator('.save-state[data-save="saved"]').waitFor();
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('Not signed in.').waitFor();
  await page.getByRole('link', { name: 'Compose', exact: true }).click();
  await signIn(second.secret);
  await soon(() => prompt.inputValue()).toBe('');
  await page.getByRole('link', { name: 'Projects', exact: true }).click();
  await page.getByText('Nothing yet.').waitFor();
  expect(await page.locator('.project-card').count()).toBe(0);
  expect((await locked.server.ask('/v1/projects', { key: second.secret })).json.items).toEqual([]);
  await page.context().close();
});
