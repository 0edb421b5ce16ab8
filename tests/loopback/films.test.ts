import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCard } from '@refreel/core/catalog';
import { type CodecContext, type Dialect, findDialect, type Json, type SeenFilm } from '@refreel/core/dialects';
import type { Reference, Request } from '@refreel/core/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { media } from '../e2e/command.ts';
import { type OtherServer, probe, startServer } from './server.ts';
import { openWire, type Wire } from './wire.ts';

// A film by every dialect: our client, our server in another process, a real MP4.

let server: OtherServer;
/** An address of the server's own, as a public address would be at the vendor. */
let cup: string;

beforeAll(async () => {
  server = await startServer();
  const body = new Uint8Array(readFileSync(join(media, 'coffee.png')));
  const kept = await fetch(`${server.url}/v1/assets`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'image/png' },
  });
  cup = ((await kept.json()) as { url: string }).url;
}, 60_000);
afterAll(() => server.close());

const subject = (image: string): Reference => ({ kind: 'subject', id: 'r1', name: 'cup', image });
const image = (url: string): Reference => ({ kind: 'image', id: 'r1', name: 'cup', image: url });
const prompt = [{ mention: 'r1' }, ' steams in the rain.'];

interface Sample {
  readonly dialect: string;
  readonly request: (cup: string) => Request;
  readonly film: { readonly width: number; readonly height: number; readonly seconds: number };
}
const samples: readonly Sample[] = [
  {
    dialect: 'openai',
    request: () => ({
      model: 'sora-2',
      references: [],
      shots: [{ prompt: ['Rain.'], seconds: 4 }],
      size: { width: 1280, height: 720 },
    }),
    film: { width: 1280, height: 720, seconds: 4 },
  },
  {
    dialect: 'qiniu',
    request: () => ({
      model: 'kling-v2-5-turbo',
      references: [],
      shots: [{ prompt: ['Rain.'], seconds: 5 }],
      mode: 'std',
      size: { width: 1280, height: 720 },
    }),
    film: { width: 1280, height: 720, seconds: 5 },
  },
  {
    dialect: 'venice',
    request: (url) => ({
      model: 'kling-o3-standard-reference-to-video',
      references: [subject(url)],
      shots: [{ prompt, seconds: 3 }],
      audio: false,
    }),
    film: { width: 1280, height: 720, seconds: 3 },
  },
  {
    dialect: 'toapis',
    request: (url) => ({
      model: 'kling-v3',
      references: [image(url)],
      shots: [{ prompt: ['Rain.'], seconds: 5 }],
      mode: 'std',
    }),
    film: { width: 1280, height: 720, seconds: 5 },
  },
  {
    dialect: 'baicai',
    request: (url) => ({
      model: 'PixVerse-v4.5-MR2V',
      references: [subject(url)],
      shots: [{ prompt, seconds: 5 }],
      tier: '360p',
    }),
    film: { width: 540, height: 360, seconds: 5 },
  },
];

async function sail(
  wire: Wire,
  { voyage }: Dialect,
  request: Request,
  context: CodecContext,
): Promise<readonly SeenFilm[]> {
  const start = voyage.start(request, context);
  if (!start.ok) throw new Error(JSON.stringify(start.problems));
  const accepted = voyage.accepted(await wire.send(start.message), context, start.message);
  if (!('handle' in accepted)) throw new Error(JSON.stringify(accepted));
  let handle: Json = accepted.handle;
  for (let left = 600; left > 0; left -= 1) {
    const seen = voyage.seen(await wire.send(voyage.look(handle, context)), handle, context);
    if (seen.is === 'films') return seen.films;
    if (seen.is !== 'working') throw new Error(JSON.stringify(seen));
    handle = seen.handle ?? handle;
    if (seen.handle === undefined) await new Promise((go) => setTimeout(go, 200));
  }
  throw new Error('it did not end');
}

test.each(samples.map((sample) => [sample.dialect, sample] as const))(
  '%s',
  async (id, { request, film }) => {
    const dialect = findDialect(id)!;
    const { path, region } = dialect.bases[0]!;
    const context: CodecContext = { requestId: 'loopback', now: Date.now(), region, findCard };
    const key = dialect.key.write('sk-loopback');
    const wire = openWire(server.url + path, key);
    const [found] = await sail(wire, dialect, request(cup), context);
    const fetched = async (url: string) =>
      // A path below the account's own base is asked for with its key, and no other address is.
      Buffer.from(
        await (
          await (url.startsWith('/') ? fetch(server.url + path + url, { headers: key }) : fetch(url))
        ).arrayBuffer(),
      );
    const bytes = found!.bytes === undefined ? await fetched(found!.url) : wire.bytes.get(found!.bytes)!;
    const probed = await probe(bytes);
    expect([probed.width, probed.height]).toEqual([film.width, film.height]);
    expect(probed.seconds).toBeCloseTo(film.seconds, 1);
  },
  180_000,
);
