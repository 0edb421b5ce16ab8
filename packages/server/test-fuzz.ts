import type { Route } from './http/route.ts';
import type { Chance } from './test-chance.ts';
import { mutateJson, mutateText } from './test-fuzz-bodies.ts';

/** One request as it goes over the wire. */
export interface Shot {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

/** What is known of a route: a row of our own table, or an exchange of a dialect. */
export type FuzzRoute = Pick<Route, 'method' | 'path' | 'access' | 'query' | 'body'>;

/** A field of a form. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

/** What shots are made from. */
export interface Ammunition {
  /** Right bodies, by "METHOD /path" of a route; routes that are not named get all of `others`. */
  readonly bodies: Readonly<Record<string, readonly unknown[]>>;
  readonly others: readonly unknown[];
  /** Right forms, likewise; their files are left out. */
  readonly forms: Readonly<Record<string, readonly (readonly Field[])[]>>;
  /** Headers that right requests have, likewise. */
  readonly headers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Bytes of a small right medium. */
  readonly medium: Uint8Array<ArrayBuffer>;
  /** Names that exist, for parts of paths. */
  readonly names: readonly string[];
  /** Opens a route of this access; undefined where nothing is needed. */
  readonly authorization: (access: Route['access']) => string | undefined;
}

/** Whether a route reads what is sent to it. */
export function takesBody({ method, body }: Pick<FuzzRoute, 'method' | 'body'>): boolean {
  return method === 'POST' || body !== undefined;
}

/** Shoots at one route: mostly what is nearly right, which comes furthest, now and then anything at all. */
export function makeShot(chance: Chance, route: FuzzRoute, ammunition: Ammunition): Shot {
  const some = (share: number) => chance.number(1) < share;
  const method = some(0.04) ? chance.pick(methods) : route.method;
  const path = route.path.replace(/\{\w+\}/g, () =>
    some(0.4) && ammunition.names.length > 0 ? chance.pick(ammunition.names) : pathPart(chance),
  );
  const query = some(route.method === 'GET' ? 0.5 : 0.12) ? queryOf(chance, route) : '';
  const headers: Record<string, string> = some(0.95) ? { ...ammunition.headers[`${route.method} ${route.path}`] } : {};
  const authorization = some(0.96) ? ammunition.authorization(route.access) : undefined;
  if (authorization !== undefined) headers.authorization = authorization;
  const wantsBody = takesBody(route);
  const sent =
    method === 'GET' || method === 'HEAD' || !some(wantsBody ? 0.97 : 0.1)
      ? undefined
      : bodyOf(chance, route, ammunition);
  if (sent !== undefined && sent.type !== '') headers['content-type'] = sent.type;
  if (some(0.12)) {
    const [name, value] = weirdHeader(chance);
    headers[name] = value;
  }
  return { method, target: path + query, headers, body: sent?.body };
}

/** The shot as a request, or undefined where no client could send it. */
export function toRequest(base: string, host: string, shot: Shot): Request | undefined {
  try {
    const headers = new Headers({ host, ...shot.headers });
    const body = shot.method === 'GET' || shot.method === 'HEAD' ? undefined : shot.body;
    return new Request(base + shot.target, { method: shot.method, headers, ...(body !== undefined && { body }) });
  } catch {
    return undefined;
  }
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'BREW'] as const;

function pathPart(chance: Chance): string {
  return chance.pick([
    'gen_none',
    'animatic',
    'e'.repeat(64),
    '%00',
    '%ff',
    '%',
    '..',
    '%2e%2e',
    '%F0%9F%8E%AC',
    '%ED%A0%80',
    'a'.repeat(3000),
    '__proto__',
    "'%3B--",
    '0',
    '-1',
    'null',
    '%0d%0a',
  ]);
}

const queryNames = [
  'wait',
  'limit',
  'cursor',
  'state',
  'film',
  'from',
  'until',
  'after',
  'region',
  'name',
  'download',
  'model',
  'page_no',
  'page_size',
  'order',
  'x',
  '__proto__',
];
/** No right number of seconds: waiting is right where it is asked for, and here it would only take time. */
const queryValues = [
  '',
  '0',
  '-1',
  '0.5',
  '1e9',
  '99999999999999999999',
  'true',
  'null',
  '2026-11-20',
  '2026-11-20T00:00:00Z',
  '20261120000000',
  'W10',
  'bnVsbA',
  'WyJhIiwiYiJd',
  'eyJhIjoxfQ',
  'done,failed',
  'done,,',
  '\0',
  '🎬',
  '%',
  "' or 1=1 --",
  'x'.repeat(5000),
];

function queryOf(chance: Chance, route: FuzzRoute): string {
  const own = route.query === undefined ? [] : Object.keys(route.query.shape);
  const pairs: string[] = [];
  for (let count = 1 + Math.floor(chance.number(3)); count > 0; count -= 1) {
    const name = chance.pick(own.length > 0 && chance.number(1) < 0.8 ? own : queryNames);
    const value = chance.pick(queryValues);
    // Half of the time as a client that does not know how to write it.
    pairs.push(`${name}=${chance.number(1) < 0.8 ? encodeURIComponent(value) : value.replace(/[^\x21-\x7e]/g, '%C3')}`);
  }
  return `?${pairs.join(chance.pick(['&', '&', '&', '&&', ';']))}`;
}

function weirdHeader(chance: Chance): [string, string] {
  const values = [
    '',
    'x',
    '0',
    '-1',
    'bytes=0-',
    'bytes=9-1',
    'bytes=0-1,5-6',
    'bytes=-0',
    'Bearer x',
    'Bearer ',
    'Basic eDp5',
    'zh;q=x',
    'zh-CN,en;q=0.5',
    '99999999999999999999',
    'https://studio.example',
    'https://evil.example',
    'null',
    '"abc"',
    'W/"abc"',
    '*',
    'gzip',
    'chunked',
    '100-continue',
    'enable',
    'a'.repeat(4000),
    'é',
    'refreel_session=x.y',
    'session=%00',
  ];
  const names = [
    'idempotency-key',
    'range',
    'if-range',
    'if-none-match',
    'accept',
    'accept-language',
    'last-event-id',
    'authorization',
    'x-request-id',
    'origin',
    'content-encoding',
    'expect',
    'cookie',
    'x-dashscope-async',
    'x-dashscope-ossresourceresolve',
    'x-api-key',
    'sec-fetch-site',
    'content-type',
  ];
  return [chance.pick(names), chance.pick(values)];
}

const types = [
  'application/json; charset=utf-8',
  'application/JSON',
  'application/json;',
  'text/plain',
  'text/html',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
  'image/png',
  'video/mp4',
  'application/octet-stream',
  'a/b/c',
  'é',
  '',
];

function bodyOf(
  chance: Chance,
  route: FuzzRoute,
  { bodies, others, forms, medium }: Ammunition,
): { type: string; body: Shot['body'] } {
  const takesForms = route.body === undefined || route.body.alsoTypes !== undefined;
  const form = forms[`${route.method} ${route.path}`];
  if (form !== undefined && chance.number(1) < 0.6) return formOf(chance, medium, bendForm(chance, chance.pick(form)));
  if (takesForms && chance.number(1) < 0.15) return formOf(chance, medium);
  if (takesForms && chance.number(1) < 0.03) {
    const bytes = medium.slice();
    for (let count = Math.floor(chance.number(4)); count > 0; count -= 1)
      bytes[Math.floor(chance.number(bytes.length))] = Math.floor(chance.number(256));
    return {
      type: chance.pick(['image/png', 'application/octet-stream', 'video/mp4']),
      body: bytes.slice(0, Math.ceil(bytes.length * chance.number(1.5))),
    };
  }
  const own = bodies[`${route.method} ${route.path}`] ?? others;
  const value = chance.number(1) < 0.95 && own.length > 0 ? chance.pick(own) : chance.pick(others);
  const text = chance.number(1) < 0.1 ? JSON.stringify(value) : mutateJson(chance, value);
  const body = chance.number(1) < 0.12 ? mutateText(chance, text) : text;
  return { type: chance.number(1) < 0.92 ? 'application/json' : chance.pick(types), body };
}

/** A form with a file, whole or not. */
function formOf(
  chance: Chance,
  medium: Uint8Array<ArrayBuffer>,
  right: readonly Field[] = [],
): { type: string; body: Uint8Array<ArrayBuffer> } {
  const boundary = chance.pick(['x', 'x', 'x', '----WebKitFormBoundaryA', "'()+_,-./:=?", 'b'.repeat(80)]);
  const name = chance.pick([
    'file',
    'file',
    'file',
    'input_reference',
    'prompt',
    '',
    'file"; x="',
    '文件',
    '__proto__',
  ]);
  const file = chance.pick(['a.png', '', '../../a.png', 'a\0.png', '😀.png', 'x'.repeat(3000)]);
  const own = right.map(
    (field) => `--${boundary}\r\nContent-Disposition: form-data; name="${field.name}"\r\n\r\n${field.value}\r\n`,
  );
  const fields = chance.pick([
    own.join(''),
    own.join(''),
    own.join(''),
    `--${boundary}\r\nContent-Disposition: form-data; name="${chance.pick(['name', 'model', 'prompt', 'key', 'seconds', 'policy'])}"\r\n\r\n${chance.pick(['', 'a lamp', 'sora-2', '\0', '9'.repeat(400)])}\r\n`,
  ]);
  const head = `${fields}--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${file}"\r\nContent-Type: ${chance.pick(['image/png', 'text/html', '', 'a'])}\r\n\r\n`;
  const media = chance.number(1) < 0.15 ? medium : new Uint8Array(Math.floor(chance.number(300)));
  const end = chance.pick([
    `\r\n--${boundary}--\r\n`,
    `\r\n--${boundary}--\r\n`,
    `\r\n--${boundary}\r\n`,
    '\r\n--other--',
    '',
  ]);
  const whole = new Uint8Array(Buffer.concat([Buffer.from(head), media, Buffer.from(end)]));
  const type = chance.pick([boundary, boundary, boundary, 'another', '']);
  return {
    type: `multipart/form-data; boundary=${type}`,
    body: chance.number(1) < 0.3 ? whole.slice(0, Math.floor(chance.number(whole.length))) : whole,
  };
}

/** A right form with some field of it changed, doubled or left out. */
export function bendForm(chance: Chance, fields: readonly Field[]): Field[] {
  const bent = [...fields];
  if (bent.length === 0 || chance.number(1) < 0.2) return bent;
  const place = Math.floor(chance.number(bent.length));
  const { name, value } = bent[place]!;
  // The whole may have become anything; then the field is left out.
  const wrong = JSON.parse(mutateJson(chance, { value }).replace('1e400', '1') || 'null') as { value?: unknown } | null;
  const said = wrong?.value;
  bent.splice(
    place,
    chance.number(1) < 0.8 ? 1 : 0,
    ...(said === undefined ? [] : [{ name, value: String(JSON.stringify(said)).replace(/^"|"$/g, '') }]),
  );
  return bent;
}

export function isField<Part extends { readonly name: string }>(part: Part | Field): part is Field {
  return 'value' in part;
}
