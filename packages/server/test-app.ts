import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccountDesk, openSealer } from './accounts/index.ts';
import { openGuardedFetch } from './fetch/index.ts';
import { openGenerations } from './generations/index.ts';
import { type App, openApp } from './http/app.ts';
import { openMetrics } from './http/metrics.ts';
import type { HttpLimits } from './http/parts.ts';
import { openSigners } from './http/signer.ts';
import { openClock } from './sandbox/clock.ts';
import { type Database, openDatabase, openFolderFiles } from './store/index.ts';
import { makeTestFolder } from './store/test-store.ts';
import { openWebhooks } from './webhooks/index.ts';

/** The routes on a real store, asked in process. Films are accepted and not drawn. */
export interface TestApp extends App {
  readonly database: Database;
  readonly faults: readonly unknown[];
  close(): Promise<void>;
}

export const appHost = '127.0.0.1:8787';

/**
 * `adminKey`: with it everybody needs a key. `databaseUrl`: a PostgreSQL instead of the embedded database. `tellsReceivers`: false where the
 * test has deliverers of its own, which would have to share the receivers with the app's.
 */
export async function openTestApp(
  limits: Partial<HttpLimits> = {},
  {
    adminKey,
    databaseUrl,
    faultsObeyed = false,
    tellsReceivers = true,
  }: {
    readonly adminKey?: string;
    readonly databaseUrl?: string | undefined;
    readonly faultsObeyed?: boolean;
    readonly tellsReceivers?: boolean;
  } = {},
): Promise<TestApp> {
  const data = databaseUrl === undefined ? await makeTestFolder('app') : mkdtempSync(join(tmpdir(), 'refreel-app-'));
  const database = await openDatabase(databaseUrl === undefined ? { folder: data } : { url: databaseUrl });
  const files = await openFolderFiles(join(data, 'files'));
  const faults: unknown[] = [];
  const stopping = new AbortController();
  // Nothing is looked up: whatever host is named, there is none.
  const fetch = openGuardedFetch({ lookup: async () => [] });
  const clock = await openClock(database);
  const sandboxNow = async () => (await clock.read()).now;
  const generations = await openGenerations({ database, files, fetch, sandboxNow, limits: { renders: 0 } });
  const accounts = await openAccountDesk({
    ...{ connection: database.connection, accounts: [], refreshSeconds: 0 },
    sealer: openSealer('the secret of the tests in process'),
    check: async () => ({ is: 'taken' }),
    onError: (error) => faults.push(error),
  });
  const webhooks = openWebhooks({
    connection: database.connection,
    fetch,
    sign: openSigners('the secret of the tests in process')('webhook').sign,
    onError: (error) => faults.push(error),
    ...(!tellsReceivers && { idleSeconds: 86_400 }),
  });
  const app = await openApp({
    ...{ database, files, generations, clock, limits, accounts },
    adminKey,
    faultsObeyed,
    mode: 'sandbox',
    signer: openSigners('the secret of the tests in process'),
    metrics: openMetrics(),
    webhooks,
    version: '0.0.0',
    door: () => ({ host: '127.0.0.1', port: 8787, publicUrl: undefined, cors: ['https://studio.example'] }),
    stopping: stopping.signal,
    onFault: (error) => faults.push(error),
  });
  return {
    ...app,
    database,
    faults,
    async close() {
      stopping.abort();
      await Promise.all([generations.close(), webhooks.close()]);
      await database.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A request to it as a caller of this machine sends it. */
export function requestTo(path: string, init: RequestInit = {}): Request {
  const headers = new Headers(init.headers);
  if (!headers.has('host')) headers.set('host', appHost);
  return new Request(`http://${appHost}${path}`, { ...init, headers });
}

export function post(path: string, json: unknown, headers: Record<string, string> = {}): Request {
  return requestTo(path, {
    method: 'POST',
    body: JSON.stringify(json),
    headers: { 'content-type': 'application/json', ...headers },
  });
}
