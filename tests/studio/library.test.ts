import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallRequest } from '../../packages/server/test-server.ts';
import { beginEmpty, type OpenStudio, openStudio, pastePictures, patienceMilliseconds } from './open-studio.ts';
import { violations } from './violations.ts';

let studio: OpenStudio;
let image: string;

const inTime = { timeout: 3 * patienceMilliseconds };
const quiet = { reducedMotion: 'reduce' } as const;

beforeAll(async () => {
  studio = await openStudio();
  const bytes = readFileSync(join(import.meta.dirname, '../../media/cat.png'));
  const stored = await studio.server.ask('/v1/assets', { bytes, headers: { 'content-type': 'image/png' } });
  image = stored.json.asset;
}, 2 * patienceMilliseconds);
afterAll(async () => {
  expect(studio?.server.faults).toEqual([]);
  await studio?.close();
});

const keep = async (name: string, more: object = {}) =>
  (await studio.server.ask('/v1/references', { json: { name, image, ...more } })).json.id as string;
const listed = async () => {
  const { json } = await studio.server.ask('/v1/references');
  return (json.items as { name: string }[]).map(({ name }) => name);
};

test('a reference of Compose is kept, used again, and the library says where', inTime, async () => {
  const { page, complaints } = await studio.visit('/', quiet);
  await beginEmpty(page);
  await pastePictures(page, 1);
  const tile = page.locator('.reference[data-name]').first();
  await tile.locator('img').waitFor();
  const name = (await tile.getAttribute('data-name'))!;
  await tile.getByRole('button', { name: `Keep ${name} in the library` }).click();
  await page.getByRole('status').getByText(`${name} is kept in the library`).waitFor();
  expect(await listed()).toEqual([name]);
  await tile.getByRole('button', { name: `${name} is kept in the library` }).waitFor();

  await page.getByRole('textbox', { name: 'Prompt' }).fill(`Slow push in on @${name}.`);
  await page.getByRole('radio', { name: '480p' }).check();
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  await page.locator('.queue-item[data-state="done"]').waitFor();
  await page.getByRole('link', { name: 'Library' }).click();
  const saved = page.locator(`.saved[data-name="${name}"]`);
  await saved.getByRole('button', { name: 'Used in one film' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await saved.getByText('Used in one film').click();
  const uses = page.getByRole('dialog', { name: `Films made with ${name}` });
  await uses.getByRole('button', { name: /Animatic/ }).click();
  await page.getByRole('dialog', { name: 'Film' }).getByText(`Slow push in on @${name}.`).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  // Into a new document, by its button.
  await page.getByRole('link', { name: 'Compose' }).click();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.locator('.reference[data-name]').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Library' }).click();
  await saved.getByRole('button', { name: 'Use in Compose' }).click();
  await page.locator(`.reference[data-name="${name}"] img`).waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a name is changed by keys, and one that is taken says so', inTime, async () => {
  const [id] = [await keep('mei'), await keep('lee', { kind: 'scene' })];
  const { page } = await studio.visit('/library', quiet);
  const name = page.getByRole('textbox', { name: 'Name of mei' });
  await name.fill('lee');
  await name.press('Enter');
  await page.getByRole('alert').getByText('A saved reference is called "lee" already.').waitFor();
  await name.fill('two words');
  await page.getByRole('alert').getByText('A name is 1 to 40 letters').waitFor();
  expect(await violations(page)).toEqual([]);
  await name.fill('梅');
  await name.press('Enter');
  await page.locator('.saved[data-name="梅"]').waitFor();
  expect((await studio.server.ask(`/v1/references/${id}`)).json.name).toBe('梅');
  await page.context().close();
});

test('forgetting says what goes and what stays', inTime, async () => {
  const id = await keep('tom', { angles: [image] });
  const json = { ...smallRequest, prompt: '@tom sleeps.', references: [{ saved: 'tom' }] };
  await studio.server.ask('/v1/generations?wait=60', { json });
  const { page } = await studio.visit('/library', { ...quiet, viewport: { width: 390, height: 844 } });
  const saved = page.locator('.saved[data-name="tom"]');
  await saved.waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  await saved.getByRole('button', { name: 'Forget tom' }).click();
  const window = page.getByRole('dialog', { name: 'Forget @tom?' });
  await window.getByText('One film was made with it and stays as it is.').waitFor();
  expect(await violations(page)).toEqual([]);
  await window.getByRole('button', { name: 'Keep it' }).click();
  expect(await listed()).toContain('tom');
  await saved.getByRole('button', { name: 'Forget tom' }).click();
  await window.getByRole('button', { name: 'Forget' }).click();
  await saved.waitFor({ state: 'detached' });
  expect((await studio.server.ask(`/v1/references/${id}`)).status).toBe(404);
  await page.context().close();
});

test('an empty library says how it is filled, in Chinese too', inTime, async () => {
  for (const { id } of (await studio.server.ask('/v1/references?limit=100')).json.items)
    await studio.server.ask(`/v1/references/${id}`, { method: 'DELETE' });
  const { page } = await studio.visit('/library', { ...quiet, locale: 'zh-CN' });
  await page.getByText('这里还没有内容。').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});
