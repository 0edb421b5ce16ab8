import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDialect } from '@refreel/core/dialects';
import { fillTestFolder } from '../../packages/server/store/test-store.ts';
import { type Serving, startServing } from '../chaos/serving.ts';
import { media } from '../e2e/command.ts';

/** What stands in a file of accounts. */
export interface WrittenAccount {
  readonly id: string;
  readonly dialect: string;
  readonly baseUrl: string;
  /** Left out for an engine without one. */
  readonly key?: string;
  readonly models: readonly string[] | Readonly<Record<string, string>>;
  readonly lookIntervalSeconds?: number;
  readonly concurrency?: number;
  readonly region?: string;
  readonly cards?: readonly unknown[];
  readonly pace?: { readonly submits: number; readonly seconds: number };
  readonly prices?: unknown;
  readonly fields?: unknown;
}

/** Folders of a test, which go with it. */
export function openFolders() {
  const all: string[] = [];
  return {
    make(name = 'sending'): string {
      const folder = mkdtempSync(join(tmpdir(), `refreel-${name}-`));
      all.push(folder);
      return folder;
    },
    remove() {
      for (const folder of all) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A sandbox in a process of its own, which plays every vendor. */
export async function startVendor(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ serving: Serving; url: string }> {
  await fillTestFolder(folder);
  const serving = startServing(folder, { REFREEL_ALLOW_PRIVATE: '127.0.0.1', ...environment });
  return { serving, url: await serving.url };
}

/** An account of a dialect at such a vendor; its key is told apart from everything else. */
export function accountAt(vendor: string, dialect: string, models: readonly string[]): WrittenAccount {
  const base = findDialect(dialect)!.bases[0]!;
  return {
    ...{ id: `my-${dialect}`, dialect, baseUrl: vendor + base.path, key: `sk-${dialect}-0123456789` },
    ...{ models, lookIntervalSeconds: 0.3, ...(base.region !== undefined && { region: base.region }) },
  };
}

/** Writes the file that REFREEL_ACCOUNTS names. */
export function writeAccounts(folder: string, accounts: readonly WrittenAccount[]): string {
  const file = join(folder, 'accounts.json');
  writeFileSync(file, JSON.stringify(accounts));
  return file;
}

/** How many generations a vendor has accepted since it started, whatever became of them: what it would charge. */
export async function chargedAt(vendor: string): Promise<number> {
  const text = await (await fetch(`${vendor}/metrics`)).text();
  const lines = text.matchAll(/^refreel_accept_seconds_count\{[^}]*\} (\d+)$/gm);
  return [...lines].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** The prompts of what a vendor was asked for and has not deleted, and how often each was. */
export async function promptsAt(vendor: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  let cursor = '';
  do {
    const answer = await fetch(`${vendor}/v1/generations?limit=100${cursor}`);
    const page = (await answer.json()) as { items: { request: { shots: unknown } }[]; cursor?: string };
    for (const { request } of page.items) {
      const prompt = JSON.stringify(request.shots);
      found.set(prompt, (found.get(prompt) ?? 0) + 1);
    }
    cursor = page.cursor === undefined ? '' : `&cursor=${page.cursor}`;
  } while (cursor !== '');
  return found;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

export function pictureUri(name = 'cat.png'): string {
  return `data:image/png;base64,${readFileSync(join(media, name)).toString('base64')}`;
}
