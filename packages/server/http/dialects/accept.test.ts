import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, post, requestTo, type TestApp } from '../../test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
}, 60_000);
afterAll(async () => {
  expect(app.faults).toEqual([]);
  await app.close();
});

const base = '/dashscope/api/v1';
const auth = { authorization: 'Bearer sk-x' };
const body = {
  model: 'wan2.7-r2v',
  input: { prompt: '雨。', media: [{ type: 'reference_image', url: 'https://media.example.com/a.png' }] },
};
async function create(headers: Record<string, string>) {
  const sent = post(`${base}/services/aigc/video-generation/video-synthesis`, body, {
    ...auth,
    'x-dashscope-async': 'enable',
    ...headers,
  });
  const answer = await app.fetch(sent);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { output: { task_id: string } }).output.task_id;
}

test('what was accepted and never answered is found by its key, and not accepted twice', async () => {
  const first = await create({ 'idempotency-key': 'crash' });
  // As a process leaves it that dies between accepting and answering, once its lease is over.
  await app.database.connection.deleteFrom('idempotency').where('key', '=', 'crash').execute();
  expect(await create({ 'idempotency-key': 'crash' })).toBe(first);
  await app.database.connection.deleteFrom('idempotency').where('key', '=', 'crash').execute();
  expect(await create({ 'idempotency-key': 'other' })).not.toBe(first);
});

test('a repetition counts as one for ten minutes', async () => {
  const first = await create({ 'x-stainless-retry-count': '0' });
  const { rows } = await app.database.connection
    .selectFrom('idempotency')
    .select(['expiresAt'])
    .where('key', 'like', 'retry %')
    .execute()
    .then((found) => ({ rows: found }));
  expect(rows).toHaveLength(1);
  const left = (Number(rows[0]!.expiresAt) - Date.now()) / 1000;
  expect(left).toBeGreaterThan(500);
  expect(left).toBeLessThanOrEqual(601);
  expect(await create({ 'x-stainless-retry-count': '1' })).toBe(first);
  await app.database.connection.deleteFrom('idempotency').where('key', 'like', 'retry %').execute();
  expect(await create({ 'x-stainless-retry-count': '1' })).not.toBe(first);
});

test('a repetition of what was accepted and never answered is answered with it', async () => {
  const first = await create({ 'x-stainless-retry-count': '0' });
  // As a process leaves it that dies between accepting and answering, once its lease is over.
  await app.database.connection
    .updateTable('idempotency')
    .set({ state: 'running', status: null, headers: null, body: null, runningUntil: sql<Date>`now()` as never })
    .where('key', 'like', 'retry %')
    .execute();
  expect(await create({ 'x-stainless-retry-count': '1' })).toBe(first);
  expect(await create({ 'x-stainless-retry-count': '2' })).toBe(first);
  expect(await create({ 'x-stainless-retry-count': '0' })).not.toBe(first);
});

test('an address that would lead nowhere is not given out', async () => {
  const sent = requestTo(`${base}/uploads?action=getPolicy&model=wan2.7-r2v`, { headers: auth });
  const elsewhere = new Request(sent.url.replace('127.0.0.1:8787', 'films.example'), { headers: sent.headers });
  const answer = await app.fetch(elsewhere);
  expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
    400,
    expect.stringContaining('REFREEL_PUBLIC_URL'),
  ]);
});
