import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Files, openFolderFiles, type StoredFile } from './index.ts';

let folder: string;
let files: Files;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-files-'));
  files = await openFolderFiles(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stream = (...chunks: (string | Uint8Array)[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
const hashOf = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
const age = (path: string, hours: number) => {
  const then = new Date(Date.now() - hours * 3_600_000);
  utimesSync(path, then, then);
};
async function listed(): Promise<StoredFile[]> {
  const all: StoredFile[] = [];
  for await (const one of files.list()) all.push(one);
  return all;
}
const nobody = async () => new Set<string>();

test('bytes are stored by hash, once, from a stream or a file', async () => {
  const stored = await files.put(stream('one ', 'film'));
  expect(stored).toEqual({ sha256: hashOf('one film'), bytes: 8 });
  writeFileSync(join(folder, 'elsewhere'), 'one film');
  expect(await files.put({ file: join(folder, 'elsewhere') })).toEqual(stored);
  expect(await files.has(stored.sha256)).toBe(true);
  expect(await files.localPath(stored.sha256)).toBe(pathOf(stored.sha256));
  expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
  expect(await listed()).toEqual([stored]);
  expect(statSync(pathOf(stored.sha256)).mode & 0o077).toBe(0);
});

test('they are read whole or by range', async () => {
  const bytes = randomBytes(300_000);
  const { sha256 } = await files.put(stream(bytes));
  const whole = await files.open(sha256);
  expect(whole?.bytes).toBe(300_000);
  expect(await buffer(whole!.content)).toEqual(bytes);
  const part = await files.open(sha256, { start: 100_000, end: 100_009 });
  expect(part?.bytes).toBe(300_000);
  expect(await buffer(part!.content)).toEqual(bytes.subarray(100_000, 100_010));
  await expect(files.open(sha256, { start: 0, end: 300_000 })).rejects.toThrow();
  const empty = await files.put(stream());
  expect(await buffer((await files.open(empty.sha256))!.content)).toHaveLength(0);
});

test('what is not there is not there, and a path is not a hash', async () => {
  expect(await files.open('0'.repeat(64))).toBeUndefined();
  expect(await files.has('0'.repeat(64))).toBe(false);
  expect(await files.localPath('0'.repeat(64))).toBeUndefined();
  await expect(files.open('../../etc/passwd')).rejects.toThrow('not a hash');
});

test('other bytes than the name says are no answer, until the right ones are stored again', async () => {
  const bytes = randomBytes(300_000);
  const { sha256 } = await files.put(stream(bytes));
  const scratched = Buffer.from(bytes);
  scratched[200_000]! ^= 1;
  writeFileSync(pathOf(sha256), scratched);
  const damaged = { code: 'folder_corrupt', message: expect.stringContaining('restore it from a backup') };
  // Also after a start, which remembers nothing of it.
  for (const one of [files, await openFolderFiles(folder)]) {
    await expect(one.open(sha256)).rejects.toMatchObject(damaged);
    await expect(one.open(sha256, { start: 0, end: 9 })).rejects.toMatchObject(damaged);
    await expect(one.localPath(sha256)).rejects.toMatchObject(damaged);
  }
  await files.put(stream(bytes));
  expect(await buffer((await files.open(sha256))!.content)).toEqual(bytes);
  expect(await files.localPath(sha256)).toBe(pathOf(sha256));
});

test('a source that fails leaves nothing', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('half');
    throw new Error('the caller went away');
  }
  await expect(files.put(broken())).rejects.toThrow('the caller went away');
  await expect(files.put({ file: join(folder, 'none') })).rejects.toThrow('ENOENT');
  expect(await listed()).toEqual([]);
  expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
});

test('a crash between writing and naming leaves no file, and is swept in time', async () => {
  writeFileSync(join(folder, 'temporary', 'half'), 'half a film');
  expect(await listed()).toEqual([]);
  expect(await files.sweep(nobody)).toBe(0);
  age(join(folder, 'temporary', 'half'), 2);
  expect(await files.sweep(nobody)).toBe(1);
  expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
});

test('a sweep takes what is old and named by no row', async () => {
  const [kept, old, young] = await Promise.all(['kept', 'old', 'young'].map((text) => files.put(stream(text))));
  age(pathOf(kept!.sha256), 2);
  age(pathOf(old!.sha256), 2);
  const asked: string[] = [];
  const named = async (hashes: readonly string[]) => {
    asked.push(...hashes);
    return new Set([kept!.sha256]);
  };
  expect(await files.sweep(named)).toBe(1);
  expect(asked.sort()).toEqual([kept!.sha256, old!.sha256].sort());
  expect([kept, old, young].map((one) => existsSync(pathOf(one!.sha256)))).toEqual([true, false, true]);
});

test('bytes that are stored again while a sweep runs stay', async () => {
  const { sha256 } = await files.put(stream('again'));
  age(pathOf(sha256), 2);
  const swept = await files.sweep(async () => {
    await files.put(stream('again'));
    return new Set();
  });
  expect(swept).toBe(0);
  expect(await buffer((await files.open(sha256))!.content)).toEqual(Buffer.from('again'));
});

const root = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!root)('on a disk of 1 MB', () => {
  test('a full disk is said, and leaves nothing half written', async (context) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      return context.skip('may not mount here');
    }
    try {
      const small = await openFolderFiles(disk);
      await expect(small.put(stream(randomBytes(2_000_000)))).rejects.toMatchObject({ code: 'disk_full', place: disk });
      expect(readdirSync(join(disk, 'temporary'))).toEqual([]);
      expect(await small.put(stream('fits'))).toMatchObject({ bytes: 4 });
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });
});

test.runIf(process.platform === 'linux')('a file that nobody reads, or not to its end, is not left open', async () => {
  const { sha256 } = await files.put(stream(randomBytes(300_000)));
  const isOpen = () =>
    readdirSync('/proc/self/fd').some((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`) === pathOf(sha256);
      } catch {
        return false;
      }
    });
  for (let time = 0; time < 20; time += 1) await files.open(sha256);
  expect(isOpen()).toBe(false);
  const { content } = (await files.open(sha256))!;
  for await (const chunk of content) {
    expect(chunk).toHaveLength(65_536);
    break;
  }
  await vi.waitFor(() => expect(isOpen()).toBe(false));
});
