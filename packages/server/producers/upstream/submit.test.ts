import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Account, readAccounts } from '../../accounts/index.ts';
import type { Sender } from './step.ts';
import { type ReadySubmit, submitOnce } from './submit.ts';
import { openWire, type Wire } from './wire.ts';

let server: Server;
let account: Account;
let wire: Wire;
let [status, said] = [200, '{}'];

beforeAll(async () => {
  server = createServer((_, answer) => void answer.writeHead(status, { 'content-type': 'application/json' }).end(said));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const read = readAccounts({ VENICE_API_KEY: 'sk-submit-0123456789' }, '/');
  if (!read.ok) throw new Error('no account');
  account = { ...read.accounts[0]!, baseUrl: `http://127.0.0.1:${port}` };
  wire = openWire(account);
});

afterAll(async () => {
  wire.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

// This model's vendor charges for clips that it refuses, and nobody says whether for prompts too.
const model = 'grok-imagine-reference-to-video';
const value = { model, prompt: 'Rain.' };
const ask = { method: 'POST', path: '/video/queue', query: {}, headers: {}, body: { kind: 'json', value } } as const;

test.each([
  ['a refusal by moderation is an end, whatever it costs', 422, 'failed', 'moderation_blocked'],
  ['a fault on their side may stand before a film', 500, 'unconfirmed', 'submit_unconfirmed'],
])('%s', async (_, answered, to, code) => {
  [status, said] = [answered, JSON.stringify({ error: 'Your prompt violates the content policy of the provider.' })];
  const sender = { account, wire, limits: { submitSeconds: 5 } } as unknown as Sender;
  const ready: ReadySubmit = { ask, body: undefined, intent: 'i', trace: undefined };
  expect(await submitOnce(sender, ready, {})).toMatchObject({
    ...{ is: 'move', to },
    change: { billed: 'unknown', problems: [{ code }] },
  });
});
