import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCard } from '@refreel/core/catalog';
import {
  type Ask,
  type CodecContext,
  type Dialect,
  dialects,
  type Exchange,
  findExchange,
  type GenerationView,
} from '@refreel/core/dialects';
import { check, type Film, noFacts, type Request } from '@refreel/core/model';
import { startServing } from '../tests/chaos/serving.ts';
import { smallestRequests } from '../tests/loopback/fault-client.ts';
import { openAsker, type Question } from './asker.ts';
import { hammer } from './hammer.ts';

// `npm run bench:dialects`: what a vendor's clothes cost. The same request is accepted, and looked at, through each dialect and through the native
// API, in turn on the same server; ratios are medians of such pairs. Reading and writing one request is timed by itself, without HTTP. COUNT and
// ROUNDS choose how much, DIALECT which.

const count = Number(process.env.COUNT ?? 300);
const rounds = Number(process.env.ROUNDS ?? 7);
const only = process.env.DIALECT ?? '';
const atOnce = 8;
const asker = openAsker();
const ground = mkdtempSync(join(tmpdir(), 'refreel-dialects-'));

const median = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
const row = (...cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const load = () => loadavg()[0]!.toFixed(1);

type Sent = Required<Question>;

/** The text of its answer. @throws where it is refused */
async function send(sent: Sent): Promise<string> {
  const { status, text } = await asker.ask(sent);
  if (status < 300) return text;
  throw new Error(`${status}: ${text}`);
}

/** A request as it goes over the wire, with a body that can be sent again and again. */
async function wireOf(
  base: string,
  key: Readonly<Record<string, string>>,
  { method, path, query, headers, body }: Ask,
): Promise<Sent> {
  const search = new URLSearchParams(query).toString();
  const url = `${base}${path}${search === '' ? '' : `?${search}`}`;
  if (body.kind === 'none') return { url, method, headers: { ...key, ...headers }, body: undefined };
  if (body.kind === 'bytes') throw new Error('nothing here sends bytes');
  const form = new FormData();
  if (body.kind === 'form') for (const part of body.parts) if ('value' in part) form.append(part.name, part.value);
  const written = body.kind === 'json' ? Response.json(body.value) : new Response(form);
  const type = { 'content-type': written.headers.get('content-type') ?? '' };
  return { url, method, headers: { ...key, ...headers, ...type }, body: new Uint8Array(await written.arrayBuffer()) };
}

/** A canonical request as people write it. */
function authored({ shots, references, ...settings }: Request): string {
  const [shot] = shots;
  const prompt = shot!.prompt.map((part) => (typeof part === 'string' ? part : '@cup')).join('');
  const written = references.map(({ id, ...reference }) => reference);
  return JSON.stringify({ ...settings, references: written, prompt, seconds: shot!.seconds });
}

/** Microseconds that decoding a request and encoding its answer takes. */
function codec(dialect: Dialect, ask: Ask, request: Request, context: CodecContext): number {
  const { exchange, parts } = findExchange(dialect, ask.method, ask.path) as unknown as {
    readonly exchange: Exchange<'create'>;
    readonly parts: Readonly<Record<string, string>>;
  };
  const film = check(request, findCard(request.model)!, noFacts).film as Film;
  const times: number[] = [];
  for (let run = 0; run < 5000; run += 1) {
    const began = performance.now();
    const read = exchange.ask.decode(ask, parts, context);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const view: GenerationView = {
      ...{ id: 'task-1', model: request.model, state: 'queued', echo: read.value.echo, request: read.value.request },
      ...{ film, createdAt: context.now, startedAt: undefined, finishedAt: undefined, expiresAt: undefined },
      ...{ progress: undefined, films: [], problem: undefined, inputSeconds: 0, remixOf: undefined },
    };
    exchange.answer.encode(view, read.value, context);
    times.push((performance.now() - began) * 1000);
  }
  return median(times);
}

async function measure(dialect: Dialect, url: string, cup: string): Promise<void> {
  const { path, region } = dialect.bases[0]!;
  const context: CodecContext = { requestId: 'bench', now: Date.now(), region, findCard };
  const request = smallestRequests[dialect.id]!('', cup);
  const started = dialect.voyage.start(request, context);
  if (!started.ok) throw new Error(JSON.stringify(started.problems));
  const key = dialect.key.write('sk-bench');
  const wire = await wireOf(url + path, key, started.message);
  const native: Sent = {
    url: `${url}/v1/generations`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: authored(request),
  };
  const created = JSON.parse(await send(wire)) as never;
  const answer = { status: 200, headers: {}, body: { kind: 'json', value: created } } as const;
  const accepted = dialect.voyage.accepted(answer, context, started.message);
  if (!('handle' in accepted)) throw new Error(JSON.stringify(accepted));
  const look = await wireOf(url + path, key, dialect.voyage.look(accepted.handle, context));
  const { id } = JSON.parse(await send(native)) as { id: string };
  const nativeLook: Sent = { ...native, url: `${url}/v1/generations/${id}`, method: 'GET', body: undefined };

  const pair = async (one: Sent, other: Sent, times: number) => {
    const rates: { clothed: number; bare: number }[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const run = async (sent: Sent) => (await hammer(times, atOnce, async () => void (await send(sent)))).perSecond;
      // In turn first and second, so that what grows meanwhile weighs on both; the first pair only warms up.
      const [first, second] = round % 2 === 0 ? [one, other] : [other, one];
      const [before, after] = [await run(first), await run(second)];
      if (round >= 0) rates.push(first === one ? { clothed: before, bare: after } : { clothed: after, bare: before });
    }
    return {
      ratio: median(rates.map(({ clothed, bare }) => clothed / bare)).toFixed(2),
      rate: median(rates.map(({ clothed }) => clothed)).toFixed(0),
    };
  };
  const creates = await pair(wire, native, count);
  const looks = await pair(look, nativeLook, count * 3);
  const micros = codec(dialect, started.message, request, context);
  row(dialect.id, `${creates.rate} /s`, creates.ratio, `${looks.rate} /s`, looks.ratio, `${micros.toFixed(0)} µs`);
}

const serving = startServing(ground, {}, [join(import.meta.dirname, 'api-server.ts')]);
try {
  const url = await serving.url;
  const picture = readFileSync(join(import.meta.dirname, '../media/coffee.png'));
  const asset = { url: `${url}/v1/assets`, method: 'POST', headers: { 'content-type': 'image/png' }, body: picture };
  const { url: cup } = JSON.parse(await send(asset)) as { url: string };
  process.stdout.write(
    `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.version}, load ${load()}; ${count} x ${rounds}, ${atOnce} at a time\n\n`,
  );
  row('dialect', 'accepted', '/ native (goal 0.9)', 'looks', '/ native (goal 0.9)', 'decode + encode (goal 100 µs)');
  row('---', '---:', '---:', '---:', '---:', '---:');
  for (const dialect of dialects.filter(({ id }) => id.includes(only))) await measure(dialect, url, cup);
  process.stdout.write(`\nload ${load()} at its end\n`);
} finally {
  asker.close();
  await serving.stop();
  rmSync(ground, { recursive: true, force: true });
}
