import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCard } from '@refreel/core/catalog';
import {
  type Answer,
  type AnyExchange,
  type Ask,
  type CodecContext,
  type Dialect,
  dialects,
  type Question,
  type SeenFilm,
  type Written,
} from '@refreel/core/dialects';
import { adminKey, makeTestKey, startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { media } from '../e2e/command.ts';
import { type DocumentedClient, documentedAsks, openDocumentedClient } from './documented-client.ts';
import { makeDocumentedMedia } from './documented-media.ts';

/** A server on which everybody needs a key, two workspaces, and a film of one of them by every dialect. */
export interface Stage {
  readonly server: TestServer;
  readonly own: string;
  readonly other: string;
  readonly made: ReadonlyMap<string, Made>;
  /** Addresses of a picture that the first workspace stored: natively, and by a vendor's upload, with leave to read it. */
  readonly pictures: readonly string[];
  /** Moves the clock that answers and addresses go by. */
  advance(advanceSeconds: number): Promise<void>;
  close(): Promise<void>;
}

/** A generation that is done. */
export interface Made {
  readonly dialect: Dialect;
  readonly client: DocumentedClient;
  readonly id: string;
  readonly model: string;
  readonly films: readonly SeenFilm[];
  /** The answer by which it was accepted. */
  readonly accepted: Answer;
}

/** A documented request that is not long, and the film that its document speaks of. */
interface Example {
  readonly name: string;
  readonly model: string;
  readonly film: { readonly width: number; readonly height: number; readonly seconds: number; readonly sound: boolean };
}

/** One of each vendor's own page. */
export const examples: Readonly<Record<string, Example>> = {
  openai: {
    name: 'JSON, the prompt alone',
    model: 'sora-2',
    film: { width: 720, height: 1280, seconds: 4, sound: false },
  },
  qiniu: {
    name: 'from a picture, Sora 2',
    model: 'sora-2',
    film: { width: 1280, height: 720, seconds: 4, sound: false },
  },
  venice: {
    name: 'Grok: two pictures',
    model: 'grok-imagine-reference-to-video',
    film: { width: 854, height: 480, seconds: 8, sound: false },
  },
  toapis: { name: 'sound', model: 'kling-v3', film: { width: 1280, height: 720, seconds: 5, sound: true } },
  baicai: {
    name: 'two subjects and a background',
    model: 'PixVerse-v4.5-MR2V',
    film: { width: 1280, height: 720, seconds: 5, sound: false },
  },
  dashscope: {
    name: 'one character',
    model: 'wan2.6-r2v',
    film: { width: 1280, height: 720, seconds: 5, sound: true },
  },
};

/** The documented request by which a dialect's film here was asked for. */
export async function exampleOf(dialect: Dialect): Promise<Ask> {
  const { name } = examples[dialect.id]!;
  return (await documentedAsks(dialect)).find((one) => one.name === name)!.ask;
}

/** `cors`: the origin of a page that may read answers. */
export async function openStage(cors: string): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'refreel-stage-'));
  const goldens = await Promise.all(
    dialects.map(async (dialect) => ({ dialect, model: examples[dialect.id]!.model, ask: await exampleOf(dialect) })),
  );
  const map = await makeDocumentedMedia(
    goldens.map((one) => one.ask),
    folder,
  );
  const environment = { REFREEL_MEDIA_MAP: JSON.stringify(map), REFREEL_CORS: cors };
  const server = await startTestServer({ admin: true, environment });
  const own = (await makeTestKey(server, 'one')).secret;
  const other = (await makeTestKey(server, 'two')).secret;
  const bytes = new Uint8Array(readFileSync(join(media, 'coffee.png')));
  const kept = await server.ask('/v1/assets', { key: own, bytes, headers: { 'content-type': 'image/png' } });
  const form = new FormData();
  form.append('file', new Blob([bytes], { type: 'image/png' }), 'coffee.png');
  const uploaded = await server.ask('/baicai/v1/resources/upload', { key: own, bytes: form });
  const accepted = await Promise.all(
    goldens.map(async ({ dialect, model, ask: example }) => {
      const client = await openDocumentedClient(server.url, dialect, { key: own });
      const answer = await client.send(example);
      return { dialect, client, model, id: client.learn(example, answer).id, accepted: answer };
    }),
  );
  const made = new Map<string, Made>();
  for (const one of accepted) made.set(one.dialect.id, { ...one, films: await one.client.films(one.id, one.model) });
  return {
    ...{ server, own, other, made, pictures: [kept.json.url, uploaded.json.data.fullPath] },
    async advance(advanceSeconds) {
      const { status } = await server.ask('/v1/sandbox/clock', { key: adminKey, json: { advanceSeconds } });
      if (status !== 200) throw new Error(`the clock was not moved: ${status}`);
    },
    async close() {
      await server.remove();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The absolute addresses among a generation's films: they need no key. */
export function addressesOf({ films }: Made): string[] {
  return films.flatMap(({ url }) => (url?.startsWith('http') ? [url] : []));
}

export function contextOf(dialect: Dialect): CodecContext {
  return { requestId: 'r', now: Date.now(), region: dialect.bases[0]!.region, findCard };
}

/** An exchange's question as its client writes it. */
export function askOf(dialect: Dialect, exchange: AnyExchange, question: Question): Ask {
  const codec = exchange.ask as unknown as { encode(question: Question, context: CodecContext): Written<Ask> };
  const written = codec.encode(question, contextOf(dialect));
  if (!written.ok) throw new Error(JSON.stringify(written.problems));
  return written.message;
}

/** What an answer tells, but for what differs between any two answers: the named texts, ids of requests, and times. */
export function tellingOf({ status, headers, body }: Answer, ...names: readonly string[]): unknown {
  const kept = { ...body, ...(body.kind === 'bytes' && { bytes: '' }) };
  let text = JSON.stringify({ status, type: headers['content-type'], notes: headers['x-refreel-notes'], body: kept });
  for (const name of names) text = text.replaceAll(name, 'NAME');
  text = text.replace(/"request_id":"[^"]*"/g, '"request_id":""').replace(/"ts":"[^"]*"/g, '"ts":""');
  return JSON.parse(text);
}
