import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  backup,
  claimAttempts,
  findGeneration,
  listGenerations,
  openDatabase,
  openFolderFiles,
  restore,
  StoreError,
  type WorkspaceId,
} from './index.ts';

let folder: string;

let ground: string;

beforeAll(() => {
  ground = mkdtempSync(join(tmpdir(), 'refreel-kill-'));
  folder = join(ground, 'store');
});
afterAll(() => rmSync(ground, { recursive: true, force: true }));

/** Starts a process that accepts generations, stores files, sweeps and backs up, and says each commit aloud. */
function startWriter(): { child: ChildProcess; said: string[][]; ready: Promise<void>; end: Promise<void> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'suites/writer.ts'), folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[][] = [];
  let words = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  const lines = createInterface({ input: child.stdout! });
  const closed = new Promise<void>((resolve) => lines.once('close', resolve));
  const ready = new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line.split(' '));
      resolve();
    });
    child.once('exit', () => reject(new Error(`the writer ended: ${words}`)));
  });
  const end = new Promise<void>((resolve) => child.once('exit', () => resolve())).then(() => closed);
  return { child, said, ready, end };
}

test('ten kills at any instant: the folder opens, and nothing that was said is lost', {
  timeout: 240_000,
}, async () => {
  const said: string[][] = [];
  for (let round = 0; round < 10; round++) {
    const writer = startWriter();
    await writer.ready;
    // Spread over the instants of a write, not chosen by chance: a failure can be seen again.
    await new Promise((resolve) => setTimeout(resolve, round * 23));
    writer.child.kill('SIGKILL');
    await writer.end;
    // What was cut off in the middle of a line was not said.
    said.push(...writer.said.filter((words) => words.at(-1) === '.'));
  }
  expect(said.length).toBeGreaterThan(10);

  const database = await openDatabase({ folder }, { maintenanceSeconds: 0 });
  try {
    const files = await openFolderFiles(join(folder, 'files'));
    const workspace = said[0]![0] as WorkspaceId;
    for (const [, id, sha256] of said) {
      expect(await findGeneration(database.connection, workspace, { id: id! })).toMatchObject({ state: 'queued' });
      expect(await files.has(sha256!)).toBe(true);
    }
    // Nothing half either: each row has its attempt and its event, and each attempt its row.
    const { connection } = database;
    const claimed = await claimAttempts(connection, {
      worker: 'w',
      producer: 'animatic',
      limit: 100_000,
      leaseSeconds: 9,
    });
    const all = await listGenerations(connection, workspace, { limit: 100_000 });
    expect(claimed.length).toBe(all.items.length);
    expect(all.items.every(({ attempts }) => attempts.length === 1)).toBe(true);
    const hashes: string[] = [];
    for await (const { sha256 } of files.list()) hashes.push(sha256);
    for (const sha256 of hashes) {
      const hash = createHash('sha256');
      for await (const chunk of (await files.open(sha256))!.content) hash.update(chunk as Buffer);
      expect(hash.digest('hex')).toBe(sha256);
    }
  } finally {
    await database.close();
  }

  // A backup has its name once it is whole; what was cut off lies beside it under another. The last one is of what is left.
  const whole = readdirSync(ground).filter((name) => / backup \d+ \d+$/.test(name));
  await backup(folder, join(ground, 'last'));
  for (const name of [...whole.slice(-1), 'last']) await restore(join(ground, name), join(ground, `${name} restored`));
  const restored = await openDatabase({ folder: join(ground, 'last restored') }, { maintenanceSeconds: 0 });
  const { items } = await listGenerations(restored.connection, said[0]![0] as WorkspaceId, { limit: 100_000 });
  await restored.close();
  expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(said.map(([, id]) => id)));
});

test('a second process on the folder is told, and disturbs nothing', async () => {
  const writer = startWriter();
  await writer.ready;
  try {
    await expect(openDatabase({ folder })).rejects.toThrow(StoreError);
    await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'folder_in_use', place: folder });
    const before = writer.said.length;
    await expect.poll(() => writer.said.length, { timeout: 60_000 }).toBeGreaterThan(before);
  } finally {
    writer.child.kill('SIGKILL');
    await writer.end;
  }
  await (await openDatabase({ folder })).close();
});

test('a first start that was killed is begun again', async () => {
  const young = join(folder, 'young');
  mkdirSync(join(young, 'database/base'), { recursive: true });
  writeFileSync(join(young, 'database/PG_VERSION'), '18\n');
  await expect(openDatabase({ folder: young })).rejects.toMatchObject({ code: 'folder_corrupt' });
  writeFileSync(join(young, 'unfinished'), '');
  const database = await openDatabase({ folder: young });
  await database.close();
  expect(existsSync(join(young, 'unfinished'))).toBe(false);
  unlinkSync(join(young, 'format.json'));
  await expect(openDatabase({ folder: young })).rejects.toMatchObject({ code: 'folder_corrupt' });
});
