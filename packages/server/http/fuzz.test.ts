import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appHost, openTestApp, requestTo, type TestApp } from '../test-app.ts';
import { smallRequest } from '../test-server.ts';
import { nativeRoutes } from './native/routes.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ bodyBytes: 100_000, uploadBytes: 100_000, idleSeconds: 1 });
}, 60_000);
afterAll(() => app.close());

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '\0',
    '\ud800',
    '../../etc/passwd',
    '%00',
    '__proto__',
    '@mei',
    'asset:',
    'data:,',
    'http://[::1]/',
  ),
);
const hostile = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(text, fc.constantFrom('prompt', 'shots', 'references', 'size', 'url', 'data')),
      tie('value'),
      {
        maxKeys: 5,
      },
    ),
  ),
})).value;
/** A right request with some of it made wrong: what comes furthest. */
const nearlyRight = fc
  .dictionary(
    fc.constantFrom(
      'prompt',
      'seconds',
      'size',
      'references',
      'shots',
      'model',
      'seed',
      'fps',
      'from',
      'count',
      'startFrame',
      'name',
      'url',
      'data',
    ),
    hostile,
    { maxKeys: 2 },
  )
  .map((change) => ({ ...smallRequest, ...change }));
const body = fc.oneof(
  { weight: 2, arbitrary: hostile.map((value) => JSON.stringify(value) ?? '') },
  { weight: 4, arbitrary: nearlyRight.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)) },
  { weight: 1, arbitrary: fc.constantFrom('', '{', '[]', 'null', '"', `${'['.repeat(40)}${']'.repeat(40)}`) },
);
const type = fc.oneof(
  { weight: 3, arbitrary: fc.constant('application/json') },
  fc.constantFrom(
    'application/json',
    'application/json; charset=utf-8',
    'application/JSON',
    'text/plain',
    'multipart/form-data; boundary=x',
    'image/png',
    'application/octet-stream',
    '',
  ),
);
const header = fc.tuple(
  fc.constantFrom(
    'idempotency-key',
    'range',
    'if-range',
    'if-none-match',
    'accept-language',
    'last-event-id',
    'authorization',
    'x-request-id',
    'origin',
    'content-length',
    'content-encoding',
    'expect',
    'cookie',
  ),
  fc.oneof(
    fc.stringMatching(/^[\x21-\x7e]{0,60}$/),
    fc.constantFrom(
      'bytes=0-',
      'Bearer x',
      'Bearer ',
      'zh;q=x',
      '99999999999999999999',
      'https://studio.example',
      'a'.repeat(4000),
    ),
  ),
);
const part = fc.oneof(
  fc.constantFrom('gen_none', 'animatic', 'e'.repeat(64), '%00', '%ff', '%', '..', '%2e%2e', 'a'.repeat(3000)),
  fc.stringMatching(/^[\w%.~-]{1,30}$/),
);
const query = fc.oneof(
  fc.constant(''),
  fc
    .array(
      fc.tuple(
        fc.constantFrom(
          'wait',
          'limit',
          'cursor',
          'state',
          'film',
          'from',
          'until',
          'after',
          'region',
          'name',
          'download',
          'seconds',
          'input',
          'x',
        ),
        fc.oneof(text, fc.constantFrom('0', '1', '-1', 'true', '2026-11-20', 'W10', 'bnVsbA', '999999999999')),
      ),
      { maxLength: 3 },
    )
    .map(
      (pairs) => `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&')}`,
    ),
);

const seen = new Set<number>();

/** Reads an answer to its end; a stream that never ends is let go of. */
async function finish(answer: Response): Promise<void> {
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) await answer.body?.cancel();
  else await answer.arrayBuffer();
}

const routes = nativeRoutes(() => {});

test.each(routes.map(({ method, path }) => [method, path] as const))(
  '%s %s answers whatever it is sent',
  async (method, path) => {
    const asked = fc.record({
      method: fc.oneof(
        { weight: 8, arbitrary: fc.constant(method) },
        { weight: 1, arbitrary: fc.constantFrom('PUT', 'PATCH', 'OPTIONS', 'HEAD', 'DELETE', 'POST', 'GET', 'BREW') },
      ),
      part,
      query,
      body: fc.option(body, { freq: 10 }),
      type,
      headers: fc.oneof(fc.constant([]), fc.array(header, { maxLength: 3 })),
    });
    await fc.assert(
      fc.asyncProperty(asked, async (one) => {
        // Waiting is right where it is asked for; here it would only take time.
        if (/wait=[1-9]/.test(one.query)) return;
        const headers = new Headers({ host: appHost, ...(one.type !== '' && { 'content-type': one.type }) });
        for (const [name, value] of one.headers) headers.set(name, value);
        const bodiless = one.method === 'GET' || one.method === 'HEAD' || one.body === null;
        const request = requestTo(path.replace(/\{\w+\}/, one.part) + one.query, {
          method: one.method,
          headers,
          ...(!bodiless && { body: one.body }),
        });
        const answer = await app.fetch(request);
        expect(answer.status, JSON.stringify(app.faults.map(String))).toBeLessThan(500);
        seen.add(answer.status);
        if (answer.status >= 400 && one.method !== 'HEAD')
          expect(await answer.clone().json()).toHaveProperty('error.code');
        await finish(answer);
      }),
      { numRuns: 200 },
    );
    expect(app.faults).toEqual([]);
  },
);

test('what was sent went deep: accepted, refused for its shape, its sense, its type, its key', () => {
  expect([...seen]).toEqual(expect.arrayContaining([200, 202, 400, 401, 404, 405, 415, 422]));
});

test('a body that stops coming is given up', async () => {
  const slow = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array([123])) });
  const init = { method: 'POST', body: slow, duplex: 'half', headers: { 'content-type': 'application/json' } };
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
