import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenStudio, openStudio, pasteText, patienceMilliseconds } from './open-studio.ts';
import { violations } from './violations.ts';

let studio: OpenStudio;

beforeAll(async () => {
  studio = await openStudio();
}, 2 * patienceMilliseconds);
afterAll(async () => {
  await studio?.close();
});

/** What a page comes to: a loaded machine needs a while. */
const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: patienceMilliseconds });
const inTime = { timeout: 5 * patienceMilliseconds };

/** The guide's own example of a storyboard. */
const guide = `Shot 1 (5s): @Element1 stands at the edge of @Image1, looking out at the horizon. Slow camera push forward.
Shot 2 (4s): Close-up of @Element2 as it turns toward the camera. Soft natural lighting.
Shot 3 (3s): @Element1 walks away from camera into the distance. Wide cinematic shot.`;

/** The sample on Kling O3, with nothing written. */
async function visitKling(): Promise<{ page: Page; complaints: readonly string[] }> {
  const { page, complaints } = await studio.visit('/', { reducedMotion: 'reduce' });
  await page.locator('.reference[data-name="cat"] img').waitFor();
  await page.getByRole('button', { name: /Kling O3 Pro/ }).click();
  await page.getByRole('textbox', { name: 'Prompt' }).fill('');
  return { page, complaints };
}

const shotsOf = (page: Page) => page.getByRole('tablist', { name: 'Shots' }).getByRole('tab');
/** What each shot begins with. */
const wordsOf = async (page: Page) =>
  (await page.locator('.shot-cell-words').allTextContents()).map((text) => text.split(/\s/)[0]);
const chosen = (page: Page) => shotsOf(page).evaluateAll((all) => all.findIndex((one) => one.ariaSelected === 'true'));
const total = (page: Page) => page.getByTestId('shots-total');

test(
  'a text that lists shots becomes shots: a strip by seconds, each with its picture, its words and all references',
  inTime,
  async () => {
    const { page, complaints } = await visitKling();
    await page.getByRole('textbox', { name: 'Prompt' }).focus();
    await pasteText(page, guide);
    expect(await shotsOf(page).count()).toBe(1);
    await page.getByText('This text lists 3 shots.').waitFor();
    await page.getByRole('button', { name: 'Make them shots' }).click();
    await soon(() => shotsOf(page).count()).toBe(3);
    expect(await total(page).textContent()).toBe('12 / 15 s');

    const widths = await shotsOf(page).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
    expect(widths[0]! / widths[2]!).toBeCloseTo(5 / 3, 1);
    expect(widths[1]! / widths[2]!).toBeCloseTo(4 / 3, 1);
    // Its subjects have to be cut out first.
    await expect.poll(() => page.locator('.shot-cell-picture').count(), { timeout: 3 * patienceMilliseconds }).toBe(3);
    const pictures = await page
      .locator('.shot-cell-picture')
      .evaluateAll((all) => all.map((one) => one.getAttribute('style')));
    expect(new Set(pictures).size).toBe(3);

    const prompt = page.getByRole('textbox', { name: 'Prompt of shot 1' });
    expect(await prompt.inputValue()).toBe(
      '@collins stands at the edge of @mountains, looking out at the horizon. Slow camera push forward.',
    );
    await shotsOf(page).nth(1).click();
    const second = page.getByRole('textbox', { name: 'Prompt of shot 2' });
    expect(await second.inputValue()).toContain('Close-up of @cat');
    expect(await page.locator('.mention.unknown').count()).toBe(0);
    await second.fill('@cat yawns.');
    await soon(() => wordsOf(page)).toEqual(['@collins', '@cat', '@collins']);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test(
  'shots by the keyboard alone: chosen, moved, doubled, parted, put between, removed, and all of it undone',
  inTime,
  async () => {
    const { page } = await visitKling();
    await page
      .getByRole('textbox', { name: 'Prompt' })
      .fill('Shot 1 (5s): One.\nShot 2 (4s): Two. And more.\nShot 3 (3s): Three.');
    await page.getByRole('button', { name: 'Make them shots' }).press('Enter');
    const undo = page.getByRole('button', { name: 'Undo' });
    await shotsOf(page).first().focus();
    await page.keyboard.press('ArrowRight');
    await soon(() => chosen(page)).toBe(1);
    await page.keyboard.press('Shift+ArrowLeft');
    await soon(() => wordsOf(page)).toEqual(['Two.', 'One.', 'Three.']);
    await soon(() => chosen(page)).toBe(0);
    await soon(() => page.getByRole('status').filter({ hasText: 'Shot 2 is now shot 1.' }).count()).toBe(1);

    // Twelve seconds and four more are one too many for this model, whose card says fifteen.
    await page.keyboard.press('d');
    await soon(() => total(page).textContent()).toBe('16 / 15 s');
    expect(await total(page).evaluate((one) => one.classList.contains('wrong-text'))).toBe(true);
    await soon(() => page.getByRole('button', { name: 'Generate', exact: true }).isDisabled()).toBe(true);
    await soon(() => chosen(page)).toBe(1);
    await page.keyboard.press('Delete');
    await soon(() => wordsOf(page)).toEqual(['Two.', 'One.', 'Three.']);

    // Three seconds are left.
    await page.keyboard.press('Home');
    await page.keyboard.press('n');
    await soon(() => total(page).textContent()).toBe('15 / 15 s');
    expect(await wordsOf(page)).toEqual(['Two.', '', 'One.', 'Three.']);
    await page.keyboard.press('Enter');
    await page.keyboard.type('Between.');
    await soon(() => wordsOf(page)).toEqual(['Two.', 'Between.', 'One.', 'Three.']);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Shift+Tab');

    // A shot of four seconds in two: each is three at the least, by the card.
    await shotsOf(page).first().click();
    await page.keyboard.press('s');
    await soon(() => wordsOf(page)).toEqual(['Two.', 'And', 'Between.', 'One.', 'Three.']);
    expect(await total(page).textContent()).toBe('17 / 15 s');
    await undo.click();
    await soon(() => shotsOf(page).count()).toBe(4);
    for (let step = 0; step < 10 && (await shotsOf(page).count()) > 1; step += 1) await undo.click();
    await soon(() => page.getByRole('textbox', { name: 'Prompt', exact: true }).inputValue()).toContain(
      'Shot 1 (5s): One.',
    );
    await page.context().close();
  },
);

test(
  'shots by the pointer: added, parted at the caret, dragged, moved and removed by buttons; what no model makes is marked',
  inTime,
  async () => {
    const { page } = await visitKling();
    const prompt = page.getByRole('textbox', { name: /^Prompt/ });
    await prompt.fill('First second');
    await prompt.press('Home');
    for (const _ of 'First ') await prompt.press('ArrowRight');
    await page.getByRole('button', { name: 'Split shot 1' }).click();
    await soon(() => wordsOf(page)).toEqual(['First', 'second']);
    await page.getByRole('button', { name: 'Add shot' }).click();
    await soon(() => shotsOf(page).count()).toBe(3);
    await page.getByText('Shot 3 is empty.').first().waitFor();
    await prompt.fill('Last one.');
    await soon(() => wordsOf(page)).toEqual(['First', 'second', 'Last']);

    const from = (await shotsOf(page).nth(2).boundingBox())!;
    await shotsOf(page)
      .nth(2)
      .dragTo(shotsOf(page).first(), { targetPosition: { x: 6, y: from.height / 2 } });
    await soon(() => wordsOf(page)).toEqual(['Last', 'First', 'second']);
    await soon(() => chosen(page)).toBe(0);
    await page.getByRole('button', { name: 'Move shot 1 to the back' }).click();
    await soon(() => wordsOf(page)).toEqual(['First', 'Last', 'second']);
    await page.getByRole('button', { name: 'Duplicate shot 2' }).click();
    await soon(() => wordsOf(page)).toEqual(['First', 'Last', 'Last', 'second']);
    await page.getByRole('button', { name: 'Remove shot 3' }).click();
    await soon(() => wordsOf(page)).toEqual(['First', 'Last', 'second']);

    await page.getByRole('spinbutton', { name: 'Seconds of shot 3' }).fill('2');
    await soon(() => shotsOf(page).nth(2).textContent()).toMatch(/cannot be made/);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('spinbutton', { name: 'Seconds of shot 3' }).fill('4');
    await soon(() => shotsOf(page).nth(2).textContent()).toMatch(/^Shot 3\s*4 s\s*second/);
    await page.context().close();
  },
);

test(
  'the pattern and its words, in the language of the text; a click expands the prompt and shows what it adds',
  inTime,
  async () => {
    const { page } = await visitKling();
    const prompt = page.getByRole('textbox', { name: 'Prompt' });
    const pattern = page.getByRole('group', { name: 'What a good prompt says' });
    const part = (name: string) => pattern.getByRole('button', { name: new RegExp(`^${name}`) });
    await prompt.fill('@collins');
    await part('Action').click();
    await page.getByRole('button', { name: 'turns toward the camera' }).click();
    await soon(() => prompt.inputValue()).toBe('@collins turns toward the camera');
    await part('Camera').click();
    await page.getByRole('button', { name: 'Tracking shot from behind' }).click();
    await soon(() => prompt.inputValue()).toBe('Tracking shot from behind. @collins turns toward the camera');
    await soon(() => part('Camera').textContent()).toContain('(said)');
    expect(await part('Style').textContent()).toContain('(not said yet)');
    await part('Place').click();
    await page.getByRole('group', { name: 'Words: Place' }).getByRole('button', { name: '@mountains' }).click();
    await soon(() => prompt.inputValue()).toMatch(/@mountains/);

    await prompt.fill('@collins walks through @mountains.');
    await page.getByRole('button', { name: 'Expand' }).click();
    const proposal = page.getByRole('region', { name: 'Expanded prompt' });
    await soon(() => proposal.locator('ins').allTextContents()).toEqual([
      'Slow camera push forward. ',
      ' Soft natural lighting. Cinematic style.',
    ]);
    expect(await violations(page)).toEqual([]);
    await proposal.getByRole('button', { name: 'Discard' }).click();
    expect(await prompt.inputValue()).toBe('@collins walks through @mountains.');
    await page.getByRole('button', { name: 'Expand' }).click();
    await proposal.getByRole('button', { name: 'Accept' }).click();
    await soon(() => prompt.inputValue()).toBe(
      'Slow camera push forward. @collins walks through @mountains. Soft natural lighting. Cinematic style.',
    );
    await page.getByRole('button', { name: 'Expand' }).click();
    await page.getByText('Nothing is missing.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await soon(() => prompt.inputValue()).toBe('@collins walks through @mountains.');

    // The words are those of the text, whatever language the page is in.
    await prompt.fill('@collins 走过群山');
    await part('Light').click();
    await page.getByRole('button', { name: '柔和的自然光' }).click();
    await soon(() => prompt.inputValue()).toBe('@collins 走过群山。柔和的自然光。');
    await page.context().close();
  },
);

test.each([
  { width: 1440, height: 900 },
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
])('the prompt is seen without scrolling at $width x $height', inTime, async (viewport) => {
  const { page } = await studio.visit('/', { viewport, reducedMotion: 'reduce' });
  await page.locator('.preview-screen').waitFor();
  await soon(() => page.getByRole('button', { name: 'Generate', exact: true }).isEnabled()).toBe(true);
  const box = async (place: string) => (await page.locator(place).first().boundingBox())!;
  const [words, bar, screen] = [await box('.prompt-area'), await box('.generate'), await box('.preview-screen')];
  expect(words.y + words.height).toBeLessThanOrEqual(bar.y);
  expect(screen.height).toBeGreaterThanOrEqual(200);
  await page.context().close();
});
