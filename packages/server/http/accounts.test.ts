import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '@refreel/core/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUp } from '../main.ts';
import { readSettings } from '../settings.ts';
import { adminKey, makeTestKey, startTestServer, type TestServer } from '../test-server.ts';

const key = 'sk-very-secret-0123456789';
const secret = 'a secret of at least thirty-two characters';
const folder = mkdtempSync(join(tmpdir(), 'refreel-accounts-'));
const data = join(folder, 'data');
const live = {
  REFREEL_MODE: 'live',
  REFREEL_DATA: data,
  REFREEL_SECRET: secret,
  VENICE_API_KEY: 'sk-of-the-environment',
};

/** A vendor that takes the key or does not, and what it was asked with. */
let vendor: Server;
let baseUrl: string;
let [status, asked]: [number, (string | undefined)[]] = [200, []];
let server: TestServer;

const entry = () => ({ id: 'mine', dialect: 'dashscope', baseUrl, key, models: ['wan2.7-r2v'], concurrency: 3 });
const ask = (path: string, asking: Parameters<TestServer['ask']>[1] = {}) =>
  server.ask(`/v1/accounts${path}`, { key: adminKey, ...asking });

beforeAll(async () => {
  vendor = createServer((request, answer) => {
    asked.push(request.headers.authorization);
    const error = { code: 'InvalidApiKey', message: 'Invalid API-key provided.' };
    const unknown = { output: { task_id: 'x', task_status: 'UNKNOWN' } };
    answer.writeHead(status, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ request_id: 'r', ...(status === 200 ? unknown : status === 401 ? error : {}) }));
  });
  await new Promise<void>((listening) => vendor.listen(0, '127.0.0.1', listening));
  baseUrl = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;
  server = await startTestServer({ admin: true, environment: live });
}, 60_000);
afterAll(async () => {
  await server.close();
  await new Promise((closed) => vendor.close(closed));
  rmSync(folder, { recursive: true, force: true });
});

test('only the administrator sees accounts or changes them', async () => {
  const { secret: callers } = await makeTestKey(server, 'callers');
  for (const [path, asking] of [
    ['', {}],
    ['', { json: entry() }],
    ['/venice', { method: 'DELETE' }],
    ['/venice/check', { method: 'POST' }],
  ] as const)
    expect((await ask(path, { ...asking, key: callers })).status, path).toBe(403);
});

test('one is added, listed and asked, and its key is told by nothing', async () => {
  const added = await ask('', { json: entry() });
  expect(added.status, added.bytes.toString()).toBe(201);
  expect(added.json).toMatchObject({ id: 'mine', origin: 'added', concurrency: 3, pace: null, aside: null });
  expect((await ask('', { json: entry() })).json.error.code).toBe('account_taken');
  const listed = await ask('');
  expect(listed.json.items.map(({ id }: { id: string }) => id)).toEqual(['venice', 'mine']);
  const { secret: callers } = await makeTestKey(server, 'callers');
  const check = await server.ask('/v1/check', {
    key: callers,
    json: { model: 'wan2.7-r2v', seconds: 2, prompt: 'Rain.' },
  });
  expect(JSON.stringify(check.json.problems)).not.toContain('account_missing');
  for (const { bytes } of [added, listed]) expect(bytes.toString()).not.toContain(key);
  const wrong = await ask('', { json: { ...entry(), id: 'wrong', models: ['sora-2'] } });
  expect([wrong.status, wrong.json.error.code]).toEqual([422, 'account_invalid']);
  expect(wrong.bytes.toString()).not.toContain(key);
});

test('its vendor is asked whether it takes the key, by a look that creates nothing', async () => {
  status = 401;
  expect((await ask('/mine/check', { method: 'POST' })).json).toMatchObject({
    ...{ key: 'refused', problem: { code: 'account_key_refused' } },
    account: { aside: { problem: { code: 'account_key_refused' } } },
  });
  status = 503;
  expect((await ask('/mine/check', { method: 'POST' })).json).toMatchObject({
    key: 'unclear',
    account: { id: 'mine' },
  });
  expect((await ask('')).json.items[1].aside).not.toBeNull();
  status = 200;
  expect((await ask('/mine/check', { method: 'POST' })).json).toMatchObject({ key: 'taken', account: { aside: null } });
  expect(new Set(asked)).toEqual(new Set([`Bearer ${key}`]));
  expect((await ask('/nobody/check', { method: 'POST' })).status).toBe(404);
});

test('no file of the server holds the key in the clear, and no backup', { timeout: 120_000 }, async () => {
  await server.close();
  const target = join(folder, 'backup');
  const read = readSettings({ ...live, REFREEL_PORT: '0' });
  if (!read.ok) throw new Error('not read');
  await backUp(read.settings, target, {});
  const files = [data, target].flatMap((root) =>
    (readdirSync(root, { recursive: true, encoding: 'utf8' }) as string[]).map((name) => join(root, name)),
  );
  const bytes = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file));
  expect(bytes.length).toBeGreaterThan(5);
  // It is there, sealed.
  expect(bytes.some((one) => one.includes('"mine"'))).toBe(true);
  expect(bytes.filter((one) => one.includes(key))).toEqual([]);
});

test('another secret is said at start, by name and with what to do; with the former one it is there again', async () => {
  const other = { ...live, REFREEL_SECRET: `${secret} of somebody else` };
  server = await startTestServer({ admin: true, environment: other });
  const [fault] = server.faults;
  expect(fault).toBeInstanceOf(Refusal);
  expect((fault as Refusal).message).toMatch(/"mine" was sealed with another REFREEL_SECRET/);
  const listed = await ask('');
  expect(listed.json).toMatchObject({ items: [{ id: 'venice' }], unreadable: [{ id: 'mine' }] });
  await server.close();
  server = await startTestServer({ admin: true, environment: live });
  expect((await ask('')).json).toMatchObject({ items: [{ id: 'venice' }, { id: 'mine' }], unreadable: [] });
});

test('one that was added is taken away, with its key; one of the environment is not', async () => {
  expect((await ask('/venice', { method: 'DELETE' })).json.error.code).toBe('account_fixed');
  expect((await ask('/mine', { method: 'DELETE' })).json).toEqual({ id: 'mine' });
  expect((await ask('/mine', { method: 'DELETE' })).status).toBe(404);
});

test('a sandbox asks no vendor', async () => {
  const sandbox = await startTestServer({ environment: { VENICE_API_KEY: 'sk-of-the-environment' } });
  try {
    const checked = await sandbox.ask('/v1/accounts/venice/check', { method: 'POST' });
    expect([checked.status, checked.json.error.code]).toEqual([409, 'account_asleep']);
  } finally {
    await sandbox.remove();
  }
});
