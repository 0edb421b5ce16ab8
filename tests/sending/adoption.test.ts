import { setTimeout as pause } from 'node:timers/promises';
import { findCard } from '@refreel/core/catalog';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import type { Serving } from '../chaos/serving.ts';
import { accountAt, openFolders, pictureUri, startVendor, writeAccounts } from './peers.ts';
import { openSwallowingProxy, type Swallowing, type SwallowingProxy } from './swallowing-proxy.ts';

// A submit whose answer is lost is taken up again on unique evidence alone (ruling 22); whatever leaves a doubt waits for a person.

// All wait side by side for the vendor's list to be asked for again, which takes seconds.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000, maxConcurrency: 12 });

const folders = openFolders();
let vendor: { serving: Serving; url: string };
let proxy: SwallowingProxy;
let live: TestServer;
/** What becomes of a submit in whose prompt a word stands. */
const swallowed = new Map<string, Swallowing>();

/** What does not come home need not be drawn. */
const neverDrawn = { 'x-refreel-fault': 'stuck_in_progress' };

/** An account and a model of its own each, so that what one has in doubt is nothing to another. */
const words = ['alone', 'twins', 'known', 'another', 'reworded', 'before', 'after', 'both', 'absent'] as const;
type Word = (typeof words)[number];
const modelOf = (word: Word) => `engine-${word}`;
const keyOf = (word: Word) => `sk-${word}-0123456789`;

beforeAll(async () => {
  vendor = await startVendor(folders.make('vendor'), { REFREEL_SANDBOX_FAULTS: 'true' });
  proxy = await openSwallowingProxy(
    vendor.url,
    (body) => {
      for (const [word, swallowing] of swallowed) {
        if (!body.includes(word)) continue;
        swallowed.delete(word);
        return swallowing;
      }
      return undefined;
    },
    (body) => (/alone|both|steams/.test(body) ? {} : neverDrawn),
  );
  const engines = words.map((word) => ({
    ...accountAt(proxy.url, 'openai', []),
    ...{ id: word, key: keyOf(word) },
    // The other one is never reached by its name.
    models: { [modelOf(word)]: word === 'another' ? 'sora-2-pro' : 'sora-2' },
    cards: [{ ...findCard('sora-2')!, id: modelOf(word), dialect: 'openai' }],
  }));
  const file = writeAccounts(folders.make('accounts'), [...engines, accountAt(proxy.url, 'dashscope', ['wan2.7-r2v'])]);
  live = await startTestServer({
    environment: { REFREEL_MODE: 'live', REFREEL_ACCOUNTS: file, REFREEL_ALLOW_PRIVATE: '127.0.0.1' },
  });
});

afterAll(async () => {
  expect(live.faults).toEqual([]);
  await live.remove();
  await proxy.close();
  await vendor.serving.stop();
  folders.remove();
});

const send = async (word: Word, prompt: string): Promise<string> => {
  const made = await live.ask('/v1/generations', { json: { model: modelOf(word), seconds: 4, prompt } });
  expect(made.status, JSON.stringify(made.json)).toBe(202);
  return made.json.id;
};

/** Somebody else with the same key asks the vendor. */
const stranger = async (prompt: string) => {
  const answer = await fetch(`${vendor.url}/openai/v1/videos`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sk-openai-0123456789', ...neverDrawn },
    body: JSON.stringify({ model: 'sora-2', prompt, seconds: '4', size: '1280x720' }),
  });
  expect(answer.status).toBe(200);
};

const look = async (id: string) => (await live.ask(`/v1/generations/${id}`)).json;

/** Nothing here is tied to one test: they run side by side. */
const comesTo = (id: string, state: string, timeout = 60_000) =>
  vi.waitFor(async () => expect((await look(id)).state).toBe(state), { timeout, interval: 50 });

/** Until the vendor's list was asked for so often since the answer was lost that two seeks have ended. */
async function soughtTwice(id: string) {
  await comesTo(id, 'unconfirmed');
  const key = keyOf((await look(id)).attempts[0].account);
  const before = proxy.lists(key);
  await vi.waitFor(() => expect(proxy.lists(key) - before).toBeGreaterThanOrEqual(3), {
    timeout: 60_000,
    interval: 50,
  });
}

async function staysUnconfirmed(id: string) {
  await soughtTwice(id);
  expect(await look(id)).toMatchObject({
    state: 'unconfirmed',
    attempts: [{ billed: 'unknown', problems: [{ code: 'submit_unconfirmed' }] }],
  });
}

async function comesHome(id: string) {
  await comesTo(id, 'done', 120_000);
  expect(await look(id)).toMatchObject({ problems: [], attempts: [{ billed: 'yes', problems: [] }], films: [{}] });
}

const told = (word: Word) => `A lamp is lit, ${word}.`;

describe.concurrent('a submit whose answer is lost', () => {
  test('a single one that nobody knows is ours: it comes home, and was asked for once', async () => {
    swallowed.set('alone', { passedOn: true });
    const id = await send('alone', told('alone'));
    await comesHome(id);
    expect(swallowed.has('alone')).toBe(false);
    const listed = await (await fetch(`${vendor.url}/v1/generations?dialect=openai&limit=100`)).text();
    expect(listed.split('alone').length - 1).toBe(1);
  });

  test('DashScope repeats the prompt once it has succeeded: then it comes home', async () => {
    swallowed.set('steams', { passedOn: true });
    const references = [{ kind: 'image', name: 'cup', image: pictureUri('coffee.png') }];
    const json = { model: 'wan2.7-r2v', seconds: 2, tier: '720p', references, prompt: '@cup steams.' };
    const made = await live.ask('/v1/generations', { json });
    await comesHome(made.json.id);
    expect(swallowed.has('steams')).toBe(false);
  });

  test('two of them: neither', async () => {
    swallowed.set('twins', { passedOn: true, meanwhile: () => stranger(told('twins')) });
    await staysUnconfirmed(await send('twins', told('twins')));
  });

  test('one that another row of ours knows', async () => {
    // Its twin is accepted while it is being sent, and it is not.
    swallowed.set('known', {
      passedOn: false,
      async meanwhile() {
        const twin = await send('known', told('known'));
        await comesTo(twin, 'running');
      },
    });
    await staysUnconfirmed(await send('known', told('known')));
  });

  test('one of another model', async () => {
    swallowed.set('another', { passedOn: false, meanwhile: () => stranger(told('another')) });
    await staysUnconfirmed(await send('another', told('another')));
  });

  test('one with another prompt', async () => {
    swallowed.set('reworded', { passedOn: false, meanwhile: () => stranger('A lamp is lit, reworded!') });
    await staysUnconfirmed(await send('reworded', told('reworded')));
  });

  test('one from before it was sent', async () => {
    await stranger(told('before'));
    // The vendor tells whole seconds.
    await pause(1100);
    swallowed.set('before', { passedOn: false });
    await staysUnconfirmed(await send('before', told('before')));
  });

  test('one from after its answer was lost', async () => {
    swallowed.set('after', { passedOn: false });
    const id = await send('after', told('after'));
    await comesTo(id, 'unconfirmed');
    await pause(1100);
    await stranger(told('after'));
    await staysUnconfirmed(id);
  });

  test('two of ours in doubt: neither, until a person settles one', async () => {
    for (const word of ['both one', 'both two']) swallowed.set(word, { passedOn: true });
    const [one, two] = [await send('both', 'A lamp is lit, both one.'), await send('both', 'A lamp is lit, both two.')];
    await soughtTwice(one);
    await soughtTwice(two);
    for (const id of [one, two]) expect((await look(id)).state).toBe('unconfirmed');
    const listed = await fetch(`${vendor.url}/openai/v1/videos`, { headers: { authorization: 'Bearer any' } });
    const { data } = (await listed.json()) as { data: { id: string; prompt: string }[] };
    const found = data.find(({ prompt }) => prompt.includes('both two'))!;
    const settled = await live.ask(`/v1/generations/${two}/resolve`, { json: { as: { id: found.id } } });
    expect(settled.status, JSON.stringify(settled.json)).toBe(200);
    await comesHome(two);
    await comesHome(one);
  });

  test('none at all proves nothing: it is not sent again', async () => {
    swallowed.set('absent', { passedOn: false });
    const id = await send('absent', told('absent'));
    await staysUnconfirmed(id);
    const listed = await (await fetch(`${vendor.url}/v1/generations?dialect=openai&limit=100`)).text();
    expect(listed).not.toContain('absent');
  });
});
