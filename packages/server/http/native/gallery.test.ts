import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openClip } from '../../media/video-frames.ts';
import { type Asking, makeTestKey, smallRequest, startTestServer, type TestServer } from '../../test-server.ts';

const hookMilliseconds = 60_000;
vi.setConfig({ testTimeout: 120_000 });

let server: TestServer;
let key: string;
let strangersKey: string;
beforeAll(async () => {
  server = await startTestServer({ admin: true });
  key = (await makeTestKey(server, 'ours')).secret;
  strangersKey = (await makeTestKey(server, 'theirs')).secret;
}, hookMilliseconds);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

const ask = (path: string, asking: Asking = {}) => server.ask(path, { key, ...asking });
const ids = (answer: { json: { items: { id: string }[] } }) => answer.json.items.map(({ id }) => id);
async function make(change: object = {}): Promise<string> {
  const made = await ask('/v1/generations?wait=60', { json: { ...smallRequest, ...change } });
  expect([made.status, made.json.state], made.bytes.toString()).toEqual([200, 'done']);
  return made.json.id;
}

describe('what was made', () => {
  test('is found by words of its prompts and names of its references, in any case and order', async () => {
    const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#a53' } })
      .png()
      .toBuffer();
    const { json } = await ask('/v1/assets', { bytes, headers: { 'content-type': 'image/png' } });
    const references = [{ kind: 'image', name: 'Mei', image: json.asset }];
    const rain = await make({ prompt: '@Mei waits in the "heavy" Rain. 100%', references });
    const snow = await make({ prompt: '雪落在屋顶上。' });
    const found = async (text: string) => ids(await ask(`/v1/generations?text=${encodeURIComponent(text)}`));
    expect(await found('RAIN mei')).toEqual([rain]);
    expect(await found('"heavy"')).toEqual([rain]);
    expect(await found('屋顶')).toEqual([snow]);
    for (const none of ['rain 屋顶', 'mention', '%', '_ai'])
      expect(await found(none)).toEqual(none === '%' ? [rain] : []);
    expect((await ask('/v1/generations?text=%20')).status).toBe(400);
  });

  test('has a star or has none, and says so in its events', async () => {
    const [one, other] = [await make(), await make()];
    const starred = await ask(`/v1/generations/${one}`, { method: 'PATCH', json: { starred: true } });
    expect([starred.status, starred.json.starred]).toEqual([200, true]);
    expect(ids(await ask('/v1/generations?starred=true'))).toEqual([one]);
    expect(ids(await ask('/v1/generations?starred=false'))).toContain(other);
    await ask(`/v1/generations/${one}`, { method: 'PATCH', json: { starred: true } });
    const taken = await ask(`/v1/generations/${one}`, { method: 'PATCH', json: { starred: false } });
    expect(taken.json.starred).toBe(false);
    expect(ids(await ask('/v1/generations?starred=true'))).toEqual([]);
    const { rows } = await events(one);
    expect(rows).toEqual([
      { deleted: false, starred: true },
      { deleted: false, starred: false },
    ]);
    expect((await ask(`/v1/generations/${one}`, { method: 'PATCH', json: {} })).status).toBe(400);
  });

  test('is deleted with its films, and comes back with them', async () => {
    const id = await make();
    await ask(`/v1/generations/${id}`, { method: 'PATCH', json: { starred: true } });
    const content = `/v1/generations/${id}/content`;
    const film = (await ask(content)).bytes;
    const first = await ask(`/v1/generations/${id}`, { method: 'DELETE' });
    const again = await ask(`/v1/generations/${id}`, { method: 'DELETE' });
    expect([first.status, again.json]).toEqual([200, first.json]);
    const days = (Date.parse(first.json.restorableUntil) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    for (const path of [`/v1/generations/${id}`, content, `/v1/generations/${id}/events`])
      expect((await ask(path)).json.error.code).toBe('generation_unknown');
    expect(ids(await ask('/v1/generations?limit=100'))).not.toContain(id);
    // Neither do its own addresses lead there.
    const kept = await ask('/v1/assets', { json: { url: `${server.url}${content}` } });
    expect(kept.json.error.code).toBe('media_not_stored');
    for (const path of ['stills', 'remix'])
      expect((await ask(`/v1/generations/${id}/${path}`, { json: { prompt: 'x' } })).status).toBeGreaterThanOrEqual(
        400,
      );
    const restored = await ask(`/v1/generations/${id}/undelete`, { method: 'POST' });
    expect([restored.status, restored.json.starred, restored.json.films.length]).toEqual([200, true, 1]);
    expect((await ask(content)).bytes.equals(film)).toBe(true);
    expect((await ask(`/v1/generations/${id}/undelete`, { method: 'POST' })).status).toBe(200);
    expect((await events(id)).rows.map(({ deleted }) => deleted)).toEqual([false, true, false]);
  });

  test('was deleted, and is listed until it cannot be restored', async () => {
    const { secret } = await makeTestKey(server, 'tidy');
    const tidy = (path: string, asking: Asking = {}) => server.ask(path, { key: secret, ...asking });
    const listed = async (query: string) => ids(await tidy(`/v1/generations${query}`));
    const [kept, gone] = [
      (await tidy('/v1/generations?wait=60', { json: { ...smallRequest, prompt: 'Rain.' } })).json,
      (await tidy('/v1/generations?wait=60', { json: { ...smallRequest, prompt: 'Snow.' } })).json,
    ];
    expect([kept.restorableUntil, await listed('?deleted=true')]).toEqual([null, []]);
    const { json } = await tidy(`/v1/generations/${gone.id}`, { method: 'DELETE' });
    const page = await tidy('/v1/generations?deleted=true');
    expect(page.json.items).toMatchObject([{ id: gone.id, restorableUntil: json.restorableUntil }]);
    expect(await listed('?deleted=true&text=rain')).toEqual([]);
    expect([await listed('?deleted=false'), await listed('')]).toEqual([[kept.id], [kept.id]]);
    expect(ids(await ask('/v1/generations?deleted=true'))).not.toContain(gone.id);
    await tidy(`/v1/generations/${gone.id}/undelete`, { method: 'POST' });
    expect(await listed('?deleted=true')).toEqual([]);
  });

  test('is found by the project that it was asked for in', async () => {
    const project = `prj_${'a1'.repeat(13)}`;
    const id = await make({ project });
    await make();
    expect((await ask(`/v1/generations/${id}`)).json).toMatchObject({ project, request: expect.anything() });
    expect(ids(await ask(`/v1/generations?project=${project}`))).toEqual([id]);
    expect(ids(await ask(`/v1/generations?project=prj_${'b2'.repeat(13)}`))).toEqual([]);
    const remix = await ask(`/v1/generations/${id}/remix?wait=60`, { json: { prompt: 'Snow.' } });
    expect(ids(await ask(`/v1/generations?project=${project}`))).toEqual([remix.json.id, id]);
    expect(ids(await server.ask(`/v1/generations?project=${project}`, { key: strangersKey }))).toEqual([]);
    const wrong = await ask('/v1/generations', { json: { ...smallRequest, project: 'mine' } });
    expect([wrong.status, wrong.json.error.path]).toEqual([400, 'project']);
  });

  test('is not deleted before it has ended', async () => {
    const { json } = await ask('/v1/generations', { json: { ...smallRequest, prompt: 'Rain.', seconds: 60 } });
    const early = await ask(`/v1/generations/${json.id}`, { method: 'DELETE' });
    expect([early.status, early.json.error.code]).toEqual([409, 'generation_unfinished']);
    await ask(`/v1/generations/${json.id}/cancel`, { method: 'POST' });
    await ask(`/v1/generations/${json.id}?wait=60`);
    expect((await ask(`/v1/generations/${json.id}`, { method: 'DELETE' })).status).toBe(200);
  });

  test('of a stranger is neither starred, deleted, restored nor pictured', async () => {
    const id = await make();
    const strange = (path: string, asking: Asking) =>
      server.ask(`/v1/generations/${id}${path}`, { ...asking, key: strangersKey });
    const tries = [
      () => strange('', { method: 'PATCH', json: { starred: true } }),
      () => strange('', { method: 'DELETE' }),
      () => strange('/undelete', { method: 'POST' }),
      () => strange('/stills', { method: 'POST' }),
    ];
    for (const attempt of tries) expect((await attempt()).json.error.code).toBe('generation_unknown');
    await ask(`/v1/generations/${id}`, { method: 'DELETE' });
    expect((await strange('/undelete', { method: 'POST' })).status).toBe(404);
    expect((await ask(`/v1/generations/${id}`)).status).toBe(404);
  });
});

describe('a still', () => {
  test('is the very frame: the last one, or what shows at a second', { timeout: 240_000 }, async () => {
    const id = await make({ prompt: 'Slow push in on a red lamp in the rain.', seconds: 1 });
    const film = await ask(`/v1/generations/${id}/content`);
    const folder = mkdtempSync(join(tmpdir(), 'refreel-still-'));
    try {
      const file = join(folder, 'film.mp4');
      writeFileSync(file, film.bytes);
      const { facts } = (await ask(`/v1/generations/${id}`)).json.films[0];
      const size = { width: facts.width, height: facts.height };
      const clip = await openClip(file, size);
      /** Mean difference of brightness between the picture and a frame of the film. */
      const distance = async (asset: string, seconds: number) => {
        const { bytes } = await ask(`/v1/assets/${asset.slice(6)}/content`);
        const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
        expect([info.width, info.height]).toEqual([size.width, size.height]);
        const luma = (await clip.frameAt(seconds)).data;
        let sum = 0;
        for (let at = 0; at < size.width * size.height; at += 1) {
          const [red, green, blue] = [data[3 * at]!, data[3 * at + 1]!, data[3 * at + 2]!];
          sum += Math.abs(16 + 0.1826 * red + 0.6142 * green + 0.062 * blue - luma[at]!);
        }
        return sum / (size.width * size.height);
      };
      const frame = 1 / facts.fps;
      const last = await ask(`/v1/generations/${id}/stills`, { method: 'POST' });
      expect([last.status, last.json.mediaType, last.json.facts.kind], last.bytes.toString()).toEqual([
        201,
        'image/png',
        'image',
      ]);
      const end = (facts.frames - 0.5) * frame;
      // Rounding, and colours outside of what a picture can show.
      expect(await distance(last.json.asset, end)).toBeLessThan(1);
      expect(await distance(last.json.asset, 0)).toBeGreaterThan(await distance(last.json.asset, end));
      const second = await ask(`/v1/generations/${id}/stills`, { json: { film: 0, at: 1.5 * frame } });
      expect(await distance(second.json.asset, 1.5 * frame)).toBeLessThan(1);
      expect(second.json.asset).not.toBe(last.json.asset);
      // Beyond its end is its end.
      const beyond = await ask(`/v1/generations/${id}/stills`, { json: { at: 99 } });
      expect(beyond.json.asset).toBe(last.json.asset);
      clip.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.each([
    [{ film: 4 }, 404, 'film_unknown'],
    [{ at: -1 }, 400, 'invalid_request'],
    [{ at: 'end' }, 400, 'invalid_request'],
    [{ frame: 3 }, 400, 'unknown_field'],
  ])('%j is refused', async (json, status, code) => {
    const id = await make();
    const answer = await ask(`/v1/generations/${id}/stills`, { json });
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });
});

/** What the events of a generation say of what its owner did with it. */
async function events(id: string): Promise<{ rows: { deleted: boolean; starred: boolean }[] }> {
  const read = async (
    after: number,
  ): Promise<{ id: number; kind: string; data: { deleted: boolean; starred: boolean } }[]> =>
    (await ask(`/v1/generations/${id}/events?after=${after}`)).bytes
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('data:'))
      .map((line) => JSON.parse(line.slice(5)));
  // The first stream ends where the generation does; what comes after that is told to whoever asks for it.
  const lived = await read(0);
  const told = await read(lived.at(-1)!.id);
  return { rows: told.filter(({ kind }) => kind === 'generation.changed').map(({ data }) => data) };
}
