import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallRequest, startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { media } from '../e2e/command.ts';
import { type HostileVendor, type Misdeed, openHostileVendor, refuse } from './hostile-vendor.ts';
import { openFolders, type WrittenAccount, writeAccounts } from './peers.ts';

// Two vendors: the first one refuses, in one way or another, and the second one makes what is asked of it.

const folders = openFolders();
let film: Buffer;
let [first, second]: HostileVendor[] = [];
const servers: TestServer[] = [];
/** Words whose key the first vendor does not take, as long as they are here. */
const keyless = new Set<string>();

const refusals: Readonly<Record<string, Misdeed>> = {
  quota: { submit: (_, answer) => refuse(answer, 400, 'Arrearage', 'Access denied, account in arrears.') },
  capability: { submit: (_, answer) => refuse(answer, 400, 'InvalidParameter', 'this cannot be done') },
  blocked: { submit: (_, answer) => refuse(answer, 400, 'DataInspectionFailed', 'inappropriate content') },
  later: {
    look: (_, answer) =>
      void answer.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          request_id: 'r',
          output: { task_id: 'later', task_status: 'FAILED', code: 'Arrearage', message: 'in arrears' },
        }),
      ),
  },
  lost: { submit: (_, answer) => void answer.socket!.destroy() },
  broken: { submit: (_, answer) => void answer.writeHead(500).end('{}') },
};

/** What stands behind the word tells what it is for: "quotaone" is refused as "quota". */
const misdeedOf = (word: string): Misdeed | undefined => {
  const name = Object.keys(refusals).find((one) => word.startsWith(one));
  return name === undefined ? undefined : refusals[name];
};

beforeAll(async () => {
  first = await openHostileVendor(
    (word) =>
      keyless.has(word)
        ? { submit: (_, answer) => refuse(answer, 401, 'InvalidApiKey', 'Invalid key') }
        : misdeedOf(word),
    () => film,
  );
  second = await openHostileVendor(
    (word) => (word.endsWith('everywhere') ? misdeedOf(word) : undefined),
    () => film,
  );
  film = await drawFilm();
}, 120_000);

afterAll(async () => {
  await Promise.all(servers.map((one) => one.remove()));
  await Promise.all([first!.close(), second!.close()]);
  folders.remove();
});

async function drawFilm(): Promise<Buffer> {
  const server = await startTestServer();
  try {
    const drawn = await server.ask('/v1/generations?wait=60', { json: smallRequest });
    return (await server.ask(`/v1/generations/${drawn.json.id}/content`)).bytes;
  } finally {
    await server.remove();
  }
}

const at = (vendor: HostileVendor, id: string, more: Partial<WrittenAccount> = {}): WrittenAccount => ({
  ...{ id, dialect: 'dashscope', baseUrl: vendor.url, key: `sk-${id}-0123456789`, region: 'cn-beijing' },
  ...{ models: ['wan2.7-r2v'], lookIntervalSeconds: 0.1, ...more },
});

interface Live extends TestServer {
  readonly image: string;
}

async function openLive(accounts: readonly WrittenAccount[], environment: Record<string, string> = {}): Promise<Live> {
  const server = await startTestServer({
    environment: {
      ...{ REFREEL_MODE: 'live', REFREEL_PUBLIC_URL: 'http://127.0.0.1:9' },
      REFREEL_ACCOUNTS: writeAccounts(folders.make('accounts'), accounts),
      ...environment,
    },
  });
  servers.push(server);
  const bytes = readFileSync(join(media, 'cat.png'));
  const { asset } = (await server.ask('/v1/assets', { bytes, headers: { 'content-type': 'image/png' } })).json;
  return { ...server, image: asset };
}

function ask(server: Live, word: string, more: object = {}) {
  const references = [{ kind: 'image', name: 'cat', image: server.image }];
  return server.ask('/v1/generations', {
    json: { model: 'wan2.7-r2v', seconds: 2, prompt: `A film of the word ${word}.`, references, ...more },
  });
}

async function ended(server: Live, word: string, more: object = {}) {
  const made = await ask(server, word, more);
  expect(made.status, JSON.stringify(made.json)).toBe(202);
  return (await server.ask(`/v1/generations/${made.json.id}?wait=60`)).json;
}

const submits = (vendor: HostileVendor | undefined, word: string) => vendor!.asked.get(word)?.submits ?? 0;

describe('a refusal that costs nothing', { timeout: 90_000 }, () => {
  let live: Live;
  beforeAll(async () => {
    live = await openLive([
      at(first!, 'first'),
      at(second!, 'second'),
      at(second!, 'other', { models: ['wan2.6-r2v'] }),
    ]);
  }, 60_000);

  test('for want of quota: the next account is asked, and the history tells of both', async () => {
    const done = await ended(live, 'quota');
    expect(done).toMatchObject({
      state: 'done',
      problems: [{ code: 'film_differs' }],
      attempts: [
        {
          ...{ index: 0, place: 0, account: 'first', state: 'failed', billed: 'no', model: null },
          problems: [{ code: 'quota_exhausted' }],
        },
        { index: 1, place: 0, account: 'second', state: 'done', billed: 'yes', model: null },
      ],
      films: [{ index: 0, attempt: 1 }],
    });
    expect([submits(first, 'quota'), submits(second, 'quota')]).toEqual([1, 1]);
    const { bytes } = await live.ask(`/v1/generations/${done.id}/content`);
    expect(bytes.equals(film)).toBe(true);
  });

  test('told at a look is one too', async () => {
    const done = await ended(live, 'later');
    expect([done.state, submits(first, 'later'), submits(second, 'later')]).toEqual(['done', 1, 1]);
  });

  test('of what is asked for: the same model of the same vendor is not asked again, an alternative is', async () => {
    const alone = await ended(live, 'capability');
    expect(alone).toMatchObject({ state: 'failed', problems: [{ code: 'vendor_refused' }], attempts: [{ index: 0 }] });
    expect(alone.attempts).toHaveLength(1);
    expect(submits(second, 'capability')).toBe(0);
    const done = await ended(live, 'capabilitytwo', { alternatives: ['wan2.6-r2v'] });
    expect(done).toMatchObject({
      ...{ state: 'done', model: 'wan2.7-r2v' },
      attempts: [
        { account: 'first', model: null, state: 'failed' },
        { account: 'other', model: 'wan2.6-r2v', state: 'done' },
      ],
    });
  });

  test('for what it shows ends there, unless the request allows to ask elsewhere', async () => {
    const alternatives = ['wan2.6-r2v'];
    const kept = await ended(live, 'blocked', { alternatives });
    expect(kept).toMatchObject({ state: 'failed', problems: [{ code: 'moderation_blocked' }] });
    expect(submits(second, 'blocked')).toBe(0);
    const moved = await ended(live, 'blockedtwo', { alternatives, retryBlocked: true });
    expect(moved).toMatchObject({ state: 'done', attempts: [{ account: 'first' }, { account: 'other' }] });
  });

  test('fails when nobody is left', async () => {
    const none = await ended(live, 'quotaeverywhere', { alternatives: ['wan2.6-r2v'] });
    expect(none).toMatchObject({
      state: 'failed',
      problems: [{ code: 'quota_exhausted' }],
      attempts: [{ account: 'first' }, { account: 'second' }, { account: 'other' }],
    });
    expect(none.problems).toHaveLength(1);
  });

  test('what may be there all the same is never asked of anybody else', async () => {
    for (const word of ['lost', 'broken']) {
      const made = await ask(live, word, { alternatives: ['wan2.6-r2v'] });
      await expect
        .poll(async () => (await live.ask(`/v1/generations/${made.json.id}`)).json.state, { timeout: 30_000 })
        .toBe('unconfirmed');
      expect([submits(first, word), submits(second, word)]).toEqual([1, 0]);
    }
  });

  test('the events tell who takes whose place', async () => {
    const done = await ended(live, 'quotatold');
    const controller = new AbortController();
    const answer = await fetch(`${live.url}/v1/generations/${done.id}/events`, {
      headers: { 'last-event-id': '0' },
      signal: controller.signal,
    });
    let text = '';
    for await (const chunk of answer.body!) {
      text += Buffer.from(chunk).toString();
      if (text.includes('"state":"done","before"')) break;
    }
    controller.abort();
    expect(text).toContain('"replaces":0');
    expect(text).toContain('"account":"second"');
  });
});

describe('under the same cap', { timeout: 90_000 }, () => {
  const price = (perSecond: number) => ({
    prices: { 'wan2.7-r2v': { currency: 'CNY', perSecond, source: 'contract 7', date: '2026-11-01' } },
  });

  test('one that costs more is not asked', async () => {
    const live = await openLive([at(first!, 'cheap', price(0.5)), at(second!, 'dear', price(0.7))]);
    const made = await ended(live, 'quotadear');
    expect(made).toMatchObject({ state: 'failed', attempts: [{ account: 'cheap' }] });
    expect(made.attempts).toHaveLength(1);
    expect(made.quote).toMatchObject({ cap: { micros: 1_000_000 }, source: 'contract 7', date: '2026-11-01' });
  });

  test('by price, the cheapest is asked first', async () => {
    const accounts = [at(first!, 'dear', price(0.7)), at(second!, 'cheap', price(0.5))];
    const live = await openLive(accounts, { REFREEL_ROUTE: 'price' });
    const made = await ended(live, 'plain');
    expect(made).toMatchObject({
      state: 'done',
      attempts: [{ account: 'cheap' }],
      quote: { cap: { micros: 1_000_000 } },
    });
    const check = await live.ask('/v1/check', { json: { model: 'wan2.7-r2v', seconds: 2, prompt: 'Rain.' } });
    expect(check.status).toBe(200);
  });
});

describe('a key that is refused', { timeout: 120_000 }, () => {
  test('sets its account aside: the next one is asked until it is taken back', async () => {
    keyless.add('keyone');
    const live = await openLive([at(first!, 'first'), at(second!, 'second')]);
    expect(await ended(live, 'keyone')).toMatchObject({
      state: 'done',
      attempts: [{ account: 'first', problems: [{ code: 'account_key_refused' }] }, { account: 'second' }],
    });
    const listed = await live.ask('/v1/accounts');
    expect(listed.json.items).toMatchObject([
      { id: 'first', aside: { problem: { code: 'account_key_refused' } } },
      { id: 'second', aside: null },
    ]);
    expect(listed.bytes.toString()).not.toContain('sk-first');
    // Not asked any more, although it would take it.
    expect(await ended(live, 'keytwo')).toMatchObject({ state: 'done', attempts: [{ account: 'second' }] });
    expect(submits(first, 'keytwo')).toBe(0);
    const checked = await live.ask('/v1/accounts/first/check', { method: 'POST' });
    expect(checked.json).toMatchObject({ key: 'taken', account: { id: 'first', aside: null } });
    expect(await ended(live, 'keythree')).toMatchObject({ attempts: [{ account: 'first' }] });
  });

  test('what waits for it alone says why, and goes on when it is taken back', async () => {
    const words = ['waitone', 'waittwo', 'waitthree'];
    keyless.add('waitone');
    const live = await openLive([at(first!, 'only', { concurrency: 1 })]);
    const made: string[] = [];
    // The first one is at the vendor before the others come.
    for (const word of words) made.push((await ask(live, word)).json.id);
    const states = async () =>
      await Promise.all(made.map(async (id) => (await live.ask(`/v1/generations/${id}`)).json));
    await expect
      .poll(async () => (await states()).map(({ state, problems }) => [state, problems[0]?.code]), { timeout: 30_000 })
      .toEqual([
        ['failed', 'account_key_refused'],
        ['queued', 'account_aside'],
        ['queued', 'account_aside'],
      ]);
    const refused = await ask(live, 'waitfour');
    expect([refused.status, refused.json.error.code]).toEqual([503, 'account_aside']);
    await live.ask('/v1/accounts/only/check', { method: 'POST' });
    for (const id of made.slice(1))
      expect((await live.ask(`/v1/generations/${id}?wait=60`)).json).toMatchObject({ state: 'done', attempts: [{}] });
    expect(words.map((word) => submits(first, word))).toEqual([1, 1, 1]);
  });
});
