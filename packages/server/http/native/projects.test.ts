import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestKey, startTestServer, type TestServer } from '../../test-server.ts';

const hookMilliseconds = 60_000;
const missing = `asset:${'0'.repeat(64)}`;

let server: TestServer;
let key: string;
let cat: string;
beforeAll(async () => {
  server = await startTestServer({ admin: true });
  key = (await makeTestKey(server, 'ours')).secret;
  const bytes = readFileSync(new URL('../../../../media/cat.png', import.meta.url));
  const stored = await server.ask('/v1/assets', { key, bytes, headers: { 'content-type': 'image/png' } });
  cat = stored.json.asset;
}, hookMilliseconds);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

const post = (path: string, json: object) => server.ask(path, { key, json });
const get = (path: string) => server.ask(path, { key });

test('a project is made, saved, told who was first, restored, deleted, and taken back', async () => {
  const id = `prj_${'k'.repeat(26)}`;
  const document = { request: { references: [{ image: cat }, { image: missing }] } };
  const made = await post('/v1/projects', { id, name: 'Rain', document, device: 'Firefox, Linux' });
  expect(made.status, made.bytes.toString()).toBe(201);
  expect(made.headers.get('location')).toBe(`${server.url}/v1/projects/${id}`);
  expect(made.json).toMatchObject({ id, version: 1, picture: cat, device: 'Firefox, Linux', key: { name: 'test' } });
  expect((await post('/v1/projects', { id, name: 'Rain', document })).status).toBe(201);
  const one = `/v1/projects/${id}`;
  expect((await get(one)).json).toMatchObject({ name: 'Rain', document, missing: [missing] });

  const saved = await post(`${one}/versions`, { base: 1, document: { other: true }, device: 'Chrome, macOS' });
  expect([saved.status, saved.json.version, saved.json.name]).toEqual([201, 2, 'Rain']);
  const late = await post(`${one}/versions`, { base: 1, document: { mine: true } });
  expect(late.status).toBe(409);
  expect(late.json.error).toMatchObject({
    code: 'project_changed',
    values: { found: 2, limit: 1, by: 'test, Chrome, macOS' },
  });
  expect(late.json.error.message).toContain('test, Chrome, macOS');

  expect((await get(`${one}/versions`)).json.items.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
  expect((await get(`${one}/versions/1`)).json.document).toEqual(document);
  for (const none of ['3', 'x', '99999999999'])
    expect((await get(`${one}/versions/${none}`)).json.error.code).toBe('project_version_unknown');
  const restored = await post(`${one}/versions/1/restore`, { base: 2 });
  expect([restored.status, restored.json.version]).toEqual([201, 3]);
  expect((await get(one)).json.document).toEqual(document);
  expect((await post(`${one}/versions/1/restore`, { base: 2 })).status).toBe(201);
  expect((await post(`${one}/versions/2/restore`, { base: 2 })).json.error.code).toBe('project_changed');

  const deleted = await server.ask(one, { method: 'DELETE', key });
  expect([deleted.status, typeof deleted.json.deletedAt]).toEqual([200, 'string']);
  expect((await get(one)).json.error.code).toBe('project_unknown');
  expect((await post(`${one}/versions`, { base: 3, name: 'x' })).json.error.code).toBe('project_unknown');
  expect((await post('/v1/projects', { id, name: 'Rain', document })).status).toBe(409);
  expect((await get('/v1/projects')).json.items).toEqual([]);
  expect((await get('/v1/projects?deleted=true')).json.items).toMatchObject([{ id }]);
  expect((await server.ask(`${one}/undelete`, { method: 'POST', key })).json).toMatchObject({ id, deletedAt: null });
  expect((await get('/v1/projects')).json.items).toMatchObject([{ id, name: 'Rain', version: 3 }]);
});

test('a document may have a mebibyte', async () => {
  const made = await post('/v1/projects', { name: 'Long', document: { text: 'x'.repeat(1024 * 1024 - 11) } });
  expect(made.status, made.bytes.toString().slice(0, 300)).toBe(201);
  const large = await post('/v1/projects', { name: 'Long', document: { text: 'x'.repeat(1024 * 1024 - 10) } });
  expect([large.status, large.json.error.code, large.json.error.path]).toEqual([413, 'project_large', 'document']);
  for (const wrong of [
    { name: '', document: {} },
    { name: 'x', document: [] },
    { id: 'prj_1', name: 'x', document: {} },
  ])
    expect((await post('/v1/projects', wrong)).status).toBe(400);
});
