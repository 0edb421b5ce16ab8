import { cardOnEngine, findCard } from '@refreel/core/catalog';
import { type Dialect, dialects, engines, findDialect } from '@refreel/core/dialects';
import type { Card, Localized } from '@refreel/core/model';
import { type Account, AccountEntry, oneKey } from './account.ts';
import { makeAccount } from './make-account.ts';

/** Told of what is wrong with a field (".key"; empty for the entry as a whole), and of what it must be. Never of a key. */
export type Wrong = (field: string, found: string | Localized, limit: string | Localized) => void;

/** Where keys are that an entry names by a variable; `undefined` where none may be named. */
export type KeyOf = ((variable: string) => string | undefined) | undefined;

/** Reads one entry as a person wrote it. Undefined where anything is wrong with it, which was told then. */
export function readEntry(
  value: unknown,
  keyOf: KeyOf,
  origin: Account['origin'],
  wrong: Wrong,
): { readonly account: Account; readonly entry: AccountEntry; readonly key: string } | undefined {
  const read = AccountEntry.safeParse(value);
  if (!read.success) {
    for (const { path, message } of read.error.issues.slice(0, 20)) {
      const field = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
      wrong(field, message, words.entry);
    }
    return undefined;
  }
  const entry = read.data;
  let good = true;
  const refuse: Wrong = (...what) => {
    good = false;
    wrong(...what);
  };
  const dialect = findDialect(entry.dialect);
  if (dialect === undefined) {
    refuse('.dialect', { en: `nobody speaks "${entry.dialect}"`, zh: `没有“${entry.dialect}”` }, dialectNames());
    return undefined;
  }
  const baseUrl = readBase(entry.baseUrl);
  if (baseUrl === undefined)
    refuse('.baseUrl', { en: 'it is no address of a service', zh: '不是服务地址' }, words.baseUrl);
  const key = readKey(entry, dialect, keyOf, refuse);
  const brought = entry.cards ?? [];
  const foreign = brought.findIndex((card) => card.dialect !== dialect.id);
  if (foreign !== -1)
    refuse(`.cards[${foreign}].dialect`, { en: 'it is another dialect', zh: '不是同一格式' }, dialect.id);
  for (const name of Object.keys(entry.fields ?? {})) {
    if (dialect.ownFields === undefined)
      refuse('.fields', { en: `${dialect.id} takes none`, zh: `${dialect.id} 不支持` }, words.noFields);
    else if (dialect.ownFields.includes(name))
      refuse(`.fields "${name}"`, { en: 'requests say it', zh: '由各请求指定' }, words.otherField);
  }
  if (!good || baseUrl === undefined || key === undefined) return undefined;
  const models = new Map(
    Array.isArray(entry.models) ? entry.models.map((id) => [id, id] as const) : Object.entries(entry.models),
  );
  const cards = [...brought, ...cardsOnEngine(dialect, [...models.keys()], brought)];
  const account = makeAccount({ ...entry, dialect, baseUrl, key, models, cards, origin });
  for (const [id, vendorId] of models) {
    const why = unmakeable(account, id, vendorId);
    if (why === undefined) continue;
    refuse(`.models "${id}"`, why, {
      en: `models of ${dialect.id}, or of cards`,
      zh: ` ${dialect.id} 或 cards 中的模型`,
    });
  }
  for (const id of Object.keys(entry.prices ?? {}))
    if (!models.has(id))
      refuse(
        `.prices "${id}"`,
        { en: 'it is none of its models', zh: '不在其 models 中' },
        { en: `one of ${[...models.keys()].join(', ')}`, zh: `${[...models.keys()].join('、')} 之一` },
      );
  return good ? { account, entry, key } : undefined;
}

/** What an engine runs is known to its owner alone: models that nobody else knows have the card of its wire. */
function cardsOnEngine({ id }: Dialect, models: readonly string[], brought: readonly Card[]): Card[] {
  return models.flatMap((model) => (findCard(model, brought) === undefined ? (cardOnEngine(id, model) ?? []) : []));
}

/** Undefined where it is wrong, which was told then; empty where there is none and none is needed. */
function readKey(entry: AccountEntry, { keyless }: Dialect, keyOf: KeyOf, wrong: Wrong): string | undefined {
  if (entry.key === undefined && entry.keyEnv === undefined) {
    if (keyless === true) return '';
    wrong('.key', oneKey, words.entry);
    return undefined;
  }
  if (entry.keyEnv !== undefined && keyOf === undefined) {
    wrong('.keyEnv', { en: 'a variable of the server is named', zh: '指定了服务器的环境变量' }, words.keyAlone);
    return undefined;
  }
  const key = (entry.key ?? keyOf?.(entry.keyEnv!) ?? '').trim();
  const field = entry.key === undefined ? '.keyEnv' : '.key';
  if (key === '') {
    const name = entry.keyEnv ?? '';
    wrong(field, { en: `the variable ${name} is not set`, zh: `变量 ${name} 未设置` }, words.keyEnv);
    return undefined;
  }
  if (isHeader(key)) return key;
  wrong(field, { en: 'it cannot stand in a header', zh: '不能用作请求头' }, words.key);
  return undefined;
}

/** Why an account cannot be asked for a model: nobody knows it, its dialect cannot ask for it, or its region has none. */
function unmakeable(account: Account, id: string, vendorId: string): string | Localized | undefined {
  const unknown = { en: 'there is no such model', zh: '没有该模型' };
  if (findCard(id, account.cards) === undefined) return unknown;
  const context = { requestId: '', now: 0, region: account.region, findCard: account.findCard, fields: account.fields };
  const asked = { model: vendorId, references: [], shots: [{ prompt: ['A lamp is lit.'] }] };
  const written = account.dialect.voyage.start(asked, context);
  const found = written.ok ? undefined : written.problems.find(({ path }) => path === 'model');
  if (found === undefined) return undefined;
  if (found.code === 'region_not_offered')
    return { en: `it is not offered in ${account.region}`, zh: `${account.region} 不提供该模型` };
  return { en: 'this dialect cannot ask for it', zh: '该格式不支持此模型' };
}

function readBase(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { search, hash, username, password, href } = new URL(text);
  return search + hash + username + password === '' ? href.replace(/\/+$/, '') : undefined;
}

/** A header's value: visible ASCII. */
export function isHeader(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}

function dialectNames(): string {
  return [...dialects, ...engines].map(({ id }) => id).join(', ');
}

/** What a key must be. */
export const keyWords = {
  en: 'letters, digits or signs of ASCII without spaces',
  zh: '不含空格的 ASCII 字母、数字或符号',
} as const satisfies Localized;

const words = {
  entry: {
    en: 'an account: id, dialect, baseUrl, key or keyEnv, models, and what else docs/accounts.md names',
    zh: '账户：id、dialect、baseUrl、key 或 keyEnv、models，以及 docs/accounts.md 中的其他字段',
  },
  baseUrl: {
    en: 'an http or https address without query, such as "https://api.example/v1"',
    zh: '不含查询参数的 http 或 https 地址，例如“https://api.example/v1”',
  },
  key: keyWords,
  noFields: { en: 'left out', zh: '省略' },
  otherField: { en: "a setting of the engine's own", zh: '引擎自身的设置' },
  keyEnv: { en: 'a variable that holds the key', zh: '含有密钥的环境变量' },
  keyAlone: { en: 'left out, and the key given as `key`', zh: '省略，并以 `key` 提供密钥' },
} as const satisfies Record<string, Localized>;
