import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallRequest } from '../../packages/server/test-server.ts';
import { type HostileVendor, openHostileVendor, refuse, tell } from '../sending/hostile-vendor.ts';
import { openFolders, writeAccounts } from '../sending/peers.ts';
import { type OpenStudio, openStudio, patienceMilliseconds } from './open-studio.ts';
import { violations } from './violations.ts';

// Against a server that sends, and a vendor whose ways are told by a word in the prompt.

const folders = openFolders();
let vendor: HostileVendor;
let studio: OpenStudio;
let film: Buffer;
let image: string;

const inTime = { timeout: 4 * patienceMilliseconds };
const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: patienceMilliseconds });
const quiet = { reducedMotion: 'reduce' } as const;

beforeAll(async () => {
  vendor = await openHostileVendor(
    (word) => {
      if (word === 'refused') return { submit: (_, answer) => refuse(answer, 400, 'InvalidParameter', 'no such size') };
      if (word.startsWith('late'))
        return {
          look: (_, answer) => tell(answer, word, 'RUNNING'),
          cancel: (answer) => tell(answer, word, 'CANCELED'),
        };
      if (word.startsWith('lost'))
        return { submit: (number, answer) => (number === 1 ? void answer.destroy() : tell(answer, word, 'PENDING')) };
      return undefined;
    },
    () => film,
  );
  const base = { dialect: 'dashscope', baseUrl: vendor.url, key: 'sk-live-0123456789', region: 'cn-beijing' };
  const accounts = writeAccounts(folders.make('accounts'), [
    { ...base, id: 'wan', models: ['wan2.7-r2v'], lookIntervalSeconds: 0.2 },
  ]);
  studio = await openStudio({
    environment: {
      ...{ REFREEL_MODE: 'live', REFREEL_ACCOUNTS: accounts, REFREEL_PUBLIC_URL: 'http://127.0.0.1:9' },
    },
  });
  const { server } = studio;
  const drawn = await server.ask('/v1/generations?wait=60', { json: smallRequest });
  film = (await server.ask(`/v1/generations/${drawn.json.id}/content`)).bytes;
  const bytes = readFileSync(join(import.meta.dirname, '../../media/cat.png'));
  image = (await server.ask('/v1/assets', { bytes, headers: { 'content-type': 'image/png' } })).json.asset;
}, 3 * patienceMilliseconds);
afterAll(async () => {
  expect(studio?.server.faults).toEqual([]);
  await studio?.close();
  await vendor?.close();
  folders.remove();
});

/** Has the vendor asked for a film of a word; its id here. */
async function send(word: string): Promise<string> {
  const prompt = `A film of the word ${word}.`;
  const json = { model: 'wan2.7-r2v', seconds: 2, prompt, references: [{ kind: 'image', name: 'cat', image }] };
  const answer = await studio.server.ask('/v1/generations', { json });
  expect(answer.status, answer.bytes.toString()).toBe(202);
  return answer.json.id;
}
const item = (page: Page, id: string) => page.locator(`.queue-item[data-id="${id}"]`);
const stateOf = (page: Page, id: string) => () => item(page, id).getAttribute('data-state');
const look = async (id: string) => (await studio.server.ask(`/v1/generations/${id}`)).json;

test(
  'a paid film: no percentage, how long it usually takes, and a cancel that may cost asks once more',
  inTime,
  async () => {
    const { page } = await studio.visit('/', quiet);
    const id = await send('late');
    await soon(stateOf(page, id)).toBe('running');
    await item(page, id).getByText('the vendor gives no percentage').waitFor();
    await page.reload();
    await soon(stateOf(page, id)).toBe('running');
    await item(page, id).getByRole('button', { name: 'Cancel' }).click();
    await item(page, id).getByText('It may still be charged.').waitFor();
    expect(await violations(page, '.queue')).toEqual([]);
    await item(page, id).getByRole('button', { name: 'Keep it' }).click();
    expect((await look(id)).state).toBe('running');
    await item(page, id).getByRole('button', { name: 'Cancel' }).click();
    await item(page, id).getByRole('button', { name: 'Cancel it all the same' }).click();
    await soon(stateOf(page, id)).toMatch(/cancel/);
    await soon(async () => (await look(id)).state).toBe('cancelled');
    await soon(stateOf(page, id)).toBe('cancelled');
    await page.context().close();
  },
);

test('all are cancelled at once, and it says how many may cost', inTime, async () => {
  const { page } = await studio.visit('/', quiet);
  const ids = [await send('lateone'), await send('latetwo')];
  for (const id of ids) await soon(stateOf(page, id)).toBe('running');
  await page.getByRole('button', { name: 'Cancel all' }).click();
  await page.getByText('Cancel 2 films? 2 of them may still be charged.').waitFor();
  await page.getByRole('button', { name: 'Cancel all' }).click();
  for (const id of ids) await soon(stateOf(page, id)).toBe('cancelled');
  await page.context().close();
});

test('a failure says what to do, opens its request, and is tried again', inTime, async () => {
  const { page } = await studio.visit('/', quiet);
  const id = await send('refused');
  await soon(stateOf(page, id)).toBe('failed');
  const [problem] = (await look(id)).problems;
  expect(problem.remedy.length).toBeGreaterThan(10);
  expect(await item(page, id).locator('.queue-remedy').textContent()).toBe(problem.remedy);
  expect(await violations(page, '.queue')).toEqual([]);
  await item(page, id).getByRole('button', { name: 'Open request' }).click();
  await soon(() => page.getByRole('textbox', { name: 'Prompt', exact: true }).inputValue()).toBe(
    'A film of the word refused.',
  );
  const before = vendor.asked.get('refused')!.submits;
  await item(page, id).getByRole('button', { name: 'Try again' }).click();
  await soon(async () => vendor.asked.get('refused')!.submits).toBe(before + 1);
  await page.context().close();
});

test('an answer that was lost explains itself, and a person settles it in each way', inTime, async () => {
  const { page } = await studio.visit('/', quiet);
  const [again, failed, known] = [await send('lostagain'), await send('lostfailed'), await send('lostknown')];
  for (const id of [again, failed, known]) await soon(stateOf(page, id)).toBe('unconfirmed');
  await item(page, again).getByText('The answer of wan was lost.').waitFor();
  expect(await violations(page, '.queue')).toEqual([]);
  const settle = (id: string) => item(page, id).getByRole('button', { name: 'Settle' });
  expect(await settle(again).isDisabled()).toBe(true);

  await item(page, again).getByRole('radio', { name: 'It is not there' }).check();
  await settle(again).click();
  await soon(async () => vendor.asked.get('lostagain')!.submits).toBe(2);
  await soon(stateOf(page, again)).toBe('done');

  await item(page, failed).getByRole('radio', { name: 'It is there and failed' }).check();
  await item(page, failed).getByRole('radio', { name: 'Yes' }).check();
  await settle(failed).click();
  await soon(stateOf(page, failed)).toBe('failed');
  await item(page, failed).getByText('The vendor charged for it.').waitFor();

  await item(page, known).getByRole('radio', { name: 'It is there, under this id' }).check();
  expect(await settle(known).isDisabled()).toBe(true);
  await item(page, known).getByLabel('Id at the vendor').fill('lostknown');
  await settle(known).click();
  await soon(stateOf(page, known)).toBe('done');
  expect(vendor.asked.get('lostknown')!.submits).toBe(1);
  await page.context().close();
});

test('two tabs have one stream; when its tab is closed the other takes it over', inTime, async () => {
  const { page } = await studio.visit('/', quiet);
  const context = page.context();
  const streams: Page[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/v1/events') streams.push(request.frame().page());
  });
  await page.reload();
  await soon(async () => streams.length).toBe(1);
  const other = await context.newPage();
  await other.goto(studio.server.url);
  const first = await send('plain');
  for (const tab of [page, other]) await soon(stateOf(tab, first)).toBe('done');
  expect(streams).toEqual([page]);
  await page.close();
  await soon(async () => streams.length).toBe(2);
  expect(streams[1]).toBe(other);
  const second = await send('simple');
  await soon(stateOf(other, second)).toBe('done');
  await context.close();
});
