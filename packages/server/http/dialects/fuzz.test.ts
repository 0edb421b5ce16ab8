import { type Answer, type Dialect, dialects, exchangesOf, type Json } from '@refreel/core/dialects';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AskGolden, Goldens } from '../../../core/dialects/golden.ts';
import { appHost, openTestApp, requestTo, type TestApp } from '../../test-app.ts';
import { placeOf } from './place.ts';

// Documented requests with some of their bytes or fields made wrong, and anything at all on every address, of every dialect.

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ bodyBytes: 200_000, uploadBytes: 200_000, idleSeconds: 1 });
}, 60_000);
afterAll(() => app.close());

const runs = Number(process.env.REFREEL_FUZZ_RUNS ?? 1000);

const words = ['', '\0', '\ud800', 'oss://x', 'data:,', 'http://[::1]/', 'x'.repeat(6000), '图9', '@Element9'];
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, 0, -1, 1e308, true, [], {}, ...words),
  fc.jsonValue({ maxDepth: 3 }),
);

interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

function bodyOf({ ask: { body } }: AskGolden): Json {
  return body.kind === 'json' ? body.value : null;
}

/** A golden with the value at some place replaced, removed or doubled. */
function changed(goldens: readonly AskGolden[]): fc.Arbitrary<Sent> {
  const how = fc.constantFrom('replace', 'remove', 'add');
  return fc
    .record({ golden: fc.constantFrom(...goldens), place: fc.nat(), value: odd, how })
    .map(({ golden, place, value, how }) => {
      const whole = structuredClone(bodyOf(golden)) as Record<string, unknown>;
      const spots: [Record<string, unknown>, string][] = [];
      const walk = (one: unknown): void => {
        if (typeof one !== 'object' || one === null) return;
        for (const key of Object.keys(one)) {
          spots.push([one as Record<string, unknown>, key]);
          walk((one as Record<string, unknown>)[key]);
        }
      };
      walk(whole);
      const [parent, key] = spots[place % spots.length] ?? [whole, 'x'];
      if (how === 'remove') Reflect.deleteProperty(parent, key);
      else parent[how === 'add' ? `${key}x` : key] = value;
      return { ...golden.ask, body: JSON.stringify(whole) };
    });
}

/** A golden whose text was hurt. */
function hurt(goldens: readonly AskGolden[]): fc.Arbitrary<Sent> {
  return fc
    .record({ golden: fc.constantFrom(...goldens), at: fc.nat(), bytes: fc.uint8Array({ maxLength: 8 }) })
    .map(({ golden, at, bytes }) => {
      const whole = new Uint8Array(Buffer.from(JSON.stringify(bodyOf(golden))));
      whole.set(bytes.subarray(0, whole.length), at % Math.max(1, whole.length - 8));
      return { ...golden.ask, body: whole };
    });
}

const types = ['application/json', 'application/json; charset=utf-8', 'text/plain', 'multipart/form-data; boundary=x'];
const headers = fc.record(
  {
    'content-type': fc.constantFrom(...types),
    'x-dashscope-async': fc.constantFrom('enable', 'disable'),
    authorization: fc.constantFrom('Bearer sk-x', 'sk-x', 'Bearer '),
    'idempotency-key': fc.constantFrom('k', 'a b', 'x'.repeat(300)),
    'x-stainless-retry-count': fc.constantFrom('0', '1', '-1', '999999'),
    'accept-language': fc.constantFrom('zh-CN', 'ko', '*'),
  },
  { requiredKeys: [] },
);
const part = fc.oneof(
  fc.constantFrom('x', '%00', '%ff', '%', '..', '%2e%2e', '%2F', 'é', '\u{1f600}', 'a'.repeat(3000)),
  fc.stringMatching(/^[\w%.~-]{1,30}$/),
);
const names = ['page_no', 'page_size', 'status', 'start_time', 'task_id', 'model_name', 'action', 'model', 'limit'];
const values = ['1', '0', '-1', '20261120000000', 'PENDING', 'UNKNOWN', 'getPolicy', 'wan2.7-r2v', 'asc', '999999999'];
const query = fc.array(
  fc.tuple(
    fc.constantFrom(...names, 'after', 'order', 'variant', 'type', 'x'),
    fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...values)),
  ),
  { maxLength: 4 },
);
const method = fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'OPTIONS', 'PATCH', 'HEAD');

/** What was answered is the vendor's own: an error of its shape, of the caller's fault. */
async function expectVendors(dialect: Dialect, answer: Response, seen: Set<number>): Promise<void> {
  const why = () => app.faults.map((one) => (one as Error).stack).join('\n');
  expect(answer.status, why()).toBeLessThan(500);
  seen.add(answer.status);
  const text = await answer.text();
  if (answer.status < 400) return;
  expect(text.length).toBeLessThan(20_000);
  const value = JSON.parse(text) as Json;
  const read: Answer = { status: answer.status, headers: {}, body: { kind: 'json', value } };
  expect(dialect.refusal.decode(read), text).toMatchObject({ code: expect.any(String) });
  // Never the shape of our own API.
  expect(value).not.toHaveProperty('problems');
}

const all = await Promise.all(
  dialects.map(async (dialect) => {
    const { goldens } = (await import(`../../../core/dialects/${dialect.id}/goldens/index.ts`)) as { goldens: Goldens };
    return [dialect.id, dialect, goldens.asks.filter(({ ask }) => ask.body.kind === 'json')] as const;
  }),
);

describe.each(all)('%s', (_, dialect, goldens) => {
  const base = dialect.bases[0]!.path;
  const seen = new Set<number>();
  const sent = fc.oneof({ weight: 3, arbitrary: changed(goldens) }, { weight: 1, arbitrary: hurt(goldens) });

  test('documented requests made wrong are accepted or refused, in the vendor’s shape', async () => {
    await fc.assert(
      fc.asyncProperty(sent, headers, fc.boolean(), async (one, more, plain) => {
        const usual = { 'content-type': 'application/json', ...dialect.key.write('sk-x') };
        const request = requestTo(base + one.path, {
          method: 'POST',
          body: one.body,
          headers: { ...one.headers, ...usual, ...(plain ? {} : more), host: appHost },
        });
        await expectVendors(dialect, await app.fetch(request), seen);
      }),
      { numRuns: runs },
    );
    expect(app.faults).toEqual([]);
    expect([...seen]).toEqual(expect.arrayContaining([200, 400, 401]));
  }, 300_000);

  test('anything on any address', async () => {
    const patterns = exchangesOf(dialect).map(({ path }) => path);
    const path = fc.tuple(fc.constantFrom(...patterns, '/:id', '', '/:id/:id'), part, fc.constantFrom('', '/', '//'));
    const asked = fc.record({ method, path, query, headers, sent: fc.option(sent) });
    await fc.assert(
      fc.asyncProperty(asked, async ({ method, path: [pattern, id, end], query, headers, sent }) => {
        const search = query.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&');
        const bodiless = method === 'GET' || method === 'HEAD' || sent === null;
        const request = requestTo(`${base}${pattern.replaceAll(':id', id)}${end}?${search}`, {
          method,
          headers: { ...dialect.key.write('sk-x'), ...headers },
          ...(!bodiless && { body: sent.body }),
        });
        // Two dots lead out of the base, and are gone before anybody sees them.
        if (placeOf(new URL(request.url).pathname) === undefined) return;
        const answer = await app.fetch(request);
        if (method === 'HEAD') expect(answer.status).toBeLessThan(500);
        else await expectVendors(dialect, answer, seen);
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
    expect(app.faults).toEqual([]);
  }, 300_000);
});
