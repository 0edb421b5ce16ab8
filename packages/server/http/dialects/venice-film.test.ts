import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

// The answer to a look at a finished film is the film itself, and whoever has it may give it up: with that look, or by `/video/complete`.

const base = '/venice/api/v1/video';
const model = 'kling-o3-standard-reference-to-video';
let server: TestServer;
let picture: string;
beforeAll(async () => {
  server = await startTestServer({ environment: { REFREEL_SANDBOX_FAULTS: 'true' } });
  const drawn = sharp({ create: { width: 512, height: 512, channels: 3, background: 'teal' } });
  picture = `data:image/png;base64,${(await drawn.png().toBuffer()).toString('base64')}`;
});
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

const ask = (path: string, json: object, headers: Record<string, string> = {}) =>
  server.ask(`${base}${path}`, { key: 'sk-x', json, headers });
const queue = async () => {
  const body = { model, prompt: '@Element1 steams.', duration: '3', audio: false };
  const { json } = await ask('/queue', { ...body, elements: [{ frontal_image_url: picture }] });
  expect(json.id).toBe(json.queue_id);
  return json.queue_id as string;
};
const retrieve = (id: string, more: object = {}, headers?: Record<string, string>) =>
  ask('/retrieve', { model, queue_id: id, ...more }, headers);
const made = async (id: string) => {
  await vi.waitFor(async () => expect((await retrieve(id)).headers.get('content-type')).toBe('video/mp4'), 90_000);
  return (await retrieve(id)).bytes;
};
const whether = async (id: string) => `${(await retrieve(id)).status}`;

test('a film is given up with the look that has fetched all of it, and not by one that broke off or asked for a part', async () => {
  const id = await queue();
  const film = await made(id);
  const giveUp = { delete_media_on_completion: true };
  await expect(retrieve(id, giveUp, { 'x-refreel-fault': 'truncated_film' })).rejects.toThrow();
  expect((await retrieve(id, giveUp, { range: 'bytes=0-9' })).status).toBe(206);
  expect((await retrieve(id, { delete_media_on_completion: false })).status).toBe(200);
  const last = await retrieve(id, giveUp);
  expect([last.status, last.bytes.equals(film)]).toEqual([200, true]);
  const gone = await retrieve(id);
  expect([gone.status, gone.json.error]).toEqual([
    404,
    'Media could not be found. Request may be invalid, expired, or deleted.',
  ]);
});

test('/video/complete gives a film up, once, under its own model', async () => {
  const id = await queue();
  await made(id);
  const complete = (of: string) => ask('/complete', { model: of, queue_id: id });
  expect((await complete('grok-imagine-reference-to-video')).status).toBe(400);
  expect(await whether(id)).toBe('200');
  expect((await complete(model)).json).toEqual({ success: true });
  expect(await whether(id)).toBe('404');
  const again = await complete(model);
  expect([again.status, again.json]).toEqual([400, { error: 'Request ID is invalid.' }]);
  // What it would have cost is charged all the same.
  const { items } = (await server.ask('/v1/sandbox/ledger?dialect=venice')).json;
  expect(items).toHaveLength(2);
  for (const { reason, charged } of items)
    expect([reason, charged]).toEqual(['made', { micros: 336_000, currency: 'USD' }]);
});
