import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findCard } from '@refreel/core/catalog';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import type { Serving } from '../chaos/serving.ts';
import { media } from '../e2e/command.ts';
import { probe } from '../loopback/server.ts';
import { accountAt, chargedAt, freePort, openFolders, pictureUri, startVendor, writeAccounts } from './peers.ts';

// One request each: our server sends it to another one that plays the vendor, in another process, and the film comes home.

const folders = openFolders();
let vendor: { serving: Serving; url: string };
/** Without a public address: media are uploaded, or go in the message itself. */
let hidden: TestServer;
/** With an address that the vendor can read. */
let open: TestServer;

beforeAll(async () => {
  vendor = await startVendor(folders.make('vendor'));
  const models: Record<string, string[]> = {
    dashscope: ['wan2.7-r2v', 'wan2.6-r2v-flash'],
    openai: ['sora-2'],
    venice: ['grok-imagine-reference-to-video', 'kling-o3-standard-reference-to-video'],
    toapis: ['kling-v3'],
    baicai: ['PixVerse-v4.5-MR2V'],
    qiniu: ['sora-2', 'kling-video-o1'],
  };
  const accounts = Object.entries(models).map(([dialect, ids]) => accountAt(vendor.url, dialect, ids));
  // An engine that somebody runs, with a model that only its owner knows, in the shape of OpenAI's videos.
  const card = { ...findCard('sora-2')!, id: 'our-engine', dialect: 'openai' };
  const engine = {
    ...accountAt(vendor.url, 'openai', []),
    id: 'engine',
    models: { 'our-engine': 'sora-2' },
    cards: [card],
  };
  const file = writeAccounts(folders.make('accounts'), [...accounts, engine]);
  const port = await freePort();
  const environment = { REFREEL_MODE: 'live', REFREEL_ACCOUNTS: file, REFREEL_ALLOW_PRIVATE: '127.0.0.1' };
  hidden = await startTestServer({ environment });
  open = await startTestServer({
    environment: { ...environment, REFREEL_PORT: String(port), REFREEL_PUBLIC_URL: `http://127.0.0.1:${port}` },
  });
}, 120_000);

afterAll(async () => {
  expect([...hidden.faults, ...open.faults]).toEqual([]);
  await Promise.all([hidden.remove(), open.remove()]);
  await vendor.serving.stop();
  folders.remove();
});

const cat = pictureUri();
const subject = { kind: 'subject', name: 'cat', image: cat };
const scene = { kind: 'image', name: 'hall', image: pictureUri('coffee.png') };

/** Where it is sent, from where, and what. */
const rows = [
  [
    'dashscope',
    'hidden',
    { model: 'wan2.7-r2v', seconds: 2, tier: '720p', references: [subject], prompt: '@cat walks.' },
  ],
  ['dashscope', 'open', { model: 'wan2.7-r2v', seconds: 2, tier: '720p', references: [subject], prompt: '@cat runs.' }],
  ['openai', 'hidden', { model: 'sora-2', seconds: 4, prompt: 'A lamp is lit.' }],
  [
    'venice',
    'hidden',
    {
      model: 'grok-imagine-reference-to-video',
      seconds: 5,
      tier: '480p',
      references: [scene],
      prompt: 'Steam over @hall.',
    },
  ],
  [
    'venice',
    'open',
    { model: 'kling-o3-standard-reference-to-video', seconds: 3, references: [subject], prompt: '@cat looks up.' },
  ],
  ['toapis', 'hidden', { model: 'kling-v3', seconds: 5, references: [scene], prompt: 'Steam rises.' }],
  [
    'baicai',
    'hidden',
    { model: 'PixVerse-v4.5-MR2V', seconds: 5, tier: '360p', references: [subject], prompt: '@cat sits.' },
  ],
  ['qiniu', 'hidden', { model: 'kling-video-o1', seconds: 5, references: [scene], prompt: 'Steam over the cup.' }],
  [
    'qiniu',
    'open',
    { model: 'kling-video-o1', seconds: 5, references: [scene], prompt: 'Steam over the cup, slowly.' },
  ],
] as const;

describe.each(rows)('%s from a server that is %s', (dialect, from, body) => {
  test('sent once, and the film comes home', { timeout: 240_000 }, async () => {
    const live = from === 'open' ? open : hidden;
    const checked = await live.ask('/v1/check', { json: body });
    expect(checked.json.problems).toEqual([]);
    const before = await chargedAt(vendor.url);
    const made = await live.ask('/v1/generations?wait=120', { json: body });
    expect(made.json, JSON.stringify(made.json.problems)).toMatchObject({ state: 'done', problems: [] });
    expect(made.headers.get('x-refreel-producer')).toBe('upstream');
    expect(made.json.attempts).toMatchObject([{ account: `my-${dialect}`, producer: 'upstream', billed: 'yes' }]);
    expect((await chargedAt(vendor.url)) - before).toBe(1);
    const { bytes } = await live.ask(`/v1/generations/${made.json.id}/content`);
    const { film } = checked.json;
    const found = await probe(bytes);
    expect({ ...found, seconds: Math.round(found.seconds) }).toEqual({
      ...{ width: film.width, height: film.height, seconds: film.seconds, sound: film.audio },
    });
  });
});

/** A film of the own engine. */
let source: string;

test('a model of an own engine: its card is shown, and its own name goes over the wire', {
  timeout: 120_000,
}, async () => {
  expect((await hidden.ask('/v1/models/our-engine')).json).toMatchObject({ id: 'our-engine', dialect: 'openai' });
  const json = { model: 'our-engine', seconds: 4, prompt: 'A bell is rung.' };
  const made = await hidden.ask('/v1/generations?wait=100', { json });
  expect(made.json, JSON.stringify(made.json)).toMatchObject({
    state: 'done',
    attempts: [{ account: 'engine', billed: 'yes' }],
  });
  const { items } = (await (await fetch(`${vendor.url}/v1/generations?dialect=openai`)).json()) as {
    items: { model: string }[];
  };
  expect(items[0]?.model).toBe('sora-2');
  source = made.json.id;
});

test("a vendor's own client asks our server, which asks the vendor: picture by address, film by address", {
  timeout: 120_000,
}, async () => {
  const pictures = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'image/png' }).end(readFileSync(join(media, 'coffee.png')));
  });
  await new Promise<void>((listening) => pictures.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}/cup.png`;
  const base = '/dashscope/api/v1';
  const key = 'sk-of-the-caller';
  try {
    const before = await chargedAt(vendor.url);
    const asked = await open.ask(`${base}/services/aigc/video-generation/video-synthesis`, {
      key,
      headers: { 'x-dashscope-async': 'enable' },
      json: {
        model: 'wan2.7-r2v',
        input: { prompt: 'Steam over the cup of Image 1.', media: [{ type: 'reference_image', url }] },
        parameters: { resolution: '720P', ratio: '16:9', duration: 2 },
      },
    });
    expect(asked.status, JSON.stringify(asked.json)).toBe(200);
    const task = asked.json.output.task_id as string;
    const look = async () => (await open.ask(`${base}/tasks/${task}`, { key })).json.output;
    let output = await look();
    for (let times = 0; times < 1000 && /PENDING|RUNNING/.test(output.task_status); times += 1) {
      await pause(100);
      output = await look();
    }
    expect(output, JSON.stringify(output)).toMatchObject({ task_status: 'SUCCEEDED' });
    const film = Buffer.from(await (await fetch(output.video_url)).arrayBuffer());
    expect(await probe(film)).toMatchObject({ width: 1280, height: 720 });
    expect((await chargedAt(vendor.url)) - before).toBe(1);
  } finally {
    pictures.closeAllConnections();
    pictures.close();
  }
});

test('a remix is made by the account that holds its source, as the vendor remixes', { timeout: 120_000 }, async () => {
  const remix = `/v1/generations/${source}/remix?wait=100`;
  const made = await hidden.ask(remix, { json: { prompt: 'The bell hangs still.' } });
  expect(made.json, JSON.stringify(made.json)).toMatchObject({ state: 'done', attempts: [{ account: 'engine' }] });
  const { items } = (await (await fetch(`${vendor.url}/v1/generations?dialect=openai&limit=2`)).json()) as {
    items: { id: string; remixOf: string | null }[];
  };
  expect(items[0]?.remixOf).toBe(items[1]?.id);

  // Another account has a remix too, and not this film.
  const elsewhere = { model: 'sora-2', seconds: 4, prompt: 'A bell is rung.', from: source };
  const told = await hidden.ask('/v1/check', { json: elsewhere });
  expect(told.json.problems).toEqual([]);
  expect(told.json.notes).toContainEqual(expect.objectContaining({ code: 'remix_elsewhere', path: 'from' }));
  const strict = await hidden.ask('/v1/generations', { json: { ...elsewhere, strict: true } });
  expect(strict.status).toBe(422);
  expect(strict.json.problems).toMatchObject([{ path: 'from' }]);
});
