import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { cards as catalog, findCard } from '@refreel/core/catalog';
import { type Dialect, dialects, findDialect } from '@refreel/core/dialects';
import { type Card, type Localized, type Problem, problem } from '@refreel/core/model';
import { type Account, AccountEntry } from './account.ts';
import { AccountKey } from './key.ts';
import { otherLookSeconds, usualLookSeconds, type Vendor, vendors } from './vendors.ts';

/** The accounts in the order in which they are asked, or everything that is wrong with them. */
export type AccountsRead =
  | { readonly ok: true; readonly accounts: readonly Account[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** More is no list that a person wrote. */
const mostFileBytes = 16 * 1024 * 1024;

/**
 * Reads the file that REFREEL_ACCOUNTS names, then the vendors' own variables. A variable that an entry of the file names is that entry's
 * key and makes no account beside it. Problems name the file, the entry and the field, and never a key.
 */
export function readAccounts(environment: Environment, folder: string): AccountsRead {
  const problems: Problem[] = [];
  const accounts: Account[] = [];
  const named = environment.REFREEL_ACCOUNTS?.trim();
  const written = named ? readFile(resolve(folder, named), problems) : [];
  const taken = new Set<string>();
  const variables = new Set<string>();
  for (const [index, entry] of written.entries()) {
    const wrong = (field: string, found: string | Localized, limit: string | Localized) => {
      const path = `REFREEL_ACCOUNTS: ${named} [${index}]${field}`;
      problems.push(problem('accounts_invalid', path, { found, limit }));
    };
    const account = readEntry(entry, environment, wrong);
    if (account === undefined) continue;
    const { keyEnv } = entry as AccountEntry;
    if (keyEnv !== undefined) variables.add(keyEnv);
    if (taken.has(account.id))
      wrong('.id', { en: `"${account.id}" stands there twice`, zh: `“${account.id}”重复` }, words.ownId);
    taken.add(account.id);
    accounts.push(account);
  }
  for (const vendor of vendors) {
    const key = environment[vendor.variable]?.trim();
    if (!key || variables.has(vendor.variable) || taken.has(vendor.id)) continue;
    if (isHeader(key)) accounts.push(defaultAccount(vendor, key));
    else problems.push(problem('variable_invalid', vendor.variable, { found: '…', limit: words.key }));
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, accounts };
}

function readFile(file: string, problems: Problem[]): readonly unknown[] {
  const refuse = (found: string | Localized, limit: Localized = words.file) => {
    problems.push(problem('accounts_invalid', `REFREEL_ACCOUNTS: ${file}`, { found, limit }));
    return [];
  };
  let value: unknown;
  try {
    const stats = statSync(file);
    if (!stats.isFile()) return refuse({ en: 'it is no file', zh: '不是文件' });
    if (stats.size > mostFileBytes) return refuse({ en: 'it is too large', zh: '文件过大' });
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // What a parser says repeats what it read, which may be a key.
    return refuse(code ?? { en: 'it is no JSON', zh: '不是 JSON' });
  }
  return Array.isArray(value) ? value : refuse({ en: 'it is no list', zh: '不是列表' });
}

type Wrong = (field: string, found: string | Localized, limit: string | Localized) => void;

function readEntry(value: unknown, environment: Environment, wrong: Wrong): Account | undefined {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'prices')) {
    wrong('.prices', { en: 'this version does not read prices yet', zh: '此版本尚不支持 prices' }, words.leftOut);
    return undefined;
  }
  const read = AccountEntry.safeParse(value);
  if (!read.success) {
    for (const { path, message } of read.error.issues.slice(0, 20)) {
      const field = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
      wrong(field, message, words.entry);
    }
    return undefined;
  }
  const entry = read.data;
  const dialect = findDialect(entry.dialect);
  if (dialect === undefined) {
    wrong('.dialect', { en: `nobody speaks "${entry.dialect}"`, zh: `没有“${entry.dialect}”` }, dialectNames());
    return undefined;
  }
  const baseUrl = readBase(entry.baseUrl);
  if (baseUrl === undefined) {
    wrong('.baseUrl', { en: 'it is no address of a service', zh: '不是服务地址' }, words.baseUrl);
    return undefined;
  }
  const key = (entry.key ?? environment[entry.keyEnv!] ?? '').trim();
  const field = entry.key === undefined ? '.keyEnv' : '.key';
  if (key === '') {
    const name = entry.keyEnv ?? '';
    wrong(field, { en: `the variable ${name} is not set`, zh: `变量 ${name} 未设置` }, words.keyEnv);
    return undefined;
  }
  if (!isHeader(key)) {
    wrong(field, { en: 'it cannot stand in a header', zh: '不能用作请求头' }, words.key);
    return undefined;
  }
  const cards = entry.cards ?? [];
  const foreign = cards.findIndex((card) => card.dialect !== dialect.id);
  if (foreign !== -1) {
    wrong(`.cards[${foreign}].dialect`, { en: 'it is another dialect', zh: '不是同一格式' }, dialect.id);
    return undefined;
  }
  const models = new Map(
    Array.isArray(entry.models) ? entry.models.map((id) => [id, id] as const) : Object.entries(entry.models),
  );
  const account = makeAccount({ ...entry, dialect, baseUrl, key, models, cards });
  for (const [id, vendorId] of models) {
    const why = unmakeable(account, id, vendorId);
    if (why === undefined) continue;
    wrong(`.models "${id}"`, why, {
      en: `models of ${dialect.id}, or of cards`,
      zh: ` ${dialect.id} 或 cards 中的模型`,
    });
  }
  return account;
}

/** Why an account cannot be asked for a model: nobody knows it, its dialect cannot ask for it, or its region has none. */
function unmakeable(account: Account, id: string, vendorId: string): string | Localized | undefined {
  const unknown = { en: 'there is no such model', zh: '没有该模型' };
  if (findCard(id, account.cards) === undefined) return unknown;
  const context = { requestId: '', now: 0, region: account.region, findCard: account.findCard };
  const asked = { model: vendorId, references: [], shots: [{ prompt: ['A lamp is lit.'] }] };
  const written = account.dialect.voyage.start(asked, context);
  const found = written.ok ? undefined : written.problems.find(({ path }) => path === 'model');
  if (found === undefined) return undefined;
  if (found.code === 'region_not_offered')
    return { en: `it is not offered in ${account.region}`, zh: `${account.region} 不提供该模型` };
  return { en: 'this dialect cannot ask for it', zh: '该格式不支持此模型' };
}

function defaultAccount({ id, baseUrl, region }: Vendor, key: string): Account {
  const dialect = findDialect(id)!;
  const own = catalog.filter((card) => card.dialect === id);
  const offered = own.filter(
    ({ regions }) => regions === undefined || region === undefined || regions.some((one) => one.id === region),
  );
  const models = new Map(offered.map((card) => [card.id, card.id]));
  return makeAccount({ id, dialect, baseUrl, key, models, cards: [], region });
}

interface Making extends Pick<Account, 'id' | 'dialect' | 'baseUrl' | 'models' | 'cards'> {
  readonly key: string;
  readonly lookIntervalSeconds?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly region?: string | undefined;
}

function makeAccount({ id, dialect, baseUrl, key, models, cards, ...more }: Making): Account {
  const ours = new Map([...models].map(([own, vendorId]) => [vendorId, own]));
  return {
    ...{ id, dialect, baseUrl, models, cards },
    key: new AccountKey(key),
    lookIntervalSeconds: more.lookIntervalSeconds ?? usualLookSeconds[dialect.id] ?? otherLookSeconds,
    concurrency: more.concurrency,
    region: more.region,
    findCard: (name): Card | undefined => findCard(ours.get(name) ?? name, cards),
  };
}

function readBase(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { search, hash, username, password, href } = new URL(text);
  return search + hash + username + password === '' ? href.replace(/\/+$/, '') : undefined;
}

/** A header's value: visible ASCII. */
function isHeader(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}

function dialectNames(): string {
  return dialects.map(({ id }: Dialect) => id).join(', ');
}

const words = {
  file: { en: 'a JSON file with a list of accounts', zh: '包含账户列表的 JSON 文件' },
  entry: {
    en: 'an account: id, dialect, baseUrl, key or keyEnv, models, and what else docs/accounts.md names',
    zh: '账户：id、dialect、baseUrl、key 或 keyEnv、models，以及 docs/accounts.md 中的其他字段',
  },
  ownId: { en: 'an id of its own', zh: '唯一的 id' },
  leftOut: { en: 'left out', zh: '省略' },
  baseUrl: {
    en: 'an http or https address without query, such as "https://api.example/v1"',
    zh: '不含查询参数的 http 或 https 地址，例如“https://api.example/v1”',
  },
  key: { en: 'letters, digits or signs of ASCII without spaces', zh: '不含空格的 ASCII 字母、数字或符号' },
  keyEnv: { en: 'a variable that holds the key', zh: '含有密钥的环境变量' },
} as const satisfies Record<string, Localized>;
