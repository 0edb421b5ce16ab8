import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findCard } from '../../packages/core/catalog/index.ts';
import type { Card, InputName } from '../../packages/core/model/index.ts';
import { beginEmpty, type OpenStudio, openStudio, pastePictures, patienceMilliseconds } from './open-studio.ts';

// Every limit of the panel of Kling O3, at it and one past it. The numbers are the card's; that the card's are the guide's is told by
// packages/core/catalog/check-venice.test.ts.
const card = findCard('kling-o3-pro-reference-to-video') as Card;

const mostOf = (of: readonly InputName[], framed = false) => {
  const found = card.totals.find(
    (one) =>
      one.most !== undefined &&
      one.of.join() === of.join() &&
      (one.when === undefined || (one.when.has !== undefined) === framed),
  );
  return found!.most!;
};
const most = {
  together: mostOf(['frame', 'subject', 'scene', 'image']),
  elements: mostOf(['subject']),
  elementsWithFrame: mostOf(['subject'], true),
  scenes: mostOf(['scene', 'image']),
  angles: card.inputs.subject!.mostAngles!,
  prompt: card.prompt.most!,
  negative: card.prompt.negativeMost!,
};
const seconds = card.seconds.limits[0] as { readonly from: number; readonly to: number };
const each = card.shots.each!;

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudio();
}, 2 * patienceMilliseconds);
afterAll(async () => {
  await studio?.close();
});

const inTime = { timeout: 3 * patienceMilliseconds };
const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: patienceMilliseconds });

/** An empty project on the model, and what a person reads of its limits. */
async function openPanel() {
  const { page, complaints } = await studio.visit();
  await beginEmpty(page);
  await chooseModel(page);
  await page.getByRole('textbox', { name: 'Prompt' }).fill('They dance in the rain while the camera pushes in slowly.');
  return { page, complaints, ...partsOf(page) };
}

function partsOf(page: Page) {
  const counter = (inputs: string) => page.locator(`.counters [data-inputs="${inputs}"]`);
  return {
    generate: page.getByRole('button', { name: 'Generate', exact: true }),
    reasons: page.locator('#generate-reasons'),
    elements: counter('subject'),
    scenes: counter('scene image'),
    together: counter('frame subject scene image'),
  };
}

async function chooseModel(page: Page, name: RegExp = /Kling O3 Pro/) {
  await page.getByRole('button', { name }).click();
}

const isWrong = (counter: Locator) => counter.evaluate((one) => one.classList.contains('wrong'));
const counts = (counter: Locator) => soon(async () => (await counter.textContent())?.match(/\d+ \/ \d+/)?.[0]);

async function picture(page: Page, name = 'picture.png') {
  const buffer = await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 180 } });
  return { name, mimeType: 'image/png', buffer };
}

async function addScenes(page: Page, count: number) {
  const chooser = page.waitForEvent('filechooser');
  await page.locator('.reference-add.scene').click();
  const file = await picture(page);
  await (await chooser).setFiles(Array.from({ length: count }, (_, at) => ({ ...file, name: `scene${at}.png` })));
}

async function addFrame(page: Page, frame: 'Start frame' | 'End frame') {
  await page.getByRole('tab', { name: 'Image' }).click();
  await page
    .locator('.frame', { has: page.getByRole('button', { name: `Add: ${frame}` }) })
    .locator('input[type=file]')
    .setInputFiles(await picture(page));
  await page.getByRole('button', { name: `Replace: ${frame}` }).waitFor();
  await page.getByRole('tab', { name: 'References' }).click();
}

async function removeElements(page: Page, count: number) {
  for (let left = 0; left < count; left += 1)
    await page.locator('.reference.subject .reference-row').last().getByRole('button', { name: 'Remove' }).click();
}

test('at least one input that can be seen; elements alone, and their tags', inTime, async () => {
  const { page, complaints, generate, reasons, elements, together } = await openPanel();
  await soon(() => reasons.textContent()).toMatch(/start frames, subjects, scenes or reference images/);
  expect(await generate.isDisabled()).toBe(true);

  await pastePictures(page, most.elements);
  await counts(elements).toBe(`${most.elements} / ${most.elements}`);
  await soon(() => generate.isEnabled()).toBe(true);
  expect(await page.locator('.reference-tag').allTextContents()).toEqual(
    Array.from({ length: most.elements }, (_, at) => `@Element${at + 1}`),
  );
  await pastePictures(page, 1, 300);
  await counts(elements).toBe(`${most.elements + 1} / ${most.elements}`);
  expect([await isWrong(elements), await isWrong(together), await generate.isDisabled()]).toEqual([true, true, true]);
  await soon(() => reasons.textContent()).toContain(String(most.elements));
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('with a frame fewer elements; start and end frame count among all', inTime, async () => {
  const { page, generate, elements, together } = await openPanel();
  await pastePictures(page, most.elementsWithFrame + 1);
  await counts(elements).toBe(`${most.elementsWithFrame + 1} / ${most.elements}`);
  await addFrame(page, 'Start frame');
  await counts(elements).toBe(`${most.elementsWithFrame + 1} / ${most.elementsWithFrame}`);
  expect([await isWrong(elements), await isWrong(together)]).toEqual([true, false]);
  await soon(() => generate.isDisabled()).toBe(true);
  await removeElements(page, 1);
  await counts(elements).toBe(`${most.elementsWithFrame} / ${most.elementsWithFrame}`);
  await soon(() => generate.isEnabled()).toBe(true);

  // A start frame, the elements and so many scenes are all there may be; an end frame is one more.
  await addScenes(page, most.together - 1 - most.elementsWithFrame);
  await counts(together).toBe(`${most.together} / ${most.together}`);
  await soon(() => generate.isEnabled()).toBe(true);
  await addFrame(page, 'End frame');
  await counts(together).toBe(`${most.together + 1} / ${most.together}`);
  expect([await isWrong(together), await isWrong(elements)]).toEqual([true, false]);
  await soon(() => generate.isDisabled()).toBe(true);
  await page.locator('.reference.scene .reference-row').last().getByRole('button', { name: 'Remove' }).click();
  await counts(together).toBe(`${most.together} / ${most.together}`);
  await soon(() => generate.isEnabled()).toBe(true);
  await page.context().close();
});

test('scenes, and the angles of an element', inTime, async () => {
  const { page, generate, scenes, together } = await openPanel();
  await addScenes(page, most.scenes);
  await counts(scenes).toBe(`${most.scenes} / ${most.scenes}`);
  await soon(() => generate.isEnabled()).toBe(true);
  expect(await page.locator('.reference.scene .reference-tag').allTextContents()).toEqual(
    Array.from({ length: most.scenes }, (_, at) => `@Image${at + 1}`),
  );
  await addScenes(page, 1);
  await counts(scenes).toBe(`${most.scenes + 1} / ${most.scenes}`);
  expect([await isWrong(scenes), await isWrong(together)]).toEqual([true, false]);
  await soon(() => generate.isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Undo' }).click();
  await soon(() => isWrong(scenes)).toBe(false);

  // An element without its frontal picture is none; its angles count for nothing in all together.
  await page.getByRole('button', { name: 'Add Element' }).click();
  await soon(() => generate.isDisabled()).toBe(true);
  const element = page.locator('.reference.subject').first();
  await element.locator('.slot.tile input[type=file]').setInputFiles(await picture(page));
  await element.getByRole('button', { name: 'Replace: Frontal' }).waitFor();
  for (let angle = 1; angle <= most.angles; angle += 1) {
    await element
      .locator('.slot.angle', { has: page.getByRole('button', { name: `Add: Angle ${angle}` }) })
      .locator('input')
      .setInputFiles(await picture(page));
    await element.getByRole('button', { name: `Replace: Angle ${angle}` }).waitFor();
  }
  await counts(element.locator('[data-inputs=angle]')).toBe(`${most.angles} / ${most.angles}`);
  await counts(together).toBe(`${most.scenes + 1} / ${most.together}`);
  await soon(() => generate.isEnabled()).toBe(true);
  // There is no place for one more.
  expect(await element.getByRole('button', { name: `Add: Angle ${most.angles + 1}` }).count()).toBe(0);
  await page.context().close();
});

test('seconds, ratios, sound and its price', inTime, async () => {
  const { page, generate, reasons } = await openPanel();
  await pastePictures(page, 1);
  const length = page.getByRole('slider', { name: 'Length' });
  expect([await length.getAttribute('min'), await length.getAttribute('max'), await length.inputValue()]).toEqual([
    String(seconds.from),
    String(seconds.to),
    String(card.seconds.default),
  ]);
  const quote = page.getByTestId('quote');
  const [sound, silent] = card.price!.rates.map(({ micros }) => micros!);
  const price = (micros: number, of: number) => `$${((micros * of) / 1_000_000).toFixed(2)}`;
  for (const edge of [seconds.from, seconds.to]) {
    await length.fill(String(edge));
    await soon(() => quote.textContent()).toBe(price(silent!, edge));
  }
  const audio = page.getByRole('switch', { name: 'Generate audio' });
  expect(await audio.isChecked()).toBe(card.audio.default);
  await soon(() => page.locator('.toggle', { has: audio }).textContent()).toContain(
    `+${price(sound! - silent!, seconds.to)}`,
  );
  await page.getByText('Generate audio').click();
  await soon(() => quote.textContent()).toBe(price(sound!, seconds.to));
  await soon(() => generate.isEnabled()).toBe(true);

  const ratios = [...new Set(card.formats.list.map(({ ratio }) => ratio))];
  const offered = page.getByRole('group', { name: 'Ratio' }).getByRole('radio');
  expect(await offered.evaluateAll((all) => all.map((one) => one.parentElement!.textContent))).toEqual(ratios);

  // What another model allows is kept, and told: a second more, a second less, a shape that this one does not make.
  await chooseModel(page, /^Animatic/);
  for (const beyond of [seconds.to + 1, seconds.from - 1]) {
    await length.fill(String(beyond));
    await chooseModel(page);
    await soon(() => generate.isDisabled()).toBe(true);
    await soon(() => page.locator('.fit-notes').textContent()).toContain(`is ${beyond};`);
    await soon(() => reasons.textContent()).toContain(`is ${beyond};`);
    await chooseModel(page, /^Animatic/);
  }
  await length.fill(String(seconds.to));
  await page.getByRole('radio', { name: '4:3' }).check();
  await chooseModel(page);
  await soon(() => page.locator('.fit-notes').textContent()).toContain('4:3');
  await soon(() => generate.isDisabled()).toBe(true);
  await page.getByRole('radio', { name: ratios[1]! }).check();
  await soon(() => generate.isEnabled()).toBe(true);
  await soon(() => page.locator('.fit-notes').count()).toBe(0);
  await page.context().close();
});

test('shots: each of them, and their sum', inTime, async () => {
  const { page, generate, reasons } = await openPanel();
  await pastePictures(page, 1);
  await page.getByRole('button', { name: 'Add shot' }).click();
  await page.getByRole('textbox', { name: 'Prompt' }).fill('They bow.');
  const chosen = (number: number) =>
    page
      .getByRole('tablist', { name: 'Shots' })
      .getByRole('tab')
      .nth(number - 1);
  const set = async (number: number, value: number) => {
    await chosen(number).click();
    await page.getByRole('spinbutton', { name: `Seconds of shot ${number}` }).fill(String(value));
  };
  await set(1, each.from);
  await set(2, seconds.to - each.from);
  await soon(() => generate.isEnabled()).toBe(true);
  await set(2, seconds.to - each.from + 1);
  await soon(() => generate.isDisabled()).toBe(true);
  await soon(() => reasons.textContent()).toContain(String(seconds.to));
  await set(2, each.from);
  await soon(() => generate.isEnabled()).toBe(true);
  await set(1, each.from - 1);
  await soon(() => generate.isDisabled()).toBe(true);
  await soon(() => reasons.textContent()).toContain(String(each.from));
  await page.context().close();
});

test('characters of the prompt and of the negative prompt', inTime, async () => {
  const { page, generate, reasons } = await openPanel();
  await pastePictures(page, 1);
  const words = (count: number) =>
    'Rain falls. '
      .repeat(Math.ceil(count / 12))
      .slice(0, count - 1)
      .concat('.');
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
  await prompt.fill(words(most.prompt));
  await soon(() => generate.isEnabled()).toBe(true);
  await prompt.fill(words(most.prompt + 1));
  await soon(() => generate.isDisabled()).toBe(true);
  await soon(() => reasons.textContent()).toMatch(new RegExp(String(most.prompt).replace(/(\d)(\d{3})$/, '$1,?$2')));
  await prompt.fill('They dance.');
  await page.getByText('More settings').click();
  const negative = page.getByRole('textbox', { name: 'Negative prompt' });
  await negative.fill(words(most.negative));
  await soon(() => generate.isEnabled()).toBe(true);
  await negative.fill(words(most.negative + 1));
  await soon(() => generate.isDisabled()).toBe(true);
  await page.context().close();
});
