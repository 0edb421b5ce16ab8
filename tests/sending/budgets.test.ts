import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findDialect } from '@refreel/core/dialects';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  adminKey,
  makeTestKey,
  smallRequest,
  startTestServer,
  type TestServer,
} from '../../packages/server/test-server.ts';
import { media, refreel } from '../e2e/command.ts';
import { type HostileVendor, openHostileVendor, refuse, tell } from './hostile-vendor.ts';
import { openFolders, writeAccounts } from './peers.ts';

const folders = openFolders();
let vendor: HostileVendor;
let server: TestServer;
let film: Buffer;
let image: string;
/** In a workspace of its own for each test. */
let caller: { secret: string; id: string };
/** Of one film, in millionths of CNY. */
let price: number;

beforeAll(async () => {
  vendor = await openHostileVendor(
    (word) => {
      if (word === 'refused') return { submit: (_, answer) => refuse(answer, 400, 'InvalidParameter', 'no such size') };
      if (word === 'late') return { look: (_, answer) => tell(answer, word, 'RUNNING') };
      if (word === 'lost') return { submit: (_, answer) => void answer.destroy() };
      if (word === 'short')
        return {
          look(_, answer, { url }) {
            const output = { task_id: word, task_status: 'SUCCEEDED', video_url: `${url}/films/short.mp4` };
            const told = { request_id: 'r', output, usage: { duration: 1, output_video_duration: 1 } };
            answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(told));
          },
        };
      return undefined;
    },
    () => film,
  );
  const base = { dialect: 'dashscope', baseUrl: vendor.url, key: 'sk-live-0123456789', region: 'cn-beijing' };
  const accounts = writeAccounts(folders.make('accounts'), [
    { ...base, id: 'wan', models: ['wan2.7-r2v'], lookIntervalSeconds: 0.2 },
  ]);
  server = await startTestServer({
    admin: true,
    environment: {
      ...{ REFREEL_MODE: 'live', REFREEL_ACCOUNTS: accounts, REFREEL_PUBLIC_URL: 'http://127.0.0.1:9' },
      REFREEL_RATES: 'CNY/USD=0.1408@2026-11-01',
    },
  });
  await use('films');
  const drawn = await ask('/v1/generations?wait=60', { json: smallRequest });
  film = (await ask(`/v1/generations/${drawn.json.id}/content`)).bytes;
}, 120_000);

afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
  await vendor.close();
  folders.remove();
});

const ask: TestServer['ask'] = (path, asking) => server.ask(path, { key: caller.secret, ...asking });

/** Goes on in a workspace of that name, which has its own key and picture. */
async function use(workspace: string): Promise<void> {
  caller = await makeTestKey(server, workspace);
  const bytes = readFileSync(join(media, 'cat.png'));
  image = (await ask('/v1/assets', { bytes, headers: { 'content-type': 'image/png' } })).json.asset;
}

function wan(word: string) {
  const prompt = `A film of the word ${word}.`;
  return { model: 'wan2.7-r2v', seconds: 2, prompt, references: [{ kind: 'image', name: 'cat', image }] };
}

async function allow(micros: number, currency = 'CNY'): Promise<void> {
  const put = await ask('/v1/budgets', { method: 'PUT', json: { key: caller.id, limit: { micros, currency } } });
  expect(put.status, put.bytes.toString()).toBe(200);
}

async function made(word: string) {
  const answer = await ask('/v1/generations', { json: wan(word) });
  expect(answer.status, answer.bytes.toString()).toBe(202);
  return answer.json.id as string;
}

/** What the only budget has reserved, spent and left. */
async function standing() {
  const [{ reserved, spent, left }] = (await ask('/v1/budgets')).json.items;
  return [reserved.micros, spent.micros, left.micros];
}

const until = async (id: string, state: string) => {
  for (let times = 0; times < 600; times += 1) {
    const { json } = await ask(`/v1/generations/${id}?wait=1`);
    if (json.state === state) return json;
  }
  throw new Error(`${id} is never ${state}`);
};

test('a film is reserved when it is accepted, and paid when it is made', { timeout: 120_000 }, async () => {
  await use('paid');
  const { json: quote } = await ask('/v1/quotes', { json: wan('paid') });
  price = quote.cap.micros;
  expect(quote).toMatchObject({ cap: { currency: 'CNY' }, source: 'aliyun-pricing', binding: true });
  expect(price).toBeGreaterThan(0);
  await allow(2 * price);
  const accepted = await ask('/v1/generations', { json: { ...wan('paid'), quote: quote.id } });
  expect(accepted.status, accepted.bytes.toString()).toBe(202);
  const { id } = accepted.json;
  await until(id, 'done');
  expect(await standing()).toEqual([0, price, price]);
  const [receipt] = (await ask(`/v1/receipts?generation=${id}`)).json.items;
  expect(receipt).toMatchObject({
    ...{ generation: id, attempt: 0, key: caller.id, model: 'wan2.7-r2v', account: 'wan', billed: 'yes', seconds: 2 },
    ...{ cap: { micros: price, currency: 'CNY' }, settled: { micros: price }, held: { micros: 0 } },
  });
  const kinds = receipt.bookings.map((one: { kind: string }) => one.kind);
  expect(kinds).toEqual(['reserve', 'settle']);
  for (const { entries } of receipt.bookings)
    expect(entries.reduce((sum: number, one: { amount: { micros: number } }) => sum + one.amount.micros, 0)).toBe(0);
  const { money, totals } = (await ask('/v1/usage')).json;
  expect(money).toMatchObject([{ keyId: caller.id, model: 'wan2.7-r2v', spent: { micros: price, currency: 'CNY' } }]);
  expect(totals).toMatchObject([{ reserved: { micros: 0 }, spent: { micros: price } }]);
});

test('check and quote say beforehand that a budget refuses, and nothing is reserved by asking', {
  timeout: 60_000,
}, async () => {
  await use('before');
  const fits = await ask('/v1/check', { json: wan('before') });
  expect(fits.json).toMatchObject({ ok: true, problems: [] });
  await allow(price - 1);
  const [{ id }] = (await ask('/v1/budgets')).json.items;
  const accepted = await ask('/v1/generations', { json: wan('before') });
  expect([accepted.status, accepted.json.error.code]).toEqual([402, 'budget_exceeded']);
  for (const language of ['en', 'zh']) {
    const headers = { 'accept-language': language };
    const refused = await ask('/v1/generations', { json: wan('before'), headers });
    const checked = await ask('/v1/check', { json: wan('before'), headers });
    expect(checked.json).toMatchObject({ ok: false, quote: { cap: { micros: price, currency: 'CNY' } } });
    expect(checked.json.problems).toEqual(refused.json.problems);
    expect(checked.json.problems[0].values).toMatchObject({ budget: id });
    const quoted = await ask('/v1/quotes', { json: wan('before'), headers });
    expect([quoted.status, quoted.json.cap.micros]).toEqual([200, price]);
    expect(quoted.json.problems).toEqual(refused.json.problems);
  }
  const { model, seconds, prompt } = wan('before');
  const request = join(folders.make(), 'request.json');
  writeFileSync(
    request,
    JSON.stringify({ model, seconds, prompt, references: [{ name: 'cat', image: join(media, 'cat.png') }] }),
  );
  const dry = async (language: string) =>
    await refreel(['generate', request, '--dry-run', '--server', server.url, '--lang', language], {
      environment: { PATH: process.env.PATH ?? '', REFREEL_KEY: caller.secret },
    });
  for (const [language, words] of [
    ['en', /✗ This may cost .* has .* left\./],
    ['zh', /✗ 本次最多需 .*仅剩 /],
  ] as const) {
    const told = await dry(language);
    expect([told.code, told.stderr]).toEqual([3, expect.stringMatching(words)]);
    expect(told.stdout).not.toContain('quo_');
  }
  expect(await standing()).toEqual([0, 0, price - 1]);
  // What costs nothing asks no budget; a key without one is not bound by another's.
  const drawn = await ask('/v1/check', { json: { ...smallRequest, model: 'animatic' } });
  expect(drawn.json).toMatchObject({ ok: true, problems: [] });
  await allow(price);
  expect((await ask('/v1/check', { json: wan('before') })).json).toMatchObject({ ok: true, problems: [] });
  expect((await ask('/v1/quotes', { json: wan('before') })).json.problems).toEqual([]);
  const fine = await dry('en');
  expect([fine.code, fine.stderr]).toEqual([0, '']);
  const both = await refreel(['generate', request, '--dry-run', '-o', 'film.mp4']);
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('--dry-run makes nothing')]);
  expect(fine.stdout).toMatch(/¥.*\n.*Quote quo_\w+, until 20/s);
  expect(await standing()).toEqual([0, 0, price]);
});

test('many at once are accepted as far as the budget goes, in whatever clothes they come', {
  timeout: 120_000,
}, async () => {
  await use('many');
  await allow(3 * price + 1);
  const { path } = findDialect('dashscope')!.bases[0]!;
  const pictures = `data:image/png;base64,${readFileSync(join(media, 'cat.png')).toString('base64')}`;
  const input = { prompt: 'A film of the word late.', media: [{ type: 'reference_image', url: pictures }] };
  const wire = { model: 'wan2.7-r2v', input, parameters: { duration: 2 } };
  const address = `${path}/services/aigc/video-generation/video-synthesis`;
  const headers = { 'x-dashscope-async': 'enable' };
  const all = await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      at % 3 === 0 ? ask(address, { json: wire, headers }) : ask('/v1/generations', { json: wan('late') }),
    ),
  );
  const texts = all.map(({ status, bytes }) => `${status} ${bytes}`).join('\n');
  expect(
    all.filter(({ status }) => status < 300),
    texts,
  ).toHaveLength(3);
  for (const { status, json } of all.filter((one) => one.status >= 400))
    expect([json.error?.code ?? json.code, status], texts).toEqual(
      json.error === undefined ? ['Arrearage', 400] : ['budget_exceeded', 402],
    );
  const { items } = (await ask('/v1/generations?limit=100')).json;
  expect(items).toHaveLength(3);
  for (const { id } of items) await ask(`/v1/generations/${id}/cancel`, { method: 'POST' });
  for (const { id } of items) await until(id, 'cancelled');
});

test('what a vendor says it did not charge for is given back', { timeout: 60_000 }, async () => {
  await use('short');
  await allow(price);
  await until(await made('short'), 'done');
  // One second of two.
  expect(await standing()).toEqual([0, price / 2, price / 2]);
});

test('what a vendor refuses is given back', { timeout: 60_000 }, async () => {
  await use('refused');
  await allow(price);
  await until(await made('refused'), 'failed');
  expect(await standing()).toEqual([0, 0, price]);
});

test('what may be charged although it was cancelled stays held until a person settles it', {
  timeout: 60_000,
}, async () => {
  await use('late');
  await allow(price);
  const id = await made('late');
  for (let times = 0; times < 600 && (await ask(`/v1/generations/${id}`)).json.state !== 'running'; times += 1);
  const early = await ask(`/v1/receipts/${id}/settle`, { json: { billed: 'no' } });
  expect([early.status, early.json.error.code]).toEqual([409, 'receipt_open']);
  await ask(`/v1/generations/${id}/cancel`, { method: 'POST' });
  await until(id, 'cancelled');
  expect(await standing()).toEqual([price, 0, 0]);
  expect((await ask('/v1/generations', { json: wan('late') })).json.error.code).toBe('budget_exceeded');
  expect((await ask('/v1/receipts?open=true')).json.items).toMatchObject([{ generation: id, billed: 'unknown' }]);
  const amount = { micros: 1, currency: 'CNY' };
  const settled = await ask(`/v1/receipts/${id}/settle`, { json: { billed: 'yes', amount } });
  expect(settled.json).toMatchObject({ billed: 'yes', settled: amount, released: { micros: price - 1 } });
  expect(await standing()).toEqual([0, 1, price - 1]);
  const again = await ask(`/v1/receipts/${id}/settle`, { json: { billed: 'no' } });
  expect([again.status, again.json.error.code]).toEqual([409, 'receipt_settled']);
});

test('what is unconfirmed stays held until it is resolved', { timeout: 60_000 }, async () => {
  await use('lost');
  await allow(price);
  const id = await made('lost');
  await until(id, 'unconfirmed');
  expect(await standing()).toEqual([price, 0, 0]);
  await ask(`/v1/generations/${id}/resolve`, { json: { as: 'failed', billed: 'no' } });
  expect(await standing()).toEqual([0, 0, price]);
  expect(vendor.asked.get('lost')?.submits).toBe(1);
});

test('a budget in another currency counts at the rate that the operator has set', { timeout: 60_000 }, async () => {
  await use('dollars');
  const dollars = Math.ceil((price * 1408) / 10_000);
  await allow(dollars, 'USD');
  const { json } = await ask('/v1/generations', { json: wan('late') });
  const told = json.notes.find(({ code }: { code: string }) => code === 'budget_rate');
  expect(told).toMatchObject({ values: { rate: '0.1408', date: '2026-11-01' } });
  expect((await ask('/v1/generations', { json: wan('paid') })).json.error.code).toBe('budget_exceeded');
  const [shown] = (await ask('/v1/budgets')).json.items;
  const amounts = { taken: { micros: price, currency: 'CNY' }, counted: { micros: dollars, currency: 'USD' } };
  expect(shown).toMatchObject({
    converted: [{ ...amounts, rate: '0.1408', date: '2026-11-01' }],
    ...{ reserved: { micros: dollars, currency: 'USD' }, left: { micros: 0, currency: 'USD' }, uncounted: [] },
  });
  await ask(`/v1/generations/${json.id}/cancel`, { method: 'POST' });
  await until(json.id, 'cancelled');
});

test('the administrator’s budget of a workspace binds its keys', { timeout: 60_000 }, async () => {
  await use('bound');
  const json = { limit: { micros: price - 1, currency: 'CNY' } };
  await server.ask('/v1/budgets?workspace=bound', { method: 'PUT', key: adminKey, json });
  await allow(100 * price);
  const refused = await ask('/v1/generations', { json: wan('paid'), headers: { 'accept-language': 'zh' } });
  expect([refused.status, refused.json.error.code]).toEqual([402, 'budget_exceeded']);
  expect(refused.json.error.message).toContain('工作区预算');
});
