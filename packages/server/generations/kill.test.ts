import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openGuardedFetch } from '../fetch/index.ts';
import { inspectFilm } from '../media/film/inspect.ts';
import { defaultWorkspace, openDatabase, openFolderFiles } from '../store/index.ts';
import { openGenerations } from './open-generations.ts';
import { ended, picture } from './test-ground.ts';

/** Runs a server on the folder and kills it once it has said so much; what it said before. */
async function runUntil(word: string, ...given: string[]): Promise<string[][]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test-killed.ts'), ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[][] = [];
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    said.push(line.split(' '));
    if (line.includes(word)) child.kill('SIGKILL');
  });
  const closed = new Promise((resolve) => lines.once('close', resolve));
  const signal = await new Promise((resolve) => child.once('exit', (_, name) => resolve(name)));
  await closed;
  if (signal !== 'SIGKILL') throw new Error(`it ended by itself: ${complaint}`);
  // What was cut off in the middle of a line was not said.
  return said.filter((words) => words.at(-1) === '.');
}

test('killed at every step: nothing that was accepted is lost, and no film is half', { timeout: 180_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'refreel-killed-'));
  const bytes = await picture(999);
  const server = createServer((_, answer) => answer.setHeader('content-type', 'image/png').end(bytes));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const acceptedIds: string[] = [];
    for (const [round, step] of ['accepted', 'queued', 'running', 'progress', 'fetching', 'done'].entries()) {
      const said = await runUntil(step, folder, base, String(round));
      acceptedIds.push(...said.flatMap(([word, id]) => (word === 'accepted' ? [id!] : [])));
    }
    expect(acceptedIds.length).toBeGreaterThanOrEqual(6);

    const database = await openDatabase({ folder });
    const files = await openFolderFiles(join(folder, 'files'));
    const { id: workspace } = await defaultWorkspace(database.connection);
    const caller = { workspace, keyId: undefined };
    const workFolder = join(folder, 'work');
    const fetch = openGuardedFetch({ allow: ['127.0.0.1'] });
    const limits = { leaseSeconds: 2, idleSeconds: 0.1 };
    const generations = await openGenerations({ database, files, fetch, workFolder, limits });
    try {
      const all = (await generations.list(caller, { limit: 100 })).items.map(({ id }) => id);
      expect(all).toEqual(expect.arrayContaining(acceptedIds));
      for (const id of all) {
        const { films, attempts } = await ended(generations, caller, id);
        expect([films.length, attempts.length]).toEqual([1, 1]);
        const file = (await files.localPath(films[0]!.sha256))!;
        expect(await inspectFilm(file)).toMatchObject({ decodes: true, frames: 12, bytes: films[0]!.bytes });
      }
      for await (const { sha256 } of files.list()) {
        const hash = createHash('sha256');
        for await (const chunk of (await files.open(sha256))!.content) hash.update(chunk as Buffer);
        expect(hash.digest('hex')).toBe(sha256);
      }
      expect(readdirSync(workFolder)).toEqual([]);
    } finally {
      await generations.close();
      await database.close();
    }
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
