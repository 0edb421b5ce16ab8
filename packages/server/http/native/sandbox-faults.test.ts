import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { faultNames } from '../../sandbox/fault-table.ts';
import { openTestApp, post, requestTo, type TestApp } from '../../test-app.ts';
import { onEveryDatabase } from '../../test-databases.ts';
import { cutOf } from '../cut.ts';
import { ErrorAnswer } from './shapes.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const small = { prompt: 'A lamp is lit.', seconds: 1, size: '128x72', fps: 8, audio: false };
const marked = (fault: string) => ({ ...small, prompt: `A lamp [[fault:${fault}]] is lit.` });
const header = (fault: string) => ({ 'x-refreel-fault': fault });

onEveryDatabase((databaseUrl) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp({}, { databaseUrl: databaseUrl(), faultsObeyed: true });
  }, 60_000);
  afterAll(async () => {
    expect(app.faults).toEqual([]);
    await app.close();
  });

  const create = (json: unknown = small, headers: Record<string, string> = {}) =>
    app.fetch(post('/v1/generations', json, headers));
  const jsonOf = async (answer: Response) => JSON.parse(await answer.text());
  const accepted = async () =>
    (await jsonOf(await app.fetch(requestTo('/v1/sandbox/ledger?limit=1')))).totals.generations;
  const arm = async (json: unknown) => await app.fetch(post('/v1/sandbox/faults', json));
  const armed = async () =>
    (await jsonOf(await app.fetch(requestTo('/v1/sandbox/faults')))).items as { fault: string; remaining: number }[];
  const disarm = async () =>
    (await jsonOf(await app.fetch(requestTo('/v1/sandbox/faults', { method: 'DELETE' })))).disarmed;

  test('the native API obeys by marker and by header, in its own shape', async () => {
    const before = await accepted();
    for (const [fault, status, code] of [
      ['http_429_with_retry_after', 429, 'rate_limited'],
      ['http_500', 500, 'vendor_failed'],
      ['http_503', 503, 'vendor_unavailable'],
      ['moderation_blocked', 422, 'moderation_blocked'],
    ] as const)
      for (const answer of [await create(marked(fault)), await create(small, header(fault))]) {
        expect(answer.status).toBe(status);
        expect(ErrorAnswer.parse(await jsonOf(answer)).error.code).toBe(code);
      }
    expect(cutOf(await create(marked('connection_reset')))).toEqual({ how: 'reset', afterBytes: undefined });
    expect(await accepted()).toBe(before);
  });

  test('what is accepted says that a fault is shown, and has no marker in it', async () => {
    const answer = await create(marked('stuck_in_progress'));
    expect(answer.status).toBe(202);
    expect(answer.headers.get('x-refreel-notes')).toContain('fault_shown');
    const text = await answer.text();
    expect(text).not.toContain('[[');
    expect(JSON.parse(text).request.shots[0].prompt).toEqual(['A lamp is lit.']);
  });

  test('several at once', async () => {
    const answer = await create({ ...small, prompt: '[[fault:stuck_in_progress]] A lamp [[fault:half_json]] is lit.' });
    expect(cutOf(answer)).toMatchObject({ how: 'close' });
    expect(JSON.parse(await answer.text()).request.shots[0].prompt).toEqual(['A lamp is lit.']);
    expect((await create({ ...small, prompt: '[[fault:failed]]'.repeat(9) })).status).toBe(400);
  });

  test('a name that is none is told with those that are', async () => {
    for (const answer of [
      await create(marked('explode')),
      await create(small, header('explode')),
      await arm({ fault: 'explode' }),
    ]) {
      expect(answer.status).toBe(400);
      const text = await answer.text();
      for (const name of faultNames) expect(text).toContain(name);
    }
  });

  test('fifty at once take exactly as many as were armed', async () => {
    await arm({ fault: 'http_503', times: 12 });
    await arm({ fault: 'http_500', times: 8, model: 'animatic', dialect: 'native' });
    await arm({ fault: 'http_500', times: 5, dialect: 'openai' });
    await arm({ fault: 'http_500', times: 5, model: 'sora-2' });
    const answers = await Promise.all(Array.from({ length: 50 }, () => create()));
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(503), count(500), count(202)]).toEqual([12, 8, 30]);
    expect((await armed()).map(({ remaining }) => remaining)).toEqual([0, 0, 5, 5]);
    expect(await disarm()).toBe(2);
    expect(await armed()).toEqual([]);
    expect((await create()).status).toBe(202);
  }, 60_000);

  test('looks and contents take what is armed for them, once', async () => {
    const { id } = await jsonOf(await create());
    const look = async () => (await app.fetch(requestTo(`/v1/generations/${id}`))).status;
    await arm({ fault: 'http_503', on: 'look' });
    await arm({ fault: 'http_500', on: 'content' });
    expect([await look(), await look()]).toEqual([503, 200]);
    expect((await armed()).map(({ remaining }) => remaining)).toEqual([0, 1]);
    expect((await create()).status).toBe(202);
    await disarm();
  });

  test('what cannot wait where it is told to is refused', async () => {
    for (const json of [
      { fault: 'failed', on: 'look' },
      { fault: 'moderation_blocked', on: 'content' },
      { fault: 'http_500', on: 'cancel' },
      { fault: 'http_500', times: 0 },
      { fault: 'http_500', dialect: 'nobody' },
      { fault: 'http_500', model: 'nothing' },
      { fault: 'http_500', more: 1 },
      {},
    ]) {
      const answer = await arm(json);
      expect([JSON.stringify(json), answer.status]).toEqual([JSON.stringify(json), 400]);
      ErrorAnswer.parse(await jsonOf(answer));
    }
    expect(await armed()).toEqual([]);
  });

  test('a key keeps no fault, and a lost answer is found by it', async () => {
    const key = { 'idempotency-key': 'one' };
    await arm({ fault: 'http_500' });
    expect((await create(small, key)).status).toBe(500);
    const first = await create(small, key);
    expect(first.status).toBe(202);
    // A repetition takes nothing that is armed, and is not lost again.
    await arm({ fault: 'lost_create_reply' });
    const again = await create(small, { ...key, ...header('lost_create_reply') });
    expect([cutOf(again), again.headers.get('idempotent-replayed')]).toEqual([undefined, 'true']);
    expect((await jsonOf(again)).id).toBe((await jsonOf(first)).id);
    const lost = await create(small, { 'idempotency-key': 'two' });
    expect(cutOf(lost)).toEqual({ how: 'close', afterBytes: undefined });
    const found = await create(small, { 'idempotency-key': 'two' });
    expect((await jsonOf(found)).id).toBe((await jsonOf(lost)).id);
    const before = await accepted();
    const marker = { 'idempotency-key': 'three' };
    expect(cutOf(await create(marked('lost_create_reply'), marker))).toBeDefined();
    expect(cutOf(await create(marked('lost_create_reply'), marker))).toBeUndefined();
    expect(await accepted()).toBe(before + 1);
  });

  test('a remix is marked like any other', async () => {
    const { id } = await jsonOf(await create());
    const remix = (prompt: string) => app.fetch(post(`/v1/generations/${id}/remix`, { prompt }));
    expect((await remix('Again. [[fault:http_503]]')).status).toBe(503);
    expect((await remix('Again. [[fault:explode]]')).status).toBe(400);
  });
});

test('who is not the operator arms nothing and sees nothing', async () => {
  const app = await openTestApp({}, { adminKey: 'administrator-of-the-tests', faultsObeyed: true });
  try {
    const ask = async (path: string, init: RequestInit = {}) => (await app.fetch(requestTo(path, init))).status;
    const admin = { authorization: 'Bearer administrator-of-the-tests', 'content-type': 'application/json' };
    const made = await app.fetch(post('/v1/keys', { name: 'one', workspace: 'tests' }, admin));
    const { secret } = JSON.parse(await made.text());
    const caller = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ fault: 'http_500' });
    for (const headers of [caller, { 'content-type': 'application/json' }])
      for (const init of [{ headers }, { method: 'POST', headers, body }, { method: 'DELETE', headers }])
        for (const path of ['/v1/sandbox/faults', ...(init.method === undefined ? ['/v1/sandbox/ledger'] : [])])
          expect(await ask(path, init)).toBe(403);
    expect(await ask('/v1/sandbox/faults', { method: 'POST', headers: admin, body })).toBe(201);
    expect(await ask('/v1/sandbox/ledger', { headers: admin })).toBe(200);
  } finally {
    await app.close();
  }
}, 60_000);

test('without the option nothing goes wrong, and whoever asks for it is told', async () => {
  const app = await openTestApp();
  try {
    const answer = await app.fetch(post('/v1/generations', marked('http_500'), header('http_500')));
    expect(answer.status).toBe(202);
    expect(answer.headers.get('x-refreel-notes')).toContain('fault_ignored x-refreel-fault');
    expect(JSON.parse(await answer.text()).request.shots[0].prompt.join('')).toBe('A lamp [[fault:http_500]] is lit.');
    const other = await app.fetch(
      requestTo('/openai/v1/videos/none', { headers: { ...header('x'), authorization: 'Bearer x' } }),
    );
    expect(other.headers.get('x-refreel-notes')).toBe('fault_ignored x-refreel-fault');
    const refused = await app.fetch(post('/v1/sandbox/faults', { fault: 'http_500' }));
    expect([refused.status, JSON.parse(await refused.text()).error.code]).toEqual([409, 'faults_not_obeyed']);
    const listed = await app.fetch(requestTo('/v1/sandbox/faults'));
    expect(JSON.parse(await listed.text())).toEqual({ obeyed: false, items: [] });
  } finally {
    await app.close();
  }
}, 60_000);

test('whatever stands in marker or header, the answer is one', async () => {
  const app = await openTestApp({}, { faultsObeyed: true });
  const piece = fc.oneof(
    fc.constantFrom(...faultNames.filter((name) => name !== 'slow_create'), '[[fault:', ']]', '[', '=', ',', ' ', '=0'),
    fc.string({ maxLength: 8 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const text = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
  try {
    await fc.assert(
      fc.asyncProperty(
        text,
        text,
        fc.constantFrom('/v1/generations', '/openai/v1/videos'),
        async (one, other, path) => {
          const headers = new Headers({ 'content-type': 'application/json', authorization: 'Bearer x' });
          try {
            headers.set('x-refreel-fault', other);
          } catch {
            // It is nothing that HTTP can say.
          }
          const openai = { model: 'sora-2', prompt: `Rain. [[fault:${one}]]`, seconds: '4', size: '1280x720' };
          const body = path === '/v1/generations' ? { ...small, prompt: openai.prompt } : openai;
          const init = { method: 'POST', headers, body: JSON.stringify(body) };
          const answer = await app.fetch(requestTo(path, init));
          const asked = cutOf(answer) !== undefined || /fault|429|50[03]|vendor_/.test(`${one}${other}`);
          if (!asked) expect(answer.status).toBeLessThan(500);
          await answer.text();
        },
      ),
      { numRuns: 400 },
    );
    expect(app.faults).toEqual([]);
  } finally {
    await app.close();
  }
}, 120_000);
