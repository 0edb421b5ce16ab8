import { dialects, findExchange } from '@refreel/core/dialects';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goldens } from '../../../core/dialects/dashscope/goldens/index.ts';
import {
  type Answer,
  type Asking,
  adminKey,
  makeTestKey,
  startTestServer,
  type TestServer,
} from '../../test-server.ts';

// Every documented request and every refusal of this vendor over real HTTP. Nothing is drawn here, and nothing fetched.

const resting = { generations: { limits: { renders: 0 } } };
const dashscope = dialects.find(({ id }) => id === 'dashscope')!;
const base = '/dashscope/api/v1';
const createPath = '/services/aigc/video-generation/video-synthesis';
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

let open: TestServer;
let locked: TestServer;
let keys: { readonly own: string; readonly other: string };
beforeAll(async () => {
  // One of the examples names a host without a dot.
  open = await startTestServer({ environment: { REFREEL_ALLOW_PRIVATE: 'e' } }, resting);
  locked = await startTestServer({ admin: true }, resting);
  const [own, other] = [await makeTestKey(locked, 'one'), await makeTestKey(locked, 'two')];
  keys = { own: own.secret, other: other.secret };
}, 60_000);
afterAll(async () => {
  expect([...open.faults, ...locked.faults]).toEqual([]);
  await open.remove();
  await locked.remove();
});

const body = (change: object = {}, parameters: object = {}) => ({
  model: 'wan2.7-r2v',
  input: { prompt: '雨。', media: [{ type: 'reference_image', url: 'https://media.example/a.png' }] },
  parameters,
  ...change,
});
const create = (server: TestServer, json: unknown, more: Asking = {}) =>
  server.ask(`${base}${createPath}`, {
    key: 'sk-anything',
    ...more,
    json,
    headers: { 'x-dashscope-async': 'enable', ...more.headers },
  });

/** "400 InvalidParameter", of an answer in the vendor's one shape. */
function refusalOf({ status, json, headers }: Answer): string {
  expect(Object.keys(json)).toEqual(['code', 'message', 'request_id']);
  expect(headers.get('x-request-id')).toBe(json.request_id);
  expect(headers.get('x-refreel-producer')).toBe('animatic');
  expect(json.message).not.toBe('');
  return `${status} ${json.code}`;
}

describe('documented requests', () => {
  test.each(goldens.asks.map((golden) => [golden.name, golden] as const))('%s', async (_, { ask, region }) => {
    const at = dashscope.bases.find((one) => one.region === (region ?? 'cn-beijing'))!.path;
    const query = new URLSearchParams(ask.query).toString();
    const form = new FormData();
    if (ask.body.kind === 'form')
      for (const part of ask.body.parts)
        if ('value' in part) form.append(part.name, part.value);
        else form.append(part.name, new Blob(['png']), part.fileName);
    const answer = await open.ask(`${at}${ask.path}${query === '' ? '' : `?${query}`}`, {
      method: ask.method,
      key: 'sk-anything',
      headers: ask.headers,
      ...(ask.body.kind === 'json' && { bytes: JSON.stringify(ask.body.value) }),
      ...(ask.body.kind === 'form' && { bytes: form }),
    });
    const { does } = findExchange(dashscope, ask.method, ask.path)!.exchange;
    const text = JSON.stringify(ask.body);
    if (does === 'create' && /data:|oss:/.test(text)) {
      // The picture of that example is cut off, and nobody uploaded that file here.
      expect(refusalOf(answer)).toBe('400 InvalidParameter');
    } else if (does === 'create') {
      expect(answer.status, JSON.stringify(answer.json)).toBe(200);
      expect(answer.json).toEqual({
        output: { task_status: 'PENDING', task_id: expect.stringMatching(uuid) },
        request_id: answer.headers.get('x-request-id'),
      });
      const seen = await open.ask(`${at}/tasks/${answer.json.output.task_id}`, { key: 'sk-anything' });
      expect(seen.json.output).toMatchObject({ task_status: 'PENDING', submit_time: expect.any(String) });
    } else if (does === 'look') {
      expect([answer.status, answer.json.output.task_status]).toEqual([200, 'UNKNOWN']);
    } else if (does === 'cancel') expect(refusalOf(answer)).toBe('400 UnsupportedOperation');
    // The vendor's own leave means nothing here, and no key came with it.
    else if (does === 'upload') expect(refusalOf(answer)).toMatch(/^40[01] /);
    else expect(answer.status).toBe(200);
  });

  test('what is done otherwise than asked stands in a header', async () => {
    const { headers } = await create(open, { ...body(), extra: 1 });
    expect(headers.get('x-refreel-notes')).toBe('setting_ignored extra, reference_unmentioned references%5B0%5D');
  });

  test('leave, the list, and a task that is taken back', async () => {
    const { json } = await create(open, body());
    const id = json.output.task_id;
    const at = `${base}/tasks/${id}`;
    const listed = await open.ask(`${base}/tasks?task_id=${id}&model_name=wan2.7-r2v&status=PENDING`, { key: 'x' });
    expect(listed.json).toMatchObject({ total: 1, page_no: 1, data: [{ task_id: id, request_id: json.request_id }] });
    const pages = await open.ask(`${base}/tasks?page_size=2&page_no=2`, { key: 'x' });
    expect(pages.json.data).toHaveLength(2);
    expect(pages.json.total_page).toBe(Math.ceil(pages.json.total / 2));
    // The second cancel, and one of the asyncio client with its slash and its empty request.
    const cancel = () =>
      open.ask(`${at}/cancel/`, { method: 'POST', key: 'x', json: { model: '', parameters: {}, input: '' } });
    expect((await cancel()).json).toEqual({ request_id: expect.any(String) });
    expect(refusalOf(await cancel())).toBe('400 UnsupportedOperation');
    expect((await open.ask(`${at}/`, { key: 'x' })).json.output.task_status).toBe('CANCELED');
    expect((await open.ask(`${base}/tasks?status=CANCELED`, { key: 'x' })).json.total).toBe(1);
    expect((await open.ask(`${base}/tasks?status=UNKNOWN`, { key: 'x' })).json.total).toBe(0);
    // Its region, and its wire format: nobody else knows it.
    const abroad = await open.ask(`/dashscope-intl/api/v1/tasks/${id}`, { key: 'x' });
    expect(abroad.json.output.task_status).toBe('UNKNOWN');
    expect((await open.ask('/dashscope-intl/api/v1/tasks', { key: 'x' })).json.data).not.toContainEqual(
      expect.objectContaining({ task_id: id }),
    );
    const native = await open.ask('/v1/generations?dialect=dashscope&limit=100');
    expect(native.json.items.map((one: { state: string }) => one.state)).toContain('cancelled');
  });
});

describe('what is refused, always in the vendor’s shape', () => {
  const ask = (path: string, more: Asking = {}) => open.ask(path, { key: 'sk-anything', ...more });
  const asynchronous = { 'x-dashscope-async': 'enable', 'content-type': 'application/json' };
  test.each<[string, string, () => Promise<Answer>]>([
    ['no key', '401 InvalidApiKey', () => create(open, body(), { key: undefined })],
    [
      'an empty key',
      '401 InvalidApiKey',
      () => ask(`${base}/tasks`, { key: undefined, headers: { authorization: 'Bearer ' } }),
    ],
    [
      'a key without its word',
      '401 InvalidApiKey',
      () => ask(`${base}/tasks`, { key: undefined, headers: { authorization: 'sk-x' } }),
    ],
    ['a wrong key', '401 InvalidApiKey', () => create(locked, body())],
    [
      'a form without leave',
      '401 InvalidApiKey',
      () => {
        const form = new FormData();
        form.append('file', new Blob(['x']), 'a.png');
        return ask(`${base}/uploads`, { key: undefined, bytes: form });
      },
    ],
    ['an upload that is no form', '401 InvalidApiKey', () => ask(`${base}/uploads`, { key: undefined, json: {} })],
    ['no such address', '404 NotFound', () => ask(`${base}/nothing`)],
    ['an address beside the base', '404 NotFound', () => ask('/dashscope/compatible-mode/v1/chat')],
    ['the base itself', '404 NotFound', () => ask('/dashscope')],
    ['another method', '400 InvalidParameter', () => ask(`${base}${createPath}`)],
    ['a method that nobody knows', '404 NotFound', () => ask(`${base}/nothing`, { method: 'PATCH' })],
    ['not asynchronous', '403 AccessDenied', () => ask(`${base}${createPath}`, { json: body() })],
    ['no JSON', '400 InvalidParameter', () => ask(`${base}${createPath}`, { bytes: '{', headers: asynchronous })],
    ['no body', '400 InvalidParameter', () => ask(`${base}${createPath}`, { method: 'POST', headers: asynchronous })],
    [
      'not called JSON',
      '400 BadRequest.IllegalInput',
      () => ask(`${base}${createPath}`, { bytes: '{}', headers: { ...asynchronous, 'content-type': 'text/plain' } }),
    ],
    ['a NUL', '400 InvalidParameter', () => create(open, body({ input: { prompt: 'a\0b' } }))],
    [
      'a body without end',
      '400 InvalidParameter',
      () => ask(`${base}${createPath}`, { bytes: '['.repeat(5000), headers: asynchronous }),
    ],
    [
      'too large',
      '400 BadRequest.TooLarge',
      () => ask(`${base}${createPath}`, { bytes: ' '.repeat(65 * 1_048_576), headers: asynchronous }),
    ],
    ['an unknown model', '404 ModelNotFound', () => create(open, body({ model: 'wan9' }))],
    [
      'a model that is not offered in a region',
      '404 ModelNotFound',
      () => open.ask(`/dashscope-us/api/v1${createPath}`, { key: 'x', json: body(), headers: asynchronous }),
    ],
    ['a setting that is not offered', '400 InvalidParameter', () => create(open, body({}, { duration: 99 }))],
    [
      'an address inside',
      '400 InvalidParameter',
      () =>
        create(
          open,
          body({ input: { prompt: 'x', media: [{ type: 'reference_image', url: 'http://169.254.169.254/' }] } }),
        ),
    ],
    [
      'a file that nobody uploaded',
      '400 InvalidParameter',
      () =>
        create(open, body({ input: { prompt: 'x', media: [{ type: 'reference_image', url: 'oss://a/b.png' }] } }), {
          headers: { 'x-dashscope-ossresourceresolve': 'enable' },
        }),
    ],
    [
      'a page of another site',
      '403 AccessDenied',
      () => ask(`${base}/tasks`, { headers: { origin: 'https://evil.example' } }),
    ],
    ['a proxy', '403 AccessDenied', () => ask(`${base}/tasks`, { headers: { 'x-forwarded-for': '10.0.0.1' } })],
    ['a list of no span', '400 InvalidParameter', () => ask(`${base}/tasks?start_time=x`)],
  ])('%s: %s', async (_, expected, asking) => {
    const answer = await asking();
    expect(refusalOf(answer), JSON.stringify(answer.json)).toBe(expected);
  });

  test('HEAD has an answer without a body', async () => {
    const answer = await ask(`${base}/tasks`, { method: 'HEAD' });
    expect([answer.status, answer.bytes.length]).toEqual([200, 0]);
  });
});

test('a stranger’s key knows nothing', async () => {
  const { json } = await create(locked, body(), { key: keys.own });
  const id = json.output.task_id;
  const of = async (key: string) => {
    const seen = await locked.ask(`${base}/tasks/${id}`, { key });
    const listed = await locked.ask(`${base}/tasks`, { key });
    return [seen.json.output.task_status, listed.json.total];
  };
  expect(await of(keys.other)).toEqual(['UNKNOWN', 0]);
  const cancelled = await locked.ask(`${base}/tasks/${id}/cancel`, { method: 'POST', key: keys.other });
  expect(refusalOf(cancelled)).toBe('400 UnsupportedOperation');
  expect(await of(keys.own)).toEqual(['PENDING', 1]);
  // Not even the administrator's key is a key of a workspace.
  expect(refusalOf(await locked.ask(`${base}/tasks/${id}`, { key: adminKey }))).toBe('401 InvalidApiKey');
});

describe('asked again', () => {
  const idOf = ({ json }: Answer) => json.output.task_id as string;
  test('the same key has the same answer, status and body', async () => {
    const headers = { 'idempotency-key': 'k1' };
    const [first, again] = [await create(open, body(), { headers }), await create(open, body(), { headers })];
    expect([again.status, again.bytes.toString()]).toEqual([first.status, first.bytes.toString()]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await create(open, body({}, { seed: 2 }), { headers });
    expect(refusalOf(other)).toBe('400 InvalidParameter');
    // What was refused leaves its key free, and a key of the native API is another.
    expect((await create(open, body({ model: 'wan9' }), { headers: { 'idempotency-key': 'k2' } })).status).toBe(404);
    expect((await create(open, body(), { headers: { 'idempotency-key': 'k2' } })).status).toBe(200);
    const ten = { headers: { 'idempotency-key': 'k3' } };
    const all = await Promise.all(Array.from({ length: 10 }, () => create(open, body(), ten)));
    expect(new Set(all.map(idOf)).size).toBe(1);
  });

  test('a repetition that its client marks is answered with the first; a first is not', async () => {
    const of = (count: number, change: object = {}) =>
      create(open, body(change, { seed: 77 }), { headers: { 'x-stainless-retry-count': String(count) } });
    const first = idOf(await of(0));
    const second = idOf(await of(0));
    expect(second).not.toBe(first);
    expect(idOf(await of(1))).toBe(second);
    expect(idOf(await of(2))).toBe(second);
    expect(idOf(await of(1, { extra: 1 }))).not.toBe(second);
  });
});
