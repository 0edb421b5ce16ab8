import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findDialect } from '@refreel/core/dialects';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallRequest, startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { media } from '../e2e/command.ts';
import { accept, type HostileVendor, openHostileVendor, tell } from './hostile-vendor.ts';
import { accountAt, freePort, openFolders, startVendor, writeAccounts } from './peers.ts';

const folders = openFolders();
let vendor: HostileVendor;
/** With an address that vendors can read. */
let live: TestServer;
/** Without one. */
let hidden: TestServer;
let film: Buffer;
let image: string;
/** Of an account that nobody serves yet. */
let latePort: number;

/** The vendor took a cancel. */
let stopped = false;
/** At the vendor now, of those whose prompt says "narrow". */
let [narrow, mostNarrow] = [0, 0];

beforeAll(async () => {
  vendor = await openHostileVendor(
    (word) => {
      const running = { look: (_: number, answer: Parameters<typeof tell>[0]) => tell(answer, word, 'RUNNING') };
      if (word === 'late') return running;
      if (word === 'waiting')
        return {
          look: (_, answer) => tell(answer, word, stopped ? 'CANCELED' : 'PENDING'),
          cancel(answer) {
            stopped = true;
            answer.writeHead(200, { 'content-type': 'application/json' }).end('{"request_id":"r"}');
          },
        };
      if (word === 'ready')
        return {
          look: (number, answer, { url }) =>
            number < 3 ? tell(answer, word, 'RUNNING') : tell(answer, word, 'SUCCEEDED', `${url}/films/ready.mp4`),
        };
      if (!word.startsWith('narrow')) return undefined;
      return {
        submit(_, answer) {
          narrow += 1;
          mostNarrow = Math.max(mostNarrow, narrow);
          accept(answer, word);
        },
        look(number, answer, { url }) {
          if (number < 3) return tell(answer, word, 'RUNNING');
          narrow -= 1;
          tell(answer, word, 'SUCCEEDED', `${url}/films/${word}.mp4`);
        },
      };
    },
    () => film,
  );
  latePort = await freePort();
  const wan = { dialect: 'dashscope', baseUrl: vendor.url, key: 'sk-live-0123456789', region: 'cn-beijing' };
  const accounts = writeAccounts(folders.make('accounts'), [
    { ...wan, id: 'wan', models: ['wan2.7-r2v'], lookIntervalSeconds: 0.2 },
    { ...wan, id: 'narrow', models: ['wan2.6-r2v'], lookIntervalSeconds: 0.2, concurrency: 2 },
    accountAt(`http://127.0.0.1:${latePort}`, 'qiniu', ['sora-2']),
  ]);
  const environment = { REFREEL_MODE: 'live', REFREEL_ACCOUNTS: accounts };
  hidden = await startTestServer({ environment });
  live = await startTestServer({ environment: { ...environment, REFREEL_PUBLIC_URL: 'http://127.0.0.1:9' } });
  const drawn = await live.ask('/v1/generations?wait=60', { json: smallRequest });
  film = (await live.ask(`/v1/generations/${drawn.json.id}/content`)).bytes;
  const bytes = readFileSync(join(media, 'cat.png'));
  image = (await live.ask('/v1/assets', { bytes, headers: { 'content-type': 'image/png' } })).json.asset;
}, 120_000);

afterAll(async () => {
  expect([...live.faults, ...hidden.faults]).toEqual([]);
  await Promise.all([live.remove(), hidden.remove()]);
  await vendor.close();
  folders.remove();
});

function wanRequest(word: string, model = 'wan2.7-r2v') {
  return {
    model,
    seconds: 2,
    prompt: `A film of the word ${word}.`,
    references: [{ kind: 'image', name: 'cat', image }],
  };
}

describe('before anything is paid', () => {
  test('a model without an account is refused, with the way to add one', async () => {
    const request = { model: 'kling-v3', seconds: 5, prompt: 'A lamp is lit.' };
    const { status, json } = await hidden.ask('/v1/generations', { json: request });
    expect([status, json.error.code]).toEqual([422, 'account_missing']);
    expect(json.error.remedy).toContain('TOAPIS_API_KEY');
    expect((await hidden.ask('/v1/check', { json: request })).json.problems).toMatchObject([
      { code: 'account_missing' },
    ]);
  });

  test('a medium whose file is damaged or gone ends it, and nothing is sent', async () => {
    const drawing = { create: { width: 900, height: 600, channels: 3, background: '#335577' } } as const;
    const bytes = await sharp(drawing).png().toBuffer();
    const headers = { 'content-type': 'image/png' };
    const kept = (await hidden.ask('/v1/assets', { bytes, headers })).json;
    const file = join(hidden.data, 'files', kept.sha256.slice(0, 2), kept.sha256);
    for (const spoil of [() => writeFileSync(file, bytes.toReversed()), () => rmSync(file)]) {
      spoil();
      const references = [{ kind: 'image', name: 'cat', image: kept.asset }];
      const json = { ...wanRequest('damaged'), references };
      const { id } = (await hidden.ask('/v1/generations', { json })).json;
      const ended = (await hidden.ask(`/v1/generations/${id}?wait=20`)).json;
      expect(ended).toMatchObject({ state: 'failed', attempts: [{ billed: 'no' }] });
      expect(ended.problems).toMatchObject([{ code: 'store_damaged', values: { found: kept.sha256 } }]);
    }
    expect(vendor.inputs.has('damaged')).toBe(false);
  });

  test('an alternative without an account is told', async () => {
    const request = { ...wanRequest('never'), seconds: 5, alternatives: ['kling-v3', 'wan2.6-r2v'] };
    const { notes } = (await live.ask('/v1/check', { json: request })).json;
    const told = notes.filter(({ code }: { code: string }) => code === 'alternative_refuses');
    expect(told).toMatchObject([{ path: 'alternatives[0]', message: expect.stringMatching(/kling-v3.*account/) }]);
  });

  test('a model without an account is refused in its vendor’s clothes too', async () => {
    const { path } = findDialect('toapis')!.bases[0]!;
    const json = { model: 'kling-v3', prompt: 'A lamp is lit.', duration: 5 };
    const { status } = await hidden.ask(`${path}/videos/generations`, { json, key: 'sk-anything' });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  test('media that the vendor could not read are refused, and both ways out are named', async () => {
    const { width, height } = { width: 1280, height: 720 };
    const { default: sharp } = await import('sharp');
    const picture = await sharp({ create: { width, height, channels: 3, background: '#345' } })
      .png()
      .toBuffer();
    const startFrame = `data:image/png;base64,${picture.toString('base64')}`;
    const fitting = { model: 'sora-2', seconds: 4, size: '1280x720', prompt: 'It moves.', startFrame };
    const { json: told } = await hidden.ask('/v1/check', { json: fitting });
    expect(told.problems).toMatchObject([{ code: 'media_out_of_reach', path: 'startFrame' }]);
    expect(told.problems[0].remedy).toMatch(/REFREEL_PUBLIC_URL.*presigned/);
    expect((await hidden.ask('/v1/generations', { json: fitting })).json.error.code).toBe('media_out_of_reach');
    const [compared] = (await hidden.ask('/v1/check?models=sora-2', { json: fitting })).json.models;
    expect(compared.ok).toBe(false);
    expect(compared.fields.find(({ path }: { path: string }) => path === 'startFrame')).toMatchObject({
      fate: 'refused',
      problems: [{ code: 'media_out_of_reach' }],
    });
    const [there] = (await live.ask('/v1/check?models=sora-2', { json: fitting })).json.models;
    expect(there.ok).toBe(true);
  });
});

test('who is not there was never asked: it is sent when somebody is, and once', { timeout: 180_000 }, async () => {
  const json = { model: 'sora-2', seconds: 4, prompt: 'A lamp is lit.' };
  const made = await hidden.ask('/v1/generations', { json });
  expect(made.status, JSON.stringify(made.json)).toBe(202);
  const look = async () => (await hidden.ask(`/v1/generations/${made.json.id}`)).json;
  for (let times = 0; times < 300 && (await look()).attempts[0].startedAt === null; times += 1) await pause(50);
  expect(await look()).toMatchObject({ attempts: [{ account: 'my-qiniu', billed: 'no', problems: [] }] });
  const { serving: late } = await startVendor(folders.make('late'), { REFREEL_PORT: String(latePort) });
  try {
    const done = await hidden.ask(`/v1/generations/${made.json.id}?wait=120`);
    expect(done.json).toMatchObject({ state: 'done', attempts: [{ billed: 'yes' }] });
    const { items } = (await (await fetch(`http://127.0.0.1:${latePort}/v1/generations`)).json()) as {
      items: unknown[];
    };
    expect(items).toHaveLength(1);
  } finally {
    await late.stop();
  }
});

describe('a cancel', { timeout: 60_000 }, () => {
  const cancelled = async (word: string, atLooks: number) => {
    const made = await live.ask('/v1/generations', { json: wanRequest(word) });
    expect(made.status, JSON.stringify(made.json)).toBe(202);
    for (let times = 0; times < 600 && (vendor.asked.get(word)?.looks ?? 0) < atLooks; times += 1) await pause(50);
    await live.ask(`/v1/generations/${made.json.id}/cancel`, { method: 'POST' });
    return (await live.ask(`/v1/generations/${made.json.id}?wait=30`)).json;
  };

  test('reaches the vendor, and costs nothing where it stopped', async () => {
    expect(await cancelled('waiting', 1)).toMatchObject({
      state: 'cancelled',
      attempts: [{ billed: 'no', problems: [] }],
    });
    expect(vendor.asked.get('waiting')).toMatchObject({ submits: 1, cancels: 1 });
  });

  test('that the vendor does not take may still cost, and says so', async () => {
    expect(await cancelled('late', 1)).toMatchObject({
      state: 'cancelled',
      attempts: [{ billed: 'unknown', problems: [{ code: 'cancel_may_cost' }] }],
    });
    expect(vendor.asked.get('late')).toMatchObject({ submits: 1, cancels: 1 });
  });

  test('that comes when the film is finished brings it home: it is paid', async () => {
    const { state, films } = await cancelled('ready', 2);
    expect([state, films.length]).toEqual(['done', 1]);
  });
});

test('no more are at the vendor than its account has places', { timeout: 120_000 }, async () => {
  const words = ['narrowa', 'narrowb', 'narrowc', 'narrowd', 'narrowe', 'narrowf'];
  const made = await Promise.all(
    words.map((word) => live.ask('/v1/generations', { json: wanRequest(word, 'wan2.6-r2v') })),
  );
  for (const { json } of made) {
    const done = await live.ask(`/v1/generations/${json.id}?wait=60`);
    expect(done.json.state, JSON.stringify(done.json)).toBe('done');
  }
  expect(mostNarrow).toBe(2);
});

test('a sandbox with accounts sends nothing', { timeout: 60_000 }, async () => {
  const accounts = writeAccounts(folders.make('accounts'), [accountAt('http://127.0.0.1:9', 'qiniu', ['sora-2'])]);
  const server = await startTestServer({ environment: { REFREEL_ACCOUNTS: accounts } });
  try {
    const made = await server.ask('/v1/generations?wait=60', {
      json: { model: 'sora-2', seconds: 4, prompt: 'Rain.' },
    });
    expect(made.json).toMatchObject({ state: 'done', attempts: [{ producer: 'animatic', billed: 'no' }] });
    expect(made.headers.get('x-refreel-producer')).toBe('animatic');
  } finally {
    await server.remove();
  }
});
