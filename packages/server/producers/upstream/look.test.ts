import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findDialect } from '@refreel/core/dialects';
import type { Problem } from '@refreel/core/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, readAccounts } from '../../accounts/index.ts';
import { lookOnce } from './look.ts';
import { planMedia } from './plan-media.ts';
import type { Going, Sender } from './step.ts';
import { openWire, type Wire } from './wire.ts';

let server: Server;
let account: Account;
let wire: Wire;
let word = 'RUNNING';
let refused: Problem[] = [];

beforeAll(async () => {
  server = createServer((_, answer) => {
    answer.setHeader('content-type', 'application/json');
    if (word === 'NO KEY')
      return void answer.writeHead(401).end('{"code":"InvalidApiKey","message":"Invalid API-key provided."}');
    answer.end(JSON.stringify({ request_id: 'r', output: { task_id: 't', task_status: word } }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const read = readAccounts({ DASHSCOPE_API_KEY: 'sk-look-0123456789' }, '/');
  if (!read.ok) throw new Error('no account');
  account = { ...read.accounts[0]!, baseUrl: `http://127.0.0.1:${port}`, lookIntervalSeconds: 7 };
  wire = openWire(account);
});

afterAll(async () => {
  wire.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

describe('a look', () => {
  const signal = new AbortController().signal;
  const look = async (said: string, course: Going['course'], patienceSeconds = 3600) => {
    word = said;
    refused = [];
    const sender = {
      ...{ account, wire, newFile: () => '/nowhere/film.mp4', onKeyRefused: (why: Problem) => refused.push(why) },
      limits: { submitSeconds: 5, lookSeconds: 5, filmSeconds: 5, filmBytes: 1000 },
    } as unknown as Sender;
    const going = { course: { voyage: { taskId: 't' }, vendorId: 't', ...course }, createdAt: new Date() } as Going;
    return await lookOnce(sender, going, patienceSeconds, signal);
  };

  test('that finds it at work comes again after the interval of the account', async () => {
    expect(await look('RUNNING', { sentAt: Date.now() })).toEqual({ is: 'wait', seconds: 7 });
  });

  test('ends with the patience, and does not know what was billed', async () => {
    const long = Date.now() - 2 * 3600 * 1000;
    expect(await look('RUNNING', { sentAt: long })).toMatchObject({
      is: 'move',
      to: 'failed',
      change: { billed: 'unknown', problems: [{ code: 'vendor_silent' }] },
    });
    expect(await look('RUNNING', { sentAt: long }, 3 * 3600)).toMatchObject({ is: 'wait' });
  });

  test('that is refused for the key says so of its account, and leaves the film where it is', async () => {
    expect(await look('RUNNING', { sentAt: Date.now() })).toMatchObject({ is: 'wait' });
    expect(refused).toEqual([]);
    expect(await look('NO KEY', { sentAt: Date.now() })).toMatchObject({ is: 'wait' });
    expect(refused).toMatchObject([{ code: 'account_key_refused', values: { found: account.id } }]);
  });

  test('gives it up when it is unknown three times in a row, and not before', async () => {
    const now = Date.now();
    expect(await look('UNKNOWN', { sentAt: now })).toMatchObject({ is: 'wait', course: { gone: 1 } });
    expect(await look('RUNNING', { sentAt: now, gone: 2 })).toMatchObject({ is: 'wait' });
    const known = await look('RUNNING', { sentAt: now, gone: 2 });
    expect(known.is === 'wait' && known.course?.gone).toBeUndefined();
    expect(await look('UNKNOWN', { sentAt: now, gone: 2 })).toMatchObject({
      to: 'failed',
      change: { billed: 'unknown' },
    });
  });
});

describe('media go the way that the vendor takes', () => {
  const image = `asset:${'a'.repeat(64)}`;
  const planOf = (dialect: string, variable: string, request: Parameters<typeof planMedia>[1], address: boolean) => {
    const read = readAccounts({ [variable]: 'sk-plan-0123456789' }, '/');
    if (!read.ok || findDialect(dialect) === undefined) throw new Error('no account');
    const plan = planMedia({ account: read.accounts[0]! }, request, { address }, () => 'image/png');
    return plan.ok ? plan.transport : plan.problems.map(({ code, path }) => `${code} ${path}`);
  };
  const shots = [{ prompt: ['A cat.'] }];
  const reference = { kind: 'image', id: 'a', name: 'cat', image } as const;

  test.each([
    ['dashscope', 'DASHSCOPE_API_KEY', { model: 'wan2.7-r2v', references: [reference], shots }, 'upload', 'address'],
    [
      'venice',
      'VENICE_API_KEY',
      { model: 'grok-imagine-reference-to-video', references: [reference], shots },
      'inline',
      'address',
    ],
    ['toapis', 'TOAPIS_API_KEY', { model: 'kling-v3', references: [reference], shots }, 'upload', 'address'],
    ['qiniu', 'QINIU_API_KEY', { model: 'kling-video-o1', references: [reference], shots }, 'inline', 'address'],
    [
      'qiniu',
      'QINIU_API_KEY',
      { model: 'sora-2', references: [], startFrame: image, shots },
      ['media_out_of_reach startFrame'],
      'address',
    ],
  ] as const)('%s', (dialect, variable, request, hidden, open) => {
    const asked = structuredClone(request) as unknown as Parameters<typeof planMedia>[1];
    expect(planOf(dialect, variable, asked, false)).toEqual(hidden);
    expect(planOf(dialect, variable, asked, true)).toBe(open);
  });
});
