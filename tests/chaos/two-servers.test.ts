import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, openFolderFiles } from '../../packages/server/store/index.ts';
import { startTestPostgres, type TestPostgres } from '../../packages/server/store/test-postgres.ts';
import { openTestApp, post, requestTo } from '../../packages/server/test-app.ts';
import { hasPostgres } from '../../packages/server/test-databases.ts';
import { ask } from './caller.ts';
import { checkStore } from './check-store.ts';
import { eventsOf } from './moments.ts';
import { type Serving, startServing } from './serving.ts';

const film = { prompt: 'A lamp is lit.', seconds: 1, size: '128x72', fps: 8, audio: false };

describe.skipIf(!hasPostgres)('servers that share a PostgreSQL', () => {
  let postgres: TestPostgres;
  let url: string;
  let folder: string;
  const servers: Serving[] = [];
  const start = () => {
    const serving = startServing(folder, { DATABASE_URL: url });
    servers.push(serving);
    return serving;
  };
  beforeAll(async () => {
    postgres = (await startTestPostgres())!;
  }, 120_000);
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    url = await postgres.createDatabase();
    folder = mkdtempSync(join(tmpdir(), 'refreel-two-'));
  });
  afterEach(async () => {
    for (const one of servers.splice(0)) {
      one.kill('group');
      await one.end;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** States that a stream tells of a generation, until it is done. */
  async function statesOf(answer: Response): Promise<string[]> {
    const states: string[] = [];
    for await (const { kind, state } of eventsOf(answer)) {
      if (kind.startsWith('generation.')) states.push(state!);
      if (kind === 'generation.state' && state === 'done') break;
    }
    return states;
  }

  test('what one accepts the other draws, and both tell of it', { timeout: 180_000 }, async () => {
    // It accepts and never draws.
    const accepting = await openTestApp({}, { databaseUrl: url });
    try {
      const drawing = start();
      const base = await drawing.url;
      const streams = [await accepting.fetch(requestTo('/v1/events')), await fetch(`${base}/v1/events`)];
      const told = streams.map(statesOf);
      const made = await accepting.fetch(post('/v1/generations', film));
      const { id } = (await made.json()) as { id: string };
      const lives = await Promise.all(told);
      expect(lives[0]).toEqual(['queued', 'running', 'fetching', 'done']);
      expect(lives[1]).toEqual(lives[0]);
      const seen = await accepting.fetch(requestTo(`/v1/generations/${id}`));
      expect(await seen.json()).toMatchObject({ state: 'done', films: [{ index: 0 }] });
      expect((await ask(`${base}/v1/generations/${id}`))?.json.state).toBe('done');
    } finally {
      await accepting.close();
    }
  });

  test('one is killed: the other finishes what it held once its lease is over', { timeout: 240_000 }, async () => {
    const [dying, living] = [start(), start()];
    const bases = [await dying.url, await living.url] as const;
    const ids: string[] = [];
    const send = async (base: string) => {
      const answer = await ask(`${base}/v1/generations`, {
        method: 'POST',
        body: JSON.stringify({ ...film, seconds: 3 }),
        headers: { 'content-type': 'application/json' },
      });
      ids.push(answer?.json.id as string);
    };
    await Promise.all([...bases, ...bases, ...bases].map(send));
    const database = await openDatabase({ url }, { maintenanceSeconds: 0 });
    try {
      // Its worker is named after its process.
      const held = async () =>
        await database.connection
          .selectFrom('attempts')
          .select('generationId')
          .where('worker', 'like', `% ${dying.pid}`)
          .execute();
      await expect.poll(async () => (await held()).length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
      dying.kill('group');
      await dying.end;
      expect((await held()).length).toBeGreaterThan(0);
      for (const id of ids) {
        const answer = await ask(`${bases[1]}/v1/generations/${id}?wait=100`);
        expect(answer?.json.state, JSON.stringify(answer?.json.attempts)).toBe('done');
      }
      expect(await living.stop()).toMatchObject({ code: 0, complaints: '' });
      const { lies, films } = await checkStore(database, await openFolderFiles(join(folder, 'files')));
      expect([lies, films]).toEqual([[], ids.length]);
    } finally {
      await database.close();
    }
  });
});
