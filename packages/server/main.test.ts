import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from '@refreel/core/model';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Running, readSettings, StoreError, serve } from './main.ts';
import { makeTestFolder } from './store/test-store.ts';
import { adminKey, ask, smallRequest, startTestServer, type TestServer } from './test-server.ts';

const folders: string[] = [];
const newFolder = async () => {
  const folder = await makeTestFolder('main');
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}, 120_000);

function settingsOf(environment: Record<string, string>) {
  const read = readSettings({ REFREEL_PORT: '0', ...environment });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.settings;
}

let second: Running | undefined;
afterEach(async () => {
  await second?.close();
  second = undefined;
});

/** Why a server does not start. */
async function refusal(environment: Record<string, string>): Promise<unknown> {
  try {
    second = await serve(settingsOf(environment));
  } catch (error) {
    if (error instanceof StoreError) return error.code;
    if (error instanceof Refusal) return error.problems[0]?.code;
    throw error;
  }
  return 'started';
}

describe('a server that cannot serve does not start', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  }, 60_000);
  afterAll(() => server.remove());

  test('on a folder that another one holds', async () => {
    expect(await refusal({ REFREEL_DATA: server.data })).toBe('folder_in_use');
  });

  test('on a port that another program has, and it lets go of the folder', async () => {
    const folder = await newFolder();
    const port = new URL(server.url).port;
    expect(await refusal({ REFREEL_DATA: folder, REFREEL_PORT: port })).toBe('port_in_use');
    expect(await refusal({ REFREEL_DATA: folder })).toBe('started');
  });

  test('on an address that is not its own', async () => {
    const environment = { REFREEL_DATA: await newFolder(), REFREEL_HOST: '192.0.2.1', REFREEL_ADMIN_KEY: adminKey };
    expect(await refusal(environment)).toBe('address_unusable');
  });

  test.each([
    ['folder_newer', '{"format":99}'],
    ['folder_corrupt', 'what?'],
    ['folder_corrupt', '{"format":1}'],
  ])('on a folder that is %s', async (code, format) => {
    const folder = await newFolder();
    rmSync(join(folder, 'database'), { recursive: true });
    writeFileSync(join(folder, 'format.json'), format);
    expect(await refusal({ REFREEL_DATA: folder })).toBe(code);
  });

  test('with a map of media to a folder that is not there', async () => {
    const map = JSON.stringify({ 'https://cdn.example/': join(await newFolder(), 'none') });
    expect(await refusal({ REFREEL_DATA: await newFolder(), REFREEL_MEDIA_MAP: map })).toBe('variable_invalid');
  });

  test('with a secret that is none', async () => {
    const folder = await newFolder();
    writeFileSync(join(folder, 'secret'), 'short');
    expect(await refusal({ REFREEL_DATA: folder })).toBe('folder_corrupt');
  });

  test('open to others without a key', async () => {
    const folder = await newFolder();
    expect(await refusal({ REFREEL_DATA: folder, REFREEL_HOST: '0.0.0.0' })).toBe('open_without_key');
    expect(await refusal({ REFREEL_DATA: folder, REFREEL_HOST: '0.0.0.0', REFREEL_ADMIN_KEY: adminKey })).toBe(
      'started',
    );
  });

  test('live, as long as there is nobody to send to', async () => {
    expect(await refusal({ REFREEL_DATA: await newFolder(), REFREEL_MODE: 'live' })).toBe('live_without_accounts');
  });

  test('as a sandbox where it was live before, unless somebody says so', async () => {
    const folder = await newFolder();
    const again = async (mode: string) => {
      const outcome = await refusal({ REFREEL_DATA: folder, REFREEL_MODE: mode, VENICE_API_KEY: 'sk-venice' });
      if (outcome === 'started') await second?.close();
      return outcome;
    };
    expect(await again('sandbox')).toBe('started');
    expect(await again('live')).toBe('started');
    expect(await again('sandbox')).toBe('live_before');
    expect(await again('sandbox-anyway')).toBe('started');
    expect(await again('live')).toBe('started');
  });

  test('with an allow list that cannot be read', async () => {
    expect(await refusal({ REFREEL_DATA: await newFolder(), REFREEL_ALLOW_PRIVATE: 'http://x/' })).toBe(
      'variable_invalid',
    );
  });

  test('without its database', async () => {
    const database = 'postgres://nobody@127.0.0.1:1/none';
    expect(await refusal({ REFREEL_DATA: await newFolder(), DATABASE_URL: database })).toBe('database_unreachable');
  });
});

describe('stopping', () => {
  test('loses nothing: what waited and what was drawn is finished by the next one', async () => {
    const folder = await newFolder();
    const first = await serve(settingsOf({ REFREEL_DATA: folder }));
    const request = { ...smallRequest, seconds: 3, size: '320x180', fps: 24 };
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1)
      ids.push((await ask(`${first.url}/v1/generations`, { json: request })).json.id);
    const waiting = ask(`${first.url}/v1/generations/${ids[2]}?wait=60`);
    const stream = await fetch(`${first.url}/v1/events`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await first.close();
    // Whoever waited has an answer, and streams have ended.
    expect((await waiting).status).toBe(200);
    await stream.text();
    await expect(fetch(first.url)).rejects.toThrow();

    second = await serve(settingsOf({ REFREEL_DATA: folder }));
    for (const id of ids) {
      const { json } = await ask(`${second.url}/v1/generations/${id}?wait=60`);
      expect([json.state, json.films.length], JSON.stringify(json.problems)).toEqual(['done', 1]);
      const film = await ask(json.films[0].url);
      expect([film.status, film.bytes.length]).toEqual([200, json.films[0].bytes]);
    }
    expect((await ask(`${second.url}/v1/generations`)).json.items).toHaveLength(3);
  });
});

describe('the first key', () => {
  test('of a folder closes the door for everybody else, also when it is revoked', async () => {
    const { createKey, revokeKey, workspaceForKey } = await import('./main.ts');
    const settings = settingsOf({ REFREEL_DATA: await newFolder() });
    const store = await openStore(settings);
    const workspace = await workspaceForKey(store.connection, 'studio');
    const { key, secret } = await createKey(store.connection, workspace!.id, 'mine');
    await store.close();
    second = await serve(settings);
    expect(second.locked).toBe(true);
    expect((await ask(`${second.url}/v1/models`)).status).toBe(401);
    expect((await ask(`${second.url}/v1/models`, { key: secret })).status).toBe(200);
    await second.close();
    const again = await openStore(settings);
    await revokeKey(again.connection, workspace!.id, key.id);
    await again.close();
    second = await serve(settings);
    expect((await ask(`${second.url}/v1/models`, { key: secret })).status).toBe(401);
    expect((await ask(`${second.url}/v1/models`)).status).toBe(401);
  });
});

test('an address of the map is read from its folder, in a request and as an asset', async () => {
  const media = fileURLToPath(new URL('../../media', import.meta.url));
  const map = JSON.stringify({ 'https://cdn.example/docs/': media });
  const server = await startTestServer({ environment: { REFREEL_MEDIA_MAP: map } });
  try {
    const image = 'https://cdn.example/docs/cat.png?Expires=1&Signature=x';
    const stored = await server.ask('/v1/assets', { json: { url: image } });
    expect(stored.status, stored.bytes.toString()).toBe(201);
    const json = { ...smallRequest, references: [{ name: 'tom', image }], prompt: '@tom sleeps.' };
    const made = await server.ask('/v1/generations?wait=100', { json });
    expect(made.json.state, made.bytes.toString()).toBe('done');
    expect(made.json.request.references[0].image).toBe(stored.json.asset);
    const missing = await server.ask('/v1/assets', { json: { url: 'https://cdn.example/docs/..%2fpackage.json' } });
    expect([missing.status, missing.json.error.code]).toEqual([422, 'media_status']);
    expect(missing.bytes.toString()).not.toContain(media);
  } finally {
    await server.remove();
  }
}, 120_000);

test('sessions outlive the server that began them, by the secret of its folder', async () => {
  const folder = await newFolder();
  const environment = { REFREEL_DATA: folder, REFREEL_ADMIN_KEY: adminKey };
  second = await serve(settingsOf(environment));
  const port = new URL(second.url).port;
  const { json: key } = await ask(`${second.url}/v1/keys`, { key: adminKey, json: { name: 'browser' } });
  const { headers } = await ask(`${second.url}/v1/session`, { method: 'POST', key: key.secret });
  const cookie = headers.get('set-cookie')!.split(';')[0]!;
  await second.close();
  second = await serve(settingsOf({ ...environment, REFREEL_PORT: port }));
  expect((await ask(`${second.url}/v1/models`, { headers: { cookie } })).status).toBe(200);
  await second.close();
  second = await serve(
    settingsOf({ ...environment, REFREEL_PORT: port, REFREEL_SECRET: 'another secret of 32 characters!' }),
  );
  expect((await ask(`${second.url}/v1/models`, { headers: { cookie } })).status).toBe(401);
}, 120_000);
