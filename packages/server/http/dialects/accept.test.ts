import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe('a key that says for how long the same create is one', () => {
  const admin = 'a-key-of-the-administrator-in-tests';
  let locked: TestApp;
  beforeAll(async () => {
    locked = await openTestApp({}, { adminKey: admin });
  }, 60_000);
  afterAll(async () => {
    expect(locked.faults).toEqual([]);
    await locked.close();
  });
  const makeKey = async (more: object) => {
    const answer = await locked.fetch(post('/v1/keys', { name: 'ci', ...more }, { authorization: `Bearer ${admin}` }));
    return { status: answer.status, json: JSON.parse(await answer.text()) };
  };
  const createWith = async (secret: string, change: object = {}, headers: Record<string, string> = {}) => {
    const path = `${base}/services/aigc/video-generation/video-synthesis`;
    const given = { authorization: `Bearer ${secret}`, 'x-dashscope-async': 'enable', ...headers };
    const answer = await locked.fetch(post(path, { ...body, ...change }, given));
    const { output } = (await answer.json()) as { output: { task_id: string } };
    return `${output.task_id} ${answer.headers.get('idempotent-replayed')}`;
  };
  const replayed = (first: string) => first.replace(/null$/, 'true');

  test('has an unmarked repetition answered with the first, of the same body and by the same key', async () => {
    const { status, json } = await makeKey({ repeatSeconds: 3600 });
    expect([status, json.repeatSeconds]).toEqual([201, 3600]);
    const { secret } = json;
    const first = await createWith(secret);
    expect(await createWith(secret)).toBe(replayed(first));
    for (const count of ['0', '1'])
      expect(await createWith(secret, {}, { 'x-stainless-retry-count': count })).toBe(replayed(first));
    expect(await createWith(secret, { parameters: { seed: 1 } })).toMatch(/ null$/);
    expect(await createWith(secret, {}, { 'idempotency-key': 'another' })).toMatch(/ null$/);
    expect(await createWith((await makeKey({ repeatSeconds: 3600 })).json.secret)).toMatch(/ null$/);
    const [row] = await locked.database.connection
      .selectFrom('idempotency')
      .select(['expiresAt'])
      .where('key', 'like', 'retry %')
      .orderBy('expiresAt')
      .execute();
    const left = (Number(row!.expiresAt) - Date.now()) / 1000;
    expect(left).toBeGreaterThan(3400);
    expect(left).toBeLessThanOrEqual(3601);
    // Once that time is over it is another film.
    await locked.database.connection.deleteFrom('idempotency').where('key', 'like', 'retry %').execute();
    expect(await createWith(secret)).not.toContain(first.split(' ')[0]);
  });

  test('is one that asked for it: others mean another film each time', async () => {
    const { json } = await makeKey({});
    expect(json.repeatSeconds).toBeNull();
    const [first, second] = [await createWith(json.secret), await createWith(json.secret)];
    expect([first, second]).toEqual([expect.stringMatching(/ null$/), expect.stringMatching(/ null$/)]);
    expect(second).not.toBe(first);
    for (const repeatSeconds of [599, 86_401, 1000.5, '3600'])
      expect((await makeKey({ repeatSeconds })).status, `${repeatSeconds}`).toBe(400);
  });
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
