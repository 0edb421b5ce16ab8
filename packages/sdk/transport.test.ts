import { afterEach, describe, expect, test } from 'vitest';
import { openRefreel, type Refreel, RefreelError } from './index.ts';
import { readRetryAfter, retryDelay } from './retry.ts';
import { type Answerer, answer, hangUp, refusal, startUnreliable, type Unreliable } from './test-unreliable.ts';

const generation = { id: 'gen_1', state: 'queued', ended: false, films: [] };
let server: Unreliable;
afterEach(() => server?.close());

async function against(...answers: readonly [Answerer, ...Answerer[]]): Promise<Refreel> {
  server = await startUnreliable(...answers);
  return openRefreel({ baseUrl: `${server.url}/`, key: 'rfl_secret' });
}

async function failure(work: Promise<unknown>): Promise<RefreelError> {
  const error = await work.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(RefreelError);
  return error;
}

describe('what may pass is tried again', () => {
  test('looks: after resets, 429, 503 and a page of a proxy, as the server asks', async () => {
    const page: Answerer = (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad');
    const refreel = await against(
      hangUp,
      answer(429, refusal('rate_limited', true), { 'retry-after': '0' }),
      answer(503, refusal('server_stopping', true)),
      page,
      answer(200, generation),
    );
    expect(await refreel.generations.get('gen_1')).toEqual(generation);
    expect(server.asked).toHaveLength(5);
  });

  test('a create: every try carries the same key, and another call another one', async () => {
    const refreel = await against(hangUp, answer(409, refusal('repeat_running', true)), answer(202, generation));
    await refreel.generations.create({ prompt: 'x' });
    await refreel.generations.create({ prompt: 'x' }, { idempotencyKey: 'mine' });
    const keys = server.asked.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys).toEqual([keys[0], keys[0], keys[0], 'mine']);
    expect(server.asked.map(({ body }) => body)).toEqual(Array(4).fill('{"prompt":"x"}'));
  });

  test('not for ever', async () => {
    server = await startUnreliable(hangUp);
    const refreel = openRefreel({ baseUrl: server.url, retries: 2 });
    expect(await failure(refreel.usage())).toMatchObject({ kind: 'no answer', retryable: true, status: undefined });
    expect(server.asked).toHaveLength(3);
  });

  test('not when the server asks for hours', async () => {
    const refreel = await against(answer(503, refusal('store_unavailable', true), { 'retry-after': '7200' }));
    expect(await failure(refreel.usage())).toMatchObject({ status: 503, retryAfterSeconds: 7200 });
    expect(server.asked).toHaveLength(1);
  });

  test('an upload of a Blob is sent again, a stream is not', async () => {
    const asset = { asset: 'asset:0', sha256: '0', mediaType: 'image/png' };
    const refreel = await against(hangUp, answer(201, asset), hangUp, answer(201, asset));
    await refreel.assets.upload(new Blob(['bytes'], { type: 'image/png' }), { name: 'a & b' });
    expect(server.asked[1]).toMatchObject({ url: '/v1/assets?name=a+%26+b', body: 'bytes' });
    expect(server.asked[1]!.headers['content-type']).toBe('image/png');
    expect((await failure(refreel.assets.upload(new Blob(['bytes']).stream()))).kind).toBe('no answer');
    expect(server.asked).toHaveLength(3);
  });
});

describe('errors', () => {
  test('a refusal has everything that the server says of it, and is not tried again', async () => {
    const refreel = await against(answer(422, refusal('prompt_empty', false), { 'x-request-id': 'r-1' }));
    const error = await failure(refreel.generations.create({ prompt: '' }));
    expect(error).toMatchObject({ kind: 'refused', status: 422, requestId: 'r-1', retryable: false });
    expect(error.problems).toEqual([
      expect.objectContaining({ code: 'prompt_empty', path: 'prompt', remedy: 'Do another.' }),
    ]);
    expect(error.message).toBe('It cannot be done. Do another.');
    expect(server.asked).toHaveLength(1);
  });

  test.each([
    [
      'a page',
      (_: unknown, response: Parameters<Answerer>[1]) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    ],
    ['JSON of another program', answer(200, { hello: 'world' })],
    ['an error of another program', answer(404, { error: 'Not found', problems: [] })],
  ] as [string, Answerer][])('%s is no answer of ours', async (_, other) => {
    const refreel = await against(other);
    expect((await failure(refreel.generations.get('gen_1'))).kind).toBe('bad answer');
    expect((await failure(refreel.models())).kind).toBe('bad answer');
  });

  test('a key is in no message, and a caller who aborts gets the own reason', async () => {
    const refreel = await against(() => {});
    const signal = AbortSignal.timeout(100);
    await expect(refreel.generations.get('gen_1', { signal })).rejects.toMatchObject({ name: 'TimeoutError' });
    const once = openRefreel({ baseUrl: server.url, retries: 0 }).usage({ signal: AbortSignal.timeout(100) });
    await expect(once).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(server.asked[0]!.headers.authorization).toBe('Bearer rfl_secret');
    server.close();
    const error = await failure(openRefreel({ baseUrl: server.url, key: 'rfl_secret', retries: 0 }).usage());
    expect(error.message).toContain(server.url);
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain('rfl_secret');
  });

  test('an address or a key that cannot be one is a mistake of the program', () => {
    for (const baseUrl of ['', 'localhost:8787', 'ftp://x', 'http://u:p@x'])
      expect(() => openRefreel({ baseUrl }), baseUrl).toThrow(TypeError);
    expect(() => openRefreel({ baseUrl: 'http://x', key: 'a\nb' })).toThrow(TypeError);
  });

  test('so is an idempotency key that no header can carry', async () => {
    const refreel = await against(answer(202, generation));
    const create = refreel.generations.create({ prompt: 'x' }, { idempotencyKey: '订单 7' });
    await expect(create).rejects.toThrow(TypeError);
    expect(server.asked).toEqual([]);
  });
});

test('Retry-After is seconds or a date; delays grow and have an end', () => {
  expect(readRetryAfter('3', 0)).toBe(3);
  expect(readRetryAfter('Thu, 01 Jan 1970 00:01:00 GMT', 50_000)).toBe(10);
  expect(readRetryAfter('Thu, 01 Jan 1970 00:00:01 GMT', 50_000)).toBe(0);
  expect([readRetryAfter('soon', 0), readRetryAfter(null, 0)]).toEqual([undefined, undefined]);
  expect([0, 1, 2, 9].map((retry) => retryDelay(retry, 1))).toEqual([400, 800, 1600, 8000]);
  expect(retryDelay(0, 0)).toBe(200);
});
