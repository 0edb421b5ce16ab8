import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startTestServer, type TestServer } from '../../packages/server/test-server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

// The vendor's own client, as it comes, meets faults: what it does about them by itself is its own.

let server: TestServer;
let client: OpenAI;

beforeAll(async () => {
  server = await startTestServer({ environment: { REFREEL_SANDBOX_FAULTS: 'true' } });
  client = new OpenAI({ baseURL: `${server.url}/openai/v1`, apiKey: 'sk-anything' });
}, 60_000);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});
afterEach(async () => {
  await server.ask('/v1/sandbox/faults', { method: 'DELETE' });
});

const arm = (json: object) => server.ask('/v1/sandbox/faults', { json });
const remaining = async () =>
  (await server.ask('/v1/sandbox/faults')).json.items.map((one: { remaining: number }) => one.remaining);
const accepted = async () => (await server.ask('/v1/sandbox/ledger?limit=1')).json.totals.generations;
const film = (words = '') => ({ model: 'sora-2', prompt: `Rain. ${words}`, seconds: '4', size: '1280x720' }) as const;

test.each(['http_503', 'http_500', 'http_429_with_retry_after', 'connection_reset'])(
  '%s: it comes again until it is accepted, once',
  async (fault) => {
    const before = await accepted();
    await arm({ fault, times: 2, model: 'sora-2' });
    const { id } = await client.videos.create(film());
    expect(await remaining()).toEqual([0]);
    expect(await accepted()).toBe(before + 1);
    await client.videos.delete(id);
  },
  60_000,
);

test.each(['lost_create_reply', 'half_json'])(
  '%s: what it sends again is the first film, and no second one',
  async (fault) => {
    const before = await accepted();
    await arm({ fault });
    const { id } = await client.videos.create(film()).catch((error: unknown) => {
      // Of a body that breaks off it makes an error of its own, and does not come again by itself.
      if (fault === 'lost_create_reply') throw error;
      return { id: undefined };
    });
    expect(await accepted()).toBe(before + 1);
    if (id !== undefined) await client.videos.delete(id);
  },
  60_000,
);

test('its errors are of the classes that its users catch', async () => {
  const once = { maxRetries: 0 };
  const marked = (fault: string) => client.videos.create(film(`[[fault:${fault}]]`), once);
  await expect(marked('http_429_with_retry_after')).rejects.toBeInstanceOf(OpenAI.RateLimitError);
  await expect(marked('http_500')).rejects.toBeInstanceOf(OpenAI.InternalServerError);
  await expect(marked('connection_reset')).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
  await expect(marked('moderation_blocked')).rejects.toMatchObject({ status: 400, code: 'moderation_blocked' });
});

test('a late refusal is in the video, and a film that breaks off in its download', async () => {
  const poll = async (id: string) => {
    for (let left = 600; left > 0; left -= 1) {
      const video = await client.videos.retrieve(id);
      if (video.status === 'completed' || video.status === 'failed') return video;
      await new Promise((go) => setTimeout(go, 100));
    }
    throw new Error('it did not end');
  };
  const refused = await poll((await client.videos.create(film('[[fault:moderation_blocked_late]]'))).id);
  expect(refused).toMatchObject({ status: 'failed', error: { code: 'moderation_blocked' } });
  const broken = await poll((await client.videos.create(film('[[fault:truncated_film]]'))).id);
  expect(broken.status).toBe('completed');
  const answer = await client.videos.downloadContent(broken.id);
  expect(answer.headers.get('content-type')).toBe('video/mp4');
  await expect(answer.arrayBuffer()).rejects.toThrow();
}, 120_000);
