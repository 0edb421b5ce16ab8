import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, type ServeOptions, serve } from './main.ts';
import { readSettings } from './settings.ts';
import { makeTestFolder } from './store/test-store.ts';

/** A server on a free port of 127.0.0.1 with a folder of its own. */
export interface TestServer extends Running {
  readonly data: string;
  /** Asks it; `path` begins with "/". */
  ask(path: string, asking?: Asking): Promise<Answer>;
  /** What went wrong in it, which is nothing. */
  readonly faults: readonly unknown[];
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

export interface Asking {
  readonly method?: string;
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly bytes?: Uint8Array | string | FormData;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for.
  readonly json: any;
}

export const adminKey = 'administrator-of-the-tests';

/** `admin` sets the administrator's key, with which everybody needs a key. */
export async function startTestServer(
  { admin = false, environment = {} }: { admin?: boolean; environment?: Record<string, string> } = {},
  options: ServeOptions = {},
): Promise<TestServer> {
  const { DATABASE_URL, REFREEL_DATA } = environment;
  const elsewhere = DATABASE_URL !== undefined || REFREEL_DATA !== undefined;
  const data = elsewhere ? mkdtempSync(join(tmpdir(), 'refreel-http-')) : await makeTestFolder('http');
  const read = readSettings({
    REFREEL_PORT: '0',
    REFREEL_DATA: data,
    ...(admin && { REFREEL_ADMIN_KEY: adminKey }),
    ...environment,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const faults: unknown[] = [];
  const running = await serve(read.settings, { onFault: (error) => faults.push(error), ...options });
  return {
    ...running,
    data,
    faults,
    ask: (path, asking) => ask(running.url + path, asking),
    async remove() {
      await running.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export async function ask(url: string, { method, key, headers, json, bytes }: Asking = {}): Promise<Answer> {
  const body = json === undefined ? bytes : JSON.stringify(json);
  const answer = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(body !== undefined && { body: body as NonNullable<RequestInit['body']> }),
    redirect: 'manual',
  });
  const whole = Buffer.from(await answer.arrayBuffer());
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true && whole.length > 0;
  return {
    status: answer.status,
    headers: answer.headers,
    bytes: whole,
    json: isJson ? JSON.parse(whole.toString()) : undefined,
  };
}

/** Makes a key in a workspace of that name. */
export async function makeTestKey(server: TestServer, workspace: string): Promise<{ secret: string; id: string }> {
  const { json } = await server.ask('/v1/keys', { key: adminKey, json: { name: 'test', workspace } });
  return json;
}

/** A film that is drawn in a moment. */
export const smallRequest = { prompt: 'A lamp is lit.', seconds: 1, size: '128x72', fps: 8, audio: false } as const;
