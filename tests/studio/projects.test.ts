import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readZip } from '../../packages/studio/projects/zip/read-zip.ts';
import { type OpenStudio, openStudio, patienceMilliseconds } from './open-studio.ts';
import { violations } from './violations.ts';

let studio: OpenStudio;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-projects-'));
  studio = await openStudio();
}, 2 * patienceMilliseconds);
afterAll(async () => {
  await studio?.close();
  rmSync(folder, { recursive: true, force: true });
});

const calm = { reducedMotion: 'reduce' } as const;
const inTime = { timeout: 5 * patienceMilliseconds };
const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: patienceMilliseconds });

/** The parts of the page that these tests work with. */
const on = (page: Page) => ({
  prompt: page.getByRole('textbox', { name: 'Prompt', exact: true }),
  name: page.getByRole('textbox', { name: 'Name of the project' }),
  save: page.locator('.save-state'),
  saved: () => page.locator('.save-state[data-save="saved"]').waitFor(),
  state: () => page.locator('.save-state').getAttribute('data-save'),
  card: (name: string) => page.locator(`.project-card[data-project="${name}"]`),
  menu: async (name: string, item: string) => {
    await page.getByRole('button', { name: `More for ${name}`, exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  },
  goTo: (link: string) => page.getByRole('link', { name: link, exact: true }).click(),
});

/** A new project with a name and a prompt, saved. */
async function begin(page: Page, name: string, prompt: string): Promise<void> {
  const ours = on(page);
  await page.locator('.reference[data-name="cat"] img').waitFor();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await ours.prompt.fill(prompt);
  await ours.name.fill(name);
  await ours.saved();
}

const listed = async (): Promise<{ id: string; name: string; version: number }[]> =>
  (await studio.server.ask('/v1/projects')).json.items;
const idOf = async (name: string) => (await listed()).find((one) => one.name === name)!.id;
const promptOf = async (name: string): Promise<string> =>
  (await studio.server.ask(`/v1/projects/${await idOf(name)}`)).json.document.request.shots[0].prompt;

test('what is written is saved by itself; the sample that nobody touched is not', inTime, async () => {
  const { page, complaints } = await studio.visit('/', calm);
  const ours = on(page);
  await page.locator('.reference[data-name="cat"] img').waitFor();
  expect([await ours.name.inputValue(), await ours.state()]).toEqual(['Sample', 'new']);
  await begin(page, 'Rain', 'A lamp in the rain.');
  expect((await listed()).map(({ name }) => name)).toEqual(['Rain']);
  await soon(() => promptOf('Rain')).toBe('A lamp in the rain.');
  await page.reload();
  expect([await ours.prompt.inputValue(), await ours.name.inputValue()]).toEqual(['A lamp in the rain.', 'Rain']);
  await ours.saved();

  // Somewhere else it is opened from the list.
  const other = await studio.visit('/projects', calm);
  await on(other.page).card('Rain').getByRole('button', { name: 'Open Rain' }).click();
  await soon(() => on(other.page).prompt.inputValue()).toBe('A lamp in the rain.');
  await other.page.context().close();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('without a server work goes on in the browser, and is saved when it is back', inTime, async () => {
  const { page } = await studio.visit('/', calm);
  const ours = on(page);
  await begin(page, 'Away', 'One.');
  await page.context().setOffline(true);
  await ours.prompt.fill('Two.');
  await page.locator('.save-state[data-save="savedHere"]').waitFor();
  expect(await promptOf('Away')).toBe('One.');
  await ours.goTo('Projects');
  await ours.card('Away').waitFor();
  await ours.goTo('Compose');
  await page.context().setOffline(false);
  await ours.saved();
  expect(await promptOf('Away')).toBe('Two.');
  await page.context().close();
});

test('two tabs on one project follow each other, and neither overwrites the other', inTime, async () => {
  const { page: one } = await studio.visit('/', calm);
  await begin(one, 'Tabs', 'From the first.');
  const two = await one.context().newPage();
  await two.goto(`${studio.server.url}/`);
  await soon(() => on(two).prompt.inputValue()).toBe('From the first.');
  await on(two).prompt.fill('From the second.');
  await soon(() => on(one).prompt.inputValue()).toBe('From the second.');
  await on(one).saved();
  await on(two).saved();
  await soon(() => promptOf('Tabs')).toBe('From the second.');

  // Both write at once: what the other tab stores arrives while this one has something of its own.
  await on(one).prompt.fill('Mine.');
  await one.evaluate(`(() => {
    const id = JSON.parse(localStorage.getItem('refreel.open'));
    const kept = JSON.parse(localStorage.getItem('refreel.project.' + id));
    kept.project.request.shots[0].prompt = 'Theirs.';
    localStorage.setItem('refreel.project.' + id, JSON.stringify({ ...kept, stamp: 'other', unsent: true, edition: 99 }));
  })()`);
  await one.locator('.save-state[data-save="rival"]').waitFor();
  // The other tab takes over what was stored, and sends it.
  await soon(() => promptOf('Tabs')).toBe('Theirs.');
  await on(two).saved();
  await one.getByRole('button', { name: 'Keep mine' }).click();
  await on(one).saved();
  await soon(() => promptOf('Tabs')).toBe('Mine.');
  await soon(async () => (await listed()).map(({ name }) => name)).toContain('Tabs (copy)');
  expect(await promptOf('Tabs (copy)')).toBe('Theirs.');
  await one.context().close();
});

test.each([
  ['Keep mine', 'Mine.', undefined],
  ['Take the other', 'From elsewhere.', 'Mine.'],
] as const)('somebody elsewhere saved first, and "%s" loses nothing', inTime, async (button, stays, copied) => {
  const { page } = await studio.visit('/', calm);
  const ours = on(page);
  const name = `Both ${button}`;
  await begin(page, name, 'Before.');
  const id = await idOf(name);
  const there = (await studio.server.ask(`/v1/projects/${id}`)).json;
  const request = { ...there.document.request, shots: [{ prompt: 'From elsewhere.' }] };
  const json = { base: there.version, document: { ...there.document, request }, device: 'Firefox, macOS' };
  expect((await studio.server.ask(`/v1/projects/${id}/versions`, { json })).status).toBe(201);
  await ours.prompt.fill('Mine.');
  const alert = page.getByRole('alert').filter({ hasText: 'Firefox, macOS' });
  await alert.waitFor();
  expect(await ours.state()).toBe('conflict');
  expect(await promptOf(name)).toBe('From elsewhere.');
  expect(await violations(page, '.project-top')).toEqual([]);
  await alert.getByRole('button', { name: button }).click();
  await ours.saved();
  expect(await ours.prompt.inputValue()).toBe(stays);
  await soon(() => promptOf(name)).toBe(stays);
  if (copied !== undefined) await soon(() => promptOf(`${name} (copy)`)).toBe(copied);
  const versions = (await studio.server.ask(`/v1/projects/${id}/versions`)).json.items;
  const texts = await Promise.all(
    versions.map(async ({ version }: { version: number }) =>
      JSON.stringify((await studio.server.ask(`/v1/projects/${id}/versions/${version}`)).json.document),
    ),
  );
  expect(texts.some((text) => text.includes('From elsewhere.'))).toBe(true);
  await page.context().close();
});

test('a version is looked at and restored; undo and redo go back and forth', inTime, async () => {
  const { page } = await studio.visit('/', calm);
  const ours = on(page);
  await begin(page, 'Versions', 'The first.');
  await ours.prompt.fill('The second.');
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await ours.prompt.inputValue()).toBe('The first.');
  await page.getByRole('button', { name: 'Redo' }).click();
  expect(await ours.prompt.inputValue()).toBe('The second.');
  await ours.saved();
  // Another opening of the page is another version.
  await page.reload();
  await ours.prompt.fill('The third.');
  await soon(() => promptOf('Versions')).toBe('The third.');
  await ours.saved();
  await ours.menu('Versions', 'Versions');
  const dialog = page.getByRole('dialog', { name: 'Versions' });
  await soon(() => dialog.locator('.version').count()).toBe(2);
  await dialog.locator('.version').nth(1).click();
  await dialog.getByText('The second.').waitFor();
  expect(await violations(page, 'dialog')).toEqual([]);
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await soon(() => ours.prompt.inputValue()).toBe('The second.');
  await soon(() => dialog.locator('.version').count()).toBe(3);
  expect(await promptOf('Versions')).toBe('The second.');
  await page.keyboard.press('Escape');
  await page.context().close();
});

test('the list: rename, duplicate, export, delete and take back, import; on a phone, by keys', inTime, async () => {
  const { page } = await studio.visit('/', { ...calm, viewport: { width: 390, height: 844 } });
  const ours = on(page);
  await page.locator('.reference[data-name="cat"] img').waitFor();
  await ours.name.fill('Pack');
  await ours.saved();
  await ours.goTo('Projects');
  await ours.card('Pack').locator('img').waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);

  // By keys alone: the menu, and the name.
  await ours.card('Pack').getByRole('button', { name: 'More for Pack' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Rename' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Name of Pack' }).waitFor();
  await page.keyboard.type('Packed');
  await page.keyboard.press('Enter');
  await ours.card('Packed').waitFor();
  await soon(async () => (await listed()).map(({ name }) => name)).toContain('Packed');

  await ours.menu('Packed', 'Duplicate');
  await soon(() => ours.name.inputValue()).toBe('Packed (copy)');
  await ours.saved();
  await ours.goTo('Projects');

  const [download] = await Promise.all([page.waitForEvent('download'), ours.menu('Packed', 'Export as ZIP')]);
  expect(download.suggestedFilename()).toBe('Packed.zip');
  const file = join(folder, 'Packed.zip');
  await download.saveAs(file);
  const files = await readZip(new Blob([readFileSync(file)]));
  expect([...files.keys()].filter((one) => one.startsWith('media/'))).toHaveLength(3);

  await ours.menu('Packed', 'Delete');
  await ours.card('Packed').waitFor({ state: 'detached' });
  expect((await listed()).map(({ name }) => name)).not.toContain('Packed');
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await ours.card('Packed').waitFor();
  await ours.menu('Packed', 'Delete');
  await ours.card('Packed').waitFor({ state: 'detached' });

  const picker = page.locator('input[type=file]');
  writeFileSync(join(folder, 'wrong.zip'), 'no archive');
  await picker.setInputFiles(join(folder, 'wrong.zip'));
  await page.getByText('This is no ZIP archive, or it is damaged.').waitFor();
  await picker.setInputFiles(file);
  await page.getByText('“Packed” was imported.').waitFor();
  await ours.card('Packed').getByRole('button', { name: 'Open Packed' }).click();
  await page.locator('.reference[data-name="cat"] img').waitFor();
  expect(await ours.prompt.inputValue()).toContain('@collins');
  await page.context().close();
});

test('a project that was deleted elsewhere is kept, or let go', inTime, async () => {
  const { page } = await studio.visit('/', calm);
  const ours = on(page);
  await begin(page, 'Gone', 'Stay.');
  await studio.server.ask(`/v1/projects/${await idOf('Gone')}`, { method: 'DELETE' });
  await ours.prompt.fill('Stay here.');
  await page.locator('.save-state[data-save="gone"]').waitFor();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await ours.saved();
  expect(await promptOf('Gone')).toBe('Stay here.');
  await page.context().close();
});
