import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallRequest, startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { openFolders, pictureUri, writeAccounts } from './peers.ts';

// A vendor makes two films of one generation and gives each of them once: what came home stays home while the other is still asked for.

const folders = openFolders();
const given = new Map<string, number>();
let film: Buffer;
let vendor: Server;
let live: TestServer;

/** What it does with the second film of a word: gives it at the second time, or never has one. */
function second(word: string, times: number): { status: number; type: string } {
  if (word === 'later') return { status: times === 1 ? 503 : 200, type: 'video/mp4' };
  return { status: 200, type: 'text/html' };
}

beforeAll(async () => {
  vendor = createServer(async (request, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const say = (data: unknown) =>
      void answer
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ code: 0, message: 'ok', ts: '2026-11-20T00:00:00+08:00', data }));
    const { pathname } = new URL(request.url!, 'http://vendor');
    if (pathname.startsWith('/files')) return say({ url: `${base()}/kept.png` });
    if (request.method === 'POST')
      return say({ taskId: /word ([a-z]+)/.exec(Buffer.concat(chunks).toString())?.[1] ?? 'none' });
    const [, word = '', number] = /^\/films\/([a-z]+)-([01])\.mp4$/.exec(pathname) ?? [];
    if (number !== undefined) {
      const times = (given.get(pathname) ?? 0) + 1;
      given.set(pathname, times);
      const { status, type } =
        number === '1' ? second(word, times) : { status: times === 1 ? 200 : 410, type: 'video/mp4' };
      return void answer.writeHead(status, { 'content-type': type }).end(film);
    }
    const [, task = ''] = /^\/comfyui\/tasks\/([a-z]+)\//.exec(pathname) ?? [];
    const urls = [0, 1].map((index) => `${base()}/films/${task}-${index}.mp4`);
    say(pathname.endsWith('/result') ? { taskId: task, urls } : { taskId: task, status: 'COMPLETED' });
  });
  await new Promise<void>((listening) => vendor.listen(0, '127.0.0.1', listening));
  live = await startTestServer({
    environment: {
      REFREEL_MODE: 'live',
      REFREEL_PUBLIC_URL: 'http://127.0.0.1:9',
      REFREEL_ACCOUNTS: writeAccounts(folders.make(), [
        {
          ...{ id: 'films', dialect: 'baicai', baseUrl: base(), key: 'sk-films-0123456789' },
          ...{ models: ['PixVerse-v4.5-MR2V'], lookIntervalSeconds: 0.1 },
        },
      ]),
    },
  });
  const drawn = await live.ask('/v1/generations?wait=60', { json: smallRequest });
  film = (await live.ask(`/v1/generations/${drawn.json.id}/content`)).bytes;
}, 120_000);

afterAll(async () => {
  expect(live.faults).toEqual([]);
  await live.remove();
  vendor.closeAllConnections();
  vendor.close();
  folders.remove();
});

const base = () => `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;

async function ended(word: string) {
  const references = [{ kind: 'subject', name: 'cat', image: pictureUri() }];
  const json = { model: 'PixVerse-v4.5-MR2V', seconds: 5, count: 2, prompt: `@cat of the word ${word}.`, references };
  const made = await live.ask('/v1/generations', { json });
  expect(made.status, JSON.stringify(made.json)).toBe(202);
  return (await live.ask(`/v1/generations/${made.json.id}?wait=60`)).json;
}

test('a film that is given once is there although the other came later', { timeout: 90_000 }, async () => {
  const done = await ended('later');
  expect(done).toMatchObject({ state: 'done', attempts: [{ billed: 'yes' }] });
  expect(done.films).toHaveLength(2);
  expect(done.problems.map(({ code }: { code: string }) => code)).not.toContain('film_unfetched');
  expect(given.get('/films/later-0.mp4')).toBe(1);
});

test('nor is it lost where the other never comes, and that one is a problem', { timeout: 90_000 }, async () => {
  const done = await ended('never');
  expect(done, JSON.stringify(done)).toMatchObject({ state: 'done', attempts: [{ billed: 'yes' }] });
  expect(done.films).toHaveLength(1);
  const problems = done.attempts[0].problems.filter(({ code }: { code: string }) => code === 'film_unfetched');
  expect(problems).toMatchObject([{ values: { index: 2 } }]);
  expect((await live.ask(`/v1/generations/${done.id}/content`)).bytes.equals(film)).toBe(true);
});
