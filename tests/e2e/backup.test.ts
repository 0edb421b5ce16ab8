import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestPostgres } from '../../packages/server/store/test-postgres.ts';
import { type CommandOptions, refreel } from './command.ts';
import { openCommands } from './commands.ts';
import { serve } from './serve-process.ts';

// A server's data, there and back: what it had it has again, byte by byte.

vi.setConfig({ testTimeout: 240_000 });

const commands = openCommands();
let folder: string;
let id: string;
let sha256: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-backups-'));
  const server = await serve(join(folder, 'live'));
  try {
    const request = ['--prompt', 'A lamp is lit.', '--seconds', '1', '--size', '128x72', '--no-audio'];
    const made = await run(['generate', ...request, '-o', 'film.mp4', '--server', server.url, '--json']);
    ({ id } = JSON.parse(made.stdout).generation);
    ({ sha256 } = JSON.parse(made.stdout).files[0]);
    const held = await run(['backup', 'early', '--data', 'live']);
    expect([held.code, held.stdout]).toEqual([4, '']);
    expect(held.stderr).toContain(`Another process uses "${join(folder, 'live')}"`);
    const chinese = await run(['backup', 'early', '--data', 'live', '--lang', 'zh']);
    expect(chinese.stderr).toContain('正被另一个进程使用');
    const told = JSON.parse((await run(['backup', 'early', '--data', 'live', '--json'])).stdout);
    expect(told).toMatchObject({ ok: false, problems: [{ code: 'folder_in_use' }] });
    expect(readdirSync(folder).sort()).toEqual(['film.mp4', 'live']);
  } finally {
    await server.stop();
  }
}, 240_000);
afterAll(async () => {
  await commands.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (args: readonly string[], options: Pick<CommandOptions, 'environment'> = {}) =>
  commands.run(args, { cwd: folder, ...options });
/** In a process of its own. */
const runAlone = (args: readonly string[]) => refreel(args, { cwd: folder });

/** A server on that data gives the film that was made at the beginning. */
async function expectFilm(data: string, environment: Readonly<Record<string, string>> = {}): Promise<void> {
  const server = await serve(join(folder, data), environment);
  try {
    const down = await run(['download', id, '-o', 'again.mp4', '--server', server.url]);
    expect(down.code, down.stderr).toBe(0);
    const bytes = readFileSync(join(folder, 'again.mp4'));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  } finally {
    await server.stop();
  }
}

test('a backup is made of a stopped server and put back into a new folder', async () => {
  const made = await runAlone(['backup', 'kept', '--data', 'live', '--json']);
  expect(made.code, made.stderr + made.stdout).toBe(0);
  expect(JSON.parse(made.stdout)).toMatchObject({ ok: true, place: join(folder, 'kept'), files: 1 });
  const restored = await runAlone(['restore', 'kept', '--data', 'again']);
  expect(restored.code, restored.stderr).toBe(0);
  expect(restored.stdout).toMatch(/^Restored to .*again \(\d+ rows, 1 files, /);
  expect(readFileSync(join(folder, 'again/secret'), 'utf8')).toBe(readFileSync(join(folder, 'live/secret'), 'utf8'));
  await expectFilm('again');
});

test('nothing is written over, unless it is told to; what was there is kept', async () => {
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  const over = await run(['backup', 'kept', '--data', 'live']);
  expect([over.code, over.stderr.includes('kept')]).toEqual([4, true]);
  expect((await run(['backup', 'notes.txt', '--data', 'live', '--overwrite'])).code).toBe(4);
  expect((await run(['backup', 'live', '--data', 'again', '--overwrite'])).code).toBe(4);
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  expect((await run(['backup', 'kept', '--data', 'live', '--overwrite'])).code).toBe(0);

  expect((await run(['restore', 'kept', '--data', 'again'])).stderr).toContain('--overwrite');
  const server = await serve(join(folder, 'again'));
  expect((await run(['restore', 'kept', '--data', 'again', '--overwrite'])).code).toBe(4);
  await server.stop();
  const told = JSON.parse((await run(['restore', 'kept', '--data', 'again', '--overwrite', '--json'])).stdout);
  expect(told).toMatchObject({ ok: true, files: 1 });
  expect(existsSync(join(told.keptAt, 'format.json'))).toBe(true);
  await expectFilm('again');
  const left = readdirSync(folder).filter((name) => /\.(?:new|former|partial)$/.test(name));
  expect(left).toEqual([]);
});

test('what is no backup, and what is no data folder, is said', async () => {
  const none = await run(['restore', 'live', '--data', 'fresh']);
  expect([none.code, none.stderr.includes('manifest.json')]).toEqual([4, true]);
  const nothing = await run(['backup', 'x', '--data', 'nowhere']);
  expect([nothing.code, nothing.stderr.includes('nowhere')]).toEqual([4, true]);
  expect(['fresh', 'x', 'nowhere'].filter((name) => existsSync(join(folder, name)))).toEqual([]);
});

test('up to PostgreSQL, and down again', async (context) => {
  const postgres = await startTestPostgres();
  if (postgres === undefined) return context.skip('no PostgreSQL for this machine');
  try {
    const environment = { PATH: process.env.PATH ?? '', DATABASE_URL: await postgres.createDatabase() };
    const up = await run(['restore', 'kept', '--data', 'up'], { environment });
    expect(up.code, up.stderr).toBe(0);
    await expectFilm('up', environment);
    const twice = await run(['restore', 'kept', '--data', 'other'], { environment });
    expect(twice.code).toBe(4);

    // A server on PostgreSQL goes on while it is copied.
    const server = await serve(join(folder, 'up'), environment);
    const down = await run(['backup', 'down', '--data', 'up'], { environment });
    await server.stop();
    expect(down.code, down.stderr).toBe(0);
    expect((await run(['restore', 'down', '--data', 'small'])).code).toBe(0);
    await expectFilm('small');
  } finally {
    await postgres.stop();
  }
});
