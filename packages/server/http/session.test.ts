import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { adminKey, makeTestKey, smallRequest, startTestServer, type TestServer } from '../test-server.ts';
import { isOwnPage, openSessions } from './session.ts';
import { openSigners } from './signer.ts';

const hookMilliseconds = 60_000;
const ownPage = { 'sec-fetch-site': 'same-origin' };

let server: TestServer;
let ours: { secret: string; id: string };
let theirs: { secret: string; id: string };
beforeAll(async () => {
  server = await startTestServer({ admin: true });
  ours = await makeTestKey(server, 'ours');
  theirs = await makeTestKey(server, 'theirs');
}, hookMilliseconds);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

async function signIn(secret: string): Promise<string> {
  const { status, headers } = await server.ask('/v1/session', { method: 'POST', key: secret });
  expect(status).toBe(200);
  return headers.get('set-cookie')!.split(';')[0]!;
}

describe('a browser', () => {
  test('changes its key for a cookie that no script reads and no other site sends', async () => {
    const { json, headers } = await server.ask('/v1/session', { method: 'POST', key: ours.secret });
    const cookie = headers.get('set-cookie')!;
    expect(cookie).toMatch(/^refreel_\d+=[\w.-]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(ours.secret.slice(4));
    expect(json).toMatchObject({ keyNeeded: true, by: 'session', workspace: { name: 'ours' }, key: { id: ours.id } });
    expect(JSON.stringify(json)).not.toContain(ours.secret);
  });

  test('reads and writes with it what is of its workspace, and is told who it is', async () => {
    const cookie = await signIn(ours.secret);
    const who = await server.ask('/v1/session', { headers: { cookie } });
    expect(who.json).toMatchObject({ by: 'session', workspace: { name: 'ours' }, key: { id: ours.id, name: 'test' } });
    expect(Date.parse(who.json.expiresAt)).toBeGreaterThan(Date.now());
    const made = await server.ask('/v1/generations', { json: smallRequest, headers: { cookie, ...ownPage } });
    expect([made.status, made.json.keyId]).toEqual([202, ours.id]);
    const mine = await server.ask(`/v1/generations/${made.json.id}`, { headers: { cookie } });
    expect(mine.status).toBe(200);
    const stranger = await server.ask(`/v1/generations/${made.json.id}`, {
      headers: { cookie: await signIn(theirs.secret) },
    });
    expect(stranger.status).toBe(404);
  });

  test('writes from our own pages only, whatever the method and whatever it says of itself', async () => {
    const cookie = await signIn(ours.secret);
    const port = new URL(server.url).port;
    const write = async (headers: Record<string, string>, method = 'POST', path = '/v1/check') => {
      const json = method === 'POST' ? smallRequest : undefined;
      const answer = await server.ask(path, { method, headers: { cookie, ...headers }, json });
      return answer.status < 400 ? 'done' : answer.json.error.code;
    };
    expect(await write({})).toBe('session_elsewhere');
    expect(await write({ 'sec-fetch-site': 'none' })).toBe('session_elsewhere');
    expect(await write({ 'sec-fetch-site': 'same-site' })).toBe('foreign_origin');
    expect(await write({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe('foreign_origin');
    expect(await write({ origin: 'https://evil.example' })).toBe('foreign_origin');
    expect(await write({ origin: 'null' })).toBe('foreign_origin');
    // By another name of this machine: its own server, and yet another site.
    expect(await write({ origin: `http://localhost:${port}` })).toBe('session_elsewhere');
    expect(await write({}, 'DELETE', '/v1/session')).toBe('session_elsewhere');
    expect(await write({ origin: server.url })).toBe('done');
    expect(await write(ownPage)).toBe('done');
  });

  test('gives it back', async () => {
    const cookie = await signIn(ours.secret);
    const ended = await server.ask('/v1/session', { method: 'DELETE', headers: { cookie, ...ownPage } });
    expect([ended.status, ended.headers.get('set-cookie')]).toEqual([
      204,
      expect.stringMatching(/=; Path=\/; Max-Age=0;/),
    ]);
    expect((await server.ask('/v1/session', { method: 'DELETE' })).status).toBe(204);
  });

  test('has ended it for whoever copied it, and for nobody else', async () => {
    const [cookie, other] = [await signIn(ours.secret), await signIn(ours.secret)];
    expect(cookie).not.toBe(other);
    const end = { method: 'DELETE', headers: { cookie, ...ownPage } };
    // Twice is once.
    expect([(await server.ask('/v1/session', end)).status, (await server.ask('/v1/session', end)).status]).toEqual([
      204, 204,
    ]);
    const copy = await server.ask('/v1/models', { headers: { cookie } });
    expect([copy.status, copy.json.error.code]).toEqual([401, 'key_needed']);
    expect((await server.ask('/v1/session', { headers: { cookie } })).json.by).toBeNull();
    expect((await server.ask('/v1/models', { headers: { cookie: other } })).status).toBe(200);
    expect((await server.ask('/v1/models', { key: ours.secret })).status).toBe(200);
  });

  test('is nobody once its key is revoked', async () => {
    const key = await makeTestKey(server, 'ours');
    const cookie = await signIn(key.secret);
    expect((await server.ask('/v1/models', { headers: { cookie } })).status).toBe(200);
    await server.ask(`/v1/keys/${key.id}`, { method: 'DELETE', key: adminKey });
    const after = await server.ask('/v1/models', { headers: { cookie } });
    expect([after.status, after.json.error.code]).toEqual([401, 'key_needed']);
    const who = await server.ask('/v1/session', { headers: { cookie } });
    expect(who.json).toEqual({
      keyNeeded: true,
      by: null,
      workspace: null,
      key: null,
      mode: 'sandbox',
      expiresAt: null,
    });
  });

  test('cannot prolong a cookie by itself, nor be the administrator', async () => {
    const cookie = await signIn(ours.secret);
    const again = await server.ask('/v1/session', { method: 'POST', headers: { cookie, ...ownPage } });
    expect([again.status, again.json.error.code, again.headers.get('set-cookie')]).toEqual([401, 'key_needed', null]);
    const keys = await server.ask('/v1/keys', { headers: { cookie, ...ownPage } });
    expect(keys.json.error.code).toBe('admin_key_needed');
  });

  test('a key beside the cookie counts, and a wrong one is not made up for by it', async () => {
    const cookie = await signIn(ours.secret);
    const who = await server.ask('/v1/session', { key: theirs.secret, headers: { cookie } });
    expect(who.json).toMatchObject({ by: 'key', workspace: { name: 'theirs' }, expiresAt: null });
    expect((await server.ask('/v1/models', { key: 'rfl_wrong', headers: { cookie } })).json.error.code).toBe(
      'key_invalid',
    );
  });

  test('with a forged cookie is nobody', async () => {
    const cookie = await signIn(ours.secret);
    const [name, value] = cookie.split('=') as [string, string];
    const [workspace, key, id, until, signature] = value.split('.') as [string, string, string, string, string];
    const foreign = (await signIn(theirs.secret)).split('=')[1]!.split('.');
    const signer = openSigners('not the secret of this server at all');
    const port = Number(new URL(server.url).port);
    const forged = openSessions(signer, () => ({ port, publicUrl: undefined })).begin(workspace as never, key).cookie;
    const values = [
      '',
      '.',
      'a.b.c.d.e',
      `${workspace}.${key}.${id}.${Number(until) + 1}.${signature}`,
      `${workspace}.${key}.${id.replace(/^./, (one) => (one === 'A' ? 'B' : 'A'))}.${until}.${signature}`,
      `${workspace}.${key}.${until}.${signature}`,
      `${foreign[0]}.${key}.${id}.${until}.${signature}`,
      `${workspace}.${foreign[1]}.${id}.${until}.${signature}`,
      `${workspace}.${key}.${id}.${until}.`,
      `${workspace}.${key}.${id}.${until}.${foreign[4]}`,
      `${value}.${signature}`,
      `%77${value.slice(1)}`,
      forged.split(';')[0]!.split('=')[1]!,
      '.'.repeat(8000),
    ];
    for (const one of values) {
      const answer = await server.ask('/v1/models', { headers: { cookie: `${name}=${one}` } });
      expect([answer.status, answer.json.error.code], one.slice(0, 80)).toEqual([401, 'key_needed']);
    }
    // Somebody else's of the same name does not push ours aside.
    const both = await server.ask('/v1/models', { headers: { cookie: `a=b; ${name}=x.y; ${cookie}` } });
    expect(both.status).toBe(200);
  });
});

describe('the cookie', () => {
  const signers = openSigners('a secret of the tests, long enough');
  const read = (cookie: string, publicUrl?: string, port = 8787) =>
    openSessions(signers, () => ({ port, publicUrl })).read(new Headers({ cookie }));
  const begin = (publicUrl?: string) =>
    openSessions(signers, () => ({ port: 8787, publicUrl })).begin('wsp_1' as never, 'key_1').cookie;

  test('is kept to this host and to https where there is https', () => {
    const cookie = begin('https://films.example/refreel');
    expect(cookie).toMatch(/^__Host-refreel=[\w.-]+; Path=\/; .*; Secure$/);
    expect(read(cookie.split(';')[0]!, 'https://films.example')).toMatchObject({ workspace: 'wsp_1', key: 'key_1' });
    expect(begin('http://films.example')).not.toContain('Secure');
  });

  test('of another server of this machine is not taken for ours', () => {
    const cookie = begin().split(';')[0]!;
    expect(read(cookie)).toBeDefined();
    expect(read(cookie, undefined, 8788)).toBeUndefined();
  });

  test('ends after its time, whatever the browser keeps', () => {
    const cookie = begin().split(';')[0]!;
    vi.useFakeTimers({ now: Date.now() + 30 * 86_400_000 - 2000, toFake: ['Date'] });
    try {
      expect(read(cookie)).toBeDefined();
      vi.setSystemTime(Date.now() + 2001);
      expect(read(cookie)).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://films.example' }, true],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://films.example' }, false],
    [{ origin: 'https://films.example' }, true],
    [{ origin: 'https://films.example:444' }, false],
    [{ origin: 'http://10.0.0.9:8787', host: '10.0.0.9:8787' }, true],
    [{ origin: 'http://10.0.0.9:9999', host: '10.0.0.9:8787' }, false],
    [{ host: '10.0.0.9:8787' }, false],
    [{}, false],
  ])('a page that says %j: own page %s', (headers, own) => {
    expect(isOwnPage(new Headers(headers as Record<string, string>), { publicUrl: 'https://films.example/a' })).toBe(
      own,
    );
  });
});

test(
  'where no key is needed, there is nothing to sign in to',
  async () => {
    const open = await startTestServer();
    try {
      const who = await open.ask('/v1/session');
      expect(who.json).toMatchObject({ keyNeeded: false, by: 'machine', workspace: { name: 'default' }, key: null });
      const begun = await open.ask('/v1/session', { method: 'POST' });
      expect([begun.status, begun.headers.get('set-cookie')]).toEqual([200, null]);
    } finally {
      await open.remove();
    }
  },
  hookMilliseconds,
);
