import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallRequest } from '../../packages/server/test-server.ts';
import { beginEmpty, type OpenStudio, openStudio, pastePictures, patienceMilliseconds } from './open-studio.ts';
import { violations } from './violations.ts';

const media = join(import.meta.dirname, '../../media');
let studio: OpenStudio;
/** Pictures as people bring them. */
let pictures: Readonly<
  Record<
    'good' | 'blurred' | 'small' | 'grey' | 'dark' | 'burnt' | 'crowded' | 'drawn',
    { name: string; mimeType: string; buffer: Buffer }
  >
>;

beforeAll(async () => {
  const astronaut = () => sharp(join(media, 'astronaut.png'));
  const file = async (name: string, picture: Sharp) => ({
    name: `${name}.png`,
    mimeType: 'image/png',
    buffer: await picture.png().toBuffer(),
  });
  pictures = {
    good: await file('good', astronaut()),
    blurred: await file('blurred', astronaut().blur(5)),
    small: await file(
      'small',
      astronaut().resize(300).extend({ top: 400, bottom: 400, left: 500, right: 500, background: '#8899aa' }),
    ),
    grey: await file('grey', astronaut().greyscale().toColourspace('srgb')),
    dark: await file('dark', astronaut().linear(0.08)),
    burnt: await file('burnt', astronaut().linear(1.6, 120)),
    crowded: await file('crowded', await crowded()),
    drawn: await file('drawn', sharp(Buffer.from(drawing))),
  };
  studio = await openStudio();
}, 2 * patienceMilliseconds);
afterAll(async () => {
  await studio?.close();
});

const inTime = { timeout: 4 * patienceMilliseconds };
const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: patienceMilliseconds });
const still = { reducedMotion: 'reduce' } as const;

const tile = (page: Page, name: string) => page.locator(`.reference[data-name="${name}"]`);
const chooseModel = (page: Page, name: RegExp) => page.getByRole('button', { name }).click();
const sizeOf = (picture: Locator) =>
  picture.evaluate((image) => {
    const { naturalWidth, naturalHeight } = image as unknown as Record<string, number>;
    return [naturalWidth, naturalHeight];
  });
/** What is this file's to answer for. */
const ours = ['.compose-models', '[aria-label=Inputs]', '[aria-label="Video settings"]'];
const violationsHere = async (page: Page) => {
  const found: string[] = [];
  for (const part of ours) if ((await page.locator(part).count()) > 0) found.push(...(await violations(page, part)));
  return found;
};

/** The portrait before a wall of cups. */
async function crowded(): Promise<Sharp> {
  const cup = await sharp(join(media, 'coffee.png')).resize(64, 48).toBuffer();
  const cups = Array.from({ length: 16 * 12 }, (_, at) => ({
    input: cup,
    left: (at % 16) * 64,
    top: Math.floor(at / 16) * 48,
  }));
  const person = { input: await sharp(join(media, 'astronaut.png')).resize(480).toBuffer(), left: 272, top: 90 };
  return sharp({ create: { width: 1024, height: 576, channels: 3, background: '#8899aa' } }).composite([
    ...cups,
    person,
  ]);
}

/** A face in five flat colours. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640"><rect width="640" height="640" fill="#cfe8ff"/>
  <circle cx="320" cy="330" r="230" fill="#3a6ea5"/><circle cx="320" cy="340" r="170" fill="#ffd9b3"/>
  <circle cx="260" cy="310" r="18" fill="#222"/><circle cx="380" cy="310" r="18" fill="#222"/>
  <path d="M250 410q70 60 140 0" fill="none" stroke="#b03030" stroke-width="14"/></svg>`;

/** Bytes that the workspace has: what the server calls them. */
async function store(name: keyof typeof pictures): Promise<string> {
  const { buffer } = pictures[name];
  const { json } = await studio.server.ask(`/v1/assets?name=${name}.png`, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    bytes: new Uint8Array(buffer),
  });
  return json.asset;
}

test('light, clutter and another style are measured as well, and told in Chinese', inTime, async () => {
  const { page, complaints } = await studio.visit('/', { ...still, locale: 'zh-CN' });
  await tile(page, '小猫').locator('.good-picture').waitFor();
  await chooseModel(page, /Kling O3 Pro/);
  const { dark, burnt, crowded: full, drawn } = pictures;
  await page.locator('.references > input[type=file]').setInputFiles([dark, burnt, full, drawn]);
  const told = (name: string) => soon(() => tile(page, name).locator('.judgement summary').allTextContents());
  await told('dark').toContain('太暗');
  await told('burnt').toContain('过曝');
  await told('crowded').toEqual(['背景杂乱']);
  await told('drawn').toContain('风格不同');
  await tile(page, 'drawn').getByText('风格不同', { exact: true }).click();
  await soon(() => tile(page, 'drawn').locator('.judgement p').first().textContent()).toBe(
    '此图 像绘画，其余图像像照片。 请让所有参考图像的视觉风格一致。',
  );
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('pictures are looked at: what is good, what is not, why, and what to do', inTime, async () => {
  const { page, complaints } = await studio.visit('/', still);
  await tile(page, 'cat').locator('.good-picture').waitFor();
  await chooseModel(page, /Kling O3 Pro/);
  await page.locator('.references > input[type=file]').setInputFiles([pictures.blurred, pictures.small, pictures.grey]);
  await soon(() => tile(page, 'blurred').locator('.judgement summary').allTextContents()).toContain('Blurred');
  await soon(() => tile(page, 'grey').locator('.judgement summary').allTextContents()).toContain('Another style');
  await soon(() => tile(page, 'small').locator('.judgement summary').allTextContents()).toEqual(['Subject is small']);
  await tile(page, 'blurred').getByText('Blurred', { exact: true }).click();
  await soon(() => tile(page, 'blurred').locator('.judgement p').first().textContent()).toBe(
    'This picture is blurred. Use a sharp picture: details are what a look is held by.',
  );
  // Said beside the picture, and not among what is said of the words.
  expect(await page.locator('.advice-list').allTextContents()).not.toContain('blurred');
  expect(await violationsHere(page)).toEqual([]);

  // What to do about it: a crop around the subject, with keys alone.
  const before = await sizeOf(tile(page, 'small').locator('.slot.tile img'));
  await tile(page, 'small').getByRole('button', { name: 'Crop: Frontal' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Crop: Frontal' });
  await dialog.locator('.crop-box').waitFor();
  expect(await dialog.getByRole('radio', { name: '1:1' }).isChecked()).toBe(true);
  const size = dialog.getByRole('slider', { name: 'Size' });
  const suggested = Number(await size.inputValue());
  expect(suggested).toBeLessThan(0.8);
  await size.press('ArrowRight');
  expect(Number(await size.inputValue())).toBeCloseTo(suggested + 0.01, 2);
  expect(await violations(page, 'dialog')).toEqual([]);
  const said = (await dialog.locator('output').textContent())!.match(/\d+/g)!.map(Number);
  await dialog.getByRole('button', { name: 'Crop', exact: true }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await soon(() => tile(page, 'small').locator('.judgement summary').allTextContents()).not.toContain(
    'Subject is small',
  );
  await soon(() => sizeOf(tile(page, 'small').locator('.slot.tile img'))).toEqual(said);
  expect(said[0]).toBe(said[1]);
  expect(said[0]).toBeLessThan(before[1]!);
  await page.getByRole('button', { name: 'Undo' }).click();
  await soon(() => sizeOf(tile(page, 'small').locator('.slot.tile img'))).toEqual(before);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('frames: pasted, cropped to the film, swapped', inTime, async () => {
  const { page, complaints } = await studio.visit('/', still);
  await beginEmpty(page);
  await chooseModel(page, /Kling O3 Pro/);
  await page.getByRole('tab', { name: 'References' }).press('ArrowRight');
  expect(await page.getByRole('tab', { name: 'Image' }).getAttribute('aria-selected')).toBe('true');
  const frame = (name: string) =>
    page.locator('.frame', { has: page.getByRole('button', { name: `Replace: ${name}` }) }).locator('img');
  // Nothing has the focus that could take it: it goes to the panel that is open.
  await page.evaluate(`(async () => {
    const canvas = new OffscreenCanvas(600, 600);
    canvas.getContext('2d').fillRect(0, 0, 300, 300);
    const files = new DataTransfer();
    files.items.add(new File([await canvas.convertToBlob()], 'first.png', { type: 'image/png' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true }));
  })()`);
  await soon(() => sizeOf(frame('Start frame'))).toEqual([600, 600]);
  await page.getByRole('button', { name: 'Crop: Start frame' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.locator('.crop-box').waitFor();
  expect(
    await dialog.getByRole('radio').evaluateAll((all) => all.map((one) => one.parentElement!.textContent)),
  ).toEqual(['16:9', '9:16', '1:1', 'As it is']);
  // Dragged to the top.
  const box = (await dialog.locator('.crop-box').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y - 400, { steps: 4 });
  await page.mouse.up();
  expect(Number(await dialog.getByRole('slider', { name: 'Top to bottom' }).inputValue())).toBe(0);
  await dialog.getByRole('button', { name: 'Crop', exact: true }).click();
  await soon(() => sizeOf(frame('Start frame'))).toEqual([600, 338]);
  await page.getByRole('button', { name: 'Swap start and end frame' }).click();
  await soon(() => sizeOf(frame('End frame'))).toEqual([600, 338]);
  expect(await page.getByRole('button', { name: 'Add: Start frame' }).count()).toBe(1);
  expect(await violationsHere(page)).toEqual([]);

  // A model that wants its frames exact gets them exact.
  await page.getByRole('button', { name: 'Swap start and end frame' }).click();
  await chooseModel(page, /^Sora 2/);
  await page.getByRole('button', { name: 'Crop: Start frame' }).press('Enter');
  await dialog.locator('.crop-box').waitFor();
  const exact = (await dialog.locator('output').textContent())!.match(/\d+/g)!.map(Number);
  await dialog.getByRole('button', { name: 'Crop', exact: true }).click();
  await soon(() => sizeOf(frame('Start frame'))).toEqual(exact);
  await soon(() => page.locator('.finding.wrong', { hasText: 'startFrame' }).count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('inputs from an address, the library and the gallery', inTime, async () => {
  const good = await store('good');
  const address = `${studio.server.url}/v1/assets/${good.replace('asset:', '')}/content`;
  await studio.server.ask('/v1/references', { json: { kind: 'subject', name: 'eileen', image: good, angles: [good] } });
  await studio.server.ask('/v1/generations?wait=60', { json: { ...smallRequest, model: 'animatic' } });
  const { page, complaints } = await studio.visit('/', still);
  await beginEmpty(page);
  const add = async (source: string) => {
    await page.getByRole('button', { name: 'Add an input' }).click();
    await page.getByRole('menuitem', { name: source }).click();
  };
  const dialog = page.getByRole('dialog');

  await add('From an address');
  await dialog.getByRole('textbox', { name: 'Address of the file' }).fill('not an address');
  expect(await dialog.getByRole('button', { name: 'Fetch' }).isDisabled()).toBe(true);
  await dialog.getByRole('textbox', { name: 'Address of the file' }).fill(address);
  await dialog.getByRole('radio', { name: 'Scene image' }).check();
  expect(await violations(page, 'dialog')).toEqual([]);
  await dialog.getByRole('button', { name: 'Fetch' }).click();
  await soon(() => page.locator('.reference.scene img').count()).toBe(1);

  await add('From the library');
  await dialog.locator('[data-name=eileen]').click();
  await tile(page, 'eileen').locator('.slot.tile img').waitFor();
  expect(await tile(page, 'eileen').locator('.slot.angle img').count()).toBe(1);

  await add('Last picture of a film');
  await dialog.locator('.pick').first().click();
  await page.getByRole('dialog', { name: 'Use it as' }).getByRole('button', { name: 'Start frame' }).click();
  await soon(() => sizeOf(page.locator('.frame img'))).toEqual([128, 72]);

  await add('A film of the gallery');
  await dialog.locator('.pick').first().click();
  await page.getByRole('dialog', { name: 'Use it as' }).getByRole('button', { name: 'Video' }).click();
  await page.locator('.reference.video video').waitFor();
  const video = page.locator('.reference.video').first();
  await video.getByRole('combobox', { name: 'What it is for' }).selectOption({ label: 'It is changed' });
  await video.getByText('Keep its sound').click();
  expect(await video.getByRole('switch').isChecked()).toBe(true);
  expect(await video.getByRole('button', { name: 'Add: Voice' }).count()).toBe(1);

  // An address that is dropped on a place, and one that is pasted where a place has the focus.
  const give = (kind: 'drop' | 'paste', selector: string) =>
    page.evaluate(`(() => {
      const given = new DataTransfer();
      given.setData('text/uri-list', ${JSON.stringify(address)});
      given.setData('text/plain', ${JSON.stringify(address)});
      const place = document.querySelector(${JSON.stringify(selector)});
      const common = { bubbles: true, cancelable: true };
      place.dispatchEvent(${
        kind === 'drop'
          ? "new DragEvent('drop', { ...common, dataTransfer: given })"
          : "new ClipboardEvent('paste', { ...common, clipboardData: given })"
      });
    })()`);
  await give('drop', '.reference.scene .slot.angle .slot-face');
  await page.locator('.reference.scene .slot.angle img').waitFor();
  await give('paste', '.reference.scene .slot.angle:last-of-type .slot-face');
  await soon(() => page.locator('.reference.scene .slot.angle img').count()).toBe(2);
  expect(await page.locator('.reference.scene [data-inputs=angle]').textContent()).toContain('2 / 3');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('order: by drag, by buttons, by keys; the tags follow', inTime, async () => {
  const { page } = await studio.visit('/', still);
  await beginEmpty(page);
  await chooseModel(page, /Grok Imagine/);
  await pastePictures(page, 3);
  await soon(() => page.locator('.reference img').count()).toBe(3);
  const tags = () =>
    page
      .locator('.reference[data-name]')
      .evaluateAll((all) =>
        all.map((one) => `${one.dataset.name} ${one.querySelector('.reference-tag')?.textContent}`),
      );
  const inOrder = (...names: string[]) => soon(tags).toEqual(names.map((name, at) => `${name} @Image${at + 1}`));
  await inOrder('p0', 'p40', 'p80');
  await tile(page, 'p0').locator('.slot').dragTo(tile(page, 'p80').locator('.slot'));
  await inOrder('p40', 'p80', 'p0');
  const front = tile(page, 'p0').getByRole('button', { name: 'Move p0 one place to the front' });
  await front.click();
  await inOrder('p40', 'p0', 'p80');
  // The focus goes with what is moved.
  await front.press('Enter');
  await inOrder('p0', 'p40', 'p80');
  expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toContain('Move p0');
  await page.keyboard.press('Shift+ArrowRight');
  await inOrder('p40', 'p0', 'p80');
  await page.keyboard.press('Shift+ArrowRight');
  await inOrder('p40', 'p80', 'p0');
  await page.keyboard.press('Shift+ArrowRight');
  await inOrder('p40', 'p80', 'p0');
  await soon(() => page.locator('.references [role=status]').textContent()).toBe(
    '@p40: @Image1, @p80: @Image2, @p0: @Image3',
  );
  await page.context().close();
});

test(
  'another model: what it takes, in which region; the work is kept and what does not fit is told',
  inTime,
  async () => {
    const { page } = await studio.visit('/', still);
    await tile(page, 'cat').locator('img').waitFor();
    const models = page.locator('.compose-models');
    const listed = async () => (await models.locator('.model-name').allTextContents()).map((name) => name.trim());
    const all = await listed();
    expect(all[0]).toBe('Animatic offline');
    await models.getByText('When do I need references?').click();
    expect(await models.locator('.models-help li').count()).toBe(4);
    await models.getByRole('searchbox').fill('elements 角色');
    expect(await listed()).toEqual([]);
    await models.getByRole('searchbox').fill('iteration');
    expect(await listed()).toEqual(['Kling O3 Standard R2V']);
    await models.getByRole('searchbox').fill('');
    await models.getByText('Filter and sort').click();
    await models.getByRole('checkbox', { name: 'Voices' }).check();
    await models.getByRole('checkbox', { name: 'End frame' }).check();
    expect(await listed()).toEqual(['Animatic offline']);
    await models.getByRole('button', { name: 'Clear' }).click();
    await models.getByRole('combobox', { name: 'Ready within' }).selectOption({ label: '5 min' });
    expect(await listed()).not.toContain('Kling O3 Pro R2V');
    expect(await listed()).toContain('Animatic offline');
    expect(await violationsHere(page)).toEqual([]);
    await models.getByRole('button', { name: 'Clear' }).click();
    expect(await listed()).toEqual(all);

    await chooseModel(page, /^Grok Imagine/);
    const notes = page.locator('.fit-notes');
    await soon(() => notes.textContent()).toContain('@collins, @cat');
    await soon(() => notes.textContent()).toContain('takes subjects as reference images');
    // All are pictures to it, and stand in one row.
    const tags = () =>
      page
        .locator('.references-kind:first-of-type .reference[data-name]')
        .evaluateAll((found) =>
          found.map((one) => `${one.dataset.name} ${one.querySelector('.reference-tag')?.textContent}`),
        );
    await soon(tags).toEqual(['collins @Image1', 'cat @Image2', 'mountains @Image3']);
    await page.getByRole('button', { name: 'Move mountains one place to the front' }).click();
    await soon(tags).toEqual(['collins @Image1', 'mountains @Image2', 'cat @Image3']);
    await notes.getByRole('button', { name: 'Close these notes' }).click();
    expect(await notes.count()).toBe(0);

    await chooseModel(page, /^Wan 2\.6 R2V(?! Flash)/);
    const region = page.getByRole('group', { name: 'Region' });
    const lengths = () => page.getByRole('group', { name: 'Length' }).locator('label').allTextContents();
    const generate = page.getByRole('button', { name: 'Generate', exact: true });
    await soon(() => generate.isEnabled()).toBe(true);
    const quote = await page.getByTestId('quote').textContent();
    await region.getByRole('radio', { name: 'Singapore' }).check();
    await soon(() => page.getByTestId('quote').textContent()).not.toBe(quote);
    await soon(() => generate.isEnabled()).toBe(true);
    await region.getByRole('radio', { name: 'US (Virginia)' }).check();
    await soon(lengths).toEqual(['5 s', '10 s']);
    // No pictures there, in the words of the card.
    await soon(() => generate.isDisabled()).toBe(true);
    await soon(() => page.locator('.reference.scene .finding.wrong').count()).toBe(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await soon(() => generate.isEnabled()).toBe(true);
    await page.context().close();
  },
);

test('with keys alone: a reference is added, ordered, and a film is made', inTime, async () => {
  const { page, complaints } = await studio.visit('/', still);
  await tile(page, 'cat').locator('img').waitFor();
  /** Goes to what is called so, as whoever has no mouse: forwards, key by key. */
  const tabTo = async (name: RegExp) => {
    for (let steps = 0; steps < 250; steps += 1) {
      const [label, tabbable] = await page.evaluate<[string, boolean]>(`(() => {
        const { activeElement: at } = document;
        return [(at?.getAttribute('aria-label') ?? at?.textContent ?? '').trim(), at !== document.body];
      })()`);
      if (tabbable && name.test(label)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no Tab leads to ${name}`);
  };
  await tabTo(/^Add Element$/);
  await page.keyboard.press('Enter');
  await tile(page, 'subject1').waitFor();
  // Behind what was there.
  await page.keyboard.press('Shift+Tab');
  await tabTo(/^Add: Frontal$/);
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(pictures.good);
  await tile(page, 'subject1').locator('img').waitFor();
  await tabTo(/^Move subject1 one place to the front$/);
  await page.keyboard.press('Shift+ArrowLeft');
  await soon(() =>
    page.locator('.reference.subject[data-name]').evaluateAll((all) => all.map((one) => one.dataset.name)),
  ).toEqual(['collins', 'subject1', 'cat']);
  await soon(() => page.locator('.slot-state').count()).toBe(0);
  await page.getByRole('textbox', { name: 'Prompt' }).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Slow push in on @subj');
  await page.getByRole('option', { name: '@subject1' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('waving.');
  expect(await page.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe('Slow push in on @subject1 waving.');
  await soon(() => page.getByRole('button', { name: 'Generate', exact: true }).isEnabled()).toBe(true);
  await tabTo(/^Generate$/);
  await page.keyboard.press('Enter');
  await page.locator('.queue-item[data-state="done"]', { hasText: '@subject1' }).waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('on a phone nothing is wider than it', inTime, async () => {
  const { page } = await studio.visit('/', { ...still, viewport: { width: 390, height: 844 }, hasTouch: true });
  await tile(page, 'cat').locator('img').waitFor();
  const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
  await page.getByRole('button', { name: 'Add an input' }).click();
  await page.getByRole('menuitem', { name: 'From an address' }).waitFor();
  await soon(width).toBe(390);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Crop: Frontal' }).first().click();
  await page.locator('.crop-box').waitFor();
  expect([await width(), await violations(page, 'dialog')]).toEqual([390, []]);
  const dialog = (await page.getByRole('dialog').boundingBox())!;
  expect(dialog.width).toBeLessThanOrEqual(390);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Change model' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Wan 2\.7/ })
    .click();
  await page.locator('.fit-notes').waitFor();
  await page.getByRole('tab', { name: 'Image' }).click();
  expect([await width(), await violationsHere(page)]).toEqual([390, []]);
  await page.context().close();
});
