import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask } from './caller.ts';
import { type Serving, startServing } from './serving.ts';

// Broken worlds, as an operator meets them: the process that was started says what is wrong and what to do, and loses nothing.

const ground = mkdtempSync(join(tmpdir(), 'refreel-hard-'));
const whole = join(ground, 'whole');
const servers: Serving[] = [];
const disks: string[] = [];
afterEach(async () => {
  for (const one of servers.splice(0)) {
    one.kill('group');
    await one.end;
  }
});
afterAll(() => {
  for (const disk of disks) execFileSync('umount', ['-l', disk]);
  rmSync(ground, { recursive: true, force: true });
});

function start(folder: string, environment: Record<string, string> = {}): Serving {
  const serving = startServing(folder, environment);
  servers.push(serving);
  return serving;
}

/** How a server ends that does not start: by itself, with 4, and without a word of its insides. */
async function refusal(folder: string, environment: Record<string, string> = {}): Promise<string> {
  const { code, output, complaints } = await start(folder, environment).end;
  const words = output + complaints;
  expect([code, /\n\s+at /.test(words)], words).toEqual([4, false]);
  return words;
}

const film = { prompt: 'A lamp is lit.', seconds: 1, size: '128x72', fps: 8, audio: false };
const post = (base: string, body: object) =>
  ask(`${base}/v1/generations?wait=60`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
const codeOf = (answer: Awaited<ReturnType<typeof ask>>) => (answer?.json.error as { code?: string })?.code;

let id: string;
let address: string;
/** A folder with a film, closed; a copy of it. */
const copyOf = (name: string) => {
  const copy = join(ground, name);
  execFileSync('cp', ['-r', whole, copy]);
  return copy;
};

beforeAll(async () => {
  const serving = start(whole);
  const made = await post(await serving.url, film);
  expect(made?.json.state).toBe('done');
  id = made?.json.id as string;
  const films = (made?.json.films ?? []) as { url: string }[];
  address = new URL(films[0]!.url).pathname;
  expect((await serving.stop()).code).toBe(0);
}, 120_000);

test('a second process on the folder is told, and the first serves on', async () => {
  const folder = copyOf('shared');
  const first = start(folder);
  const base = await first.url;
  expect(await refusal(folder)).toMatch(/Another process uses ".+shared".*REFREEL_DATA/);
  expect((await ask(`${base}/v1/generations/${id}`))?.json.state).toBe('done');
});

test('a port that is taken is named, and the folder is free again', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const folder = copyOf('portless');
  const words = await refusal(folder, { REFREEL_PORT: String(port) });
  expect(words).toContain(`Port ${port} is taken`);
  expect(words).toContain('REFREEL_PORT');
  other.close();
  await start(folder).url;
});

test('a folder of a newer format is left as it is', async () => {
  const folder = copyOf('newer');
  writeFileSync(join(folder, 'format.json'), '{"format":99}\n');
  expect(await refusal(folder)).toMatch(/newer Refreel \(format 99;.*Update Refreel/);
  writeFileSync(join(folder, 'format.json'), readFileSync(join(whole, 'format.json')));
  const base = await start(folder).url;
  expect((await ask(`${base}/v1/generations/${id}`))?.json.state).toBe('done');
});

describe('a folder that cannot be written', () => {
  test('because a file is in its way', async () => {
    const file = join(ground, 'file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'below')])
      expect(await refusal(folder)).toMatch(/cannot be written: E(?:EXIST|NOTDIR).*REFREEL_DATA/);
  });

  test.skipIf(process.platform !== 'linux')('because the system makes none there', async () => {
    expect(await refusal('/proc/refreel')).toMatch(/"\/proc\/refreel" cannot be written: ENOENT/);
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('because this user may not', async () => {
    const folder = join(ground, 'locked');
    mkdirSync(folder, { mode: 0o500 });
    expect(await refusal(folder)).toMatch(/cannot be written: EACCES.*REFREEL_DATA/);
  });

  test('because its disk is read only', async (context) => {
    const disk = mountDisk('read-only', 100);
    if (disk === undefined) return context.skip('no disk may be mounted here');
    execFileSync('cp', ['-r', whole, join(disk, 'data')]);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    expect(await refusal(join(disk, 'data'))).toMatch(/cannot be written: EROFS.*REFREEL_DATA/);
  });
});

describe('a damaged folder', () => {
  const damaged = /is damaged: its database does not start\. Keep a copy of the folder, then restore the last backup/;

  test('whose database has lost its head', async () => {
    const folder = copyOf('headless');
    writeFileSync(join(folder, 'database/global/pg_control'), Buffer.alloc(8192));
    expect(await refusal(folder)).toMatch(damaged);
  });

  test('whose tables hold other bytes', async () => {
    const folder = copyOf('scrambled');
    const base = join(folder, 'database/base');
    for (const name of readdirSync(base, { recursive: true, encoding: 'utf8' })) {
      const file = join(base, name);
      // Ours are numbered from here on; below are those of the database itself.
      if (Number(name.split('/').at(-1)) >= 16_384) writeFileSync(file, Buffer.alloc(statSync(file).size, 0x5a));
    }
    expect(await refusal(folder)).toMatch(damaged);
  });

  test('in which a film is scratched, cut or missing says so on the request for it, and serves the rest', async () => {
    const folder = copyOf('filmless');
    const serving = start(folder);
    const base = await serving.url;
    const films = readdirSync(join(folder, 'files'), { recursive: true, encoding: 'utf8' });
    const file = join(folder, 'files', films.find((name) => /[0-9a-f]{64}$/.test(name))!);
    const scratched = readFileSync(file);
    scratched[scratched.length >> 1]! ^= 1;
    writeFileSync(file, scratched);
    const other = await ask(base + address);
    expect([other?.status, codeOf(other)]).toEqual([500, 'store_damaged']);
    truncateSync(file, 100);
    const cut = await ask(base + address);
    expect([cut?.status, codeOf(cut)]).toEqual([500, 'store_damaged']);
    rmSync(file);
    const missing = await ask(base + address);
    expect([missing?.status, codeOf(missing)]).toEqual([500, 'store_damaged']);
    expect((await ask(`${base}/v1/generations/${id}`))?.json.state).toBe('done');
    const { complaints } = await serving.stop();
    expect(complaints).toContain('restore it from a backup');
  });
});

describe('a full disk', () => {
  test('is told at a start that has no room', async (context) => {
    const disk = mountDisk('tiny', 20);
    if (disk === undefined) return context.skip('no disk may be mounted here');
    expect(await refusal(join(disk, 'data'))).toMatch(
      /disk that holds ".+data" is full\. Free some space; nothing is lost/,
    );
  });

  test('refuses what it cannot keep, and goes on when there is room', { timeout: 240_000 }, async (context) => {
    const disk = mountDisk('full', 120);
    if (disk === undefined) return context.skip('no disk may be mounted here');
    const folder = join(disk, 'data');
    execFileSync('cp', ['-r', whole, folder]);
    const serving = start(folder);
    const base = await serving.url;
    const before = await post(base, film);
    expect(before?.json.state).toBe('done');
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, '');
    expect(() => writeFileSync(ballast, Buffer.alloc(130_000_000))).toThrow(/ENOSPC/);
    // Some fit into what the log has left; then each is told why not, and none is taken and lost.
    const filler = 'x'.repeat(6000);
    const accepted: string[] = [before?.json.id as string];
    let refused: string | undefined;
    for (let count = 0; refused === undefined && count < 4000; count += 1) {
      const answer = await ask(`${base}/v1/generations`, {
        method: 'POST',
        body: JSON.stringify({ ...film, prompt: `Lamp ${count}. ${filler}` }),
        headers: { 'content-type': 'application/json' },
      });
      if (answer?.status === 202) accepted.push(answer.json.id as string);
      else refused = codeOf(answer) ?? String(answer?.status);
    }
    expect(refused).toBe('disk_full');
    rmSync(ballast);
    // The database begins anew by itself.
    const after = await post(base, film);
    expect(after?.json.state, JSON.stringify(after?.json)).toBe('done');
    for (const one of accepted) expect((await ask(`${base}/v1/generations/${one}`))?.json.id).toBe(one);
    expect((await ask(`${base}/v1/generations/${before?.json.id}`))?.json.state).toBe('done');
    expect((await serving.stop()).code).toBe(0);
    const again = await start(folder).url;
    for (const one of accepted) expect((await ask(`${again}/v1/generations/${one}`))?.json.id).toBe(one);
  });
});

/** A disk of its own of so many megabytes; undefined where nobody lets us mount one. */
function mountDisk(name: string, megabytes: number): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const disk = join(ground, name);
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  disks.push(disk);
  return disk;
}
