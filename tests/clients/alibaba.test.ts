import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAlibaba } from '@ai-sdk/alibaba';
import { experimental_generateVideo as generateVideo } from 'ai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { media } from '../e2e/command.ts';
import { probe } from '../loopback/server.ts';

// The vendor's client of the AI SDK, unmodified: `videoBaseURL` is all that is changed.

const cup = readFileSync(join(media, 'coffee.png'));
let server: TestServer;
let files: Server;
let filesUrl: string;
/** Of the first film: the second is made from it. */
let clip: Buffer;

beforeAll(async () => {
  server = await startTestServer({ environment: { REFREEL_ALLOW_PRIVATE: '127.0.0.1' } });
  // Neither address says what is behind it.
  files = createServer((request, response) => {
    const isClip = request.url === '/clip';
    response.writeHead(200, { 'content-type': isClip ? 'video/mp4' : 'image/png' }).end(isClip ? clip : cup);
  });
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  filesUrl = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  files.closeAllConnections();
  files.close();
  await server.remove();
});

const client = (region = 'dashscope-intl', apiKey = 'sk-anything') =>
  createAlibaba({ apiKey, videoBaseURL: `${server.url}/${region}` });
/** The client itself fetches no address of this machine, so its own option for downloads does. */
const download = async ({ url }: { url: URL }) => {
  const answer = await fetch(url);
  return {
    data: new Uint8Array(await answer.arrayBuffer()),
    mediaType: answer.headers.get('content-type') ?? undefined,
  };
};
const quick = { intervalMs: 200, timeoutMs: 100_000 };

test('wan2.7-r2v, with bytes as references', async () => {
  const { video, warnings, providerMetadata } = await generateVideo({
    model: client().video('wan2.7-r2v'),
    prompt: 'Image 1 steams in the rain.',
    inputReferences: [{ data: new Uint8Array(cup), mediaType: 'image/png' }],
    resolution: '1280x720',
    duration: 2,
    seed: 7,
    poll: quick,
    download,
  });
  expect(warnings).toEqual([]);
  clip = Buffer.from(video.uint8Array);
  const probed = await probe(clip);
  expect(probed).toMatchObject({ width: 1280, height: 720, sound: true });
  expect(probed.seconds).toBeCloseTo(2, 1);
  expect(providerMetadata.alibaba).toMatchObject({ usage: { duration: 2, resolution: 720, ratio: '16:9' } });
}, 120_000);

test('wan2.6-r2v, with addresses that do not say what they are', async () => {
  const { video, providerMetadata } = await generateVideo({
    model: client('dashscope').video('wan2.6-r2v'),
    prompt: 'character1 walks towards character2.',
    inputReferences: [`${filesUrl}/clip`, `${filesUrl}/cup`],
    resolution: '1280x720',
    duration: 2,
    providerOptions: { alibaba: { shotType: 'multi' } },
    poll: quick,
    download,
  });
  expect(await probe(video.uint8Array)).toMatchObject({ width: 1280, height: 720, sound: true });
  // Seconds of the clip are billed, so it was seen as one.
  expect(providerMetadata.alibaba).toMatchObject({ usage: { duration: 4, inputVideoDuration: 2, size: '1280*720' } });
}, 120_000);

test('wan2.6-r2v-flash, silent, from a film that was made here', async () => {
  const listed = await server.ask('/v1/generations?dialect=dashscope');
  const first = listed.json.items.at(-1);
  const { video } = await generateVideo({
    model: client().video('wan2.6-r2v-flash'),
    prompt: 'character1 turns around.',
    inputReferences: [first.films[0].url],
    resolution: '1280x720',
    duration: 2,
    providerOptions: { alibaba: { audio: false } },
    poll: quick,
    download,
  });
  expect(await probe(video.uint8Array)).toMatchObject({ width: 1280, height: 720, sound: false });
}, 120_000);

test('what is refused reaches its caller in the vendor’s words', async () => {
  const asked = {
    prompt: 'Image 1 waits.',
    inputReferences: [{ data: new Uint8Array(cup), mediaType: 'image/png' }],
    duration: 99,
    poll: quick,
    download,
    maxRetries: 0,
  };
  await expect(generateVideo({ ...asked, model: client().video('wan2.7-r2v') })).rejects.toThrow(
    /parameters\.duration/,
  );
  await expect(generateVideo({ ...asked, model: client().video('wan9-r2v') })).rejects.toThrow(/does not exist/);
});
