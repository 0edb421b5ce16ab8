import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminKey, startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { refreel } from '../e2e/command.ts';
import { freePort, openFolders, writeAccounts } from './peers.ts';

// The doctor looks at the accounts of a server that does not run: those of its file, and what its store keeps of them.

const folders = openFolders();
let server: TestServer;
let vendor: Server;
let environment: Record<string, string>;
/** What came to the vendors, and with which key. */
const asked: string[] = [];
/** Keys that are not taken. */
const refused = new Set(['sk-bad-0123456789']);
const keys = ['sk-good-0123456789', 'sk-bad-0123456789', 'sk-away-0123456789', 'sk-added-0123456789'];

beforeAll(async () => {
  vendor = createServer((request, answer) => {
    asked.push(`${request.method} ${request.url?.replace(/[\w-]{20,}/, '…')} ${request.headers.authorization}`);
    const taken = !refused.has(request.headers.authorization?.slice(7) ?? '');
    const error = taken ? { code: 'not_found', message: 'no such video' } : { code: 'invalid_api_key', message: 'no' };
    answer.writeHead(taken ? 404 : 401, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  });
  await new Promise<void>((listening) => vendor.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}/v1`;
  const base = { dialect: 'openai', baseUrl: url, models: ['sora-2'] };
  const away = `http://127.0.0.1:${await freePort()}/v1`;
  const file = writeAccounts(folders.make(), [
    { ...base, id: 'good', key: keys[0]! },
    { ...base, id: 'bad', key: keys[1]! },
    { ...base, id: 'away', baseUrl: away, key: keys[2]! },
  ]);
  environment = { REFREEL_MODE: 'live', REFREEL_ACCOUNTS: file };
  server = await startTestServer({ admin: true, environment });
  const admin = { key: adminKey };
  await server.ask('/v1/accounts', { ...admin, json: { ...base, id: 'added', key: keys[3] } });
  const checked = await server.ask('/v1/accounts/bad/check', { ...admin, json: {} });
  expect(checked.json.account.aside).not.toBeNull();
}, 120_000);

afterAll(async () => {
  await server.close();
  rmSync(server.data, { recursive: true, force: true });
  vendor.closeAllConnections();
  vendor.close();
  folders.remove();
});

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly optional?: boolean;
  readonly says: string;
}

/** Its findings of accounts. A hook writes down whatever it connects to. */
async function doctor(language: string, own: Record<string, string> = environment, data = server.data) {
  const place = folders.make();
  const log = join(place, 'connections');
  const hook = join(place, 'hook.mjs');
  writeFileSync(
    hook,
    `import { appendFileSync } from 'node:fs';
import { Socket } from 'node:net';
const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...given) {
  const [first] = Array.isArray(given[0]) ? given[0] : given;
  if ((first?.path ?? null) === null) appendFileSync(${JSON.stringify(log)}, JSON.stringify(first?.port ?? first) + '\\n');
  return connect.apply(this, given);
};`,
  );
  const outcome = await refreel(['doctor', '--json', '--lang', language], {
    environment: { PATH: process.env.PATH ?? '', NODE_OPTIONS: `--import=${hook}`, REFREEL_DATA: data, ...own },
  });
  expect(outcome.stderr).toBe('');
  for (const key of keys) expect(outcome.stdout).not.toContain(key);
  const findings = (JSON.parse(outcome.stdout) as Finding[]).filter(({ what }) => /account|账户/.test(what));
  return { ...outcome, findings, connections: existsSync(log) ? readFileSync(log, 'utf8') : '' };
}

test('without accounts nobody is asked anything', { timeout: 120_000 }, async () => {
  const { findings, connections } = await doctor('en', {}, join(folders.make(), 'none'));
  expect([findings, connections]).toEqual([[], '']);
});

test('while the server is at its store, the doctor says who knows what was added and what is set aside', {
  timeout: 120_000,
}, async () => {
  const { findings } = await doctor('zh');
  expect(findings.map(({ what }) => what)).toEqual(['账户 good', '账户 bad', '账户 away', '已添加或已停用的账户']);
  expect(findings.at(-1)?.says).toMatch(/正被另一个进程使用.*refreel accounts/);
});

test('each account is told with its key’s fate, and why it is set aside; nothing is changed by it', {
  timeout: 240_000,
}, async () => {
  await server.close();
  asked.length = 0;
  const { code, findings, connections } = await doctor('en');
  expect(code).toBe(4);
  expect(findings.map(({ what, ok, optional }) => [what, ok, optional === true])).toEqual([
    ['account good', true, false],
    ['account bad', false, false],
    ['account away', false, true],
    ['account added', true, false],
  ]);
  const [good, bad, away] = findings.map(({ says }) => says);
  expect(good).toMatch(/^openai, http:\/\/127\.0\.0\.1:\d+\/v1, sora-2\. Its vendor takes the key\.$/);
  expect(bad).toMatch(/Its vendor does not take the key\. Set aside since \d{4}-.*: .*bad.*check/s);
  expect(away).toMatch(/did not say whether it takes the key\./);
  // One look at nothing each, and nothing else.
  expect(asked.sort()).toEqual(['added', 'bad', 'good'].map((id) => `GET /v1/videos/… Bearer sk-${id}-0123456789`));
  expect(connections).not.toBe('');

  refused.clear();
  const again = await doctor('zh');
  const still = again.findings.find(({ what }) => what === '账户 bad');
  expect(still).toMatchObject({ ok: false, optional: true });
  expect(still?.says).toMatch(/供应商接受该密钥。 停用自 \d{4}-/);
});

test('a file of accounts that is wrong is told by its place', { timeout: 120_000 }, async () => {
  const file = writeAccounts(folders.make(), [
    { id: 'odd', dialect: 'nobody', baseUrl: 'http://127.0.0.1:9', key: keys[0]!, models: ['sora-2'] },
  ]);
  const { code, stdout } = await refreel(['doctor', '--json'], {
    environment: { PATH: process.env.PATH ?? '', REFREEL_ACCOUNTS: file, REFREEL_DATA: server.data },
  });
  expect(code).toBe(4);
  const found = (JSON.parse(stdout) as Finding[]).find(({ what }) => what === 'settings');
  expect(found?.says).toContain('[0].dialect');
  expect(stdout).not.toContain(keys[0]);
});
