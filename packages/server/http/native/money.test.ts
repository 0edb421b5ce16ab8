import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKey, createWorkspace, type WorkspaceId } from '../../store/index.ts';
import { openTestApp, requestTo, type TestApp } from '../../test-app.ts';

const adminKey = 'administrator-of-the-tests';
const usd = (micros: number) => ({ micros, currency: 'USD' });

let app: TestApp;
let workspace: WorkspaceId;
let secret: string;
let keyId: string;

beforeAll(async () => {
  app = await openTestApp({}, { adminKey });
  const { connection } = app.database;
  workspace = (await createWorkspace(connection, 'studio')).id;
  const made = await createKey(connection, workspace, 'test');
  [secret, keyId] = [made.secret, made.key.id];
}, 60_000);
afterAll(async () => {
  expect(app.faults).toEqual([]);
  await app.close();
});

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for.
async function ask(method: string, path: string, body?: unknown, key = secret): Promise<{ status: number; json: any }> {
  const headers = {
    authorization: `Bearer ${key}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const answer = await app.fetch(
    requestTo(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }),
  );
  return { status: answer.status, json: await answer.json() };
}

describe('budgets', () => {
  test('are set, changed, listed and removed', async () => {
    const set = await ask('PUT', '/v1/budgets', { limit: usd(5_000_000) });
    expect(set).toMatchObject({
      status: 200,
      json: {
        ...{ workspace, key: null, period: 'month', setBy: 'workspace', limit: usd(5_000_000), left: usd(5_000_000) },
        since: `${new Date().toISOString().slice(0, 7)}-01`,
      },
    });
    const own = await ask('PUT', '/v1/budgets', { key: keyId, period: 'total', limit: { micros: 7, currency: 'CNY' } });
    expect(own.json).toMatchObject({ key: keyId, period: 'total', since: null });
    const again = await ask('PUT', '/v1/budgets', { limit: usd(6_000_000) });
    expect([again.json.id, again.json.limit.micros]).toEqual([set.json.id, 6_000_000]);
    const listed = await ask('GET', '/v1/budgets');
    expect(listed.json.items.map(({ id }: { id: string }) => id)).toEqual([set.json.id, own.json.id]);
    for (const { id } of [set.json, own.json]) expect((await ask('DELETE', `/v1/budgets/${id}`)).status).toBe(200);
    expect((await ask('GET', '/v1/budgets')).json.items).toEqual([]);
    expect((await ask('DELETE', `/v1/budgets/${own.json.id}`)).json.error.code).toBe('budget_unknown');
  });

  test('of the administrator bind the workspace, which cannot change them', async () => {
    const set = await ask('PUT', '/v1/budgets?workspace=studio', { key: keyId, limit: usd(9) }, adminKey);
    expect(set.json).toMatchObject({ workspace, setBy: 'administrator' });
    const mine = await ask('PUT', '/v1/budgets', { key: keyId, limit: usd(99) });
    expect(mine.json.setBy).toBe('workspace');
    const refused = await ask('DELETE', `/v1/budgets/${set.json.id}`);
    expect([refused.status, refused.json.error.code]).toEqual([403, 'budget_of_administrator']);
    expect((await ask('GET', '/v1/budgets')).json.items.map((one: { limit: object }) => one.limit)).toEqual([
      usd(9),
      usd(99),
    ]);
    const where = `?workspace=${workspace}`;
    for (const { id } of [set.json, mine.json])
      expect((await ask('DELETE', `/v1/budgets/${id}${where}`, undefined, adminKey)).status).toBe(200);
  });

  test.each<[string, string, unknown, number, string]>([
    ['PUT', '/v1/budgets', {}, 400, 'invalid_request'],
    ['PUT', '/v1/budgets', { limit: { micros: -1, currency: 'USD' } }, 400, 'invalid_request'],
    ['PUT', '/v1/budgets', { limit: { micros: 0.5, currency: 'USD' } }, 400, 'invalid_request'],
    ['PUT', '/v1/budgets', { limit: { micros: 1, currency: '$' } }, 400, 'invalid_request'],
    ['PUT', '/v1/budgets', { limit: { micros: 1, currency: 'USD' }, period: 'year' }, 400, 'invalid_request'],
    ['PUT', '/v1/budgets', { limit: { micros: 1, currency: 'USD' }, key: 'key_none' }, 404, 'key_unknown'],
    ['PUT', '/v1/budgets?workspace=default', { limit: { micros: 1, currency: 'USD' } }, 404, 'workspace_unknown'],
    ['GET', '/v1/budgets?workspace=wsp_none', undefined, 404, 'workspace_unknown'],
    ['GET', '/v1/receipts?cursor=x', undefined, 400, 'invalid_request'],
    ['POST', '/v1/receipts/gen_none/settle', { billed: 'no' }, 404, 'receipt_unknown'],
    ['POST', '/v1/receipts/gen_none/settle', { billed: 'unknown' }, 400, 'invalid_request'],
  ])('%s %s %j is refused', async (method, path, body, status, code) => {
    const answer = await ask(method, path, body);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });
});

describe('a quote', () => {
  const request = { prompt: 'A lamp is lit.', seconds: 5, model: 'kling-o3-standard-reference-to-video' };
  const film = async (change: object) => await ask('POST', '/v1/generations', { ...request, ...change });

  test('is accepted by its id, once, by the request that it is of', async () => {
    const png =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const asked = { prompt: 'A lamp is lit.', seconds: 1, audio: false };
    const { json: quote } = await ask('POST', '/v1/quotes', asked);
    expect(quote.id).toMatch(/^quo_/);
    expect(Date.parse(quote.expiresAt)).toBeGreaterThan(Date.now());
    const accept = async (change: object) =>
      await ask('POST', '/v1/generations', { ...asked, quote: quote.id, ...change });
    const different: [string, object][] = [
      ['other words', { prompt: 'A lamp goes out.' }],
      ['other seconds', { seconds: 2 }],
      ['another setting', { watermark: false }],
      ['another picture', { references: [{ name: 'a', image: png }] }],
    ];
    for (const [name, change] of different)
      expect([name, (await accept(change)).json.error?.code]).toEqual([name, 'quote_differs']);
    expect((await accept({ quote: 'quo_none' })).json.error.code).toBe('quote_unknown');
    const made = await accept({});
    expect(made.status).toBe(202);
    expect(made.json.request).not.toHaveProperty('quote');
    const again = await accept({});
    expect([again.status, again.json.error.code, again.json.error.values.id]).toEqual([
      409,
      'quote_used',
      made.json.id,
    ]);
  });

  test('of a request that cannot be made is refused as that would be', async () => {
    const bad = { ...request, model: 'none' };
    const [quoted, made] = [await ask('POST', '/v1/quotes', bad), await film({ model: 'none' })];
    expect([quoted.status, quoted.json.error.code]).toEqual([made.status, made.json.error.code]);
    const unknown = await ask('POST', '/v1/quotes', { ...request, prompt: 'We see @mei.' });
    expect(unknown.json.problems.map(({ code }: { code: string }) => code)).toContain('unknown_mention');
  });
});

test('what is drawn here costs nothing: no budget stands against it, and it has no receipt', async () => {
  await ask('PUT', '/v1/budgets', { limit: usd(0) });
  const made = await ask('POST', '/v1/generations', { prompt: 'Rain.', model: 'sora-2', seconds: 4 });
  expect([made.status, made.json.attempts[0].producer]).toEqual([202, 'animatic']);
  expect((await ask('GET', '/v1/receipts')).json.items).toEqual([]);
  const usage = (await ask('GET', '/v1/usage')).json;
  expect(usage).toMatchObject({ money: [], unpriced: [], totals: [] });
  expect(usage.items.length).toBeGreaterThan(0);
});
