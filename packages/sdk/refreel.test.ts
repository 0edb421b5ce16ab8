import { createHash } from 'node:crypto';
import { openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AssetAnswer, EventAnswer, GenerationAnswer } from '../server/http/native/shapes.ts';
import { adminKey, makeTestKey, smallRequest, startTestServer, type TestServer } from '../server/test-server.ts';
import { type Event, openRefreel, type Refreel, RefreelError } from './index.ts';

const picture = join(import.meta.dirname, '../../media/coffee.png');
let server: TestServer;
let refreel: Refreel;

beforeAll(async () => {
  server = await startTestServer({ admin: true });
  const { secret } = await makeTestKey(server, 'mine');
  refreel = openRefreel({ baseUrl: server.url, key: secret });
}, 60_000);
afterAll(async () => {
  await server?.remove();
  expect(server?.faults).toEqual([]);
});

test('create, wait, download: a film, of the bytes that were named', async () => {
  const events: Event[] = [];
  const onEvent = (event: Event) => void events.push(event);
  const made = await refreel.generations.create(smallRequest, { wait: true, onEvent });
  expect(made).toMatchObject({ state: 'done', ended: true, dialect: 'native', model: 'animatic' });
  expect(GenerationAnswer.safeParse(made).error).toBeUndefined();
  expect(events.map(({ kind }) => kind)).toContain('attempt.state');
  for (const event of events) expect(EventAnswer.safeParse(event).error).toBeUndefined();
  const film = await refreel.generations.download(made.id);
  expect(film).toMatchObject({ mediaType: 'video/mp4', bytes: made.films[0]!.bytes, sha256: made.films[0]!.sha256 });
  const bytes = Buffer.from(await (await film.blob()).arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.films[0]!.sha256);
  expect(made.films[0]!.facts).toMatchObject({ width: 128, height: 72, frames: 8 });

  const again = await refreel.generations.remix(made.id, 'The lamp goes out.', { wait: 60 });
  expect(again).toMatchObject({ state: 'done', remixOf: made.id });
  await expect(refreel.generations.download(made.id, { film: 3 })).rejects.toMatchObject({
    kind: 'refused',
    problems: [expect.objectContaining({ code: 'film_unknown' })],
  });
});

test('one key makes one generation, and another request under it is refused', async () => {
  const options = { idempotencyKey: 'order-7' };
  const [first, second] = await Promise.all([1, 2].map(() => refreel.generations.create(smallRequest, options)));
  expect(second!.id).toBe(first!.id);
  const other = refreel.generations.create({ ...smallRequest, seed: 5 }, options);
  await expect(other).rejects.toMatchObject({ status: 409, problems: [{ code: 'repeat_differs' }] });
});

test('list goes through the pages, and asks no further than it is read', async () => {
  const ids: string[] = [];
  for (let count = 0; count < 3; count += 1) ids.unshift((await refreel.generations.create(smallRequest)).id);
  for (const id of ids) await refreel.generations.wait(id);
  const seen: string[] = [];
  for await (const { id } of refreel.generations.list({ limit: 2, state: ['done', 'failed'], model: 'animatic' })) {
    seen.push(id);
    if (seen.length === 3) break;
  }
  expect(seen).toEqual(ids);
  const { items, cursor } = await refreel.generations.page({ limit: 1, from: new Date(0) });
  expect([items.length, typeof cursor]).toEqual([1, 'string']);
});

test('a long film is cancelled, and whoever waits hears of it', async () => {
  const { id } = await refreel.generations.create({ prompt: 'Rain.', seconds: 60 });
  const waiting = refreel.generations.wait(id);
  expect(await refreel.generations.wait(id, { seconds: 0.1 })).toMatchObject({ ended: false });
  expect(await refreel.generations.cancel(id)).toMatchObject({ id, changed: true });
  expect(await waiting).toMatchObject({ state: 'cancelled' });
  expect(await refreel.generations.cancel(id)).toMatchObject({ state: 'cancelled', changed: false });
});

test('what was made is starred, found, pictured, deleted and brought back', { timeout: 180_000 }, async () => {
  const { secret } = await makeTestKey(server, 'tidy');
  const refreel = openRefreel({ baseUrl: server.url, key: secret });
  const project = `prj_${'z9'.repeat(13)}`;
  const asked = { ...smallRequest, prompt: 'A zebra yawns.' };
  const { id } = await refreel.generations.create(asked, { wait: true, project });
  expect((await refreel.generations.page({ project })).items).toMatchObject([{ id, project }]);
  expect(await refreel.generations.change(id, { starred: true })).toMatchObject({ id, starred: true });
  const found = await refreel.generations.page({ starred: true, text: 'YAWNS zebra' });
  expect(found.items.map((one) => one.id)).toEqual([id]);
  const last = await refreel.generations.still(id);
  const first = await refreel.generations.still(id, { film: 0, at: 0 });
  expect([last.mediaType, last.facts.kind, first.asset === last.asset]).toEqual(['image/png', 'image', false]);
  const removed = await refreel.generations.delete(id);
  expect(Date.parse(removed.restorableUntil)).toBeGreaterThan(Date.now());
  await expect(refreel.generations.get(id)).rejects.toMatchObject({ status: 404 });
  const { items } = await refreel.generations.page({ deleted: true });
  expect(items).toMatchObject([{ id, restorableUntil: removed.restorableUntil }]);
  expect(await refreel.generations.undelete(id)).toMatchObject({ id, starred: true, films: [{ index: 0 }] });
});

test('a reference is kept, listed, called otherwise, used and kept no longer', async () => {
  const { secret } = await makeTestKey(server, 'keepers');
  const refreel = openRefreel({ baseUrl: server.url, key: secret });
  const { asset } = await refreel.assets.upload(await openAsBlob(join(picture, '../cat.png')));
  const saved = await refreel.references.save({ name: 'mug', image: asset, description: 'Blue.' });
  expect(saved).toMatchObject({ kind: 'subject', name: 'mug', image: asset, uses: { count: 0, newest: [] } });
  const cup = await refreel.references.change(saved.id, { name: 'cup', description: null });
  expect(cup).toMatchObject({ id: saved.id, name: 'cup', description: null });
  const { id } = await refreel.generations.create({
    ...smallRequest,
    prompt: '@cup steams.',
    references: [{ saved: 'cup' }],
  });
  expect(await refreel.references.get(saved.id)).toMatchObject({ uses: { count: 1, newest: [id] } });
  const names: string[] = [];
  for await (const { name } of refreel.references.list({ limit: 1 })) names.push(name);
  expect(names).toEqual(['cup']);
  expect(await refreel.references.remove(saved.id)).toMatchObject({ id: saved.id, uses: { count: 1 } });
  await expect(refreel.references.remove(saved.id)).rejects.toMatchObject({ status: 404 });
});

test('the stream of the workspace tells what happens in it', async () => {
  const events = refreel.events();
  const first = events.next();
  // It tells what happens from its first byte on, so something happens until it has told.
  let told = false;
  void first.then(() => {
    told = true;
  });
  while (!told) await refreel.generations.create(smallRequest);
  expect((await first).value).toMatchObject({ generation: expect.stringMatching(/^gen_/) });
  const { value } = await events.next();
  expect(value!.id).toBeGreaterThan((await first).value!.id);
  await events.return();
});

describe('assets', () => {
  test('are uploaded as Blob, bytes or stream, and are one', async () => {
    const bytes = new Uint8Array(readFileSync(picture));
    const kept = await refreel.assets.upload(await openAsBlob(picture), { name: '咖啡.png' });
    expect(kept).toMatchObject({ mediaType: 'image/png', bytes: bytes.length, name: '咖啡.png' });
    expect(AssetAnswer.safeParse(kept).error).toBeUndefined();
    expect((await refreel.assets.upload(bytes)).sha256).toBe(kept.sha256);
    expect((await refreel.assets.upload(new Blob([bytes]).stream())).sha256).toBe(kept.sha256);
    expect(await refreel.assets.get(kept.asset)).toMatchObject({ sha256: kept.sha256, facts: { kind: 'image' } });
    const all: string[] = [];
    for await (const { sha256 } of refreel.assets.list()) all.push(sha256);
    expect(all).toEqual([kept.sha256]);
    const back = await (await refreel.assets.download(kept.sha256)).blob();
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(bytes);
    const request = { references: [{ name: 'cup', image: kept.asset }], ...smallRequest, prompt: '@cup is full.' };
    expect(await refreel.generations.create(request, { wait: true })).toMatchObject({ state: 'done' });
  });

  test('that are none are refused', async () => {
    const upload = refreel.assets.upload(new Blob(['<svg/>'], { type: 'image/svg+xml' }));
    await expect(upload).rejects.toMatchObject({ kind: 'refused', status: 422 });
    await expect(refreel.assets.upload({ url: 'http://127.0.0.1:1/x.png' })).rejects.toBeInstanceOf(RefreelError);
  });
});

test('what is known before: check, quote, advise, models, usage', async () => {
  const request = { prompt: 'A lamp is lit.', model: 'sora-2', seconds: 4 };
  expect(await refreel.check(request)).toMatchObject({
    ok: true,
    film: { seconds: 4 },
    quote: { total: null, binding: false },
  });
  expect(await refreel.check({ ...request, seconds: 7 })).toMatchObject({
    ok: false,
    problems: [{ path: 'shots[0].seconds' }],
  });
  const compared = await refreel.check({ ...request, seed: 7 }, { models: ['animatic', 'sora-2'] });
  expect(compared.models?.map(({ model, okStrict }) => [model, okStrict])).toEqual([
    ['animatic', true],
    ['sora-2', false],
  ]);
  const seed = compared.models?.[1]?.fields.find(({ path }) => path === 'seed');
  expect(seed).toMatchObject({ asked: '7', fate: 'degraded', becomes: 'left out' });
  expect((await refreel.check(request, { models: 'all' })).refusing).toContain('wan2.7-r2v');
  expect(await refreel.quote(request)).toMatchObject({
    ...{ model: 'sora-2', total: null, validSeconds: 900, problems: [] },
  });
  await expect(refreel.quote({ ...request, seconds: 7 })).rejects.toMatchObject({ kind: 'refused', status: 422 });
  expect((await refreel.advise(smallRequest)).items).toBeInstanceOf(Array);
  expect((await refreel.models({ input: 'voice' })).length).toBeGreaterThan(0);
  expect(await refreel.model('animatic')).toMatchObject({ id: 'animatic' });
  const { items } = await refreel.usage({ from: new Date(Date.now() - 86_400_000) });
  expect(items.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(3);
});

test('a key that is wrong, and the language of what is said', async () => {
  const stranger = openRefreel({ baseUrl: server.url, key: `${adminKey}-no`, language: 'zh' });
  const error = await stranger.usage().catch((thrown) => thrown);
  expect(error).toMatchObject({ status: 401, retryable: false, problems: [{ code: 'key_invalid' }] });
  expect(error.message).toMatch(/密钥/);
  expect(error.requestId).toMatch(/^[\w-]{36}$/);
});
