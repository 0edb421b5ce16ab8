import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { explainProblem, type ProblemCode } from '@refreel/core/model';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Asking, adminKey, makeTestKey, smallRequest, startTestServer, type TestServer } from '../test-server.ts';
import { nativeRoutes } from './native/routes.ts';
import { AssetAnswer, ErrorAnswer, GenerationAnswer, pageOf } from './native/shapes.ts';

/** Two films' worth of processes start in it, and the machine may be busy. */
const hookMilliseconds = 60_000;

let server: TestServer;
let key: string;
let strangersKey: string;
let done: string;
let picture: string;
let reference: string;
let webhook: string;
let budget: string;
let project: string;
const png = readFileSync(new URL('../../../media/cat.png', import.meta.url));
const routes = nativeRoutes(() => {});

/** Asks, and holds every answer to what the table says of it. */
async function ask(path: string, asking: Asking = {}) {
  const answer = await server.ask(path, { key, ...asking });
  if (answer.json === undefined) return answer;
  const method = asking.method ?? (asking.json === undefined && asking.bytes === undefined ? 'GET' : 'POST');
  const asked = path.split('?')[0]!;
  const pattern = (one: string) => new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+').replace(/\./g, '\\.')}$`);
  const route = routes.find((one) => one.method === method && pattern(one.path).test(asked));
  const schema = answer.status >= 400 ? ErrorAnswer : route?.answers[answer.status]?.schema;
  expect(schema?.safeParse(answer.json).error?.issues, `${method} ${path} ${answer.status}`).toBeUndefined();
  return answer;
}

beforeAll(async () => {
  server = await startTestServer({ admin: true });
  key = (await makeTestKey(server, 'ours')).secret;
  strangersKey = (await makeTestKey(server, 'theirs')).secret;
  const [made, stored] = await Promise.all([
    ask('/v1/generations?wait=60', { json: smallRequest }),
    ask('/v1/assets?name=cat', { bytes: png, headers: { 'content-type': 'image/png' } }),
  ]);
  expect(made.status, made.bytes.toString()).toBe(200);
  expect(stored.status, stored.bytes.toString()).toBe(201);
  done = made.json.id;
  picture = stored.json.sha256;
  const saved = await ask('/v1/references', { json: { name: 'tom', image: stored.json.asset } });
  expect(saved.status, saved.bytes.toString()).toBe(201);
  reference = saved.json.id;
  project = (await ask('/v1/projects', { json: { name: 'Rain', document: {} } })).json.id;
  webhook = (await ask('/v1/webhooks', { json: { url: 'https://hooks.example/' } })).json.id;
  budget = (await ask('/v1/budgets', { method: 'PUT', json: { limit: { micros: 5, currency: 'USD' } } })).json.id;
}, hookMilliseconds);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

describe('who may', () => {
  const owned = routes.filter((route) => route.owned);
  const bodies: Record<string, unknown> = {
    'POST /v1/generations/{id}/remix': { prompt: 'A dog.' },
    'POST /v1/generations/{id}/resolve': { as: 'failed' },
    'POST /v1/projects/{id}/versions': { base: 1, name: 'Theirs' },
    'POST /v1/projects/{id}/versions/{version}/restore': { base: 1 },
    'POST /v1/receipts/{id}/settle': { billed: 'no' },
    'PATCH /v1/generations/{id}': { starred: true },
    'PATCH /v1/references/{id}': { name: 'theirs' },
  };

  test('the table has owned routes', () => {
    expect(owned.length).toBeGreaterThanOrEqual(7);
    const unowned = routes.filter(({ path, owned, access }) => path.includes('{') && !owned && access === 'caller');
    expect(unowned.map(({ path }) => path)).toEqual(['/v1/models/{id}']);
  });

  test.each(owned.map((route) => [route.method, route.path] as const))(
    '%s %s is 404 for a stranger',
    async (method, path) => {
      const named: Record<string, string> = {
        ...{ references: reference, webhooks: webhook, projects: project, budgets: budget },
      };
      const id = named[path.split('/')[2]!] ?? done;
      const real = path.replace('{id}', id).replace('{sha256}', picture).replace('{version}', '1');
      const json = bodies[`${method} ${path}`];
      const asking = { method, ...(json !== undefined && { json }) };
      const theirs = await ask(real, { ...asking, key: strangersKey });
      expect(theirs.status).toBe(404);
      expect(ErrorAnswer.safeParse(theirs.json).success).toBe(true);
      // The same as for what never was: nothing tells that it exists.
      const other = path
        .replace('{id}', `${id.slice(0, -1)}_`)
        .replace('{sha256}', 'e'.repeat(64))
        .replace('{version}', '1');
      const never = await ask(other, { ...asking, key: strangersKey });
      expect(never.json.error.code).toBe(theirs.json.error.code);
    },
  );

  test('lists and counts of a stranger are empty', async () => {
    const lists = ['generations', 'assets', 'references', 'projects', 'usage', 'webhooks', 'budgets', 'receipts'];
    for (const list of lists) expect((await ask(`/v1/${list}`, { key: strangersKey })).json.items).toEqual([]);
  });

  const callers = routes.filter(({ access }) => access === 'caller' || access === 'keeper');
  test.each(callers.map(({ method, path, access }) => [method, path, access] as const))(
    '%s %s wants a key',
    async (method, path, access) => {
      const none = await ask(path, { method, key: undefined });
      expect([none.status, none.json.error.code]).toEqual([401, 'key_needed']);
      expect(none.headers.get('www-authenticate')).toContain('Bearer');
      const wrong = await ask(path, { method, key: 'rfl_nothing' });
      expect([wrong.status, wrong.json.error.code]).toEqual([401, 'key_invalid']);
      // An administrator is nobody's caller; a keeper may be one.
      expect((await ask(path, { method, key: adminKey })).status === 401).toBe(access === 'caller');
    },
  );

  test.each(routes.filter(({ access }) => access === 'admin').map(({ method, path }) => [method, path] as const))(
    "%s %s wants the administrator's key",
    async (method, path) => {
      for (const one of [undefined, key, 'wrong'])
        expect((await ask(path, { method, key: one })).json.error.code).toBe('admin_key_needed');
    },
  );

  test('a page of another site may not', async () => {
    const answer = await ask('/v1/models', { headers: { origin: 'https://evil.example' } });
    expect([answer.status, answer.json.error.code]).toEqual([403, 'foreign_origin']);
  });
});

describe('keys', () => {
  test('are made, listed without secrets, and revoked at once', async () => {
    const made = await server.ask('/v1/keys', { key: adminKey, json: { name: 'short-lived', workspace: 'ours' } });
    expect(made.status).toBe(201);
    const { id, secret } = made.json;
    expect((await ask(`/v1/generations/${done}`, { key: secret })).status).toBe(200);
    const listed = await server.ask('/v1/keys?workspace=ours', { key: adminKey });
    expect(listed.json.items.map((one: { id: string }) => one.id)).toContain(id);
    expect(listed.bytes.toString()).not.toContain(secret);
    // Nobody waits for it to be written down.
    await vi.waitFor(async () => {
      const { json } = await server.ask('/v1/keys?workspace=ours', { key: adminKey });
      expect(json.items.find((one: { id: string }) => one.id === id).lastUsedAt).not.toBeNull();
    });
    const revoked = await server.ask(`/v1/keys/${id}`, { method: 'DELETE', key: adminKey });
    expect(revoked.json.revokedAt).not.toBeNull();
    expect((await ask('/v1/models', { key: secret })).status).toBe(401);
  });

  test.each([
    ['POST', '/v1/keys', {}, 400, 'invalid_request'],
    ['POST', '/v1/keys', { name: 'a', workspace: 'wsp_none' }, 404, 'workspace_unknown'],
    ['POST', '/v1/keys', { name: 'a', admin: true }, 400, 'unknown_field'],
    ['GET', '/v1/keys?workspace=none', undefined, 404, 'workspace_unknown'],
    ['DELETE', '/v1/keys/key_none', undefined, 404, 'key_unknown'],
  ])('%s %s %j is refused', async (method, path, json, status, code) => {
    const answer = await server.ask(path, { method, key: adminKey, ...(json !== undefined && { json }) });
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });
});

describe('workspaces', () => {
  const asAdmin = (asking: Asking = {}) => server.ask('/v1/workspaces', { key: adminKey, ...asking });

  test('are made once by name, also by two at once, and listed', async () => {
    const both = await Promise.all([1, 2].map(() => asAdmin({ json: { name: '影棚' } })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const made = both.find(({ status }) => status === 201)!.json;
    const listed = (await asAdmin()).json.items;
    expect(listed.filter(({ name }: { name: string }) => name === '影棚')).toEqual([made]);
    const { json } = await server.ask('/v1/keys', { key: adminKey, json: { name: 'a', workspace: '影棚' } });
    expect(json.workspace).toBe(made.id);
  });

  test.each([
    [{}, 400, 'invalid_request'],
    [{ name: ' ' }, 400, 'invalid_request'],
    [{ name: 'wsp_mine' }, 400, 'invalid_request'],
    [{ name: 'a\0' }, 400, 'invalid_request'],
    [{ name: 'a', id: 'wsp_mine' }, 400, 'unknown_field'],
    [{ name: 'ours' }, 409, 'workspace_name_taken'],
  ])('%j is refused', async (json, status, code) => {
    const answer = await asAdmin({ json });
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
    const zh = await asAdmin({ json, headers: { 'accept-language': 'zh' } });
    expect(zh.json.error.message).toMatch(/\p{Script=Han}/u);
  });
});

describe('models, checks, quotes, advice', () => {
  test('models are listed, filtered and found by alias', async () => {
    const all = (await ask('/v1/models')).json.items;
    expect(all.length).toBeGreaterThan(10);
    expect((await ask('/v1/models?offline=true')).json.items.map((one: { id: string }) => one.id)).toEqual([
      'animatic',
    ]);
    expect((await ask(`/v1/models/${encodeURIComponent(all[1].id)}`)).json.id).toBe(all[1].id);
    const missing = await ask('/v1/models/animatik');
    expect([missing.status, missing.json.error.values.closest]).toEqual([404, 'animatic']);
  });

  test('a check tells problems without refusing', async () => {
    const good = await ask('/v1/check', { json: smallRequest });
    expect([good.status, good.json.ok, good.json.film.seconds]).toEqual([200, true, 1]);
    const bad = await ask('/v1/check', { json: { ...smallRequest, prompt: 'We see @mei.', seconds: 900 } });
    expect([bad.status, bad.json.ok]).toEqual([200, false]);
    expect(bad.json.problems.map(({ code }: { code: string }) => code)).toContain('unknown_mention');
    expect((await ask('/v1/check', { json: { promt: 'x' } })).status).toBe(400);
  });

  test('a quote is exact and has an end', async () => {
    const quote = await ask('/v1/quotes', { json: smallRequest });
    expect(quote.json).toMatchObject({ model: 'animatic', total: { micros: 0, currency: 'USD' }, binding: true });
    expect(Date.parse(quote.json.expiresAt)).toBeGreaterThan(Date.now());
    expect((await ask('/v1/quotes', { json: { ...smallRequest, model: 'none' } })).status).toBe(404);
  });

  test('advice is given', async () => {
    expect(Array.isArray((await ask('/v1/advise', { json: smallRequest })).json.items)).toBe(true);
  });
});

describe('assets', () => {
  test('come as bytes, form, data URI, and are one asset', async () => {
    const form = new FormData();
    form.set('file', new File([png], 'cat.png', { type: 'text/plain' }));
    const answers = await Promise.all([
      ask('/v1/assets', { method: 'POST', bytes: form }),
      ask('/v1/assets', { json: { data: `data:image/png;base64,${png.toString('base64')}` } }),
    ]);
    for (const answer of answers) {
      expect(answer.status, answer.bytes.toString()).toBe(201);
      expect(answer.json).toMatchObject({ sha256: picture, mediaType: 'image/png', name: 'cat' });
      expect(AssetAnswer.safeParse(answer.json).success).toBe(true);
    }
    expect((await ask(`/v1/assets/${picture}`)).json.facts.width).toBe(451);
    const page = (await ask('/v1/assets')).json;
    expect(pageOf(AssetAnswer).safeParse(page).success).toBe(true);
    expect(page.items).toHaveLength(1);
  });

  test('their content can do nothing', async () => {
    const content = await ask(`/v1/assets/${picture}/content?download=true`);
    expect(content.bytes.equals(png)).toBe(true);
    expect(content.headers.get('content-type')).toBe('image/png');
    expect(content.headers.get('x-content-type-options')).toBe('nosniff');
    expect(content.headers.get('content-security-policy')).toContain('sandbox');
    expect(content.headers.get('content-disposition')).toMatch(/^attachment; filename="[0-9a-f]{12}\.png"$/);
    expect(content.headers.get('cache-control')).toMatch(/private.*immutable/);
  });

  test.each<[string, Asking, number, string]>([
    [
      'a page',
      { bytes: '<!doctype html><p>x', headers: { 'content-type': 'image/png' } },
      422,
      'media_type_unsupported',
    ],
    ['nothing', { bytes: '', headers: { 'content-type': 'image/png' } }, 422, 'media_empty'],
    ['text by type', { bytes: 'x', headers: { 'content-type': 'text/html' } }, 415, 'content_type'],
    [
      'zipped',
      { bytes: 'x', headers: { 'content-type': 'image/png', 'content-encoding': 'gzip' } },
      415,
      'content_type',
    ],
    ['no JSON', { bytes: '{', headers: { 'content-type': 'application/json' } }, 400, 'body_unreadable'],
    ['both', { json: { url: 'https://a.example/', data: 'data:,' } }, 400, ''],
    [
      'a form of another kind',
      { bytes: '--x', headers: { 'content-type': 'multipart/form-data' } },
      400,
      'body_unreadable',
    ],
    ['this machine', { json: { url: 'http://127.0.0.1:1/a.png' } }, 422, ''],
    ['metadata of a cloud', { json: { url: 'http://169.254.169.254/' } }, 422, ''],
  ])('%s is refused', async (_, asking, status, code) => {
    const answer = await ask('/v1/assets', { method: 'POST', ...asking });
    expect([answer.status, code === '' || answer.json.error.code === code], answer.bytes.toString()).toEqual([
      status,
      true,
    ]);
    expect(ErrorAnswer.safeParse(answer.json).success).toBe(true);
  });
});

describe('generations', () => {
  test('one is made, looked at, watched to its end', async () => {
    const got = await ask(`/v1/generations/${done}?wait=1`);
    expect(GenerationAnswer.safeParse(got.json).error?.issues ?? []).toEqual([]);
    expect(got.json).toMatchObject({ state: 'done', ended: true, model: 'animatic' });
    expect(got.headers.get('x-refreel-producer')).toBe('animatic');
    expect(got.json.films).toHaveLength(1);
    expect((await ask(new URL(got.json.films[0].url).pathname)).bytes.subarray(4, 8).toString()).toBe('ftyp');
  });

  test('a remix inherits all but the words', async () => {
    const { status, json, headers } = await ask(`/v1/generations/${done}/remix?wait=60`, {
      json: { prompt: 'The lamp goes out.' },
    });
    expect([status, json.state, json.remixOf]).toEqual([200, 'done', done]);
    expect(json.request).toMatchObject({ size: { width: 128, height: 72 }, from: done });
    expect(headers.get('location')).toBe(`${server.url}/v1/generations/${json.id}`);
  });

  test('a remix is made once for each key, and what is remixed must have ended', async () => {
    const remix = (id: string, idempotency: string) =>
      ask(`/v1/generations/${id}/remix`, { json: { prompt: 'Night.' }, headers: { 'idempotency-key': idempotency } });
    const [first, again] = [await remix(done, 'night'), await remix(done, 'night')];
    expect([first.status, again.json.id]).toEqual([202, first.json.id]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const early = await ask('/v1/generations', { json: { ...smallRequest, seconds: 60 } });
    expect((await remix(early.json.id, 'early')).json.error.code).toBe('remix_source_unfinished');
    await ask(`/v1/generations/${early.json.id}/cancel`, { method: 'POST' });
  });

  test('what was sent is not repeated at length', async () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`field${index}`, 1]));
    const { json, bytes } = await ask('/v1/generations', { json: { ...many, [`x${'y'.repeat(100_000)}`]: 1 } });
    expect([json.problems.length, json.more]).toEqual([50, 31]);
    expect(bytes.length).toBeLessThan(100_000);
    const model = await ask('/v1/generations', { json: { ...smallRequest, model: 'm'.repeat(100_000) } });
    expect(model.bytes.length).toBeLessThan(5000);
  });

  test('one that waits is cancelled; one that ended stays', async () => {
    const { json } = await ask('/v1/generations', { json: { ...smallRequest, seconds: 60 } });
    const cancelled = await ask(`/v1/generations/${json.id}/cancel`, { method: 'POST' });
    expect([cancelled.status, cancelled.json.changed]).toEqual([200, true]);
    expect((await ask(`/v1/generations/${json.id}?wait=30`)).json.state).toBe('cancelled');
    expect((await ask(`/v1/generations/${json.id}/content`)).json.error.code).toBe('film_unknown');
    const late = await ask(`/v1/generations/${done}/cancel`, { json: {} });
    expect(late.json).toEqual({ id: done, state: 'done', changed: false });
  });

  test('a list goes on where it stopped, and each is in it once', async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ask(`/v1/generations?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      expect(pageOf(GenerationAnswer).safeParse(page.json).success).toBe(true);
      ids.push(...page.json.items.map((one: { id: string }) => one.id));
      cursor = page.json.cursor;
    } while (cursor !== undefined);
    expect(ids.length).toBeGreaterThan(2);
    expect([...new Set(ids)].sort().reverse()).toEqual(ids);
    const ended = (await ask('/v1/generations?state=done&model=animatic&dialect=native')).json.items;
    expect(ended.every(({ state }: { state: string }) => state === 'done')).toBe(true);
    expect((await ask('/v1/generations?until=2020-01-01')).json.items).toEqual([]);
    expect(
      (await ask('/v1/usage')).json.items.reduce((sum: number, one: { count: number }) => sum + one.count, 0),
    ).toBe(ids.length);
  });

  test.each<[string, Asking, number, ProblemCode]>([
    ['/v1/generations', { json: { prompt: '' } }, 422, 'prompt_empty'],
    ['/v1/generations', { json: { ...smallRequest, model: 'none' } }, 404, 'unknown_model'],
    ['/v1/generations', { json: { ...smallRequest, promt: 'x' } }, 400, 'unknown_field'],
    ['/v1/generations', { json: { ...smallRequest, prompt: 'a\0b' } }, 400, 'invalid_request'],
    ['/v1/generations', { json: { ...smallRequest, prompt: '\ud800' } }, 400, 'invalid_request'],
    ['/v1/generations', { json: smallRequest, headers: { 'content-type': 'text/plain' } }, 415, 'content_type'],
    [
      '/v1/generations',
      { bytes: Buffer.from([0xff, 0xfe]), headers: { 'content-type': 'application/json' } },
      400,
      'body_unreadable',
    ],
    [
      '/v1/generations',
      { bytes: '['.repeat(100_000), headers: { 'content-type': 'application/json' } },
      400,
      'body_unreadable',
    ],
    [
      '/v1/generations',
      { bytes: `${'['.repeat(5000)}${']'.repeat(5000)}`, headers: { 'content-type': 'application/json' } },
      400,
      'invalid_request',
    ],
    ['/v1/generations', { json: smallRequest, headers: { 'idempotency-key': 'two words' } }, 400, 'invalid_request'],
    ['/v1/generations?wait=1000', { json: smallRequest }, 400, 'invalid_request'],
    ['/v1/generations?wait=1&wait=2', { json: smallRequest }, 400, 'invalid_request'],
    ['/v1/generations?limit=0', {}, 400, 'invalid_request'],
    ['/v1/generations?cursor=zzz', {}, 400, 'invalid_request'],
    ['/v1/generations?state=doing', {}, 400, 'invalid_request'],
    ['/v1/generations?statte=done', {}, 400, 'unknown_field'],
    ['/v1/generations?model=%00', {}, 400, 'invalid_request'],
    ['/v1/models/animatic?x=1', {}, 400, 'invalid_request'],
    ['/v1/generations/%00', {}, 404, 'route_unknown'],
    ['/v1/generations', { method: 'DELETE' }, 405, 'method_unknown'],
    ['/v1/nothing', {}, 404, 'route_unknown'],
    ['/v1/usage?from=2020-01-01', {}, 400, 'invalid_request'],
  ])('%s %j is refused', async (path, asking, status, code) => {
    const answer = await ask(path, asking);
    expect([answer.status, answer.json.error.code], answer.bytes.toString()).toEqual([status, code]);
    expect(ErrorAnswer.safeParse(answer.json).success).toBe(true);
    expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  });

  test('a refusal speaks the language of its caller', async () => {
    const zh = await ask('/v1/generations', {
      json: { prompt: '' },
      headers: { 'accept-language': 'fr, zh-CN;q=0.9, en;q=0.8' },
    });
    const { code, path, values } = zh.json.error;
    expect(zh.json.error.message).toBe(explainProblem({ code, path, values }, 'zh').message);
    expect(zh.json.error.message).toMatch(/\p{Script=Han}/u);
    const en = await ask('/v1/generations', { json: { prompt: '' }, headers: { 'accept-language': 'zh;q=0.1, en' } });
    expect(en.json.error.message).not.toMatch(/\p{Script=Han}/u);
  });

  test('what any query of any route should be is told in Chinese without an English sentence', async () => {
    const found: string[] = [];
    for (const { method, path, query, access } of routes)
      for (const name of Object.keys(query?.shape ?? {})) {
        if (access === 'anyone') continue;
        const place = path.replace(/\{\w+\}/g, 'x');
        const answer = await ask(`${place}?${name}=!`, {
          method,
          ...(method !== 'GET' && method !== 'DELETE' && { json: {} }),
          headers: { 'accept-language': 'zh' },
        });
        if (answer.json.error?.code === 'invalid_request') found.push(answer.json.error.message);
      }
    expect(found.length).toBeGreaterThan(10);
    const sentence = /[a-z]+ [a-z]+ [a-z]+/i;
    expect(found.filter((message) => sentence.test(message.replace(/“[^”]*”/g, '')))).toEqual([]);
  });

  test('a body beyond the limit is refused before it is read', async () => {
    const answer = await ask('/v1/generations', {
      bytes: Buffer.alloc(65 * 1024 * 1024, ' '),
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.status, answer.json.error.code]).toEqual([413, 'body_too_large']);
  });
});

describe('the server about itself', () => {
  test('is healthy and ready', async () => {
    expect((await ask('/healthz')).json.ok).toBe(true);
    expect((await ask('/readyz', { key: undefined })).status).toBe(200);
    expect((await ask('/healthz', { method: 'HEAD' })).bytes).toHaveLength(0);
  });

  test('OpenAPI has every route with its shapes, and every reference in it leads somewhere', async () => {
    const { json } = await ask('/openapi.json', { key: undefined });
    expect(json.openapi).toBe('3.1.0');
    const described = Object.entries(json.paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
    const operations = Object.values(
      json.paths as Record<string, Record<string, { operationId: string; responses: object }>>,
    ).flatMap((item) => Object.values(item));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
    expect(operations.every(({ responses }) => 'default' in responses)).toBe(true);
    for (const [, name] of JSON.stringify(json).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(json.components.schemas).toHaveProperty(name!);
    const body = json.paths['/v1/generations'].post.requestBody.content['application/json'].schema;
    expect(body).toMatchObject({ type: 'object', additionalProperties: false });
    expect(Object.keys(body.properties)).toEqual(expect.arrayContaining(['prompt', 'references', 'shots', 'size']));
    expect(JSON.stringify(json)).not.toContain('"$schema"');
  });

  test('the page needs nothing from elsewhere', async () => {
    const page = (await ask('/docs', { key: undefined })).bytes.toString();
    for (const { path } of routes) expect(page).toContain(path);
    expect(page).not.toMatch(/<script|src=|https?:\/\//);
  });

  test.each([
    ['GET / HTTP/1.1\r\nHost: x\r\nBig: '.concat('a'.repeat(20_000), '\r\n\r\n'), '431'],
    ['nonsense\r\n\r\n', '400'],
    ['GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n', '400'],
    ['GET //[ HTTP/1.1\r\nHost: [\r\n\r\n', '400'],
  ])('what is hardly HTTP (%#) is refused in words', async (text, status) => {
    const port = Number(new URL(server.url).port);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(text));
      let all = '';
      socket.on('data', (chunk) => {
        all += chunk;
      });
      socket.on('close', () => resolve(all));
      socket.on('error', reject);
    });
    expect(answer.split(' ')[1]).toBe(status);
  });
});
