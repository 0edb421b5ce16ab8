import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendStudio } from './studio.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-studio-'));
  mkdirSync(join(folder, 'studio'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>the page');
  writeFileSync(join(folder, 'stamp'), 'no business of anybody');
  writeFileSync(join(folder, 'studio', 'app-1a2b.js'), 'run()');
  writeFileSync(join(folder, 'studio', 'app-1a2b.js.gz'), gzipSync('run()'));
  writeFileSync(join(folder, 'studio', 'notes.txt'), 'not served');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (path: string, init: RequestInit = {}, from = folder) =>
  sendStudio(new Request(`http://127.0.0.1${path}`, init), new URL(`http://127.0.0.1${path}`), from);

test.each(['/', '/gallery', '/settings'])('%s is the page, which runs no script but its own', async (path) => {
  const answer = await ask(path);
  expect(await answer?.text()).toBe('<!doctype html>the page');
  const headers = answer!.headers;
  expect(headers.get('content-security-policy')).toMatch(
    /default-src 'none'; script-src 'self';.*frame-ancestors 'none'/,
  );
  expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
  expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-cache', 'nosniff']);
});

test('its parts never change; they are sent packed to whoever takes that', async () => {
  const plain = await ask('/studio/app-1a2b.js');
  expect(await plain?.text()).toBe('run()');
  expect(plain?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(plain?.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  const packed = await ask('/studio/app-1a2b.js', { headers: { 'accept-encoding': 'br, gzip' } });
  expect(packed?.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(await packed!.arrayBuffer()).toString()).toBe('run()');
  const head = await ask('/', { method: 'HEAD' });
  expect([head?.headers.get('content-length'), await head?.text()]).toEqual(['23', '']);
});

test.each([
  '/stamp',
  '/index.html',
  '/studio/',
  '/studio/notes.txt',
  '/studio/app-1a2b.js.gz',
  '/studio/missing-1.js',
  '/studio/..%2findex.html',
  '/studio/%2e%2e/stamp',
  '/v1/generations',
])('%s is not served here', async (path) => {
  expect(await ask(path)).toBeUndefined();
});

test('nothing is written here', async () => {
  expect(await ask('/', { method: 'POST', body: '{}' })).toBeUndefined();
});

test('before it is built the page says what to run', async () => {
  const answer = await ask('/', {}, join(folder, 'nowhere'));
  expect(answer?.status).toBe(503);
  expect(await answer?.text()).toContain('node packages/studio/build.ts');
});
