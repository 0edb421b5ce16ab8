import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GuardedFetch, isRefusal, openGuardedFetch } from './guarded-fetch.ts';
import { mappedFetch, readPrefix } from './mapped-fetch.ts';

const limits = { bytes: 100, totalSeconds: 20, idleSeconds: 10, redirects: 2 };

let place: string;
let fetch: GuardedFetch;
let number = 0;
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'refreel-map-'));
  for (const folder of ['media/deep', 'media-private', 'other']) mkdirSync(join(place, folder), { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(place, name), text);
  write('secret.txt', 'secret');
  write('media-private/a.png', 'secret');
  write('media/a.png', 'picture');
  write('media/deep/b c.png', 'deep');
  write('media/猫.png', 'cat');
  write('media/%2e%2e', 'odd');
  write('media/large', 'x'.repeat(101));
  write('other/a.png', 'other');
  symlinkSync(join(place, 'secret.txt'), join(place, 'media/link.png'));
  symlinkSync(place, join(place, 'media/up'));
  symlinkSync('a.png', join(place, 'media/inside.png'));
  symlinkSync(join(place, 'media'), join(place, 'linked'));
  execFileSync('mkfifo', [join(place, 'media/pipe')]);
  const guard = openGuardedFetch({ lookup: async () => [] });
  fetch = await mappedFetch(guard, [
    { prefix: readPrefix('https://cdn.example/docs')!, folder: join(place, 'linked') },
    { prefix: readPrefix('https://cdn.example/docs/other/')!, folder: join(place, 'other') },
    { prefix: readPrefix('http://127.0.0.1:9/')!, folder: join(place, 'other') },
  ]);
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

async function get(url: string): Promise<string> {
  const file = join(place, `got-${number++}`);
  const result = await fetch.download(url, { file }, limits);
  if (!isRefusal(result)) return readFileSync(file, 'utf8');
  expect(existsSync(file)).toBe(false);
  return `${result.code} ${result.found ?? ''}`.trim();
}

test.each([
  ['https://cdn.example/docs/a.png', 'picture'],
  ['https://cdn.example/docs/a.png?Expires=1&Signature=a/../b#part', 'picture'],
  ['HTTPS://CDN.example:443/docs/a.png', 'picture'],
  ['https://cdn.example/docs/deep/b%20c.png', 'deep'],
  ['https://cdn.example/docs/%E7%8C%AB.png', 'cat'],
  ['https://cdn.example/docs/猫.png', 'cat'],
  ['https://cdn.example/docs/inside.png', 'picture'],
  ['https://cdn.example/docs/deep/../a.png', 'picture'],
  ['https://cdn.example/docs/other/a.png', 'other'],
  ['http://127.0.0.1:9/a.png', 'other'],
])('%s is a file', async (url, text) => {
  expect(fetch.inspect(url)).toBeUndefined();
  expect(await get(url)).toBe(text);
});

test.each([
  ['https://cdn.example/docs/none.png'],
  ['https://cdn.example/docs/'],
  ['https://cdn.example/docs/deep'],
  ['https://cdn.example/docs/deep/'],
  ['https://cdn.example/docs/link.png'],
  ['https://cdn.example/docs/up/secret.txt'],
  ['https://cdn.example/docs/deep%2fb%20c.png'],
  ['https://cdn.example/docs/..%2fsecret.txt'],
  ['https://cdn.example/docs/%2e%2e%2fsecret.txt'],
  ['https://cdn.example/docs/..%5csecret.txt'],
  ['https://cdn.example/docs/%252e%252e/secret.txt'],
  ['https://cdn.example/docs/%2fetc%2fpasswd'],
  ['https://cdn.example/docs//etc/passwd'],
  ['https://cdn.example/docs/a.png%00.txt'],
  ['https://cdn.example/docs/%ff'],
  ['https://cdn.example/docs/a.png/'],
  ['https://cdn.example/docs/pipe'],
  [`https://cdn.example/docs/${'a'.repeat(3000)}`],
])('%s is not there', async (url) => {
  expect(await get(url)).toBe('status 404');
});

test.each([
  // The parser has taken the dots away: this is no address below the prefix.
  ['https://cdn.example/docs/../secret.txt'],
  ['https://cdn.example/docs/%2e%2e/secret.txt'],
  ['https://cdn.example/docs/.%2E/media-private/a.png'],
  ['https://cdn.example/docs-private/a.png'],
  ['https://cdn.example/docs'],
  ['https://cdn.example.evil.example/docs/a.png'],
  ['http://cdn.example/docs/a.png'],
  ['https://cdn.example:8443/docs/a.png'],
])('%s is of the network', async (url) => {
  expect(await get(url)).toMatch(/^name_not_found /);
});

test('what the guard refuses for its text is refused', async () => {
  for (const url of ['https://me:word@cdn.example/docs/a.png', 'file:///etc/passwd', 'ftp://cdn.example/docs/a.png'])
    expect([fetch.inspect(url)?.code, await get(url)]).toEqual([
      expect.stringMatching(/^url_/),
      expect.stringMatching(/^url_/),
    ]);
  expect(fetch.inspect('http://127.0.0.1:8/a.png')?.code).toBe('url_port');
});

test('limits hold, and a stop is a stop', async () => {
  expect(await get('https://cdn.example/docs/large')).toBe('too_large 101');
  const stopped = AbortSignal.abort(new Error('enough'));
  const file = join(place, 'stopped');
  await expect(fetch.download('https://cdn.example/docs/a.png', { file }, limits, stopped)).rejects.toThrow('enough');
  expect(existsSync(file)).toBe(false);
});

test('a folder that is not there is said at once', async () => {
  const places = [{ prefix: 'https://cdn.example/', folder: join(place, 'nowhere') }];
  await expect(mappedFetch(openGuardedFetch(), places)).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each([
  ['https://a.example', 'https://a.example/'],
  ['https://a.example/b', 'https://a.example/b/'],
  ['HTTP://A.example:80/b/../c/', 'http://a.example/c/'],
  ['a.example', undefined],
  ['ftp://a.example/', undefined],
  ['https://me@a.example/', undefined],
  ['https://a.example/?x', undefined],
  ['https://a.example/?', undefined],
  ['https://a.example/#x', undefined],
  ['', undefined],
])('the prefix %j is %j', (text, prefix) => {
  expect(readPrefix(text)).toBe(prefix);
});
