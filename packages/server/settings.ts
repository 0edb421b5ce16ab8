import { resolve } from 'node:path';
import { type Localized, type Problem, problem } from '@refreel/core/model';

/** How a server is set up, as its environment says. */
export interface Settings {
  /** Address to listen on: an IP, or "localhost". */
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Absolute path of the folder that holds everything. */
  readonly data: string;
  readonly mode: 'sandbox' | 'live';
  /** Base of absolute URLs that are handed out, without a slash at its end. */
  readonly publicUrl: string | undefined;
  readonly secret: string | undefined;
  readonly adminKey: string | undefined;
  /** Origins of other sites whose pages may call. */
  readonly cors: readonly string[];
  /** A PostgreSQL instead of the embedded database. */
  readonly databaseUrl: string | undefined;
  /** Hosts, addresses and networks that untrusted URLs may reach although they are private. */
  readonly allowPrivate: readonly string[];
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
  'REFREEL_PUBLIC_URL',
  'REFREEL_SECRET',
  'REFREEL_ADMIN_KEY',
  'REFREEL_CORS',
  'REFREEL_ALLOW_PRIVATE',
] as const;
/** Read where films are drawn. */
const others = ['REFREEL_FFMPEG', 'REFREEL_RENDER_MEMORY_MB'];
/** Names that are kept for what is to come: whoever sets one expects something that would not happen. */
const early = /^REFREEL_(?:S3_\w+|ACCOUNTS|MEDIA_MAP)$/;

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
  const publicUrl = given('REFREEL_PUBLIC_URL');
  const secret = given('REFREEL_SECRET');
  const adminKey = given('REFREEL_ADMIN_KEY');
  const databaseUrl = given('DATABASE_URL');
  const host = given('REFREEL_HOST') ?? '127.0.0.1';
  if (!/^[\w.:%-]+$/.test(host)) refuse('REFREEL_HOST', words.host, host);
  const portNumber = port === undefined ? 8787 : Number(port);
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && portNumber <= 65_535)) refuse('REFREEL_PORT', words.port, port);
  if (mode !== undefined && mode !== 'sandbox' && mode !== 'live') refuse('REFREEL_MODE', words.mode, mode);
  const base = publicUrl === undefined ? undefined : readBase(publicUrl);
  if (publicUrl !== undefined && base === undefined) refuse('REFREEL_PUBLIC_URL', words.publicUrl, publicUrl);
  // Neither is ever shown, not even where it is wrong.
  if (secret !== undefined && secret.length < leastSecretCharacters) refuse('REFREEL_SECRET', words.secret, '…');
  if (adminKey !== undefined && !isKey(adminKey)) refuse('REFREEL_ADMIN_KEY', words.adminKey, '…');
  const cors = list(given('REFREEL_CORS'));
  for (const origin of cors) if (!isOrigin(origin)) refuse('REFREEL_CORS', words.cors, origin);
  if (databaseUrl !== undefined && !isDatabase(databaseUrl)) refuse('DATABASE_URL', words.databaseUrl, '…');

  if (problems.length > 0) return { ok: false, problems };
  const settings: Settings = {
    host,
    port: portNumber,
    data: resolve(folder, given('REFREEL_DATA') ?? 'refreel-data'),
    mode: mode === 'live' ? 'live' : 'sandbox',
    publicUrl: base,
    secret,
    adminKey,
    cors,
    databaseUrl,
    allowPrivate: list(given('REFREEL_ALLOW_PRIVATE')),
  };
  return { ok: true, settings };
}

const words = {
  host: { en: 'an IP address or a host name without a port', zh: 'IP 地址或主机名，不含端口' },
  port: { en: 'a whole number from 0 to 65535', zh: '0 到 65535 的整数' },
  mode: { en: '"sandbox" or "live"', zh: '“sandbox”或“live”' },
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
} as const satisfies Record<string, Localized>;

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
  return /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text);
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
