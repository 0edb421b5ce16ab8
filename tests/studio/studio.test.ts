import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtFolder } from '../../packages/studio/build.ts';
import { firstLoad } from '../../packages/studio/first-load.ts';
import { type OpenStudio, openStudio, pasteText, patienceMilliseconds, playedFilm } from './open-studio.ts';

let studio: OpenStudio;

beforeAll(async () => {
  studio = await openStudio();
}, 2 * patienceMilliseconds);
afterAll(async () => {
  await studio?.close();
});

/** What a page comes to: a loaded machine needs a while. */
const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: patienceMilliseconds });

const inTime = { timeout: 3 * patienceMilliseconds };

test('what is loaded before somebody can write is small', () => {
  const { page, compose } = firstLoad(builtFolder);
  const bytes = compose.reduce((sum, script) => sum + statSync(join(builtFolder, `${script}.gz`)).size, 0);
  expect(page.length).toBeGreaterThan(0);
  expect(compose.length).toBeGreaterThan(page.length);
  expect(bytes).toBeLessThanOrEqual(240_000);
  const textOf = (scripts: readonly string[]) =>
    scripts.map((script) => readFileSync(join(builtFolder, script), 'utf8')).join();
  // The catalog and the rules come behind the first picture, the codecs of vendors behind all that.
  expect(textOf(page)).not.toContain('kling-o3');
  expect(textOf(compose)).toContain('kling-o3');
  expect(textOf(compose)).not.toContain('frontal_image_url');
});

test('words are loaded in one language; another one when it is chosen', inTime, async () => {
  const { page } = await studio.visit('/', { locale: 'zh-CN' });
  const loaded = () =>
    page.evaluate<string[]>(`performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))`);
  const words = async () => (await loaded()).flatMap((name) => /^(en|zh)-[\w-]+\.js$/.exec(name)?.[1] ?? []);
  await soon(words).toEqual(['zh']);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Compose a film' }).waitFor({ state: 'attached' });
  expect([await words(), await page.evaluate('document.documentElement.lang')]).toEqual([['zh', 'en'], 'en']);
  await page.context().close();
});

describe('a newcomer walks from the first page to a played film', () => {
  test.each([
    {
      locale: 'en-US',
      named: ['collins', 'cat', 'mountains'],
      says: {
        shorter: '480p',
        generate: 'Generate',
        gallery: 'Gallery',
        film: 'Film',
        remix: 'Remix',
        prompt: 'Prompt',
      },
    },
    {
      locale: 'zh-CN',
      named: ['柯林斯', '小猫', '群山'],
      says: { shorter: '480p', generate: '生成影片', gallery: '作品', film: '影片', remix: '再创作', prompt: '提示词' },
    },
  ])('in $locale', inTime, async ({ locale, named, says }) => {
    const { page, complaints } = await studio.visit('/', { locale });
    await page.locator(`.reference[data-name="${named[2]}"] img`).waitFor();
    expect(
      await page.locator('.reference[data-name]').evaluateAll((all) => all.map((one) => one.dataset.name)),
    ).toEqual(named);
    expect(await page.locator('.mention').allTextContents()).toContain(`@${named[0]}`);
    expect(await page.locator('.mention.unknown').count()).toBe(0);
    await page.getByRole('radio', { name: says.shorter }).check();
    await page.getByRole('button', { name: says.generate, exact: true }).click();
    await page.locator('.queue-item[data-state="done"]', { hasText: `@${named[0]}` }).waitFor();

    await page.getByRole('link', { name: says.gallery }).click();
    await page.locator('.film-tile').first().click();
    await page.getByRole('dialog', { name: says.film }).waitFor();
    const film = await playedFilm(page);
    expect(film.height).toBe(480);
    expect(film.seconds).toBeCloseTo(5, 1);

    await page.getByRole('button', { name: says.remix }).click();
    const prompt = page.getByRole('textbox', { name: says.prompt, exact: true });
    expect(await prompt.inputValue()).toContain(`@${named[0]}`);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

test(
  'the sample is whole also where the server has its pictures before the page has the last of them',
  inTime,
  async () => {
    // What it has measured before it answers at once.
    for (const name of ['collins', 'cat', 'mountains']) {
      const bytes = readFileSync(join(import.meta.dirname, `../../packages/studio/samples/${name}.webp`));
      await studio.server.ask('/v1/assets', { bytes, headers: { 'content-type': 'image/webp' } });
    }
    const { page } = await studio.visit('/library');
    let sent = 0;
    page.on('requestfinished', (request) => {
      if (request.method() === 'POST' && request.url().includes('/v1/assets')) sent += 1;
    });
    await page.route(/mountains-[\w-]+\.webp$/, async (route) => {
      await new Promise((done) => setTimeout(done, 3000));
      await route.continue();
    });
    await page.getByRole('link', { name: 'Compose' }).click();
    await page.locator('.reference[data-name="cat"] img').waitFor();
    await soon(async () => sent).toBe(3);
    await soon(() => page.getByRole('button', { name: 'Generate', exact: true }).isEnabled()).toBe(true);
    await page.context().close();
  },
);

test(
  'what is typed with an input method: Enter that ends a composition takes nothing from the list',
  inTime,
  async () => {
    const { page } = await studio.visit('/', { locale: 'zh-CN' });
    await page.locator('.reference[data-name="小猫"] img').waitFor();
    const prompt = page.getByRole('textbox', { name: '提示词', exact: true });
    await prompt.fill('');
    await prompt.focus();
    const keys = await page.context().newCDPSession(page);
    const options = page.locator('.mention-option');
    await keys.send('Input.insertText', { text: '＠' });
    await soon(() => options.count()).toBe(3);
    await keys.send('Input.imeSetComposition', { text: '小', selectionStart: 1, selectionEnd: 1 });
    // The list is open, and Enter would take its first.
    expect(await options.count()).toBe(3);
    // What browsers send for a key that the input method takes.
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
    await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
    await keys.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
    await page.evaluate('new Promise(requestAnimationFrame)');
    expect(await prompt.inputValue()).toBe('＠小');
    // The composition ends.
    await keys.send('Input.insertText', { text: '小' });
    await soon(() => options.allTextContents()).toEqual([expect.stringContaining('@小猫')]);
    await page.keyboard.press('Enter');
    await soon(() => prompt.inputValue()).toBe('@小猫 ');
    await page.context().close();
  },
);

test(
  'names: a tag that is pasted is bound, a rename is written everywhere, an unknown name has its fix',
  inTime,
  async () => {
    const { page } = await studio.visit();
    await page.locator('.reference[data-name="cat"] img').waitFor();
    await page.getByRole('button', { name: /Kling O3 Pro/ }).click();
    const prompt = page.getByRole('textbox', { name: 'Prompt' });
    await prompt.fill('');
    await prompt.focus();
    await pasteText(page, '@Element2 jumps over @Image1.');
    await soon(() => prompt.inputValue()).toBe('@cat jumps over @mountains.');
    await page.getByRole('button', { name: 'Move cat one place to the front' }).click();
    await soon(() => page.locator('.reference[data-name="cat"] .reference-tag').textContent()).toBe('@Element1');
    expect(await prompt.inputValue()).toBe('@cat jumps over @mountains.');
    const name = page.getByRole('textbox', { name: 'Name of cat' });
    await name.fill('tiger');
    await name.press('Enter');
    await soon(() => prompt.inputValue()).toBe('@tiger jumps over @mountains.');
    await prompt.fill('@tigre jumps.');
    await page.locator('.unknown-name').getByRole('button', { name: '@tiger' }).click();
    await soon(() => prompt.inputValue()).toBe('@tiger jumps.');
    await page.context().close();
  },
);

test('a page that is loaded again while a film is made: the draft is there, and so is the film', inTime, async () => {
  const { page } = await studio.visit();
  await page.locator('.reference[data-name="cat"] img').waitFor();
  const generate = page.getByRole('button', { name: 'Generate', exact: true });
  await soon(() => generate.isEnabled()).toBe(true);
  const prompt = page.getByRole('textbox', { name: 'Prompt' });
  await prompt.fill('Slow push in on @cat.');
  await page.getByRole('slider', { name: 'Length' }).fill('15');
  await generate.click();
  const running = page.locator('.queue-item:not([data-state="done"]):not([data-state="failed"])');
  await running.waitFor();
  await page.reload();
  await running.waitFor();
  expect(await prompt.inputValue()).toBe('Slow push in on @cat.');
  await soon(() => page.locator('.queue-item').first().getAttribute('data-state')).toBe('done');
  // It is found again by the project that it was written in.
  const project = await page.evaluate<string>(`localStorage.getItem('refreel.open')`);
  const [made] = (await studio.server.ask('/v1/generations')).json.items;
  expect(made.project).toMatch(/^prj_/);
  expect(project).toContain(made.project);
  await page.context().close();
});
