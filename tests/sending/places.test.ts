import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPostgres, type TestPostgres } from '../../packages/server/store/test-postgres.ts';
import { hasPostgres } from '../../packages/server/test-databases.ts';
import { ask } from '../../packages/server/test-server.ts';
import { type Serving, startServing } from '../chaos/serving.ts';
import { media } from '../e2e/command.ts';
import { accept, type HostileVendor, openHostileVendor } from './hostile-vendor.ts';
import { openFolders, writeAccounts } from './peers.ts';

const folders = openFolders();
const places = 5;
const queued = 50;

/** At the vendor now, and the most that there ever were. */
let [there, most] = [0, 0];

describe.skipIf(!hasPostgres)('two senders that share a PostgreSQL and an account', () => {
  let postgres: TestPostgres;
  let vendor: HostileVendor;
  const servers: Serving[] = [];

  beforeAll(async () => {
    postgres = (await startTestPostgres())!;
    vendor = await openHostileVendor(
      (word) => ({
        submit(_, answer) {
          there += 1;
          most = Math.max(most, there);
          accept(answer, word);
        },
        look(number, answer) {
          // Long enough that all places are taken at once; then it fails, which needs no film.
          const over = number >= 3;
          if (number === 3) there -= 1;
          const failed = { code: 'InternalError.Algo', message: 'inference internal error.' };
          const output = { task_id: word, task_status: over ? 'FAILED' : 'RUNNING', ...(over && failed) };
          answer
            .writeHead(200, { 'content-type': 'application/json' })
            .end(JSON.stringify({ request_id: 'r', output }));
        },
      }),
      () => Buffer.alloc(0),
    );
  }, 120_000);

  afterAll(async () => {
    for (const one of servers) {
      one.kill('group');
      await one.end;
    }
    await vendor?.close();
    await postgres?.stop();
    folders.remove();
  });

  test('are never above its places, and fill them', { timeout: 400_000 }, async () => {
    const environment = {
      ...{ DATABASE_URL: await postgres.createDatabase(), REFREEL_MODE: 'live' },
      ...{ REFREEL_PUBLIC_URL: 'http://127.0.0.1:9', REFREEL_SECRET: 'a secret that both of them have been given' },
      REFREEL_ACCOUNTS: writeAccounts(folders.make('accounts'), [
        {
          ...{ id: 'narrow', dialect: 'dashscope', baseUrl: vendor.url, key: 'sk-narrow-0123456789' },
          ...{ models: ['wan2.7-r2v'], region: 'cn-beijing', lookIntervalSeconds: 0.2, concurrency: places },
        },
      ]),
    };
    const folder = folders.make('places');
    servers.push(startServing(folder, environment), startServing(folder, environment));
    const bases = await Promise.all(servers.map((one) => one.url));
    const bytes = readFileSync(join(media, 'cat.png'));
    const { asset } = (await ask(`${bases[0]}/v1/assets`, { bytes, headers: { 'content-type': 'image/png' } })).json;
    const letters = (number: number) => String.fromCharCode(97 + Math.floor(number / 26), 97 + (number % 26));
    const made = await Promise.all(
      Array.from({ length: queued }, (_, index) =>
        ask(`${bases[index % 2]}/v1/generations`, {
          json: {
            ...{ model: 'wan2.7-r2v', seconds: 2, prompt: `A film of the word ${letters(index)}.` },
            references: [{ kind: 'image', name: 'cat', image: asset }],
          },
        }),
      ),
    );
    expect(made.map(({ status }) => status)).toEqual(Array.from({ length: queued }, () => 202));
    for (const { json } of made) {
      let found = await ask(`${bases[1]}/v1/generations/${json.id}?wait=100`);
      if (!found.json.ended) found = await ask(`${bases[1]}/v1/generations/${json.id}?wait=100`);
      expect(found.json.attempts, JSON.stringify(found.json.problems)).toMatchObject([
        { state: 'failed', billed: 'no' },
      ]);
    }
    expect([...vendor.asked.values()].map(({ submits }) => submits)).toEqual(Array.from({ length: queued }, () => 1));
    expect([most, there]).toEqual([places, 0]);
  });
});
