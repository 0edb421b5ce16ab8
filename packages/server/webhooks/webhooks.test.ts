import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openGuardedFetch } from '../fetch/index.ts';
import { openSigner } from '../http/signer.ts';
import { createWebhook, findWebhook } from '../store/index.ts';
import { appHost, openTestApp, post, requestTo, type TestApp } from '../test-app.ts';
import { smallRequest } from '../test-server.ts';
import { openWebhooks, type Webhooks, type WebhooksOptions } from './open-webhooks.ts';

const hookMilliseconds = 60_000;
/** A loaded machine takes its time. */
const soon = { timeout: 40_000, interval: 50 };

interface Came {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let app: TestApp;
let receiver: Server;
let base: string;
const came: Came[] = [];
/** What the receiver answers, by path; 204 where nothing is said. */
const answers = new Map<string, number>();
const errors: unknown[] = [];
const open: Webhooks[] = [];

beforeAll(async () => {
  app = await openTestApp({}, { tellsReceivers: false });
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const path = request.url!;
    came.push({ path, headers: request.headers, body });
    const status = answers.get(path) ?? 204;
    response.writeHead(status, status === 302 ? { location: `${base}/elsewhere` } : {}).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
}, hookMilliseconds);
afterAll(async () => {
  await Promise.all(open.map((one) => one.close()));
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await app.close();
  expect([...errors, ...app.faults]).toEqual([]);
}, hookMilliseconds);

function deliverer(change: Partial<WebhooksOptions> = {}): Webhooks {
  const one = openWebhooks({
    connection: app.database.connection,
    fetch: openGuardedFetch({ allow: ['127.0.0.1'] }),
    sign: openSigner('the secret of the tests in process', 'webhook').sign,
    onError: (error) => errors.push(error),
    idleSeconds: 0.05,
    pauseSeconds: () => 0.05,
    ...change,
  });
  open.push(one);
  return one;
}

async function make(path: string, kinds?: string[]): Promise<{ id: string; secret: string }> {
  // The app's own guard would refuse this machine: the row is made as its route would.
  const { id: workspace } = await workspaceOf();
  const all = kinds ?? ['generation.accepted', 'generation.state'];
  const made = (await createWebhook(
    app.database.connection,
    workspace,
    { url: base + path, kinds: all as never },
    99,
  ))!;
  return { id: made.id, secret: open[0]!.secretOf(workspace, made.id) };
}

async function workspaceOf() {
  const { defaultWorkspace } = await import('../store/index.ts');
  return await defaultWorkspace(app.database.connection);
}

async function generate(): Promise<string> {
  const answer = await app.fetch(post('/v1/generations', smallRequest));
  return ((await answer.json()) as { id: string }).id;
}

const at = (path: string) => came.filter((one) => one.path === path);

/** As a receiver checks it, by the words of standardwebhooks.com. */
function isGenuine({ headers, body }: Came, secret: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  expect(key).toHaveLength(32);
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const wanted = Buffer.from(createHmac('sha256', key).update(signed).digest('base64'));
  const given = Buffer.from(/^v1,(\S+)$/.exec(String(headers['webhook-signature']))?.[1] ?? '');
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

describe('what happens is told', () => {
  test('in order, signed, of its kinds, and once', async () => {
    const webhooks = deliverer();
    const { id, secret } = await make('/all');
    const states = await make('/cancelled', ['generation.state']);
    webhooks.wake();
    const first = await generate();
    const second = await generate();
    await app.fetch(post(`/v1/generations/${first}/cancel`, {}));
    await vi.waitFor(() => expect([at('/all').length, at('/cancelled').length]).toEqual([3, 1]), soon);
    const told = at('/all').map(({ body }) => JSON.parse(body));
    expect(told.map(({ type, data }) => [type, data.generation])).toEqual([
      ['generation.accepted', first],
      ['generation.accepted', second],
      ['generation.state', first],
    ]);
    expect(told[2].data.state).toBe('cancelled');
    expect(told[0].timestamp).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(at('/all').every((one) => isGenuine(one, secret))).toBe(true);
    expect(isGenuine({ ...at('/all')[0]!, body: '{}' }, secret)).toBe(false);
    expect(isGenuine(at('/all')[0]!, states.secret)).toBe(false);
    expect(new Set(at('/all').map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    expect(at('/all')[0]!.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'refreel' });
    const age = Date.now() / 1000 - Number(at('/all')[0]!.headers['webhook-timestamp']);
    expect(age).toBeLessThan(120);
    const { id: workspace } = await workspaceOf();
    expect(await findWebhook(app.database.connection, workspace, id)).toMatchObject({ failures: 0, problem: null });
  });

  test('and counted', async () => {
    const counted: boolean[] = [];
    const other = deliverer({ onDelivery: (taken) => counted.push(taken) });
    await open[0]!.close();
    open[0] = other;
    await make('/counted', ['generation.accepted']);
    other.wake();
    await generate();
    await vi.waitFor(() => expect(at('/counted').length).toBe(1), soon);
    await vi.waitFor(() => expect(counted.length).toBeGreaterThan(0), soon);
    expect(counted.every((taken) => taken)).toBe(true);
  });

  test('by the next server, at once, where one stops in the middle of it', async () => {
    let asked = () => {};
    const waiting = new Promise<void>((resolve) => {
      asked = resolve;
    });
    // Takes no message and lets none go.
    const stuck = {
      ...openGuardedFetch(),
      post: (...[, , , signal]: Parameters<ReturnType<typeof openGuardedFetch>['post']>) =>
        new Promise<never>((_, reject) => {
          asked();
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        }),
    };
    await open[0]!.close();
    const { secret } = await make('/handed-over', ['generation.accepted']);
    const first = deliverer({ fetch: stuck });
    await generate();
    await waiting;
    await first.close();
    expect(at('/handed-over')).toEqual([]);
    open[0] = deliverer();
    await vi.waitFor(() => expect(at('/handed-over').length).toBe(1), soon);
    expect(isGenuine(at('/handed-over')[0]!, secret)).toBe(true);
  });

  test('again and again until it is taken, and nothing after it before', async () => {
    answers.set('/later', 500);
    const { id } = await make('/later', ['generation.accepted']);
    open[0]!.wake();
    const ids = [await generate(), await generate()];
    await vi.waitFor(() => expect(at('/later').length).toBeGreaterThanOrEqual(3), soon);
    const { id: workspace } = await workspaceOf();
    expect(new Set(at('/later').map(({ body }) => JSON.parse(body).data.generation))).toEqual(new Set([ids[0]]));
    expect(new Set(at('/later').map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const failing = await findWebhook(app.database.connection, workspace, id);
    expect(failing).toMatchObject({ disabledAt: null, problem: { code: 'webhook_status', values: { found: 500 } } });
    answers.delete('/later');
    await vi.waitFor(() => expect(JSON.parse(at('/later').at(-1)!.body).data.generation).toBe(ids[1]), soon);
  });

  test('to nobody who says that it is gone, nor through a redirect', async () => {
    answers.set('/gone', 410).set('/moved', 302);
    const [gone, moved] = [await make('/gone'), await make('/moved')];
    open[0]!.wake();
    await generate();
    const { id: workspace } = await workspaceOf();
    const find = (id: string) => findWebhook(app.database.connection, workspace, id);
    await vi.waitFor(async () => {
      expect((await find(gone.id))?.disabledAt).not.toBeNull();
      expect((await find(moved.id))?.problem).toMatchObject({ values: { found: 302 } });
    }, soon);
    expect([at('/gone').length, at('/elsewhere')]).toEqual([1, []]);
  });

  test('and never to an address inside', async () => {
    const inside = deliverer({ fetch: openGuardedFetch({ lookup: async () => ['10.0.0.7'] }) });
    const { id: workspace } = await workspaceOf();
    for (const url of ['http://127.0.0.1:9999/', 'http://inside.example/', 'http://169.254.169.254/']) {
      const delivery = await inside.ping(workspace, { id: 'whk_x', url });
      expect(delivery).toMatchObject({ taken: false, problem: { code: 'media_address_forbidden' } });
    }
    await inside.close();
  });
});

describe('its routes', () => {
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await app.fetch(requestTo(path, init));
    return { status: answer.status, json: (await answer.json()) as never as Record<string, never> };
  };
  const create = async (json: unknown, headers: Record<string, string> = {}) => {
    const answer = await app.fetch(post('/v1/webhooks', json, headers));
    return {
      status: answer.status,
      json: (await answer.json()) as never as { error: { code: string; path: string } } & Record<string, string>,
    };
  };

  test('tell the secret once, and the rest as often as wanted', async () => {
    const { status, json } = await create({ url: 'https://hooks.example/a?token=1' }, { 'idempotency-key': 'one' });
    expect([status, json.secret]).toEqual([201, expect.stringMatching(/^whsec_[\w+/]{43}=$/)]);
    const again = await create({ url: 'https://hooks.example/a?token=1' }, { 'idempotency-key': 'one' });
    expect(again.json).toEqual(json);
    const listed = await ask('/v1/webhooks');
    const { secret, ...shown } = json;
    expect(listed.json.items).toContainEqual(shown);
    expect(JSON.stringify(listed.json)).not.toContain('whsec_');
    expect(json.kinds).toEqual(['generation.accepted', 'generation.state', 'attempt.state']);
    // No name leads anywhere here.
    const tested = await ask(`/v1/webhooks/${json.id}/test`, { method: 'POST' });
    expect(tested.json).toMatchObject({ taken: false, status: null, problem: { code: 'media_host_unknown' } });
    expect((await ask(`/v1/webhooks/${json.id}`, { method: 'DELETE' })).json).toEqual(shown);
    expect((await ask(`/v1/webhooks/${json.id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await ask(`/v1/webhooks/${json.id}/test`, { method: 'POST' })).status).toBe(404);
  });

  test.each([
    [{}, 400, 'invalid_request', 'url'],
    [{ url: 7 }, 400, 'invalid_request', 'url'],
    [{ url: 'hooks' }, 422, 'media_address', 'url'],
    [{ url: 'http://localhost:3000/' }, 422, 'media_address_forbidden', 'url'],
    [{ url: `http://${appHost}/v1/keys` }, 422, 'media_address_forbidden', 'url'],
    [{ url: 'https://me:word@hooks.example/' }, 422, 'media_address_credentials', 'url'],
    [{ url: 'https://hooks.example/', kinds: [] }, 400, 'invalid_request', 'kinds'],
    [{ url: 'https://hooks.example/', kinds: ['all'] }, 400, 'invalid_request', 'kinds[0]'],
    [{ url: 'https://hooks.example/', secret: 'mine' }, 400, 'unknown_field', 'secret'],
    [{ url: 'https://hooks.example/\0' }, 400, 'invalid_request', 'url'],
  ])('%j is refused', async (body, status, code, path) => {
    const answer = await create(body);
    expect([answer.status, answer.json.error.code, answer.json.error.path], JSON.stringify(answer.json)).toEqual([
      status,
      code,
      path,
    ]);
  });
});
