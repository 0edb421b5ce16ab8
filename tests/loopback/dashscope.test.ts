import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCard } from '@refreel/core/catalog';
import { type CodecContext, findDialect, type Landfall, type Learned, type Question } from '@refreel/core/dialects';
import type { Request } from '@refreel/core/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { media } from '../e2e/command.ts';
import { type OtherServer, probe, startServer } from './server.ts';
import { openWire, type Wire } from './wire.ts';

// Our own client side speaks to our own server, in another process, over real HTTP.

const dialect = findDialect('dashscope')!;
const [{ path, region }] = dialect.bases as [{ path: string; region: string }];
const context: CodecContext = { requestId: 'loopback', now: Date.now(), region, findCard };
let server: OtherServer;
let wire: Wire;

beforeAll(async () => {
  server = await startServer();
  wire = openWire(server.url + path, dialect.key.write('sk-loopback'));
}, 60_000);
afterAll(() => server.close());

/** A file at the vendor's store, by the steps of the voyage; what requests call it. */
async function upload(file: string): Promise<string> {
  const steps = dialect.voyage.upload!;
  wire.bytes.set(file, readFileSync(join(media, file)));
  const leave = await wire.send(steps.permit!('wan2.7-r2v', context));
  const step = steps.send({ fileName: file, mediaType: 'image/png', bytes: file }, leave, context);
  if ('is' in step) throw new Error(JSON.stringify(step));
  const sent = await wire.send(step.ask);
  expect(sent.status, JSON.stringify(sent)).toBe(200);
  return step.url!;
}

async function sail(request: Request): Promise<Extract<Landfall, { is: 'films' | 'failed' }>> {
  const start = dialect.voyage.start(request, context);
  if (!start.ok) throw new Error(JSON.stringify(start.problems));
  const accepted = dialect.voyage.accepted(await wire.send(start.message), context);
  if (!('handle' in accepted)) throw new Error(JSON.stringify(accepted));
  for (let left = 600; left > 0; left -= 1) {
    const seen = dialect.voyage.seen(
      await wire.send(dialect.voyage.look(accepted.handle, context)),
      accepted.handle,
      context,
    );
    if (seen.is === 'films' || seen.is === 'failed') return seen;
    expect(seen.is).toBe('working');
    await new Promise((go) => setTimeout(go, 200));
  }
  throw new Error('it did not end');
}

test('a voyage: upload, start, look, and a film comes home', async () => {
  const cup = await upload('coffee.png');
  expect(cup).toMatch(/^oss:\/\//);
  const landed = await sail({
    model: 'wan2.7-r2v',
    references: [{ kind: 'image', id: 'r1', name: 'cup', image: cup }],
    shots: [{ prompt: [{ mention: 'r1' }, ' steams in the rain.'], seconds: 2 }],
    tier: '720p',
    ratio: '1:1',
  });
  if (landed.is !== 'films') throw new Error(JSON.stringify(landed));
  expect(landed).toMatchObject({ billedSeconds: 2, films: [{ seconds: 2 }] });
  const film = Buffer.from(await (await fetch(landed.films[0]!.url!)).arrayBuffer());
  const probed = await probe(film);
  expect(probed).toMatchObject({ width: 960, height: 960, sound: true });
  expect(probed.seconds).toBeCloseTo(2, 1);
}, 120_000);

test('what is refused on its way is a failure that costs nothing', async () => {
  const start = dialect.voyage.start(
    {
      model: 'wan2.7-r2v',
      references: [{ kind: 'image', id: 'r1', name: 'cup', image: 'https://media.invalid/a.png' }],
      shots: [{ prompt: ['Rain.'] }],
    },
    context,
  );
  if (!start.ok) throw new Error('not written');
  const accepted = dialect.voyage.accepted(await wire.send(start.message), context);
  if (!('handle' in accepted)) throw new Error(JSON.stringify(accepted));
  let seen: Landfall;
  do
    seen = dialect.voyage.seen(
      await wire.send(dialect.voyage.look(accepted.handle, context)),
      accepted.handle,
      context,
    );
  while (seen.is === 'working');
  expect(seen).toMatchObject({ is: 'failed', billed: 'no', problem: { code: 'vendor_refused' } });
  const nobody = openWire(server.url + path, {});
  expect(dialect.voyage.accepted(await nobody.send(start.message), context)).toMatchObject({
    is: 'failed',
    billed: 'no',
    problem: { code: 'key_invalid' },
  });
}, 60_000);

test('lists and cancels are understood on both sides', async () => {
  const list = dialect.exchanges.list![0]!;
  const question: Extract<Question, { does: 'list' }> = {
    does: 'list',
    page: { number: 1, size: 10 },
    from: undefined,
    to: undefined,
    model: 'wan2.7-r2v',
    states: ['failed'],
    id: undefined,
    newestFirst: true,
  };
  const written = list.ask.encode(question, context);
  if (!written.ok) throw new Error('not written');
  const read = list.answer.decode(await wire.send(written.message), question, context);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const learned: Learned['list'] = read.value;
  expect(learned).toMatchObject({ total: 1, more: false, generations: [{ state: 'failed', model: 'wan2.7-r2v' }] });
  const cancel = dialect.exchanges.cancel![0]!;
  const taken = { does: 'cancel', id: learned.generations[0]!.id, whileIn: [] } as const;
  const asked = cancel.ask.encode(taken, context);
  if (!asked.ok) throw new Error('not written');
  expect(cancel.answer.decode(await wire.send(asked.message), taken, context)).toMatchObject({
    ok: true,
    value: 'too-late',
  });
});
