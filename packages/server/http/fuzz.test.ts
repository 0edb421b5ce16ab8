import { afterAll, expect, test } from 'vitest';
import { requestTo } from '../test-app.ts';
import { openChance } from '../test-chance.ts';
import { isNative, shootAt } from '../test-shoot.ts';
import { openTarget } from '../test-target.ts';

// Opened before the tests are told: they are made from its table.
const { app, ammunition, routes, secret } = await openTarget();
afterAll(async () => {
  expect(app.faults).toEqual([]);
  await app.close();
});

const statuses = new Set<number>();
/** Fewer at dialects, which have their own in dialects/fuzz.test.ts. */
const shotsAt = (route: (typeof routes)[number]) => (isNative(route) ? 1000 : 250);

test('the table has its routes', () => {
  expect(app.routes.length).toBeGreaterThan(20);
  expect(routes.length).toBeGreaterThan(app.routes.length);
});

test.each(routes.map((route) => [route.method, route.path, route] as const))(
  '%s %s answers whatever it is sent',
  { timeout: 300_000 },
  async (method, path, route) => {
    const chance = openChance(path.length * 1000 + method.length);
    const count = shotsAt(route);
    const found = await shootAt(app, route, { chance, ammunition, count });
    expect(found.wrong).toEqual([]);
    expect(found.shots).toBeGreaterThan(count * 0.9);
    for (const status of Object.keys(found.statuses)) statuses.add(Number(status));
  },
);

test('what was sent went deep: accepted, refused for its shape, its sense, its type, its key', () => {
  expect([...statuses]).toEqual(expect.arrayContaining([200, 202, 400, 401, 403, 404, 405, 409, 413, 415, 422]));
});

test('a field that stands for what objects do is refused where it is', async () => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
  const body = '{"prompt":{"length":{"toString":1}}}';
  for (const path of ['/v1/generations', '/v1/check', '/openai/v1/videos', '/venice/api/v1/video/queue']) {
    const answer = await app.fetch(requestTo(path, { method: 'POST', body, headers }));
    expect([path, answer.status]).toEqual([path, 400]);
    expect(await answer.text()).toContain('toString');
  }
});

test('a body that stops coming is given up', async () => {
  const slow = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array([123])) });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
  const init = { method: 'POST', body: slow, duplex: 'half', headers };
  const answer = await app.fetch(requestTo('/v1/generations', init as RequestInit));
  expect(answer.status).toBe(408);
});

test('sites that the operator named may call, and others may not', async () => {
  const headers = { origin: 'https://studio.example', 'access-control-request-method': 'POST' };
  const allowed = await app.fetch(requestTo('/v1/generations', { method: 'OPTIONS', headers }));
  expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, 'https://studio.example']);
  const foreign = requestTo('/v1/generations', {
    method: 'OPTIONS',
    headers: { ...headers, origin: 'https://evil.example' },
  });
  expect((await app.fetch(foreign)).status).toBe(403);
});
