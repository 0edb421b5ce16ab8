import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ask, dialects } from '@refreel/core/dialects';
import { noFacts, problem, Refusal } from '@refreel/core/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Animatic } from '../../packages/server/producers/animatic/index.ts';
import { startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { type DocumentedClient, deedOf, documentedAsks, openDocumentedClient } from './documented-client.ts';
import { makeDocumentedMedia, makeDocumentedPicture } from './documented-media.ts';
import { type OtherServer, probe, startServer } from './server.ts';

// Every documented request for a film runs as it stands in its document, against addresses of the documents that a folder stands for:
// only the base address is changed, and a key put in.

const creates = (
  await Promise.all(
    dialects.map(async (dialect) =>
      (
        await documentedAsks(dialect)
      )
        .filter(({ ask }) => deedOf(dialect, ask) === 'create')
        .map((golden) => ({ dialect, golden, title: `${dialect.id}: ${golden.name}` })),
    ),
  )
).flat();

let folder: string;
let environment: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-documented-'));
  const asks = creates.map(({ golden }) => golden.ask);
  environment = { REFREEL_MEDIA_MAP: JSON.stringify(await makeDocumentedMedia(asks, folder)) };
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function attach(ask: Ask, { wire }: DocumentedClient) {
  if (ask.body.kind !== 'form') return;
  for (const part of ask.body.parts)
    if ('bytes' in part) wire.bytes.set(part.bytes, readFileSync(await makeDocumentedPicture(ask, folder)));
}

/** Examples whose bytes are left out in the document, or are of somebody else: what it says of them there. */
const incomplete: Readonly<Record<string, RegExp>> = {
  'dashscope: as the Python client sends what it does not know, with a file of its own upload': /url error/,
  'dashscope: as @ai-sdk/alibaba sends 2.7: bytes as a data URI, the first frame last': /ends too early/,
  'openai: JSON, all of it': /ends too early/,
  'qiniu: the field image_list, in base64': /ends too early/,
  "venice: Kling O3: each field's own example": /no data URI that can be read/,
};

/** It takes every film, and draws none. */
async function idleAnimatic(): Promise<Animatic> {
  let close = () => {};
  const closed = new Promise<never>((_, reject) => {
    close = () => reject(new Refusal(problem('render_cancelled', '')));
  });
  closed.catch(() => {});
  const nothing = async () => ({ facts: noFacts, problems: [] });
  return { measure: nothing, rehearse() {}, draw: () => closed, peakMegabytes: () => 0, close: async () => close() };
}

describe('is accepted, its media are fetched, and it is drawn', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(
      { environment },
      { generations: { limits: { renders: 99 }, animatic: idleAnimatic } },
    );
  }, 60_000);
  afterAll(async () => {
    expect(server.faults).toEqual([]);
    await server.remove();
  });

  test.each(creates.map((one) => [one.title, one] as const))(
    '%s',
    async (title, { dialect, golden }) => {
      const { ask, region } = golden;
      const client = await openDocumentedClient(server.url, dialect, { region });
      await attach(ask, client);
      const answer = await client.send(ask);
      const wrong = incomplete[title];
      if (wrong !== undefined) {
        expect(answer.status, JSON.stringify(answer)).toBe(400);
        expect(dialect.refusal.decode(answer)).toBeDefined();
        expect(JSON.stringify(answer.body)).toMatch(wrong);
        return;
      }
      expect(answer.status, JSON.stringify(answer)).toBe(200);
      const { id, model } = client.learn(ask, answer);
      const [{ id: own }] = (await server.ask(`/v1/generations?dialect=${dialect.id}&limit=1`)).json.items;
      const prepared = async () => (await server.ask(`/v1/generations/${own}`)).json.state;
      await expect.poll(prepared, { timeout: 60_000, interval: 50 }).not.toMatch(/preparing|queued/);
      const { json } = await server.ask(`/v1/generations/${own}`);
      expect(json, JSON.stringify(json)).toMatchObject({ state: 'running' });
      for (const look of await client.looks(id, model ?? json.model))
        expect(look.status, JSON.stringify(look)).toBeLessThan(300);
    },
    90_000,
  );

  test.each(['Bearer sk-xxxxx', 'sk-xxxxx'])(
    'qiniu: with the key as its examples write it: %s',
    async (authorization) => {
      const [found] = creates.filter(({ title }) => title === 'qiniu: from a picture, Kling V2.1');
      const { body } = found!.golden.ask;
      const made = await server.ask('/qiniu/v1/videos', {
        headers: { authorization, 'content-type': 'application/json' },
        bytes: JSON.stringify(body.kind === 'json' ? body.value : undefined, null, 2),
      });
      expect(made.json).toMatchObject({ object: 'video', model: 'kling-v2-1', mode: 'pro', status: 'queued' });
      const look = await server.ask(`/qiniu/v1/videos/${made.json.id}`, { headers: { authorization } });
      expect(look.json).toMatchObject({ id: made.json.id, model: 'kling-v2-1' });
    },
  );

  test('and every example that is set aside is one', () => {
    const titles = creates.map(({ title }) => title);
    expect(Object.keys(incomplete).filter((one) => !titles.includes(one))).toEqual([]);
  });
});

/** One of each vendor is drawn in `after-the-film.test.ts`; all of them take five minutes, for which REFREEL_EVERY_FILM=1 asks. */
if (process.env.REFREEL_EVERY_FILM)
  describe('becomes a film', () => {
    let server: OtherServer;
    beforeAll(async () => {
      server = await startServer([], environment);
    }, 60_000);
    afterAll(() => server.close());

    const wanted = creates.filter(({ title }) => !(title in incomplete));
    test.each(wanted.map((one) => [one.title, one] as const))(
      '%s',
      async (_, { dialect, golden }) => {
        const { ask, region } = golden;
        const client = await openDocumentedClient(server.url, dialect, { region });
        await attach(ask, client);
        const { id, model } = client.learn(ask, await client.send(ask));
        const body = JSON.stringify(ask.body);
        const films = await client.films(id, model ?? /"(?:selected_)?model":"([^"]+)"/.exec(body)?.[1] ?? '');
        expect(films).toHaveLength(Number(/"number_of_videos":(\d)/.exec(body)?.[1] ?? 1));
        for (const film of films) {
          const { width, height, seconds } = await probe(await client.download(film));
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(360);
          expect(seconds).toBeGreaterThan(1.9);
        }
      },
      300_000,
    );
  });
