import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { smallRequest, startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { media, refreel } from '../e2e/command.ts';
import { accept, type HostileVendor, type Misdeed, openHostileVendor, refuse, tell } from './hostile-vendor.ts';
import { openFolders, writeAccounts } from './peers.ts';

// A vendor that loses, lies and redirects: what was paid is never sent twice, no key leaves, and nothing that is no film is kept as one.

vi.setConfig({ maxConcurrency: 40 });

const key = 'sk-hostile-abcdefghij-0123456789';
const folders = openFolders();
let film: Buffer;
let vendor: HostileVendor;
let live: TestServer;

interface Case extends Misdeed {
  /** How its attempt ends. */
  readonly ends: { readonly state: string; readonly billed: string; readonly problem?: string };
  readonly submits: number;
}

const lost = { state: 'unconfirmed', billed: 'unknown', problem: 'submit_unconfirmed' };
const unfetched = { state: 'failed', billed: 'yes', problem: 'film_unfetched' };
// The film is whole, and smaller than what was asked for: it was paid for, so it is kept, and that is told.
const whole = { state: 'done', billed: 'yes', problem: 'film_differs' };

/** A megabyte of lists within lists. */
const nested = `{"output":${'['.repeat(500_000)}`.padEnd(1_048_576, ']');

const cases: Readonly<Record<string, Case>> = {
  reset: { ends: lost, submits: 1, submit: (_, answer) => void answer.socket!.destroy() },
  half: {
    ...{ ends: lost, submits: 1 },
    submit: (_, answer) =>
      void answer.writeHead(200, { 'content-type': 'application/json' }).end('{"output":{"task_id":"ha'),
  },
  brokenoff: {
    ...{ ends: lost, submits: 1 },
    submit(_, answer) {
      answer.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      answer.write('{"output":{"task_id":"brokenoff","task_status":"PENDING"}', () => answer.socket!.destroy());
    },
  },
  page: {
    ...{ ends: lost, submits: 1 },
    submit: (_, answer) => void answer.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>'),
  },
  nested: {
    ...{ ends: lost, submits: 1 },
    submit: (_, answer) => void answer.writeHead(200, { 'content-type': 'application/json' }).end(nested),
  },
  unspeakable: {
    ...{ ends: lost, submits: 1 },
    submit: (_, answer) =>
      void answer
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"output":{"task_id":{"length":{"toString":1}},"task_status":"PENDING"}}'),
  },
  redirect: {
    ...{ ends: lost, submits: 1 },
    submit: (_, answer, { elsewhere }) => void answer.writeHead(307, { location: `${elsewhere}/take-the-key` }).end(),
  },
  refused: {
    ...{ ends: { state: 'failed', billed: 'no', problem: 'vendor_refused' }, submits: 1 },
    submit: (_, answer) => refuse(answer, 400, 'InvalidParameter', `the key ${key} may not do that`),
  },
  badkey: {
    ...{ ends: { state: 'failed', billed: 'no', problem: 'account_key_refused' }, submits: 1 },
    submit: (_, answer) => refuse(answer, 401, 'InvalidApiKey', `Invalid API-key provided: ${key}`),
  },
  // "Too busy", in the vendor's own words, is the only answer after which it is sent again.
  busy: {
    ...{ ends: whole, submits: 2 },
    submit: (number, answer) =>
      number === 1
        ? refuse(answer, 429, 'Throttling.RateQuota', 'Requests rate limit exceeded', { 'retry-after': '1' })
        : accept(answer, 'busy'),
  },
  inside: {
    ...{ ends: unfetched, submits: 1 },
    look: (_, answer) => tell(answer, 'inside', 'SUCCEEDED', 'http://169.254.169.254/latest/meta-data/'),
  },
  leads: {
    ...{ ends: unfetched, submits: 1 },
    film: (_, __, answer) => void answer.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
  },
  html: {
    ...{ ends: unfetched, submits: 1 },
    film: (_, __, answer) => void answer.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Expired</h1>'),
  },
  disguised: {
    ...{ ends: unfetched, submits: 1 },
    film: (_, __, answer) => void answer.writeHead(200, { 'content-type': 'video/mp4' }).end('<h1>Expired</h1>'),
  },
  empty: {
    ...{ ends: unfetched, submits: 1 },
    film: (_, __, answer) => void answer.writeHead(200, { 'content-type': 'video/mp4' }).end(),
  },
  cut: {
    ...{ ends: unfetched, submits: 1 },
    film: (_, __, answer) =>
      void answer.writeHead(200, { 'content-type': 'video/mp4' }).end(film.subarray(0, film.length - 900)),
  },
  huge: {
    ...{ ends: unfetched, submits: 1 },
    film: (_, __, answer) =>
      void answer.writeHead(200, { 'content-type': 'video/mp4', 'content-length': String(10 * 1024 ** 3) }).write(film),
  },
  endless: {
    ...{ ends: unfetched, submits: 1 },
    film(_, __, answer) {
      answer.writeHead(200, { 'content-type': 'video/mp4' });
      const chunk = Buffer.alloc(4 * 1024 * 1024);
      const more = () => {
        while (!answer.destroyed && answer.write(chunk));
      };
      answer.on('drain', more);
      more();
    },
  },
  resumed: {
    ...{ ends: whole, submits: 1 },
    film(number, { headers }, answer) {
      const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
      const tag = { etag: '"one"', 'content-type': 'video/mp4' };
      // The second transfer goes on where the first one was cut.
      if (number === 1) {
        answer.writeHead(200, { ...tag, 'content-length': String(film.length) });
        answer.write(film.subarray(0, 1000), () => answer.socket!.destroy());
      } else if (from === 0) answer.writeHead(500).end();
      else {
        const range = `bytes ${from}-${film.length - 1}/${film.length}`;
        answer.writeHead(206, { ...tag, 'content-range': range }).end(film.subarray(from));
      }
    },
  },
  // Completed, then "running" for ever: its film is asked for where it was.
  backwards: {
    ...{ ends: whole, submits: 1 },
    look: (number, answer, { url }) =>
      number === 1
        ? tell(answer, 'backwards', 'SUCCEEDED', `${url}/films/backwards.mp4`)
        : tell(answer, 'backwards', 'RUNNING'),
    film: (number, _, answer) =>
      void (number === 1
        ? answer.writeHead(503).end()
        : answer.writeHead(200, { 'content-type': 'video/mp4' }).end(film)),
  },
  unknown: {
    ...{ ends: { state: 'failed', billed: 'unknown', problem: 'vendor_lost_it' }, submits: 1 },
    look: (_, answer) => tell(answer, 'unknown', 'UNKNOWN'),
  },
  // Every way in which a look can fail, and then the film: none of them says anything of it.
  stumbles: {
    ...{ ends: whole, submits: 1 },
    look(number, answer, { url, elsewhere }) {
      const stumbles = [
        () => answer.socket!.destroy(),
        () => refuse(answer, 500, 'InternalError', 'oops', { 'retry-after': '1' }),
        () => answer.writeHead(408).end(),
        () => tell(answer, 'stumbles', 'UNKNOWN'),
        () => refuse(answer, 429, 'Throttling', 'slow down', { 'retry-after': '1' }),
        () => answer.writeHead(425).end('too early'),
        () => tell(answer, 'stumbles', 'UNKNOWN'),
        () => tell(answer, 'stumbles', 'RUNNING'),
        () => tell(answer, 'stumbles', 'UNKNOWN'),
        () => answer.writeHead(200, { 'content-type': 'application/json' }).end('{"output":{}'),
        () => answer.writeHead(301, { location: `${elsewhere}/take-the-key` }).end(),
        () => answer.writeHead(200, { 'content-type': 'application/json' }).end(nested),
      ];
      (stumbles[number - 1] ?? (() => tell(answer, 'stumbles', 'SUCCEEDED', `${url}/films/stumbles.mp4`)))();
    },
  },
};

const ids = new Map<string, string>();

beforeAll(async () => {
  vendor = await openHostileVendor(
    (word) => cases[word],
    () => film,
  );
  const there = { dialect: 'dashscope', baseUrl: vendor.url, key, lookIntervalSeconds: 0.1, region: 'cn-beijing' };
  const accounts = writeAccounts(folders.make('accounts'), [
    { ...there, id: 'hostile', models: ['wan2.7-r2v'] },
    { ...there, id: 'keyless', models: ['wan2.6-r2v'] },
  ]);
  const port = 'http://127.0.0.1:9';
  live = await startTestServer({
    environment: { REFREEL_MODE: 'live', REFREEL_ACCOUNTS: accounts, REFREEL_PUBLIC_URL: port },
  });
  // What needs no vendor is drawn here, also where everything else is paid.
  const drawn = await live.ask('/v1/generations?wait=60', { json: smallRequest });
  expect(drawn.headers.get('x-refreel-producer')).toBe('animatic');
  film = (await live.ask(`/v1/generations/${drawn.json.id}/content`)).bytes;
  const bytes = readFileSync(join(media, 'cat.png'));
  const kept = await live.ask('/v1/assets', { bytes, headers: { 'content-type': 'image/png' } });
  const image = kept.json.asset as string;
  for (const word of Object.keys(cases)) {
    const references = [{ kind: 'image', name: 'cat', image }];
    // Its account is set aside: the others have one of their own.
    const model = word === 'badkey' ? 'wan2.6-r2v' : 'wan2.7-r2v';
    const json = { model, seconds: 2, references, prompt: `A film of the word ${word} with @cat.` };
    const { status, json: made } = await live.ask('/v1/generations', { json });
    expect(status, JSON.stringify(made)).toBe(202);
    ids.set(word, made.id);
  }
}, 120_000);

afterAll(async () => {
  expect(live.faults).toEqual([]);
  await live.remove();
  await vendor.close();
  folders.remove();
});

// Each waits for an end of its own, side by side.
describe.concurrent('every misdeed', () => {
  test.each(Object.entries(cases))('%s', { timeout: 180_000 }, async (word, { ends, submits }) => {
    // Nobody waits for a person: an unconfirmed one has not ended.
    const over = async () => {
      for (;;) {
        const { json } = await live.ask(`/v1/generations/${ids.get(word)}?wait=1`);
        if (json.ended || json.state === 'unconfirmed') return json;
      }
    };
    const found = await over();
    const [attempt] = found.attempts;
    expect({ state: attempt.state, billed: attempt.billed, problem: attempt.problems[0]?.code }).toEqual({
      problem: ends.problem,
      state: ends.state,
      billed: ends.billed,
    });
    expect(vendor.asked.get(word)?.submits).toBe(submits);
    expect(found.films.length).toBe(ends.state === 'done' ? 1 : 0);
    expect(JSON.stringify(found)).not.toContain(key);
  });

  test('the command line does not wait for a person: it says so, and its exit code is its own', {
    timeout: 120_000,
  }, async () => {
    const args = ['--server', live.url, '--wait', '--lang', 'en'];
    const { code, stdout } = await refreel(['get', ids.get('reset')!, ...args]);
    expect(code).toBe(5);
    expect(stdout).toContain('refreel generations resolve');
    const cancelled = await refreel(['cancel', ids.get('reset')!, '--server', live.url, '--lang', 'en']);
    expect(cancelled.code).toBe(5);
    expect(cancelled.stdout).toContain(`refreel generations resolve ${ids.get('reset')}`);
  });
});

test('no key went anywhere else, and none is told by an event', { timeout: 60_000 }, async () => {
  expect(vendor.strays).toEqual([]);
  const answer = await fetch(`${live.url}/v1/events?after=0`, { signal: AbortSignal.timeout(1500) });
  let told = '';
  try {
    for await (const chunk of answer.body!) told += Buffer.from(chunk).toString();
  } catch {
    // The stream has no end of its own.
  }
  expect(told).toContain('attempt.state');
  expect(told).not.toContain(key);
});

test('an unconfirmed one is settled by hand, and in no other way', { timeout: 120_000 }, async () => {
  const settle = (word: string, json: unknown) => live.ask(`/v1/generations/${ids.get(word)}/resolve`, { json });
  expect((await settle('refused', { as: 'failed' })).json.error).toMatchObject({ code: 'attempt_settled' });
  expect((await settle('half', { as: 'maybe' })).status).toBe(400);

  expect((await settle('page', { as: 'failed', billed: 'no' })).json).toMatchObject({
    state: 'failed',
    attempts: [{ billed: 'no', problems: [{ code: 'resolved_as_failed' }] }],
  });
  // An id that the vendor does not know settles nothing: it was copied wrongly.
  expect((await settle('brokenoff', { as: { id: '12-mistyped' } })).json.error).toMatchObject({
    ...{ code: 'vendor_id_unknown', path: 'as.id', values: { account: 'hostile', found: '12-mistyped' } },
  });
  // It is at the vendor after all: found there under its id, it is brought home.
  expect((await settle('brokenoff', { as: { id: 'brokenoff' } })).status).toBe(200);
  // The vendor has never had it: sent once more, because a person said so.
  expect((await settle('half', { as: 'not-created' })).json).toMatchObject({ attempts: [{ state: 'queued' }] });
  const found = await live.ask(`/v1/generations/${ids.get('brokenoff')}?wait=60`);
  expect(found.json).toMatchObject({ state: 'done', attempts: [{ billed: 'yes' }] });
  for (let look = 0; look < 600 && vendor.asked.get('half')?.submits === 1; look += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(vendor.asked.get('half')?.submits).toBe(2);
  expect(vendor.asked.get('brokenoff')?.submits).toBe(1);
});
