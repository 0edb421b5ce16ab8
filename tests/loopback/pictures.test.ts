import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCard } from '@refreel/core/catalog';
import { type CodecContext, findDialect, type Json, type Landfall } from '@refreel/core/dialects';
import type { Request } from '@refreel/core/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { media } from '../e2e/command.ts';
import { type OtherServer, probe, startServer } from './server.ts';
import { openWire } from './wire.ts';

// Our own client side speaks to our own server, in another process, over real HTTP: the vendors whose answer names what was uploaded.

let server: OtherServer;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.close());

/** The client's side of a vendor: files go up, films come home. */
function sailing(id: string) {
  const dialect = findDialect(id)!;
  const { voyage } = dialect;
  const context: CodecContext = { requestId: 'loopback', now: Date.now(), region: undefined, findCard };
  const wire = openWire(server.url + dialect.bases[0]!.path, dialect.key.write('sk-loopback'));

  async function upload(file: string): Promise<string> {
    wire.bytes.set(file, readFileSync(join(media, file)));
    const step = voyage.upload!.send({ fileName: file, mediaType: 'image/png', bytes: file }, undefined, context);
    if ('is' in step) throw new Error(JSON.stringify(step));
    const sent = voyage.upload!.sent!(await wire.send(step.ask), context);
    if ('is' in sent) throw new Error(JSON.stringify(sent));
    return sent.url;
  }

  async function sail(request: Request): Promise<Landfall> {
    const start = voyage.start(request, context);
    if (!start.ok) throw new Error(JSON.stringify(start.problems));
    const accepted = voyage.accepted(await wire.send(start.message), context);
    if (!('handle' in accepted)) return accepted;
    let handle: Json = accepted.handle;
    for (let left = 600; left > 0; left -= 1) {
      const seen = voyage.seen(await wire.send(voyage.look(handle, context)), handle, context);
      if (seen.is !== 'working') return seen;
      handle = seen.handle ?? handle;
      await new Promise((go) => setTimeout(go, 200));
    }
    throw new Error('it did not end');
  }

  return { upload, sail };
}

async function probeFilms(landed: Landfall) {
  if (landed.is !== 'films') throw new Error(JSON.stringify(landed));
  const films = landed.films.map(async ({ url }) => Buffer.from(await (await fetch(url!)).arrayBuffer()));
  return await Promise.all(films.map(async (film) => await probe(await film)));
}

test('ToAPIs: a picture goes up, a film between a reference and a frame comes home', async () => {
  const { upload, sail } = sailing('toapis');
  const cup = await upload('coffee.png');
  expect(cup).toMatch(/^http:/);
  const landed = await sail({
    model: 'kling-v3',
    references: [{ kind: 'image', id: 'r1', name: 'cup', image: cup }],
    startFrame: cup,
    shots: [{ prompt: ['A cup steams in the rain.'], seconds: 5 }],
    ratio: '1:1',
  });
  const [film, ...others] = await probeFilms(landed);
  expect(others).toEqual([]);
  expect(film).toMatchObject({ width: 720, height: 720, sound: false });
  expect(film?.seconds).toBeCloseTo(5, 1);
}, 120_000);

test('Baicai: two films of one task come home by way of their status', async () => {
  const { upload, sail } = sailing('baicai');
  const cat = await upload('cat.png');
  const landed = await sail({
    model: 'PixVerse-v4.5-MR2V',
    references: [{ kind: 'subject', id: 'r1', name: '小猫', image: cat }],
    shots: [{ prompt: [{ mention: 'r1' }, '在雨中走。'], seconds: 5 }],
    tier: '360p',
    count: 2,
  });
  const films = await probeFilms(landed);
  expect(films).toHaveLength(2);
  for (const film of films) {
    expect(Math.min(film.width, film.height)).toBe(360);
    expect(film.seconds).toBeCloseTo(5, 1);
  }
}, 120_000);

test('what is refused at the door costs nothing, and what is no picture is not taken', async () => {
  for (const [id, request] of [
    ['toapis', { model: 'kling-v3', references: [], shots: [{ prompt: ['rain'], seconds: 7 }] }],
    [
      'baicai',
      {
        model: 'PixVerse-v4.5-MR2V',
        references: [{ kind: 'scene', id: 'r1', name: 'park', image: 'https://media.invalid/a.png' }],
        shots: [{ prompt: ['rain'], seconds: 7 }],
      },
    ],
  ] as const) {
    const { upload, sail } = sailing(id);
    expect(await sail(request as unknown as Request)).toMatchObject({
      is: 'failed',
      billed: 'no',
      problem: { code: 'vendor_refused' },
    });
    await expect(upload('README.md')).rejects.toThrow(/vendor_refused/);
  }
}, 60_000);
