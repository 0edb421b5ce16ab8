import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminKey, startTestServer, type TestServer } from '../server/test-server.ts';
import { openRefreel, type Refreel } from './index.ts';

const hookMilliseconds = 60_000;

let server: TestServer;
let receiver: Server;
let admin: Refreel;
const came: { readonly body: string; readonly headers: Readonly<Record<string, unknown>> }[] = [];
beforeAll(async () => {
  server = await startTestServer({ admin: true, environment: { REFREEL_ALLOW_PRIVATE: '127.0.0.1' } });
  admin = openRefreel({ baseUrl: server.url, key: adminKey });
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    came.push({ body, headers: request.headers });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
}, hookMilliseconds);
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  expect(server.faults).toEqual([]);
  await server.remove();
}, hookMilliseconds);

test('keys are made, listed and revoked by the administrator alone', async () => {
  const { secret, ...key } = await admin.keys.create({ name: 'ci', workspace: 'studio' });
  expect(secret).toContain(key.prefix);
  const own = openRefreel({ baseUrl: server.url, key: secret });
  expect(await own.session.get()).toMatchObject({ by: 'key', workspace: { name: 'studio' }, key: { name: 'ci' } });
  await expect(own.keys.list()).rejects.toMatchObject({ status: 403, problems: [{ code: 'admin_key_needed' }] });
  expect(await admin.keys.list({ workspace: 'studio' })).toEqual([{ ...key, lastUsedAt: expect.any(String) }]);
  expect((await admin.keys.revoke(key.id)).revokedAt).not.toBeNull();
  // Twice is once.
  expect((await admin.keys.revoke(key.id)).revokedAt).not.toBeNull();
  await expect(own.models()).rejects.toMatchObject({ status: 401 });
});

test('a session is begun with a key and ended', async () => {
  const { secret } = await admin.keys.create({ name: 'browser', workspace: 'studio' });
  let cookie = '';
  // As a browser keeps it, on a page of the server.
  const refreel = (key?: string) =>
    openRefreel({
      baseUrl: server.url,
      key,
      async fetch(address, init) {
        const headers = { ...(init.headers as Record<string, string>), cookie, 'sec-fetch-site': 'same-origin' };
        const answer = await fetch(address, { ...init, headers });
        cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
        return answer;
      },
    });
  expect(await refreel(secret).session.begin()).toMatchObject({ by: 'session' });
  const copied = cookie;
  expect(await refreel().session.get()).toMatchObject({ by: 'session', key: { name: 'browser' } });
  await refreel().session.end();
  cookie = copied;
  expect(await refreel().session.get()).toMatchObject({ by: null, workspace: null });
});

test('a webhook is made, tried, told and removed', async () => {
  const { secret: key } = await admin.keys.create({ name: 'hooks', workspace: 'hooks' });
  const { webhooks, generations } = openRefreel({ baseUrl: server.url, key });
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const { secret, ...made } = await webhooks.create({ url, kinds: ['generation.accepted'] });
  expect(await webhooks.list()).toEqual([made]);
  expect(await webhooks.test(made.id)).toEqual({ taken: true, status: 204, problem: null });
  const { id } = await generations.create({ prompt: 'A lamp is lit.', seconds: 1, size: '128x72' });
  await expect.poll(() => came.length, { timeout: 30_000 }).toBe(2);
  expect(came.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
    'webhook.test',
    'generation.accepted',
  ]);
  const { body, headers } = came[1]!;
  expect(JSON.parse(body)).toMatchObject({ data: { generation: id } });
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const hmac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(signed);
  expect(headers['webhook-signature']).toBe(`v1,${hmac.digest('base64')}`);
  expect(await webhooks.remove(made.id)).toMatchObject({ id: made.id });
  expect(await webhooks.list()).toEqual([]);
  await expect(webhooks.test(made.id)).rejects.toMatchObject({ status: 404, problems: [{ code: 'webhook_unknown' }] });
}, 60_000);
