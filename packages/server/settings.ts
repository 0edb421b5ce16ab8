import { resolve } from 'node:path';
import { type Localized, type Problem, problem } from '@refreel/core/model';
import type { Account } from './accounts/account.ts';
import { readAccounts } from './accounts/read-accounts.ts';
import { type Route, routes } from './accounts/route.ts';
import { readPrefix } from './fetch/mapped-fetch.ts';
import { type Rate, readRates } from './money/rates.ts';

/** How a server is set up, as its environment says. */
export interface Settings {
  /** Address to listen on: an IP, or "localhost". */
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Absolute path of the folder that holds everything. */
  readonly data: string;
  readonly mode: 'sandbox' | 'live';
  /** A sandbox also in a folder that was live before. */
  readonly sandboxAnyway: boolean;
  /** Of vendors, in the order in which they are asked. Whether anything is sent to them is the mode's to say. */
  readonly accounts: readonly Account[];
  /** In which order accounts are asked that can make the same model. */
  readonly route: Route;
  /** By which budgets count other currencies than their own. */
  readonly rates: readonly Rate[];
  /** How slowly a stand-in's films come: 0 as fast as they are made, 1 as slow as their vendor usually is. */
  readonly timeScale: number;
  /** Whether faults that requests name are shown. Sandbox only. */
  readonly sandboxFaults: boolean;
  /** Base of absolute URLs that are handed out, without a slash at its end. */
  readonly publicUrl: string | undefined;
  readonly secret: string | undefined;
  readonly adminKey: string | undefined;
  /** Origins of other sites whose pages may call. */
  readonly cors: readonly string[];
  /** A PostgreSQL instead of the embedded database. */
  readonly databaseUrl: string | undefined;
  /** Below these addresses untrusted URLs are files of a folder, and no network is used. Sandbox only. */
  readonly mediaMap: readonly MediaPlace[];
  /** Hosts, addresses and networks that untrusted URLs may reach although they are private. */
  readonly allowPrivate: readonly string[];
}

/** A prefix of addresses, with a slash at its end, and the absolute path of a folder. */
export interface MediaPlace {
  readonly prefix: string;
  readonly folder: string;
}

/** The settings, or everything that is wrong with them. */
export type SettingsRead =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const own = [
  'REFREEL_HOST',
  'REFREEL_PORT',
  'REFREEL_DATA',
  'REFREEL_MODE',
  'REFREEL_TIME_SCALE',
  'REFREEL_SANDBOX_FAULTS',
  'REFREEL_PUBLIC_URL',
  'REFREEL_SECRET',
  'REFREEL_ADMIN_KEY',
  'REFREEL_CORS',
  'REFREEL_ALLOW_PRIVATE',
  'REFREEL_MEDIA_MAP',
  'REFREEL_ACCOUNTS',
  'REFREEL_RATES',
  'REFREEL_ROUTE',
] as const;
/** Read where films are drawn, and by commands that ask a server: a server that they name may be started in the same shell. */
const others = ['REFREEL_FFMPEG', 'REFREEL_RENDER_MEMORY_MB', 'REFREEL_SERVER', 'REFREEL_KEY'];
/** Names that are kept for what is to come: whoever sets one expects something that would not happen. */
const early = /^REFREEL_S3_\w+$/;

const modes = ['sandbox', 'live', 'sandbox-anyway'];

/** A key that can be guessed is none: 16 characters are what a person still types. */
const leastKeyCharacters = 16;
const leastSecretCharacters = 32;

/** Reads the environment. Every value that is wrong is a problem whose path is the variable's name; empty counts as unset. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  folder: string = process.cwd(),
): SettingsRead {
  const problems: Problem[] = [];
  const given = (name: (typeof own)[number] | 'DATABASE_URL') => environment[name]?.trim() || undefined;
  const refuse = (path: string, limit: Localized, found: string) => {
    problems.push(problem('variable_invalid', path, { limit, found }));
    return undefined;
  };
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('REFREEL_') || [...own, ...others].includes(name)) continue;
    problems.push(
      early.test(name)
        ? problem('variable_early', name)
        : problem('variable_unknown', name, { closest: closest(name), limit: [...own, ...others] }),
    );
  }

  const port = given('REFREEL_PORT');
  const mode = given('REFREEL_MODE');
  const timeScale = given('REFREEL_TIME_SCALE') ?? '0';
  const faults = given('REFREEL_SANDBOX_FAULTS') ?? 'false';
  const publicUrl = given('REFREEL_PUBLIC_URL');
  const secret = given('REFREEL_SECRET');
  const adminKey = given('REFREEL_ADMIN_KEY');
  const databaseUrl = given('DATABASE_URL');
  const host = given('REFREEL_HOST') ?? '127.0.0.1';
  if (!/^[\w.:%-]+$/.test(host)) refuse('REFREEL_HOST', words.host, host);
  const portNumber = port === undefined ? 8787 : Number(port);
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && portNumber <= 65_535)) refuse('REFREEL_PORT', words.port, port);
  if (mode !== undefined && !modes.includes(mode)) refuse('REFREEL_MODE', words.mode, mode);
  if (!isTimeScale(timeScale)) refuse('REFREEL_TIME_SCALE', words.timeScale, timeScale);
  if (faults !== 'true' && faults !== 'false') refuse('REFREEL_SANDBOX_FAULTS', words.sandboxFaults, faults);
  else if (faults === 'true' && mode === 'live') refuse('REFREEL_SANDBOX_FAULTS', words.sandboxFaultsLive, faults);
  const route = given('REFREEL_ROUTE') ?? 'order';
  if (!isRoute(route)) refuse('REFREEL_ROUTE', words.route, route);
  const accounts = readAccounts(environment, folder);
  if (!accounts.ok) problems.push(...accounts.problems);
  const base = publicUrl === undefined ? undefined : readBase(publicUrl);
  if (publicUrl !== undefined && base === undefined) refuse('REFREEL_PUBLIC_URL', words.publicUrl, publicUrl);
  // Neither is ever shown, not even where it is wrong.
  if (secret !== undefined && secret.length < leastSecretCharacters) refuse('REFREEL_SECRET', words.secret, '…');
  if (adminKey !== undefined && !isKey(adminKey)) refuse('REFREEL_ADMIN_KEY', words.adminKey, '…');
  const cors = list(given('REFREEL_CORS'));
  for (const origin of cors) if (!isOrigin(origin)) refuse('REFREEL_CORS', words.cors, origin);
  if (databaseUrl !== undefined && !isDatabase(databaseUrl)) refuse('DATABASE_URL', words.databaseUrl, '…');

  const written = given('REFREEL_RATES');
  const rates = written === undefined ? [] : readRates(written);
  if (rates === undefined) refuse('REFREEL_RATES', words.rates, written!.slice(0, mostShownCharacters));

  const map = given('REFREEL_MEDIA_MAP');
  const mediaMap = map === undefined ? [] : readMediaMap(map, folder);
  if (mediaMap === undefined) refuse('REFREEL_MEDIA_MAP', words.mediaMap, map!.slice(0, mostShownCharacters));
  else if (map !== undefined && mode === 'live') refuse('REFREEL_MEDIA_MAP', words.mediaMapLive, 'live');

  if (problems.length > 0 || mediaMap === undefined || rates === undefined || !accounts.ok)
    return { ok: false, problems };
  const settings: Settings = {
    host,
    port: portNumber,
    data: resolve(folder, given('REFREEL_DATA') ?? 'refreel-data'),
    mode: mode === 'live' ? 'live' : 'sandbox',
    sandboxAnyway: mode === 'sandbox-anyway',
    accounts: accounts.accounts,
    route: isRoute(route) ? route : 'order',
    rates,
    timeScale: Number(timeScale),
    sandboxFaults: faults === 'true',
    publicUrl: base,
    secret,
    adminKey,
    cors,
    databaseUrl,
    mediaMap,
    allowPrivate: list(given('REFREEL_ALLOW_PRIVATE')),
  };
  return { ok: true, settings };
}

const words = {
  host: { en: 'an IP address or a host name without a port', zh: 'IP 地址或主机名，不含端口' },
  port: { en: 'a whole number from 0 to 65535', zh: '0 到 65535 的整数' },
  timeScale: { en: 'a number from 0 to 100', zh: '0 到 100 的数' },
  sandboxFaults: { en: '"true" or "false"', zh: '“true”或“false”' },
  sandboxFaultsLive: {
    en: 'unset or "false" where REFREEL_MODE is live',
    zh: '在 REFREEL_MODE 为 live 时不设置或为“false”',
  },
  mode: { en: '"sandbox", "live" or "sandbox-anyway"', zh: '“sandbox”、“live”或“sandbox-anyway”' },
  route: { en: '"order" or "price"', zh: '“order”或“price”' },
  publicUrl: {
    en: 'an http or https address without query, such as "https://films.example"',
    zh: '不含查询参数的 http 或 https 地址，例如“https://films.example”',
  },
  secret: { en: `at least ${leastSecretCharacters} characters`, zh: `至少 ${leastSecretCharacters} 个字符` },
  adminKey: {
    en: `at least ${leastKeyCharacters} letters, digits or signs of ASCII without spaces`,
    zh: `至少 ${leastKeyCharacters} 个 ASCII 字母、数字或符号，不含空格`,
  },
  cors: {
    en: 'origins such as "https://studio.example", separated by commas',
    zh: '以逗号分隔的来源，例如“https://studio.example”',
  },
  databaseUrl: {
    en: 'the address of a PostgreSQL, such as "postgres://user@host/name"',
    zh: 'PostgreSQL 地址，例如“postgres://user@host/name”',
  },
  mediaMap: {
    en: 'a JSON object of address prefixes and folders, such as {"https://cdn.example/docs/": "media"}',
    zh: '由地址前缀和文件夹组成的 JSON 对象，例如 {"https://cdn.example/docs/": "media"}',
  },
  rates: {
    en: 'rates with their dates, such as "CNY/USD=0.1408@2026-11-01", each once, separated by commas',
    zh: '以逗号分隔的汇率及其日期，例如“CNY/USD=0.1408@2026-11-01”，不可重复',
  },
  mediaMapLive: { en: 'unset where REFREEL_MODE is live', zh: '在 REFREEL_MODE 为 live 时不设置' },
} as const satisfies Record<string, Localized>;

const mostShownCharacters = 200;

/** Undefined where it is no such object, or where two of its prefixes are one. */
function readMediaMap(text: string, from: string): MediaPlace[] | undefined {
  let map: unknown;
  try {
    map = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return undefined;
  const places = Object.entries(map).flatMap(([written, folder]: [string, unknown]): MediaPlace[] => {
    const prefix = readPrefix(written);
    const isFolder = typeof folder === 'string' && folder !== '' && !folder.includes('\0');
    return prefix !== undefined && isFolder ? [{ prefix, folder: resolve(from, folder) }] : [];
  });
  const different = new Set(places.map(({ prefix }) => prefix)).size;
  return different === Object.keys(map).length ? places : undefined;
}

function isRoute(text: string): text is Route {
  return (routes as readonly string[]).includes(text);
}

/** Slower than a hundred times a vendor nobody waits for. */
function isTimeScale(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,9})?$/.test(text) && Number(text) <= 100;
}

function readBase(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, search, hash, username, password, href } = new URL(text);
  const plain = (protocol === 'http:' || protocol === 'https:') && search + hash + username + password === '';
  return plain ? href.replace(/\/+$/, '') : undefined;
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function isDatabase(text: string): boolean {
  // Without a host it is a socket of this machine, which its query names: PostgreSQL's form, and no URL to others.
  return /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text.replace('@/', '@localhost/'));
}

function isKey(text: string): boolean {
  return text.length >= leastKeyCharacters && /^[\x21-\x7e]+$/.test(text);
}

function list(text: string | undefined): string[] {
  return (text ?? '').split(',').flatMap((entry) => entry.trim() || []);
}

/** The setting that shares most pairs of letters with a name. */
function closest(name: string): string {
  const pairs = (text: string) => new Set(Array.from(text.slice(8), (_, at) => text.slice(at + 7, at + 9)));
  const wanted = pairs(name);
  const score = (known: string) => {
    const has = pairs(known);
    return [...wanted].filter((pair) => has.has(pair)).length / (wanted.size + has.size);
  };
  return [...own, ...others].reduce((best, known) => (score(known) > score(best) ? known : best));
}
