import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminKey, makeTestKey, smallRequest, startTestServer, type TestServer } from '../test-server.ts';
import { openMetrics } from './metrics.ts';

const hookMilliseconds = 60_000;

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await startTestServer({ admin: true });
  key = (await makeTestKey(server, 'ours')).secret;
}, hookMilliseconds);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

async function figures(from: TestServer = server, asKey: string | null = adminKey): Promise<string> {
  const { status, bytes, headers } = await from.ask('/metrics', { key: asKey ?? undefined });
  expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
  return bytes.toString();
}

/** The value of the one line with this name and these labels; undefined where there is none. */
function figureOf(text: string, name: string, labels: Record<string, string> = {}): number | undefined {
  const line = text.split('\n').find((one) => {
    const [head = ''] = one.split(' ');
    return (
      head.split('{')[0] === name &&
      Object.entries(labels).every(([label, value]) => head.includes(`${label}="${value}"`))
    );
  });
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ')));
}

describe('what happens is counted', () => {
  test('from the request to the film', async () => {
    const made = await server.ask('/v1/generations?wait=100', { key, json: smallRequest });
    expect(made.json.state, made.bytes.toString()).toBe('done');
    await server.ask(`/v1/generations/${made.json.id}`, { key });
    await server.ask(`/v1/generations/${made.json.id}`, { key });
    await server.ask('/v1/generations/gen_none', { key });
    await server.ask('/v1/nowhere/gen_none', { key });
    await server.ask('/v1/assets', { key, json: { url: 'http://169.254.169.254/' } });
    const text = await figures();
    const got = (name: string, labels: Record<string, string>) => figureOf(text, name, labels);
    const route = '/v1/generations/{id}';
    expect(got('refreel_http_request_seconds_count', { method: 'GET', route, status: '200' })).toBe(2);
    expect(got('refreel_http_request_seconds_count', { method: 'GET', route, status: '404' })).toBe(1);
    expect(got('refreel_http_request_seconds_count', { route: 'none', status: '404' })).toBe(1);
    expect(got('refreel_accept_seconds_count', { model: 'animatic', dialect: 'native' })).toBe(1);
    expect(got('refreel_render_seconds_count', { model: 'animatic' })).toBe(1);
    expect(got('refreel_render_seconds_sum', { model: 'animatic' })).toBeGreaterThan(0);
    const done = { state: 'done', model: 'animatic', producer: 'animatic' };
    expect(got('refreel_attempts_ended_total', done)).toBe(1);
    expect(got('refreel_fetch_refusals_total', { code: 'address_forbidden' })).toBe(1);
    expect(got('refreel_store_up', {})).toBe(1);
    expect(got('refreel_renders_running', {})).toBe(0);
    expect(got('process_resident_memory_bytes', {})).toBeGreaterThan(10_000_000);
  });

  test('with no id, no key and no address in it', async () => {
    const text = await figures();
    expect(text).not.toMatch(/gen_|wsp_|key_|rfl_|169\.254/);
    expect(text).not.toContain(adminKey);
  });

  test('methods that nobody knows are one', async () => {
    for (const method of ['PROPFIND', 'REPORT']) await server.ask('/v1/models', { method, key });
    expect(figureOf(await figures(), 'refreel_http_request_seconds_count', { method: 'other' })).toBe(2);
  });
});

test(
  'what waits is counted in the store',
  async () => {
    const idle = await startTestServer({}, { generations: { limits: { renders: 0 } } });
    try {
      for (let one = 0; one < 3; one++) await idle.ask('/v1/generations', { json: smallRequest });
      // Without a key needed, whoever is on this machine may look.
      const labels = { state: 'queued', model: 'animatic', producer: 'animatic' };
      expect(figureOf(await figures(idle, null), 'refreel_attempts_open', labels)).toBe(3);
    } finally {
      await idle.remove();
    }
  },
  hookMilliseconds,
);

describe('it is for whoever runs the server', () => {
  test.each([
    ['nobody', undefined],
    ['a key', 'KEY'],
    ['a wrong key', 'wrong'],
  ])('not for %s', async (_, given) => {
    const { status, json } = await server.ask('/metrics', { key: given === 'KEY' ? key : given });
    expect([status, json.error.code]).toEqual([403, 'admin_key_needed']);
  });

  test('nor for a browser with a session', async () => {
    const { headers } = await server.ask('/v1/session', { method: 'POST', key });
    const cookie = headers.get('set-cookie')!.split(';')[0]!;
    expect((await server.ask('/metrics', { headers: { cookie } })).status).toBe(403);
  });
});

test('a store that is away is told, and the rest is told all the same', async () => {
  const metrics = openMetrics();
  const away = { connection: undefined } as never;
  expect(figureOf((await metrics.text(away)).body, 'refreel_store_up')).toBe(0);
});

test('counting a request costs microseconds', () => {
  const metrics = openMetrics();
  const count = (times: number) => {
    const begun = performance.now();
    for (let one = 0; one < times; one++) metrics.answered('GET', '/v1/generations/{id}', 200, 0.001);
    return ((performance.now() - begun) * 1000) / times;
  };
  count(20_000);
  // About 1 on an idle machine; a request takes hundreds.
  expect(Math.min(count(20_000), count(20_000), count(20_000))).toBeLessThan(50);
});
