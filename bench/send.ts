import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { openDatabase } from '../packages/server/store/index.ts';
import { ask } from '../packages/server/test-server.ts';
import { startServing } from '../tests/chaos/serving.ts';
import { accountAt, writeAccounts } from '../tests/sending/peers.ts';
import { hammer } from './hammer.ts';

// `npm run bench:send`: what sending through Refreel adds to asking a vendor directly, and what it takes to look after many generations at
// once. SUBMITS, IN_FLIGHT and SECONDS choose how much. Every figure stands beside one of a bare client of the same run.

const submits = Number(process.env.SUBMITS ?? 300);
const inFlight = Number(process.env.IN_FLIGHT ?? 10_000);
const seconds = Number(process.env.SECONDS ?? 60);
const intervalSeconds = 10;
const ground = mkdtempSync(join(tmpdir(), 'refreel-send-'));
const folder = (name: string) => mkdtempSync(join(ground, `${name}-`));

const share = (values: readonly number[], part: number) =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * part))] ??
  Number.NaN;
const row = (...cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const load = () => loadavg()[0]!.toFixed(1);
const both = (values: readonly number[]) => `${share(values, 0.5).toFixed(1)} / ${share(values, 0.99).toFixed(1)} ms`;

/** Seconds of processor that a process has used, with those of its threads. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** One after the other, directly and through Refreel in turn: until the caller has its answer, and until the vendor has the request. */
async function measureSubmits(): Promise<void> {
  const quiet = [join(import.meta.dirname, 'api-server.ts')];
  // It accepts, keeps and charges as ever, and draws nothing.
  const vendor = startServing(folder('vendor'), {}, quiet);
  const vendorUrl = await vendor.url;
  const accounts = writeAccounts(folder('accounts'), [
    { ...accountAt(vendorUrl, 'openai', ['sora-2']), lookIntervalSeconds: 3600 },
  ]);
  const sender = startServing(folder('sender'), { REFREEL_MODE: 'live', REFREEL_ACCOUNTS: accounts });
  const base = await sender.url;
  const times = { direct: [] as number[], through: [] as number[], reached: [] as number[] };
  const begun = new Map<string, number>();
  const create = async (url: string, name: string) => {
    const began = performance.now();
    begun.set(name, Date.now());
    const json = { model: 'sora-2', prompt: `Rain, ${name}.`, seconds: '4', size: '1280x720' };
    const answer = await ask(`${url}/openai/v1/videos`, { key: 'sk-bench', json });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.json));
    return performance.now() - began;
  };
  /** When the vendor accepted what came through Refreel; by the one clock of this machine. */
  const reached = async (name: string): Promise<number> => {
    for (;;) {
      const { json } = await ask(`${vendorUrl}/v1/generations?limit=1`);
      const [newest] = json.items as { createdAt: string; request: object }[];
      if (newest !== undefined && JSON.stringify(newest.request).includes(name))
        return Date.parse(newest.createdAt) - begun.get(name)!;
      await pause(5);
    }
  };
  for (let number = 0; number < submits + 20; number += 1) {
    const direct = await create(vendorUrl, `direct ${number} at once`);
    const name = `through ${number} at once`;
    const through = await create(base, name);
    const after = await reached(name);
    // The first ones warm both up.
    if (number < 20) continue;
    times.direct.push(direct);
    times.through.push(through);
    times.reached.push(after);
  }
  const ends = [await sender.stop(), await vendor.stop()];
  for (const end of ends) if (end.code !== 0 || end.complaints !== '') throw new Error(JSON.stringify(end));

  process.stdout.write(`\nA submit, ${submits} one after the other, load ${load()}\n\n`);
  row('what', 'p50 / p99', 'above a direct one');
  row('---', '---:', '---:');
  row('directly: until the vendor has accepted and answered', both(times.direct), '');
  row(
    'through Refreel: until the caller has its answer',
    both(times.through),
    `x ${(share(times.through, 0.5) / share(times.direct, 0.5)).toFixed(2)}`,
  );
  const added = times.reached.map((one, index) => one - times.direct[index]!);
  row('through Refreel: until the vendor has accepted', both(times.reached), `**+ ${both(added)}**`);
}

interface Looked {
  readonly looks: number;
  readonly gaps: readonly number[];
  readonly tasks: number;
}

async function measureLooks(): Promise<void> {
  const vendor = spawn(process.execPath, [join(import.meta.dirname, 'send-vendor.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: vendor.stdout })[Symbol.asyncIterator]();
  const said = async () => JSON.parse((await lines.next()).value as string);
  const { url } = (await said()) as { url: string };
  const recorded = async (): Promise<Looked> => {
    vendor.stdin.write('\n');
    return await said();
  };
  // What a client can do that only looks.
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const before = process.cpuUsage();
  const bare = await hammer(20_000, 64, async (index) => {
    await new Promise<void>((over, fail) => {
      get(`${url}/tasks/b${index % 100}`, { agent }, (answer) => answer.resume().on('end', over)).on('error', fail);
    });
  });
  const used = process.cpuUsage(before);
  const bareCpu = (used.user + used.system) / 1e6 / 20_000;
  agent.destroy();

  const place = folder('sender');
  const account = {
    ...{ id: 'vendor', dialect: 'dashscope', baseUrl: url, key: 'sk-bench-0123456789', models: ['wan2.7-r2v'] },
    ...{ lookIntervalSeconds: intervalSeconds, region: 'cn-beijing' },
  };
  const environment = {
    ...{ REFREEL_MODE: 'live', REFREEL_ACCOUNTS: writeAccounts(folder('accounts'), [account]) },
    REFREEL_PUBLIC_URL: 'http://127.0.0.1:9',
  };
  await seed(place, environment);
  const sender = startServing(place, environment);
  await sender.url;
  await pause(2 * intervalSeconds * 1000);
  await recorded();
  const [began, cpu] = [performance.now(), cpuOf(sender.pid)];
  let memory = 0;
  for (let second = 0; second < seconds; second += 1) {
    await pause(1000);
    memory = Math.max(memory, memoryOf(sender.pid));
  }
  const { looks, gaps } = await recorded();
  const took = (performance.now() - began) / 1000;
  const spent = cpuOf(sender.pid) - cpu;
  const end = await sender.stop();
  vendor.stdin.end();
  if (end.code !== 0 || end.complaints !== '') throw new Error(JSON.stringify(end));

  const late = gaps.map((gap) => gap - intervalSeconds * 1000);
  const wanted = inFlight / intervalSeconds;
  process.stdout.write(
    `\n${inFlight} generations in flight, looked at every ${intervalSeconds} s by one process, ${seconds} s, load ${load()}\n\n`,
  );
  row('what', 'found', 'beside');
  row('---', '---:', '---:');
  row('**late, p50 / p99**', `**${both(late)}**`, '');
  row('looks a second', (looks / took).toFixed(0), `${wanted.toFixed(0)} wanted, ${bare.perSecond.toFixed(0)} bare`);
  row('processor', `${((100 * spent) / took).toFixed(0)} % of a core`, '');
  const perLook = spent / Math.max(1, looks);
  row(
    'processor for a look',
    `${(perLook * 1000).toFixed(2)} ms`,
    `${(bareCpu * 1000).toFixed(2)} ms bare, x ${(perLook / bareCpu).toFixed(1)}`,
  );
  row('resident memory, most', `${memory.toFixed(0)} MB`, '');
}

/** Has one accepted and sent, and puts as many like it into the store as shall be in flight. */
async function seed(place: string, environment: Record<string, string>): Promise<void> {
  const first = startServing(place, environment);
  const base = await first.url;
  const picture = readFileSync(join(import.meta.dirname, '../media/coffee.png'));
  const references = [{ kind: 'image', name: 'cup', image: `data:image/png;base64,${picture.toString('base64')}` }];
  const json = { model: 'wan2.7-r2v', seconds: 2, prompt: '@cup steams.', references };
  const made = await ask(`${base}/v1/generations`, { json });
  if (made.status !== 202) throw new Error(JSON.stringify(made.json));
  while ((await ask(`${base}/v1/generations/${made.json.id}`)).json.state !== 'running') await pause(50);
  await first.stop();
  const { connection, ...database } = await openDatabase({ folder: place }, { maintenanceSeconds: 0 });
  const like = (columns: ReturnType<typeof sql>) => sql`jsonb_build_object(${columns})`;
  await sql`
    insert into generations select (jsonb_populate_record(g, ${like(sql`'id', g.id || n, 'public_id', g.public_id || n`)})).*
    from generations g, generate_series(2, ${inFlight}::int) n
  `.execute(connection);
  await sql`
    insert into attempts select (jsonb_populate_record(a, ${like(sql`'generation_id', a.generation_id || n,
      'handle', jsonb_set(a.handle, '{voyage,taskId}', to_jsonb('task-' || n)),
      'due_at', now() + make_interval(secs => random() * ${intervalSeconds}::int)`)})).*
    from attempts a, generate_series(2, ${inFlight}::int) n
  `.execute(connection);
  await database.close();
}

process.stdout.write(
  `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.version}, load ${load()}\n`,
);
try {
  await measureSubmits();
  await measureLooks();
} finally {
  rmSync(ground, { recursive: true, force: true });
}
