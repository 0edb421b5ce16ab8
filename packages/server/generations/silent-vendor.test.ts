import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccountBook, readAccounts } from '../accounts/index.ts';
import { defaultSendLimits } from '../producers/upstream/index.ts';
import { listBudgets, putBudget } from '../store/index.ts';
import type { Sending } from './sending.ts';
import type { Caller } from './service.ts';
import { accepted, type Ground, openGround, submission } from './test-ground.ts';

// A vendor that takes a submit and says nothing, for longer than a lease lasts, while its sender lives: the same as 120 s of silence, only sooner.

const submitSeconds = 3;
const limits = { leaseSeconds: 1, idleSeconds: 0.2 };

let ground: Ground;
/** What the vendor does with a submit, by the word in its prompt. */
const vendors: Record<string, (answer: ServerResponse, times: number) => void> = {
  silent: () => {},
  half: (answer) => {
    answer.writeHead(200, { 'content-type': 'application/json' });
    answer.write('{"id": "video_1", "obj');
  },
  slow: (answer) => void setTimeout(() => accept(answer), 2000),
  again: (answer, times) => (times === 1 ? undefined : accept(answer)),
};
const submits = new Map<string, number>();

function accept(answer: ServerResponse): void {
  const video = { id: 'video_1', object: 'video', status: 'queued', model: 'sora-2', created_at: 1, seconds: '4' };
  answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(video));
}

async function vendor(request: IncomingMessage, answer: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if (request.method !== 'POST') {
    // It lists nothing, and what it was asked for is being made for ever.
    const said = request.url?.startsWith('/v1/videos?') ? { data: [] } : { id: 'video_1', status: 'in_progress' };
    return void answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  }
  const word = /word ([a-z]+)/.exec(text)![1]!;
  const times = (submits.get(word) ?? 0) + 1;
  submits.set(word, times);
  vendors[word]!(answer, times);
}

beforeAll(async () => {
  let base = 'http://127.0.0.1:9';
  const sendingTo = (folder: string): Sending => {
    const price = { currency: 'USD', perSecond: 0.5, source: 'contract', date: '2026-11-01' };
    const entry = { id: 'mine', dialect: 'openai', baseUrl: `${base}/v1`, key: 'sk-0123456789', models: ['sora-2'] };
    const account = { ...entry, lookIntervalSeconds: 0.2, prices: { 'sora-2': price } };
    writeFileSync(join(folder, 'accounts.json'), JSON.stringify([account]));
    const read = readAccounts({ REFREEL_ACCOUNTS: 'accounts.json' }, folder);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return {
      ...{ book: openAccountBook(read.accounts), route: 'order', limits: { submitSeconds } },
      setAside: async () => {},
      onChange: () => () => {},
      addressOf: async () => undefined,
    };
  };
  ground = await openGround({ limits });
  base = await ground.serve((request, answer) => void vendor(request, answer));
  const sending = sendingTo(ground.folder);
  // Two that send, as two processes on one store would: whoever finds a lease that is over takes the attempt.
  await ground.reopen({ sending, limits });
  senders = await ground.reopen({ sending, limits });
}, 60_000);
afterAll(() => ground.close());

let senders: Ground['generations'];

async function send(word: string): Promise<{ caller: Caller; id: string }> {
  const caller = await ground.caller();
  const { connection } = ground.database;
  const budget = { keyId: null, currency: 'USD', period: 'total', setBy: 'workspace' } as const;
  await putBudget(connection, caller.workspace, budget, 10_000_000);
  const request = { model: 'sora-2', references: [], shots: [{ prompt: [`A film of the word ${word}.`], seconds: 4 }] };
  return { caller, id: (await accepted(senders, caller, submission(request))).id };
}

/** How it stands: its state, its bill, what its first problem is, and what is reserved for it. */
async function standing({ caller, id }: { caller: Caller; id: string }) {
  const found = (await senders.find(caller, { id }))!;
  const [attempt] = found.attempts;
  const [budget] = await listBudgets(ground.database.connection, caller.workspace);
  const reserved = budget?.taken.reduce((sum, one) => sum + one.reserved, 0);
  return [found.state, attempt?.billed, attempt?.problems[0]?.code, reserved, found.attempts.length];
}

test('a vendor is waited for two minutes', () => expect(defaultSendLimits.submitSeconds).toBe(120));

test.each(['silent', 'half'])(
  '%s: it is in doubt when the time is over, its price stays reserved, and nobody sends it again',
  { timeout: 60_000 },
  async (word) => {
    const one = await send(word);
    await expect.poll(() => submits.get(word), { timeout: 20_000 }).toBe(1);
    // Whoever sent it holds it, lease after lease.
    expect(await standing(one)).toEqual(['submitting', 'unknown', undefined, 2_000_000, 1]);
    await expect
      .poll(() => standing(one), { timeout: 20_000 })
      .toEqual(['unconfirmed', 'unknown', 'submit_unconfirmed', 2_000_000, 1]);
    const found = (await senders.find(one.caller, { id: one.id }))!;
    expect(found.attempts[0]?.problems[0]?.values).toMatchObject({ account: 'mine', found: 'no answer within 3 s' });
    // Long enough for both to look for what is due.
    await new Promise((resolve) => setTimeout(resolve, 3 * limits.leaseSeconds * 1000));
    expect(await standing(one)).toEqual(['unconfirmed', 'unknown', 'submit_unconfirmed', 2_000_000, 1]);
    expect(submits.get(word)).toBe(1);
  },
);

test('an answer that comes late, and within the time, is taken by whoever asked', { timeout: 60_000 }, async () => {
  const one = await send('slow');
  await expect.poll(() => standing(one), { timeout: 20_000 }).toEqual(['running', 'unknown', undefined, 2_000_000, 1]);
  expect(submits.get('slow')).toBe(1);
  await senders.cancel(one.caller, one.id);
});

test('it is sent again when a person says that the vendor does not have it, and then once', {
  timeout: 60_000,
}, async () => {
  const one = await send('again');
  await expect.poll(async () => (await standing(one))[0], { timeout: 20_000 }).toBe('unconfirmed');
  expect(await senders.resolve(one.caller, one.id, { attempt: 0, as: 'not-created' })).toMatchObject({ ok: true });
  await expect.poll(async () => (await standing(one))[0], { timeout: 20_000 }).toBe('running');
  expect(submits.get('again')).toBe(2);
  await senders.cancel(one.caller, one.id);
});
