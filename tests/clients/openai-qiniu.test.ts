import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDocumentedMedia } from '../loopback/documented-media.ts';
import { type OtherServer, probe, startServer } from '../loopback/server.ts';

// Qiniu calls itself compatible with the package `openai`: the base address is that of Qiniu, and its own fields are sent as extras.

const photo = (id: number) => `https://photos.example/id/${id}/1280/720.jpg`;
const clip = 'https://clips.example/dog.mp4';
let folder: string;
let server: OtherServer;
let client: OpenAI;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-qiniu-'));
  const body = { kind: 'json', value: [photo(1), photo(2), clip] } as const;
  const map = await makeDocumentedMedia([{ method: 'POST', path: '', query: {}, headers: {}, body }], folder);
  server = await startServer([], { REFREEL_MEDIA_MAP: JSON.stringify(map) });
  client = new OpenAI({ apiKey: 'sk-anything', baseURL: `${server.url}/qiniu/v1`, maxRetries: 0 });
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** What its answers hold beyond the original's. */
interface QiniuVideo {
  readonly id: string;
  readonly status: string;
  readonly mode?: string;
  readonly seconds?: string;
  readonly size?: string;
  readonly task_result?: { readonly videos: readonly { readonly url: string; readonly duration: string }[] };
}
/** Its fields are no part of the client's types. */
const create = async (body: object) => (await client.videos.create(body as never)) as unknown as QiniuVideo;
const words = ['initializing', 'queued', 'in_progress', 'downloading', 'uploading'];

async function ended(id: string): Promise<QiniuVideo> {
  for (let left = 1200; left > 0; left -= 1) {
    const video = (await client.videos.retrieve(id)) as unknown as QiniuVideo;
    if (!words.includes(video.status)) return video;
    await new Promise((go) => setTimeout(go, 100));
  }
  throw new Error('it did not end');
}

test('Kling O1 with pictures and a video, in the fields of its page', async () => {
  const made = await create({
    model: 'kling-video-o1',
    prompt: '视频连贯在一起',
    image_list: [{ image: photo(1) }, { image: photo(2) }],
    video_list: [{ video_url: clip, refer_type: 'feature', keep_original_sound: 'yes' }],
    size: '1280x720',
    mode: 'pro',
  });
  expect(made).toMatchObject({ status: 'queued', mode: 'pro', seconds: '5', size: '1280x720' });
  const video = await ended(made.id);
  expect(video).toMatchObject({ status: 'completed', task_result: { videos: [{ duration: '5' }] } });
  const film = Buffer.from(await (await fetch(video.task_result!.videos[0]!.url)).arrayBuffer());
  // Its size says the ratio alone.
  expect(await probe(film)).toMatchObject({ width: 1920, height: 1080 });
  expect((await probe(film)).seconds).toBeCloseTo(5, 1);
  // The content of the original is there as well.
  const content = await client.videos.downloadContent(made.id);
  expect(Buffer.from(await content.arrayBuffer())).toEqual(film);
}, 120_000);

test('Kling V2.5 Turbo between two frames: an address, and a file', async () => {
  const usual = { model: 'kling-v2-5-turbo', prompt: '人在奔跑', size: '1280x720', mode: 'std' };
  const byAddress = await create({ ...usual, input_reference: photo(1), image_tail: photo(2) });
  const bytes = readFileSync(join(folder, 'photos.example/id/1/1280/720.jpg'));
  const byFile = await create({ ...usual, input_reference: await toFile(bytes, 'a.jpg', { type: 'image/jpeg' }) });
  for (const { id } of [byAddress, byFile]) expect(await ended(id)).toMatchObject({ status: 'completed', mode: 'std' });
  const remix = (await client.videos.remix(byFile.id, { prompt: '将场景改为夜晚' })) as unknown as QiniuVideo;
  expect(remix).toMatchObject({ status: 'queued', mode: 'std' });
  expect(await client.videos.delete(remix.id)).toMatchObject({ deleted: true });
  const ids: string[] = [];
  for await (const video of client.videos.list({ limit: 2 })) ids.push(video.id);
  expect(ids.slice(0, 2)).toEqual([byFile.id, byAddress.id]);
}, 120_000);

test('refusals name the fields of its page', async () => {
  for (const [body, param] of [
    [{ model: 'kling-v2-1', prompt: '跑', seconds: '4', input_reference: photo(1) }, 'seconds'],
    [{ model: 'kling-v2-1', prompt: '跑' }, 'input_reference'],
    [{ model: 'sora-2', prompt: '跑', image_list: [{ image: photo(1) }] }, 'image_list'],
    [{ model: 'kling-video-o1', prompt: '跑', mode: 'best' }, 'mode'],
    [{ model: 'kling-video-o1', prompt: '跑', video_list: [{ video_url: 'dog.mp4' }] }, 'video_list[0].video_url'],
  ] as const) {
    const error = await create(body).catch((one: unknown) => one);
    expect(error, JSON.stringify(body)).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error).toMatchObject({ param });
  }
  await expect(create({ model: 'kling-v9', prompt: '跑' })).rejects.toThrow(OpenAI.NotFoundError);
});
