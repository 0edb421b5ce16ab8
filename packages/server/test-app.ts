import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGuardedFetch } from './fetch/index.ts';
import { openGenerations } from './generations/index.ts';
import { type App, openApp } from './http/app.ts';
import type { HttpLimits } from './http/parts.ts';
import { type Database, openDatabase, openFolderFiles } from './store/index.ts';

/** The routes on a real store, asked in process. Films are accepted and not drawn. */
export interface TestApp extends App {
  readonly database: Database;
  readonly faults: readonly unknown[];
  close(): Promise<void>;
}

export const appHost = '127.0.0.1:8787';

export async function openTestApp(limits: Partial<HttpLimits> = {}): Promise<TestApp> {
  const data = mkdtempSync(join(tmpdir(), 'refreel-app-'));
  const database = await openDatabase({ folder: data });
  const files = await openFolderFiles(join(data, 'files'));
  const faults: unknown[] = [];
  const stopping = new AbortController();
  // Nothing is looked up: whatever host is named, there is none.
  const fetch = openGuardedFetch({ lookup: async () => [] });
  const generations = await openGenerations({ database, files, fetch, limits: { renders: 0 } });
  const app = await openApp({
    ...{ database, files, generations, limits },
    adminKey: undefined,
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
      await generations.close();
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
