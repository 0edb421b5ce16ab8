import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { cardOnEngine, findCard } from '@refreel/core/catalog';
import { explainProblem } from '@refreel/core/model';
import { afterAll, expect, test } from 'vitest';
import { accountMissing, openAccountBook, vendorModel } from './book.ts';
import { readAccounts } from './read-accounts.ts';

const folder = mkdtempSync(join(tmpdir(), 'refreel-accounts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secret = 'sk-very-secret-0123456789';
const plain = {
  ...{ id: 'mine', dialect: 'venice', baseUrl: 'https://api.example/v1', key: secret },
  models: ['grok-imagine-reference-to-video'],
};

const contract = { currency: 'USD', perSecond: 0.1, source: 'contract 7', date: '2026-11-01' };
const priced = (price: object) => ({ ...plain, prices: { [plain.models[0]!]: price } });

function read(entries: unknown, environment: Record<string, string> = {}) {
  writeFileSync(join(folder, 'accounts.json'), typeof entries === 'string' ? entries : JSON.stringify(entries));
  return readAccounts({ REFREEL_ACCOUNTS: 'accounts.json', ...environment }, folder);
}

function accountsOf(entries: unknown, environment: Record<string, string> = {}) {
  const found = read(entries, environment);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.accounts;
}

test("without a file the vendors' own variables make accounts, in their order", () => {
  const found = readAccounts({ TOAPIS_API_KEY: 'sk-t', VENICE_API_KEY: 'sk-v', DASHSCOPE_API_KEY: 'sk-d' }, folder);
  if (!found.ok) throw new Error('not read');
  expect(found.accounts.map(({ id, baseUrl, region }) => [id, baseUrl, region])).toEqual([
    ['venice', 'https://api.venice.ai/api/v1', undefined],
    ['dashscope', 'https://dashscope.aliyuncs.com/api/v1', 'cn-beijing'],
    ['toapis', 'https://toapis.com/v1', undefined],
  ]);
  expect([...found.accounts[1]!.models.keys()]).toContain('wan2.7-r2v');
  expect(readAccounts({}, folder)).toEqual({ ok: true, accounts: [] });
});

test('an account of the file goes before them, and takes the variable that it names', () => {
  const own = { ...plain, id: 'first', key: undefined, keyEnv: 'VENICE_API_KEY' };
  const accounts = accountsOf([own, { ...plain, id: 'qiniu' }], { VENICE_API_KEY: 'sk-v', QINIU_API_KEY: 'sk-q' });
  expect(accounts.map(({ id }) => id)).toEqual(['first', 'qiniu']);
  expect(accounts[0]!.key.headers(accounts[0]!.dialect)).toEqual({ authorization: 'Bearer sk-v' });
});

test("our names of models become the vendor's, and are read back", () => {
  const [account] = accountsOf([{ ...plain, models: { 'grok-imagine-reference-to-video': 'grok-x' } }]);
  expect(vendorModel(account!, 'grok-imagine-reference-to-video')).toBe('grok-x');
  for (const other of ['sora-2', 'nobody-knows']) expect(vendorModel(account!, other)).toBeUndefined();
  expect(account!.findCard('grok-x')?.id).toBe('grok-imagine-reference-to-video');
});

test('an account may bring a card of its own', () => {
  const card = { ...findCard('sora-2')!, id: 'my-engine', dialect: 'openai', aliases: undefined };
  const engine = {
    ...plain,
    dialect: 'openai',
    baseUrl: 'http://10.0.0.7:8000/v1/',
    models: ['my-engine'],
    cards: [card],
  };
  const accounts = accountsOf([engine]);
  expect(accounts[0]).toMatchObject({ baseUrl: 'http://10.0.0.7:8000/v1', lookIntervalSeconds: 10 });
  const book = openAccountBook(accounts);
  expect(book.cards.map(({ id }) => id)).toEqual(['my-engine']);
  expect(book.forModel('my-engine', undefined)).toHaveLength(1);
});

test('an engine of its own needs no key, and its models have the card of its wire, under the names that its owner gives them', () => {
  const engine = { ...plain, dialect: 'vllm', baseUrl: 'http://10.0.0.7:8091/v1', key: undefined };
  const [account] = accountsOf([{ ...engine, models: { 'our-wan': 'Wan-AI/Wan2.2', vllm: 'other' } }]);
  expect(account!.key.headers(account!.dialect)).toEqual({});
  expect(account!.key.hide('status 500: it broke')).toBe('status 500: it broke');
  expect(account).toMatchObject({ lookIntervalSeconds: 2, cards: [{ id: 'our-wan' }, { id: 'vllm' }] });
  expect(account!.findCard('Wan-AI/Wan2.2')).toEqual({
    ...cardOnEngine('vllm', 'vllm')!,
    ...{ id: 'our-wan', name: { en: 'our-wan', zh: 'our-wan' } },
  });
  const [locked] = accountsOf([{ ...engine, key: secret, models: ['vllm'] }]);
  expect(locked!.key.headers(locked!.dialect)).toEqual({ authorization: `Bearer ${secret}` });
  // What no request says may stand in the account.
  const fields = { num_inference_steps: 40, lora: { name: 'ink', scale: 0.8 } };
  const [tuned] = accountsOf([{ ...engine, models: ['vllm'], fields }]);
  expect(tuned!.fields).toEqual(fields);
  // A card that its owner brings goes before it.
  const card = { ...cardOnEngine('vllm', 'our-wan')!, seed: false };
  const [brought] = accountsOf([{ ...engine, models: ['our-wan'], cards: [card] }]);
  expect(brought!.cards).toEqual([card]);
});

test('a key is in the headers of its dialect and nowhere else', () => {
  const [account] = accountsOf([plain]);
  expect(JSON.stringify(account)).not.toContain(secret);
  expect(inspect(account, { depth: 9, showHidden: true })).not.toContain(secret);
  expect(`${account!.key}`).not.toContain(secret);
  expect(account!.key.hide(`Incorrect API key provided: ${secret}.`)).toBe('Incorrect API key provided: ….');
  expect(account!.key.headers(account!.dialect)).toEqual({ authorization: `Bearer ${secret}` });
});

test.each<[string, unknown, string]>([
  ['no JSON', '{', 'accounts.json'],
  ['no list', '{}', 'accounts.json'],
  ['an unknown dialect', [{ ...plain, dialect: 'sora' }], '[0].dialect'],
  ['an unknown model', [plain, { ...plain, id: 'b', models: ['sora-9'] }], '[1].models "sora-9"'],
  ['a model of another dialect', [{ ...plain, models: ['wan2.7-r2v'] }], '[0].models "wan2.7-r2v"'],
  [
    'a model that the region has not',
    [{ ...plain, dialect: 'dashscope', region: 'us-east-1', models: ['wan2.7-r2v'] }],
    '[0].models "wan2.7-r2v"',
  ],
  ['a key and a variable', [{ ...plain, keyEnv: 'X' }], '[0].key'],
  ['neither', [{ ...plain, key: undefined }], '[0].key'],
  ['fields of a vendor', [{ ...plain, fields: { steps: 3 } }], '[0].fields'],
  [
    'a field that requests say',
    [{ ...plain, dialect: 'sglang', models: ['x'], fields: { seed: 3 } }],
    '[0].fields "seed"',
  ],
  ['an engine with two keys', [{ ...plain, dialect: 'vllm', keyEnv: 'X' }], '[0].key'],
  ['a variable that is not set', [{ ...plain, key: undefined, keyEnv: 'NOT_SET' }], '[0].keyEnv'],
  ['a key that breaks a header', [{ ...plain, key: `${secret}\r\nX-Evil: 1` }], '[0].key'],
  ['an address that is none', [{ ...plain, baseUrl: 'api.example' }], '[0].baseUrl'],
  ['an address with credentials', [{ ...plain, baseUrl: 'https://a:b@api.example' }], '[0].baseUrl'],
  ['the same id twice', [plain, plain], '[1].id'],
  ['a field that nobody knows', [{ ...plain, price: 1 }], '[0]'],
  ['a price without a source', [priced({ currency: 'USD', perSecond: 0.1, date: '2026-11-01' })], '.source'],
  ['a price below a millionth', [priced({ ...contract, perSecond: 0.00000001 })], '.perSecond'],
  ['a price and rates', [priced({ ...contract, rates: [{ perSecond: 1 }] })], '.perSecond'],
  ['a price of a model that it has not', [{ ...plain, prices: { 'sora-2': contract } }], '[0].prices "sora-2"'],
  ['a pace of nothing', [{ ...plain, pace: { submits: 0, seconds: 1 } }], '[0].pace.submits'],
  ['an edition that nobody knows', [{ ...plain, edition: 'newest' }], '[0].edition'],
  ['a look every millisecond', [{ ...plain, lookIntervalSeconds: 0.001 }], '[0].lookIntervalSeconds'],
  ["another dialect's card", [{ ...plain, cards: [findCard('sora-2')] }], '[0].cards[0].dialect'],
])('%s is a problem that names the place, and never a key', (_, entries, place) => {
  const found = read(entries);
  if (found.ok) throw new Error('it was read');
  expect(found.problems[0]!.code).toBe('accounts_invalid');
  expect(found.problems[0]!.path).toContain(place);
  for (const language of ['en', 'zh'] as const)
    expect(JSON.stringify(found.problems.map((one) => explainProblem(one, language)))).not.toContain(secret);
});

test('a file that is not there is a problem', () => {
  const found = readAccounts({ REFREEL_ACCOUNTS: 'none.json' }, folder);
  expect(found).toMatchObject({ ok: false, problems: [{ code: 'accounts_invalid', values: { found: 'ENOENT' } }] });
});

test('the first account that can make a model is asked; a region is kept to', () => {
  const wan = { ...plain, dialect: 'dashscope', models: ['wan2.6-r2v'] };
  const book = openAccountBook(
    accountsOf([
      { ...wan, id: 'beijing', region: 'cn-beijing' },
      { ...wan, id: 'virginia', region: 'us-east-1' },
      { ...wan, id: 'anywhere' },
    ]),
  );
  const ids = (region?: string) => book.forModel('wan2.6-r2v', region).map(({ id }) => id);
  expect(ids()).toEqual(['beijing', 'virginia', 'anywhere']);
  expect(ids('us-east-1')).toEqual(['virginia', 'anywhere']);
  expect(ids('eu-central-1')).toEqual([]);
  expect(book.forModel('sora-2', undefined)).toEqual([]);
  expect(explainProblem(accountMissing('sora-2', undefined, []), 'en').remedy).toContain('QINIU_API_KEY');
});

test("an account's own price goes before the card's, with its source and date; input video is counted as the card says", () => {
  const wan = { ...plain, dialect: 'dashscope', models: ['wan2.7-r2v'] };
  const [account] = accountsOf([
    { ...wan, prices: { 'wan2.7-r2v': { ...contract, currency: 'CNY', perSecond: 0.35 } } },
  ]);
  const card = findCard('wan2.7-r2v')!;
  expect(account!.adapt(card).price).toEqual({
    ...{ currency: 'CNY', source: 'contract 7', date: '2026-11-01', inputSeconds: card.price!.inputSeconds },
    rates: [{ micros: 350_000, source: 'contract 7' }],
  });
  expect(account!.adapt(findCard('sora-2')!)).toBe(findCard('sora-2'));
});

test('an account may speak the current edition: its cards are those of the newest pages', () => {
  const venice = { ...plain, models: ['kling-o3-pro-reference-to-video'] };
  const [current, documented] = accountsOf([
    { ...venice, edition: 'current' },
    { ...venice, id: 'other' },
  ]);
  const card = findCard('kling-o3-pro-reference-to-video')!;
  expect(documented!.adapt(card)).toBe(card);
  expect(current!.adapt(card).totals).toEqual(card.newest?.totals);
  expect(current!.findCard(card.id)?.totals).toEqual(card.newest?.totals);
  const wan = { ...plain, dialect: 'dashscope', models: ['wan2.7-r2v'], edition: 'current' };
  const [billed] = accountsOf([wan]);
  const eachMost = [5, 2.5, 1.65, 1.25, 1];
  expect(findCard('wan2.7-r2v')!.price?.inputSeconds).toMatchObject({ eachMost, dividedBy: 'reference' });
  expect(billed!.adapt(findCard('wan2.7-r2v')!).price?.inputSeconds).toMatchObject({ eachMost, dividedBy: 'footage' });
});
