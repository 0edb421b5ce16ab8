import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startTestPostgres } from '../packages/server/store/test-postgres.ts';
import { type Serving, startServing } from '../tests/chaos/serving.ts';
import { openAsker, type Reply } from './asker.ts';
import { hammer, type Pace } from './hammer.ts';

// `npm run bench:api`: what the server costs above its statements. Each figure of acceptance stands against a bare client that issues the same
// statements on the same kind of database in the same run; ratios are medians of pairs measured in turn. COUNT and ROUNDS choose how much. Both are
// warm when they are measured: a server runs for months, and its first twenty thousand requests take half as long again.

const count = Number(process.env.COUNT ?? 4000);
const rounds = Number(process.env.ROUNDS ?? 7);
const atOnce = 16;
const ground = mkdtempSync(join(tmpdir(), 'refreel-api-'));
const asker = openAsker();

const median = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
const row = (...cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const load = () => loadavg()[0]!.toFixed(1);
const span = (values: readonly number[], digits = 0) =>
  `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;

/** Of a GET, or of a POST where there is a body. */
async function ask(url: string, key?: string, body?: string): Promise<Reply> {
  const headers = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(key !== undefined && { 'idempotency-key': key }),
  };
  return await asker.ask({ url, method: body === undefined ? 'GET' : 'POST', headers, body });
}

const film = JSON.stringify({
  prompt: 'Slow camera push forward. Wide shot of a lamp on a table at night. It is lit, and the rain stops.',
  ...{ seconds: 5, size: '1280x720', fps: 30 },
});
let keys = 0;

async function accept(base: string): Promise<string> {
  const { status, text } = await ask(`${base}/v1/generations`, `bench-${process.pid}-${keys++}`, film);
  if (status !== 202) throw new Error(`${status}: ${text}`);
  return text;
}

/** A server that draws nothing. */
function startQuiet(folder: string, environment: Record<string, string>): Serving {
  return startServing(folder, environment, [join(import.meta.dirname, 'api-server.ts')]);
}

interface Kind {
  readonly name: string;
  /** Of a new store each time. */
  open(): Promise<{ folder: string; environment: Record<string, string>; where: object }>;
}

async function measure({ name, open }: Kind): Promise<void> {
  const ratios: number[] = [];
  const accepted: Pace[] = [];
  const bare: number[] = [];
  const reads: Pace[] = [];
  const at = await open();
  const serving = startQuiet(at.folder, at.environment);
  const base = await serving.url;
  const sample = JSON.parse(await accept(base)) as { id: string; request: object; notes: object[]; quote: object };
  const other = await open();
  const job = {
    ...{ where: other.where, count, atOnce, answer: JSON.stringify(sample) },
    generation: { request: sample.request, notes: sample.notes, quote: sample.quote },
  };
  const runBare = () =>
    Number(
      execFileSync(process.execPath, [join(import.meta.dirname, 'api-bare.ts'), JSON.stringify(job)], {
        encoding: 'utf8',
      }),
    );
  const ids: string[] = [];
  await hammer(count * 5, atOnce, async () => void ids.push(JSON.parse(await accept(base)).id));
  for (let round = 0; round < rounds; round += 1) {
    bare.push(runBare());
    accepted.push(await hammer(count, atOnce, async () => void (await accept(base))));
    ratios.push(accepted.at(-1)!.perSecond / bare.at(-1)!);
  }
  for (let round = 0; round < rounds; round += 1)
    reads.push(
      await hammer(count * 2, atOnce, async (index) => {
        const { status } = await ask(`${base}/v1/generations/${ids[index % ids.length]}`);
        if (status !== 200) throw new Error(`${status}`);
      }),
    );
  const end = await serving.stop();
  if (end.code !== 0 || end.complaints !== '') throw new Error(JSON.stringify(end));

  // The real one, on the folder that is there now.
  const starts: number[] = [];
  let memory = 0;
  for (let round = 0; round < rounds; round += 1) {
    const real = startServing(other.folder, other.environment);
    starts.push(await real.startMilliseconds);
    if (round === rounds - 1) {
      await pause(5000);
      memory = Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${real.pid}/status`, 'utf8'))?.[1]) / 1024;
    }
    real.kill('group');
    await real.end;
  }

  process.stdout.write(`\n${name}, ${count} x ${rounds}, ${atOnce} at a time, load ${load()}\n\n`);
  row('what', 'median', 'from to', 'goal');
  row('---', '---:', '---:', '---:');
  row(
    '**accepted over HTTP / the same statements bare**',
    `**${median(ratios).toFixed(2)}**`,
    span(ratios, 2),
    '>= 0.70',
  );
  const rates = accepted.map((one) => one.perSecond);
  row('generations accepted a second, with Idempotency-Key', median(rates).toFixed(0), span(rates), '');
  row(
    'p50 / p99',
    `${median(accepted.map((one) => one.p50)).toFixed(1)} / ${median(accepted.map((one) => one.p99)).toFixed(1)} ms`,
    '',
    '',
  );
  row('the statements bare, a second', median(bare).toFixed(0), span(bare), '');
  const looks = reads.map((one) => one.perSecond);
  row('status reads a second', median(looks).toFixed(0), span(looks), '');
  row(
    'p50 / p99',
    `${median(reads.map((one) => one.p50)).toFixed(1)} / ${median(reads.map((one) => one.p99)).toFixed(1)} ms`,
    '',
    '',
  );
  row('spawn to listening, existing store, after a kill', `${median(starts).toFixed(0)} ms`, span(starts), '< 1000 ms');
  row('resident memory, idle', `${memory.toFixed(0)} MB`, '', '');
}

process.stdout.write(
  `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.version}, load ${load()}\n`,
);
const postgres = await startTestPostgres();
try {
  await measure({
    name: 'Embedded database',
    async open() {
      const folder = mkdtempSync(join(ground, 'store-'));
      return { folder, environment: {}, where: { folder } };
    },
  });
  if (postgres === undefined) process.stdout.write('\nNo PostgreSQL for this machine.\n');
  else
    await measure({
      name: 'PostgreSQL',
      async open() {
        const url = await postgres.createDatabase();
        return { folder: mkdtempSync(join(ground, 'files-')), environment: { DATABASE_URL: url }, where: { url } };
      },
    });
} finally {
  asker.close();
  await postgres?.stop();
  rmSync(ground, { recursive: true, force: true });
}
