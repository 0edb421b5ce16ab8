import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTestKey, smallRequest, startTestServer, type TestServer } from '../../test-server.ts';

const hookMilliseconds = 60_000;

let server: TestServer;
let key: string;
let strangersKey: string;
let cat: string;
beforeAll(async () => {
  server = await startTestServer({ admin: true });
  key = (await makeTestKey(server, 'ours')).secret;
  strangersKey = (await makeTestKey(server, 'theirs')).secret;
  const bytes = readFileSync(new URL('../../../../media/cat.png', import.meta.url));
  const stored = await server.ask('/v1/assets', { key, bytes, headers: { 'content-type': 'image/png' } });
  cat = stored.json.asset;
}, hookMilliseconds);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

const save = (json: object, headers: Record<string, string> = {}) =>
  server.ask('/v1/references', { key, json, headers });
const get = (path: string) => server.ask(path, { key });

describe('a saved reference', () => {
  test('is kept, told, used by id and by name, and missed by nobody when it goes', async () => {
    const made = await save({ name: 'tom', image: cat, angles: [cat], description: 'A grey cat.' });
    expect(made.status, made.bytes.toString()).toBe(201);
    const { id } = made.json;
    expect(made.json).toMatchObject({ kind: 'subject', name: 'tom', image: cat, description: 'A grey cat.' });
    expect(made.headers.get('location')).toBe(`${server.url}/v1/references/${id}`);
    const prompt = '@tom sleeps.';
    const byId = await server.ask('/v1/generations', {
      key,
      json: { ...smallRequest, prompt, references: [{ saved: id }] },
    });
    expect(byId.status, byId.bytes.toString()).toBe(202);
    expect(byId.json.request.references).toEqual([{ kind: 'subject', id, name: 'tom', image: cat, angles: [cat] }]);
    expect(byId.json.request.shots[0].prompt).toContainEqual({ mention: id });
    const byName = await server.ask('/v1/generations?wait=60', {
      key,
      json: { ...smallRequest, prompt: '@felix sleeps.', references: [{ saved: 'tom', name: 'felix' }] },
    });
    expect([byName.status, byName.json.state], byName.bytes.toString()).toEqual([200, 'done']);
    for (const path of ['/v1/check', '/v1/quotes', '/v1/advise']) {
      const looked = await server.ask(path, { key, json: { ...smallRequest, prompt, references: [{ saved: 'tom' }] } });
      expect(looked.status, looked.bytes.toString()).toBe(200);
    }
    const uses = { count: 2, newest: [byName.json.id, byId.json.id] };
    expect((await get(`/v1/references/${id}`)).json.uses).toEqual(uses);
    const gone = await server.ask(`/v1/references/${id}`, { method: 'DELETE', key });
    expect([gone.status, gone.json.name, gone.json.uses]).toEqual([200, 'tom', uses]);
    expect((await get(`/v1/references/${id}`)).json.error.code).toBe('reference_unknown');
    expect((await get(`/v1/generations/${byId.json.id}`)).json.request.references[0].image).toBe(cat);
    const remixed = await server.ask(`/v1/generations/${byName.json.id}/remix`, { key, json: { prompt: 'Night.' } });
    expect(remixed.status, remixed.bytes.toString()).toBe(202);
    const late = await server.ask('/v1/generations', { key, json: { ...smallRequest, references: [{ saved: id }] } });
    expect([late.status, late.json.error.code, late.json.error.path]).toEqual([
      404,
      'reference_unknown',
      'references[0].saved',
    ]);
  });

  test('is called otherwise, and what was made with it keeps its name', async () => {
    const { json } = await save({ name: 'blue', image: cat });
    await save({ name: 'green', image: cat });
    const change = (body: object) => server.ask(`/v1/references/${json.id}`, { method: 'PATCH', key, json: body });
    const used = await server.ask('/v1/generations', {
      key,
      json: { ...smallRequest, prompt: '@blue sleeps.', references: [{ saved: 'blue' }] },
    });
    const renamed = await change({ name: 'azure', description: 'By the sea.' });
    expect([renamed.status, renamed.json]).toEqual([
      200,
      { ...json, name: 'azure', description: 'By the sea.', uses: { count: 1, newest: [used.json.id] } },
    ]);
    expect((await change({ description: null })).json).toMatchObject({ name: 'azure', description: null });
    const taken = await change({ name: 'green' });
    expect([taken.status, taken.json.error.code]).toEqual([409, 'reference_name_taken']);
    for (const name of ['a b', `ref_${'0'.repeat(26)}`, ''])
      expect([(await change({ name })).status, (await change({ name })).json.error.path]).toEqual([400, 'name']);
    const strange = await server.ask(`/v1/references/${json.id}`, {
      method: 'PATCH',
      key: strangersKey,
      json: { name: 'mine' },
    });
    expect(strange.status).toBe(404);
    expect((await get(`/v1/references/${json.id}`)).json.name).toBe('azure');
    expect((await get(`/v1/generations/${used.json.id}`)).json.request.references[0].name).toBe('blue');
    const listed = (await get('/v1/references')).json.items.find(({ id }: { id: string }) => id === json.id);
    expect(listed.uses.count).toBe(1);
  });

  test('is the same when its request is sent again, and its name is its own', async () => {
    const headers = { 'idempotency-key': 'one' };
    const [first, again] = [
      await save({ name: 'jerry', image: cat }, headers),
      await save({ name: 'jerry', image: cat }, headers),
    ];
    expect([first.status, again.status, again.json.id]).toEqual([201, 201, first.json.id]);
    const taken = await save({ name: 'jerry', kind: 'scene', image: cat });
    expect([taken.status, taken.json.error.code]).toEqual([409, 'reference_name_taken']);
    const theirs = await server.ask('/v1/references', { key: strangersKey, json: { name: 'jerry', image: cat } });
    expect([theirs.status, theirs.json.error.path]).toEqual([422, 'image']);
  });

  test("of a stranger is unknown, by id, by name, and in the stranger's requests", async () => {
    const { json } = await save({ name: 'secret', image: cat });
    for (const saved of [json.id, 'secret']) {
      const used = await server.ask('/v1/check', {
        key: strangersKey,
        json: { ...smallRequest, references: [{ saved }] },
      });
      expect([used.status, used.json.error.code]).toEqual([404, 'reference_unknown']);
    }
    for (const method of ['GET', 'DELETE'])
      expect((await server.ask(`/v1/references/${json.id}`, { method, key: strangersKey })).status).toBe(404);
    expect((await server.ask('/v1/references', { key: strangersKey })).json.items).toEqual([]);
    expect((await get(`/v1/references/${json.id}`)).status).toBe(200);
  });

  test('comes page by page', async () => {
    for (const name of ['p1', 'p2', 'p3']) await save({ name, kind: 'image', image: cat });
    const first = await get('/v1/references?limit=2');
    const next = await get(`/v1/references?limit=2&cursor=${first.json.cursor}`);
    const names = [...first.json.items, ...next.json.items].map(({ name }: { name: string }) => name);
    expect(names.slice(0, 3)).toEqual(['p3', 'p2', 'p1']);
    expect(new Set(names).size).toBe(4);
  });

  test.each([
    [{ image: 'CAT' }, 400, 'invalid_request', 'name'],
    [{ name: 'a b', image: 'CAT' }, 400, 'invalid_request', 'name'],
    [{ name: `ref_${'0'.repeat(26)}`, image: 'CAT' }, 400, 'invalid_request', 'name'],
    [{ name: 'x' }, 422, 'subject_without_image', ''],
    [{ name: 'x', kind: 'scene' }, 400, 'invalid_request', 'image'],
    [{ name: 'x', kind: 'scene', image: 'CAT', clip: 'CAT' }, 400, 'unknown_field', 'clip'],
    [{ name: 'x', image: 'CAT', saved: 'tom' }, 400, 'unknown_field', 'saved'],
    [{ name: 'x', image: 'CAT', id: 'mine' }, 400, 'unknown_field', 'id'],
    [{ name: 'x', clip: 'CAT' }, 422, 'media_kind', 'clip'],
    [{ name: 'x', image: `asset:${'e'.repeat(64)}` }, 422, 'media_not_stored', 'image'],
    [{ name: 'x', image: 'CAT', voice: 'https://a.example/voice.mp3' }, 422, 'media_address', 'voice'],
    [{ name: 'x', image: 'data:image/png;base64,AA==' }, 422, 'media_address', 'image'],
    [{ name: 'x', image: 'CAT', description: 'a\0b' }, 400, 'invalid_request', 'description'],
    [{ name: 'x', image: 'CAT', description: '\ud800' }, 400, 'invalid_request', 'description'],
    [{ name: 'x', image: 'CAT', angles: Array.from({ length: 21 }, () => 'CAT') }, 400, 'invalid_request', 'angles'],
  ])('%j is refused', async (body, status, code, path) => {
    const json = JSON.parse(JSON.stringify(body).replaceAll('CAT', cat));
    const answer = await save(json);
    const { error } = answer.json;
    expect([answer.status, error.code, error.path], answer.bytes.toString()).toEqual([status, code, path]);
    const zh = await save(json, { 'accept-language': 'zh' });
    expect(zh.json.error.message + zh.json.error.remedy).toMatch(/\p{Script=Han}/u);
  });
});
