import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI, { toFile } from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminKey, ask } from '../../packages/server/test-server.ts';
import { media } from '../e2e/command.ts';
import { type OtherServer, probe, startServer } from '../loopback/server.ts';
import { type CuttingProxy, openCuttingProxy } from './cut-replies.ts';

// The package `openai`, unmodified, against a server in another process: `baseURL` is all that is changed.

let server: OtherServer;
let folder: string;
let client: OpenAI;
let first: string;
let apiKey: string;
const usual = { model: 'sora-2', seconds: '4', size: '1280x720' } as const;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-openai-'));
  server = await startServer(['--sandbox-faults'], { REFREEL_ADMIN_KEY: adminKey });
  const made = await ask(`${server.url}/v1/keys`, { key: adminKey, json: { name: 'test', workspace: 'one' } });
  apiKey = made.json.secret;
  client = new OpenAI({ apiKey, baseURL: `${server.url}/openai/v1`, maxRetries: 0 });
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** As the vendor's guide has it: look every few seconds until it is neither queued nor in progress. */
async function ended(id: string) {
  for (let left = 1200; left > 0; left -= 1) {
    const video = await client.videos.retrieve(id);
    if (video.status !== 'queued' && video.status !== 'in_progress') return video;
    await new Promise((go) => setTimeout(go, 100));
  }
  throw new Error('it did not end');
}
const contentOf = async (id: string, variant?: 'video' | 'thumbnail' | 'spritesheet') => {
  const answer = await client.videos.downloadContent(id, variant === undefined ? {} : { variant });
  return { type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) };
};
const picture = (width: number, height: number) =>
  sharp(readFileSync(join(media, 'coffee.png')))
    .resize(width, height)
    .png()
    .toBuffer();

test('create without a file, poll, content', async () => {
  const { data: made, response } = await client.videos.create({ ...usual, prompt: 'Rain.' }).withResponse();
  expect(made).toEqual({
    id: expect.stringMatching(/^video_/),
    object: 'video',
    model: 'sora-2',
    status: 'queued',
    progress: 0,
    created_at: expect.any(Number),
    completed_at: null,
    expires_at: null,
    prompt: 'Rain.',
    size: '1280x720',
    seconds: '4',
    remixed_from_video_id: null,
    error: null,
  });
  expect(Math.abs(made.created_at - Date.now() / 1000)).toBeLessThan(60);
  expect(response.headers.get('x-refreel-producer')).toBe('animatic');
  first = made.id;
  expect(await ended(first)).toMatchObject({
    ...{ status: 'completed', progress: 100, error: null },
    ...{ completed_at: expect.any(Number), expires_at: expect.any(Number) },
  });
  const { type, bytes } = await contentOf(first);
  expect(type).toBe('video/mp4');
  expect((await contentOf(first, 'video')).bytes).toEqual(bytes);
  const probed = await probe(bytes);
  expect([probed.width, probed.height]).toEqual([1280, 720]);
  expect(probed.seconds).toBeCloseTo(4, 1);
}, 120_000);

test('stills of it', async () => {
  for (const [variant, columns, rows] of [
    ['thumbnail', 1, 1],
    ['spritesheet', 5, 2],
  ] as const) {
    const { type, bytes } = await contentOf(first, variant);
    const { format, width, height } = await sharp(bytes).metadata();
    expect([type, format]).toEqual(['image/webp', 'webp']);
    expect(width! / columns / (height! / rows)).toBeCloseTo(16 / 9, 1);
    const { channels } = await sharp(bytes).stats();
    // There is something to be seen in it.
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(3);
  }
}, 60_000);

test('create with a file, list in pages, remix, delete', async () => {
  const file = join(folder, 'cup.png');
  writeFileSync(file, await picture(1280, 720));
  const made = await client.videos.create({
    ...usual,
    prompt: 'Steam rises.',
    // As the vendor's guide has it: nothing says what it is.
    input_reference: createReadStream(file),
  });
  const listed = async (order: 'asc' | 'desc') => {
    const ids: string[] = [];
    // Each page holds one, so that the next is asked for with `after`.
    for await (const video of client.videos.list({ limit: 1, order })) ids.push(video.id);
    return ids;
  };
  expect(await listed('desc')).toEqual([made.id, first]);
  expect(await listed('asc')).toEqual([first, made.id]);
  const page = await client.videos.list({ limit: 1 });
  expect([page.data.map(({ id }) => id), page.hasNextPage()]).toEqual([[made.id], true]);
  expect(await ended(made.id)).toMatchObject({ status: 'completed' });

  const remix = await client.videos.remix(made.id, { prompt: 'Snow falls.' });
  expect(remix).toMatchObject({
    remixed_from_video_id: made.id,
    prompt: 'Snow falls.',
    seconds: '4',
    size: '1280x720',
  });
  expect(await ended(remix.id)).toMatchObject({ status: 'completed', remixed_from_video_id: made.id });
  expect(await client.videos.delete(remix.id)).toEqual({ id: remix.id, object: 'video.deleted', deleted: true });
  await expect(client.videos.retrieve(remix.id)).rejects.toThrow(OpenAI.NotFoundError);
  await expect(contentOf(remix.id)).rejects.toThrow(OpenAI.NotFoundError);
}, 180_000);

describe('errors are of the class that clients catch', () => {
  test('BadRequestError', async () => {
    const small = await toFile(await picture(640, 360), 'cup.png', { type: 'image/png' });
    const create = (body: object) => client.videos.create({ ...usual, prompt: 'Rain.', ...body } as never);
    for (const [body, param] of [
      [{ input_reference: small }, 'input_reference'],
      [{ seconds: '5' }, 'seconds'],
      [{ size: '1x1' }, 'size'],
      [{ fps: 24 }, 'fps'],
      [{ prompt: '' }, 'prompt'],
      [{ input_reference: { file_id: 'file-1' } }, 'input_reference.file_id'],
    ] as const) {
      const error = await create(body).catch((one: unknown) => one);
      expect(error, JSON.stringify(body)).toBeInstanceOf(OpenAI.BadRequestError);
      expect(error).toMatchObject({
        ...{ status: 400, param, type: 'invalid_request_error' },
        ...{ message: expect.stringMatching(/^400 .{10,}/), requestID: expect.any(String) },
      });
    }
    await expect(client.videos.remix(first, { prompt: '' })).rejects.toThrow(OpenAI.BadRequestError);
  });

  test('NotFoundError', async () => {
    const nowhere = [
      () => client.videos.retrieve('video_1'),
      () => client.videos.delete('video_1'),
      () => client.videos.remix('video_1', { prompt: 'Rain.' }),
      () => client.videos.downloadContent('video_1'),
      () => client.videos.create({ model: 'sora-9', prompt: 'Rain.' } as never),
      // Characters are not served.
      () => client.videos.getCharacter('char_1'),
    ];
    for (const one of nowhere) await expect(one()).rejects.toThrow(OpenAI.NotFoundError);
  });

  test('RateLimitError and InternalServerError, where one is asked for', async () => {
    const create = (fault: string) => client.videos.create({ ...usual, prompt: `Rain. [[fault:${fault}]]` });
    const limited = await create('http_429_with_retry_after').catch((one: unknown) => one);
    expect(limited).toBeInstanceOf(OpenAI.RateLimitError);
    expect((limited as InstanceType<typeof OpenAI.RateLimitError>).headers?.get('retry-after')).toBe('1');
    await expect(create('http_500')).rejects.toThrow(OpenAI.InternalServerError);
    await expect(create('connection_reset')).rejects.toThrow(OpenAI.APIConnectionError);
  });

  test('a film that is refused late is a failed video, and its content an error', async () => {
    const { id } = await client.videos.create({ ...usual, prompt: 'Rain. [[fault:moderation_blocked_late]]' });
    expect(await ended(id)).toMatchObject({ status: 'failed', error: { code: 'moderation_blocked' } });
    await expect(contentOf(id)).rejects.toThrow(OpenAI.APIError);
  });

  test('AuthenticationError', async () => {
    const stranger = new OpenAI({ apiKey: 'sk-wrong', baseURL: `${server.url}/openai/v1` });
    await expect(stranger.videos.list()).rejects.toThrow(OpenAI.AuthenticationError);
    await expect(stranger.videos.create({ prompt: 'Rain.' })).rejects.toThrow(OpenAI.AuthenticationError);
    await expect(stranger.videos.retrieve(first)).rejects.toThrow(OpenAI.AuthenticationError);
  });
});

describe('when an answer is lost, the client tries again by itself', () => {
  let proxy: CuttingProxy;
  beforeAll(async () => {
    proxy = await openCuttingProxy(server.url);
  });
  afterAll(() => proxy.close());

  test('and there is one film', async () => {
    const patient = new OpenAI({ apiKey, baseURL: `${proxy.url}/openai/v1`, maxRetries: 3 });
    const countOf = async () => (await client.videos.list({ limit: 100 })).data.length;
    const before = await countOf();
    proxy.cutNext(2);
    const made = await patient.videos.create({ ...usual, prompt: 'A film that is asked for three times.' });
    expect(proxy.seen.map((headers) => headers['x-stainless-retry-count'])).toEqual(['0', '1', '2']);
    expect(await countOf()).toBe(before + 1);
    expect((await client.videos.list({ limit: 1 })).data[0]!.id).toBe(made.id);
    // The same again, not as a retry, is another film.
    const again = await patient.videos.create({ ...usual, prompt: 'A film that is asked for three times.' });
    expect(again.id).not.toBe(made.id);
    for (const { id } of [made, again]) await client.videos.delete(id);
  }, 60_000);
});
