import type { CDPSession, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginEmpty, type OpenStudio, openStudio, pastePictures, patienceMilliseconds } from './open-studio.ts';

let studio: OpenStudio;

beforeAll(async () => {
  studio = await openStudio();
}, 2 * patienceMilliseconds);
afterAll(async () => {
  await studio?.close();
});

const inTime = { timeout: 3 * patienceMilliseconds };
const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: patienceMilliseconds });
const phone = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: 'reduce',
} as const;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where something is, `part` of its width from its left. */
async function pointOf(thing: Locator, part = 0.5): Promise<Point> {
  const { x, y, width, height } = (await thing.boundingBox())!;
  return { x: x + part * width, y: y + height / 2 };
}

const touches =
  (finger: CDPSession) =>
  (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Point[]) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints });

/** A finger that goes from one point to another in five steps, as a screen tells of it. */
async function slide(finger: CDPSession, from: Point, to: Point): Promise<void> {
  for (let step = 1; step <= 5; step += 1)
    await touches(finger)('touchMove', {
      x: from.x + (step / 5) * (to.x - from.x),
      y: from.y + (step / 5) * (to.y - from.y),
    });
}

/** Takes a thing to a part of another: the finger stays on it, wherever it scrolls to meanwhile, until the page shows where it would be dropped. */
async function carry(finger: CDPSession, page: Page, thing: Locator, to: Locator, part: number): Promise<void> {
  let at = await pointOf(thing);
  await touches(finger)('touchStart', at);
  await carried(page)();
  const side = part < 0.5 ? 'before' : 'behind';
  await soon(async () => {
    const next = await pointOf(to, part);
    await slide(finger, at, next);
    at = next;
    return await to.evaluate((one) => one.closest('[data-over]')?.getAttribute('data-over'));
  }).toBe(side);
  await touches(finger)('touchEnd');
}

const carried = (page: Page) => () => page.locator('[data-carried]').waitFor();

test('references by a finger: held, carried to another place and dropped; a swipe scrolls', inTime, async () => {
  const { page, complaints } = await studio.visit('/', phone);
  const finger = await page.context().newCDPSession(page);
  await beginEmpty(page);
  await page.getByRole('button', { name: 'Change model' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Grok Imagine/ })
    .click();
  await pastePictures(page, 3);
  await soon(() => page.locator('.reference img').count()).toBe(3);
  const order = () =>
    page.locator('.reference[data-name]').evaluateAll((all) => all.map((one) => one.getAttribute('data-name')));
  const face = (name: string) => page.locator(`.reference[data-name="${name}"] .slot`);
  expect(await order()).toEqual(['p0', 'p40', 'p80']);

  await page.evaluate('scrollTo(0, 0)');
  await face('p80').scrollIntoViewIfNeeded();
  const before = await page.evaluate<number>('scrollY');
  const from = await pointOf(face('p80'));
  await touches(finger)('touchStart', from);
  await slide(finger, from, { x: from.x, y: from.y - 200 });
  await touches(finger)('touchEnd');
  await soon(() => page.evaluate<number>('scrollY')).toBeGreaterThan(before);
  expect(await order()).toEqual(['p0', 'p40', 'p80']);

  await face('p0').scrollIntoViewIfNeeded();
  await page.evaluate(`document.querySelector('[data-name="p0"]').scrollIntoView({ block: 'center' })`);
  await carry(finger, page, face('p0'), face('p40'), 0.6);
  await soon(order).toEqual(['p40', 'p0', 'p80']);
  expect(await page.locator('[data-carried], [data-over]').count()).toBe(0);
  expect(await page.locator('.reference[draggable="true"]').count()).toBe(3);
  // A finger that lets go where it was pressed nothing, and moved nothing.
  await touches(finger)('touchStart', await pointOf(face('p0')));
  await carried(page)();
  await touches(finger)('touchEnd');
  expect(await order()).toEqual(['p40', 'p0', 'p80']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await soon(order).toEqual(['p0', 'p40', 'p80']);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('shots by a finger: to the side of another shot that the finger is on', inTime, async () => {
  const { page, complaints } = await studio.visit('/', phone);
  const finger = await page.context().newCDPSession(page);
  await page.locator('.reference[data-name="cat"] img').waitFor();
  const prompt = page.getByRole('textbox', { name: 'Prompt' });
  const shots = page.getByRole('tablist', { name: 'Shots' }).getByRole('tab');
  const words = () => page.locator('.shot-cell-words').allTextContents();
  await prompt.fill('One.');
  for (const [at, said] of ['Two.', 'Three.'].entries()) {
    await page.getByRole('button', { name: 'Add shot' }).click();
    await soon(() => shots.count()).toBe(at + 2);
    await page.getByRole('textbox', { name: /^Prompt/ }).fill(said);
  }
  await soon(words).toEqual(['One.', 'Two.', 'Three.']);
  await shots.first().scrollIntoViewIfNeeded();
  await carry(finger, page, shots.first(), shots.nth(1), 0.8);
  await soon(words).toEqual(['Two.', 'One.', 'Three.']);
  await shots.nth(2).scrollIntoViewIfNeeded();
  await carry(finger, page, shots.nth(2), shots.first(), 0.2);
  await soon(words).toEqual(['Three.', 'Two.', 'One.']);
  await soon(() => page.locator('.storyboard [role=status]').textContent()).toContain('3');
  // A tap chooses, as ever.
  await shots.nth(1).tap();
  await soon(() => shots.nth(1).getAttribute('aria-selected')).toBe('true');
  expect(complaints).toEqual([]);
  await page.context().close();
});
