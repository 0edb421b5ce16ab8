import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginEmpty, type OpenStudio, openStudio, pastePictures, patienceMilliseconds } from './open-studio.ts';
import { violations } from './violations.ts';

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudio();
}, 2 * patienceMilliseconds);
afterAll(async () => {
  await studio?.close();
});

const inTime = { timeout: 4 * patienceMilliseconds };
const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: patienceMilliseconds });
const heic = {
  name: 'mei.heic',
  mimeType: '',
  buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'.padEnd(400, '\0'), 'latin1'),
};
const pdf = { name: 'script.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };

async function emptyCompose() {
  const { page } = await studio.visit('/', { reducedMotion: 'reduce' });
  await beginEmpty(page);
  return page;
}

async function put(page: Page, label: string, file: typeof heic): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: label, exact: true }).click();
  await (await chooser).setFiles(file);
}

/** Pastes a file of a kind into the page. */
const pasteFile = (page: Page, name: string, type: string) =>
  page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['%PDF-1.7'], ${JSON.stringify(name)}, { type: ${JSON.stringify(type)} }));
    document.querySelector('.references').dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  })()`);

test('a file that cannot be read says why beside its place, also of the smallest, and goes', inTime, async () => {
  const page = await emptyCompose();
  const refused = page.locator('.slot-failure');
  await page.getByRole('button', { name: 'Add Element' }).click();
  await put(page, 'Add: Angle 1', heic);
  await refused.waitFor();
  expect(await refused.textContent()).toMatch(/^mei\.heic is a HEIC picture; .* Convert it/);
  // The same bytes are refused another time.
  expect(await refused.getByRole('button').count()).toBe(0);
  expect(await page.getByRole('button', { name: /^Crop/ }).count()).toBe(0);
  expect(await violations(page, '[aria-label=Inputs]')).toEqual([]);
  await page.getByRole('button', { name: 'Take out: Angle 1' }).click();
  await refused.waitFor({ state: 'detached' });

  // What is nothing for a place is not swallowed.
  const told = page.locator('.notice');
  await put(page, 'Add: Voice', pdf);
  await soon(() => told.textContent()).toContain('script.pdf was not added: only a sound can be put here.');
  await pasteFile(page, 'deal.pdf', 'application/pdf');
  await soon(() => told.textContent()).toContain('deal.pdf was not added: only a picture or a video can be put here.');
  expect(await page.locator('.reference[data-name]').count()).toBe(1);
  await page.context().close();
});

test('where the server is away an upload says so, and is taken when it is back', inTime, async () => {
  const page = await emptyCompose();
  const refused = page.locator('.slot-failure');
  await page.route('**/v1/assets**', (route) => route.abort());
  await pastePictures(page, 1);
  await refused.waitFor({ timeout: 2 * patienceMilliseconds });
  expect(await refused.locator('span').textContent()).toBe('The server does not answer.');
  await page.unroute('**/v1/assets**');
  await refused.getByRole('button', { name: 'Try again' }).click();
  await refused.waitFor({ state: 'detached' });
  await page.locator('.reference[data-name] img').waitFor();
  await page.context().close();
});

test('a name of several words is held together; one that cannot be is told', inTime, async () => {
  const page = await emptyCompose();
  await pastePictures(page, 2);
  const names = page.locator('.reference-name input');
  await soon(() => names.count()).toBe(2);
  await names.first().fill(' Mei  Lin ');
  await names.first().press('Enter');
  expect(await names.first().inputValue()).toBe('Mei_Lin');
  await names.last().fill('mei lin');
  await names.last().press('Enter');
  await soon(() => page.locator('.notice').textContent()).toContain('Another reference has this name.');
  await names.last().fill('who?');
  await names.last().press('Enter');
  await soon(() => page.locator('.notice').textContent()).toMatch(/^“who\?” was not taken, it is still @/);
  await page.context().close();
});

test('a name that is gone is told once however often it stands, and mended at once', inTime, async () => {
  const page = await emptyCompose();
  await pastePictures(page, 2);
  const names = page.locator('.reference-name input');
  await soon(() => names.count()).toBe(2);
  for (const [at, name] of ['mei', 'lin'].entries()) {
    await names.nth(at).fill(name);
    await names.nth(at).press('Enter');
  }
  const prompt = page.getByRole('textbox', { name: 'Prompt' });
  await prompt.fill('@mei sits. @lin waves at @mei.');
  await page.getByRole('button', { name: 'Remove mei', exact: true }).click();
  const gone = page.locator('.unknown-name');
  await soon(() => gone.count()).toBe(1);
  // What is refused is not also said to be kept as words.
  expect(await page.locator('.prompt').textContent()).not.toContain('U+2060');
  await gone.getByRole('button', { name: '@lin' }).click();
  expect(await prompt.inputValue()).toBe('@lin sits. @lin waves at @lin.');
  await page.context().close();
});

test('words are counted as the advice counts them, whatever the model makes of a mention', inTime, async () => {
  const page = await emptyCompose();
  await pastePictures(page, 1);
  const name = page.locator('.reference-name input');
  await name.fill('mei');
  await name.press('Enter');
  await page.getByRole('textbox', { name: 'Prompt' }).fill('@mei sits by the window, slowly.');
  await page.getByRole('button', { name: /^Wan 2\.7/ }).click();
  await soon(() => page.getByTestId('prompt-length').textContent()).toMatch(/^6 words ·/);
  await soon(() => page.locator('.advice-list').textContent()).toContain('The prompt has 6 words');
  // A model has one name.
  expect(await page.locator('main').textContent()).not.toContain('wan2.7-r2v');
  await page.context().close();
});

test('a use that a model does not offer is told in the words of its choice', inTime, async () => {
  const page = await emptyCompose();
  await page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['no film'], 'dance.mp4', { type: 'video/mp4' }));
    document.querySelector('.references').dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  })()`);
  await page.locator('.reference[data-name="dance"]').waitFor();
  await page.getByRole('button', { name: /^Kling O1/ }).click();
  await soon(() => page.locator('.fit-notes').textContent()).toContain(
    '@dance is “Its people or things hold”; Kling O1 offers “Its motion or style guides”, “It is changed”.',
  );
  await page.context().close();
});
