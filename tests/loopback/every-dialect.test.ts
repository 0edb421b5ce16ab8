import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCard } from '@refreel/core/catalog';
import { type AnyExchange, type CodecContext, dialects, findExchange } from '@refreel/core/dialects';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Goldens } from '../../packages/core/dialects/golden.ts';
import { startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { media } from '../e2e/command.ts';
import { openWire } from './wire.ts';

// Every documented request of every dialect comes to our own server over real HTTP, and our own client reads the answer.

let server: TestServer;
beforeAll(async () => {
  // Hosts of some examples are none; nothing is fetched, and nothing drawn.
  server = await startTestServer(
    { environment: { REFREEL_ALLOW_PRIVATE: 'e' } },
    { generations: { limits: { renders: 0 } } },
  );
}, 60_000);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

const all: Record<string, Goldens> = {};
for (const { id } of dialects) {
  const { goldens } = (await import(`../../packages/core/dialects/${id}/goldens/index.ts`)) as { goldens: Goldens };
  all[id] = goldens;
}

describe.each(dialects.map((dialect) => [dialect.id, dialect] as const))('%s', (id, dialect) => {
  const contextOf = (region: string | undefined): CodecContext => ({
    requestId: 'r',
    now: Date.now(),
    region,
    findCard,
  });
  const wireOf = (region: string | undefined, keyed = true) => {
    const base = dialect.bases.find((one) => one.region === region) ?? dialect.bases[0]!;
    return openWire(server.url + base.path, keyed ? dialect.key.write('sk-anything') : {});
  };

  test.each(all[id]!.asks.map((golden) => [golden.name, golden] as const))('%s', async (_, { ask, region }) => {
    const wire = wireOf(region ?? dialect.bases[0]!.region);
    const cup = readFileSync(join(media, 'coffee.png'));
    if (ask.body.kind === 'form')
      for (const part of ask.body.parts) if ('bytes' in part) wire.bytes.set(part.bytes, cup);
    const type = ask.headers['content-type'] ?? '';
    const { 'content-type': named, ...headers } = ask.headers;
    const answer = await wire.send({
      ...ask,
      headers: { ...headers, ...(type !== '' && ask.body.kind !== 'form' && { 'content-type': named! }) },
    });
    expect(answer.status, JSON.stringify(answer)).toBeLessThan(500);
    const { exchange, parts } = findExchange(dialect, ask.method, ask.path)! as unknown as {
      exchange: AnyExchange & { answer: { decode: (...all: unknown[]) => { ok: boolean; value?: unknown } } };
      parts: Record<string, string>;
    };
    const context = contextOf(region);
    const read = exchange.ask.decode(ask, parts, context);
    if (!read.ok) throw new Error('a golden that is not read');
    const learned = exchange.answer.decode(answer, read.value, context);
    if (answer.status >= 400) expect(dialect.refusal.decode(answer), JSON.stringify(answer)).toBeDefined();
    else expect(learned.ok, JSON.stringify(answer)).toBe(true);
  });

  test('what is refused is refused in its own shape', async () => {
    const ask = { method: 'GET', path: '/no/such/place', query: {}, headers: {}, body: { kind: 'none' } } as const;
    const region = dialect.bases[0]!.region;
    const refusals = [
      await wireOf(region).send(ask),
      await wireOf(region).send({ ...ask, headers: { origin: 'https://evil.example' } }),
      await wireOf(region, false).send({
        ...ask,
        path: dialect.exchanges.look![0]!.path.replace(':id', 'x'),
        method: dialect.exchanges.look![0]!.method,
      }),
    ];
    for (const refusal of refusals) {
      expect(refusal.status).toBeGreaterThanOrEqual(400);
      expect(refusal.status).toBeLessThan(500);
      expect(refusal.headers['x-refreel-producer']).toBe('animatic');
      expect(dialect.refusal.decode(refusal)).toMatchObject({ code: expect.any(String) });
      expect(JSON.stringify(refusal.body)).not.toContain('"problems"');
    }
    expect(refusals[2]!.status).toBe(401);
  });
});
