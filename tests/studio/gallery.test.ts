import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallRequest } from '../../packages/server/test-server.ts';
import { type OpenStudio, openStudio, patienceMilliseconds } from './open-studio.ts';
import { violations } from './violations.ts';

let studio: OpenStudio;
let image: string;
const made: Record<string, string> = {};

const inTime = { timeout: 3 * patienceMilliseconds };
const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: patienceMilliseconds });

beforeAll(async () => {
  studio = await openStudio();
  const bytes = readFileSync(join(import.meta.dirname, '../../media/cat.png'));
  const { server } = studio;
  image = (await server.ask('/v1/assets', { bytes, headers: { 'content-type': 'image/png' } })).json.asset;
  const references = [{ name: 'tom', image }];
  made.lamp = await film({ prompt: 'A red lamp swings, slow push in.', seconds: 1 });
  made.tom = await film({ prompt: '@tom sleeps in the sun.', references, seconds: 1 });
  made.rain = await film({ prompt: 'Rain on a tin roof.', fps: 12 });
  const long = await server.ask('/v1/generations', { json: { ...smallRequest, prompt: 'Fog.', seconds: 60 } });
  made.fog = long.json.id;
  await server.ask(`/v1/generations/${made.fog}/cancel`, { method: 'POST' });
}, 3 * patienceMilliseconds);
afterAll(async () => {
  expect(studio?.server.faults).toEqual([]);
  await studio?.close();
});

async function film(change: object): Promise<string> {
  const answer = await studio.server.ask('/v1/generations?wait=60', { json: { ...smallRequest, ...change } });
  expect([answer.status, answer.json.state], answer.bytes.toString()).toEqual([200, 'done']);
  return answer.json.id;
}

/** The ids of what is shown, in order, by the names that this test gave them. */
const shown = (page: Page) => async () => {
  const ids = await page.locator('.film-frame').evaluateAll((all) => all.map((one) => one.dataset.id));
  return ids.map((id) => Object.keys(made).find((name) => made[name] === id) ?? id);
};
const tile = (page: Page, name: string) => page.locator(`.film-frame[data-id="${made[name]}"]`);
/** Stops a film at a moment. */
const hold = (video: { pause(): void; currentTime: number }, at: number) => {
  video.pause();
  video.currentTime = at;
};
const quiet = { reducedMotion: 'reduce' } as const;

test('filters: words, state, model, day and star; they stand in the address', inTime, async () => {
  const { page, complaints } = await studio.visit('/gallery', quiet);
  await soon(shown(page)).toEqual(['rain', 'tom', 'lamp']);
  await page.getByRole('searchbox').fill('SUN tom');
  await soon(shown(page)).toEqual(['tom']);
  await page.reload();
  await soon(shown(page)).toEqual(['tom']);
  expect(await page.getByRole('searchbox').inputValue()).toBe('SUN tom');
  await page.getByRole('button', { name: 'Clear' }).click();
  await soon(shown(page)).toEqual(['rain', 'tom', 'lamp']);
  await page.getByLabel('State').selectOption('Cancelled');
  await soon(shown(page)).toEqual(['fog']);
  await page.getByLabel('State').selectOption('All');
  await soon(shown(page)).toEqual(['fog', 'rain', 'tom', 'lamp']);
  await page.getByLabel('Model').selectOption('Animatic');
  await soon(shown(page)).toEqual(['fog', 'rain', 'tom', 'lamp']);
  const today = await page.evaluate<string>(
    'new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10)',
  );
  await page.getByLabel('Day').fill(today);
  await soon(shown(page)).toEqual(['fog', 'rain', 'tom', 'lamp']);
  await page.getByLabel('Day').fill('2020-02-29');
  await page.getByText('Nothing fits these filters.').waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();

  await tile(page, 'lamp').getByRole('button', { name: 'Star' }).click();
  await tile(page, 'lamp').getByRole('button', { name: 'Take the star away' }).waitFor();
  await page.getByRole('switch', { name: 'Starred' }).check();
  await soon(shown(page)).toEqual(['lamp']);
  // Without its star it is not wished for any more.
  await tile(page, 'lamp').getByRole('button', { name: 'Take the star away' }).click();
  await soon(shown(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('films of one project, and what was deleted: found again, and restored', inTime, async () => {
  const { page, complaints } = await studio.visit('/projects', quiet);
  const { server } = studio;
  const project = `prj_${'5'.repeat(26)}`;
  const document = {
    version: 1,
    request: { model: 'animatic', references: [], shots: [{ prompt: 'Hail.' }] },
    facts: {},
  };
  await server.ask('/v1/projects', { json: { id: project, name: 'Weather', document } });
  made.hail = await film({ prompt: 'Hail on a car.', seconds: 1, project });
  await page.getByRole('link', { name: 'Gallery' }).click();
  await soon(shown(page)).toEqual(['hail', 'rain', 'tom', 'lamp']);
  await page.getByLabel('Project').selectOption('Weather');
  await soon(shown(page)).toEqual(['hail']);
  await page.reload();
  await soon(shown(page)).toEqual(['hail']);

  await tile(page, 'hail').locator('.film-tile').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Nothing fits these filters.').waitFor();
  await page.getByLabel('State').selectOption('Deleted');
  await soon(shown(page)).toEqual(['hail']);
  await tile(page, 'hail')
    .getByText(/^Kept until /)
    .waitFor();
  expect(await violations(page)).toEqual([]);
  // Deleted elsewhere, it joins the list by itself; restored here, it leaves it.
  await page.getByLabel('Project').selectOption('All projects');
  await server.ask(`/v1/generations/${made.lamp}`, { method: 'DELETE' });
  await soon(shown(page)).toEqual(['hail', 'lamp']);
  for (const name of ['hail', 'lamp'])
    await tile(page, name)
      .getByRole('button', { name: /^Restore/ })
      .press('Enter');
  await page.getByText('Nothing was deleted within the last 30 days.').waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await soon(shown(page)).toEqual(['hail', 'rain', 'tom', 'lamp']);
  await server.ask(`/v1/generations/${made.hail}`, { method: 'DELETE' });
  await soon(shown(page)).toEqual(['rain', 'tom', 'lamp']);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a film is stepped frame by frame, and seeks by ranges', inTime, async () => {
  const { page } = await studio.visit('/gallery', quiet);
  await tile(page, 'rain').locator('.film-tile').click();
  const player = page.getByRole('dialog');
  const video = player.locator('video');
  const { facts } = (await studio.server.ask(`/v1/generations/${made.rain}`)).json.films[0];
  const count = facts.frames as number;
  const at = () => video.evaluate((one) => one.currentTime);
  const number = () => player.locator('.film-frame-number').textContent();
  await video.evaluate(hold, 0);
  await soon(number).toBe(`Frame 1 of ${count}`);
  await player.getByRole('button', { name: 'Close' }).focus();
  for (let frame = 2; frame <= count; frame += 1) {
    await page.keyboard.press('.');
    await soon(number).toBe(`Frame ${frame} of ${count}`);
    // Of a film that was read to its end browsers say that they are there.
    if (frame < count) expect(await at()).toBeCloseTo((frame - 0.5) / facts.fps, 2);
  }
  await page.keyboard.press('.');
  await page.keyboard.press(',');
  await soon(number).toBe(`Frame ${count - 1} of ${count}`);
  await player.getByRole('button', { name: 'One frame back (,)' }).click();
  await soon(number).toBe(`Frame ${count - 2} of ${count}`);
  // The next film, by key.
  await page.keyboard.press('ArrowRight');
  await player.getByText('@tom sleeps in the sun.').waitFor();
  await page.context().close();
});

test('all of a film: its history, its request, its picture as a start frame and as a reference', inTime, async () => {
  const { page, complaints } = await studio.visit('/gallery', quiet);
  await tile(page, 'tom').locator('.film-tile').click();
  const window = page.getByRole('dialog', { name: 'Film' });
  await window.getByText('History and cost').click();
  await window
    .getByRole('region', { name: 'What happened' })
    .getByText(/Accepted$/)
    .waitFor();
  await soon(() => window.getByRole('region', { name: 'What happened' }).locator('li').last().textContent()).toMatch(
    /Done$/,
  );
  expect(await window.locator('.history-id').textContent()).toContain(made.tom);
  expect(await violations(page)).toEqual([]);
  const [request] = await Promise.all([
    page.waitForEvent('download'),
    window.getByRole('button', { name: 'Request' }).click(),
  ]);
  expect(JSON.parse(readFileSync(await request.path(), 'utf8'))).toEqual(
    (await studio.server.ask(`/v1/generations/${made.tom}`)).json.request,
  );
  const [saved] = await Promise.all([page.waitForEvent('download'), window.getByRole('link', { name: 'MP4' }).click()]);
  const content = await studio.server.ask(`/v1/generations/${made.tom}/content`);
  expect(readFileSync(await saved.path()).equals(content.bytes)).toBe(true);

  await window.getByRole('button', { name: 'As start frame' }).click();
  const last = (await studio.server.ask(`/v1/generations/${made.tom}/stills`, { method: 'POST' })).json.asset as string;
  const project = () => page.evaluate<string>('JSON.stringify(Object.values(localStorage))');
  await page.locator('.compose').waitFor();
  await soon(project).toContain(`startFrame`);
  await soon(project).toContain(last);
  await page.getByRole('link', { name: 'Gallery' }).click();
  await tile(page, 'lamp').locator('.film-tile').click();
  await window.locator('video').evaluate(hold, 0.02);
  await window.getByRole('radio', { name: 'Shown now' }).check();
  await window.getByRole('button', { name: 'As reference' }).click();
  const first = (await studio.server.ask(`/v1/generations/${made.lamp}/stills`, { json: { at: 0.02 } })).json.asset;
  await soon(project).toContain(first);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('what is deleted comes back by undo, and another tab sees both', inTime, async () => {
  const { page, complaints } = await studio.visit('/gallery', quiet);
  const other = await page.context().newPage();
  await other.goto(`${studio.server.url}/gallery`);
  await soon(shown(other)).toContain('rain');
  await tile(page, 'rain').locator('.film-tile').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await soon(shown(page)).toEqual(['tom', 'lamp']);
  await soon(shown(other)).toEqual(['tom', 'lamp']);
  expect((await studio.server.ask(`/v1/generations/${made.rain}`)).status).toBe(404);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await soon(shown(page)).toEqual(['rain', 'tom', 'lamp']);
  await soon(shown(other)).toEqual(['rain', 'tom', 'lamp']);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('two films are compared: together in time, side by side and by a divider', inTime, async () => {
  const { page, complaints } = await studio.visit('/gallery', quiet);
  for (const name of ['lamp', 'tom']) await tile(page, name).getByRole('button', { name: 'Compare' }).click();
  const window = page.getByRole('dialog', { name: 'Compare two films' });
  await window.waitFor();
  const times = () => window.locator('video').evaluateAll((all) => all.map((one) => one.currentTime));
  // They play by themselves, and end together.
  await soon(async () => Math.min(...(await times()))).toBeGreaterThan(0.9);
  await window.getByRole('button', { name: 'Play both' }).waitFor();
  const seek = window.getByRole('slider', { name: 'Moment of both films' });
  await seek.fill('0.5');
  await soon(times).toEqual([expect.closeTo(0.5, 2), expect.closeTo(0.5, 2)]);
  await page.keyboard.press('.');
  const [first, second] = await times();
  expect(first).toBeGreaterThan(0.5);
  expect(second).toBeCloseTo(first!, 2);
  expect(await violations(page)).toEqual([]);

  await window.getByRole('radio', { name: 'Slider' }).check();
  const cut = () =>
    window
      .locator('video')
      .first()
      .evaluate((video) => video.style.clipPath);
  const divider = window.getByRole('slider', { name: 'How much of the first film is shown' });
  expect(await cut()).toContain('50%');
  await divider.focus();
  await page.keyboard.press('Home');
  await soon(cut).toContain('100%');
  expect(await times()).toEqual([first, second]);
  expect(await violations(page)).toEqual([]);
  await window.getByRole('radio', { name: 'First' }).check();
  expect(await window.locator('video').evaluateAll((all) => all.map((one) => one.muted))).toEqual([false, true]);
  await page.keyboard.press('Escape');
  await window.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('keys alone: from tile to tile, into a film and back to its tile', inTime, async () => {
  const { page } = await studio.visit('/gallery', quiet);
  await soon(shown(page)).toEqual(['rain', 'tom', 'lamp']);
  await tile(page, 'rain').locator('.film-tile').focus();
  await page.keyboard.press('ArrowRight');
  const focused = () => page.evaluate<string>("document.activeElement.closest('[data-id]')?.dataset.id ?? ''");
  await soon(focused).toBe(made.tom);
  await page.keyboard.press('End');
  await soon(focused).toBe(made.lamp);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('A red lamp').waitFor();
  await page.keyboard.press('Escape');
  await soon(focused).toBe(made.lamp);
  await page.context().close();
});

test('a long gallery keeps few tiles on the page, and every film can be reached', inTime, async () => {
  const { page } = await studio.visit('/gallery', { ...quiet, viewport: { width: 390, height: 844 } });
  const { server } = studio;
  // One film, shown as two hundred: the page knows no difference.
  const real = (await server.ask(`/v1/generations/${made.lamp}`)).json;
  const all = Array.from({ length: 200 }, (_, at) => ({ ...real, id: `gen_${String(999 - at).padStart(26, '0')}` }));
  await page.route('**/v1/generations?**', (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
    const items = all.slice(from, from + 48);
    return route.fulfill({ json: { items, ...(from + 48 < all.length && { cursor: String(from + 48) }) } });
  });
  await page.route('**/content?**', (route) =>
    route.continue({ url: `${server.url}/v1/generations/${made.lamp}/content` }),
  );
  await page.reload();
  await page.locator('.film-frame').first().waitFor();
  const seen = new Set<string>();
  const tiles = () => page.locator('.film-frame').evaluateAll((every) => every.map((one) => one.dataset.id as string));
  await soon(async () => {
    const now = await tiles();
    expect(now.length).toBeLessThan(20);
    for (const id of now) seen.add(id);
    // A busy machine draws the rows a while after the page was moved; what was passed by then is not looked at again.
    await page.evaluate(
      'scrollBy(0, innerHeight / 2), new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
    return seen.size;
  }).toBe(200);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  await page.context().close();
});

test('on a phone', inTime, async () => {
  const { page } = await studio.visit('/gallery', { ...quiet, viewport: { width: 390, height: 844 } });
  await soon(shown(page)).toEqual(['rain', 'tom', 'lamp']);
  const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
  expect([await width(), await violations(page)]).toEqual([390, []]);
  await tile(page, 'lamp').locator('.film-tile').click();
  await page.getByRole('dialog').getByText('History and cost').click();
  await page
    .getByRole('region', { name: 'What happened' })
    .getByText(/Accepted$/)
    .waitFor();
  expect(await violations(page)).toEqual([]);
  const wide = await page.evaluate<number>(
    "Math.max(...[...document.querySelectorAll('dialog *')].map((one) => one.getBoundingClientRect().right))",
  );
  expect(wide).toBeLessThanOrEqual(390);
  await page.context().close();
});
