import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ByteRange, Files, OpenedFile, StoredFile } from './files.ts';
import { openProofs } from './proofs.ts';
import { diskFull, errorCode, isDiskFull } from './store-error.ts';
import { syncDirectory } from './sync-directory.ts';

const hashPattern = /^[0-9a-f]{64}$/;

/** Hashes that are asked about at a time in a sweep. */
const batch = 500;

/** Files in a folder: `ab/ab12…`, and `temporary/` for what is being written. */
export async function openFolderFiles(folder: string, now: () => number = Date.now): Promise<Files> {
  const temporaryFolder = join(folder, 'temporary');
  await mkdir(temporaryFolder, { recursive: true, mode: 0o700 });
  const folderOf = (sha256: string) => join(folder, sha256.slice(0, 2));
  const pathOf = (sha256: string) => {
    // A hash comes from a row; anything else here would be a path that somebody chose.
    if (!hashPattern.test(sha256)) throw new Error(`not a hash: ${sha256}`);
    return join(folderOf(sha256), sha256);
  };
  const proofs = openProofs();

  const put = async (source: AsyncIterable<Uint8Array> | { readonly file: string }): Promise<StoredFile> => {
    const temporary = join(temporaryFolder, randomUUID());
    try {
      const stored = await write(temporary, 'file' in source ? readWhenAsked(source.file) : source);
      await makeFolder(folder, folderOf(stored.sha256));
      // Also over a file that is there already: the new one's age keeps a sweep away until its row is written.
      await rename(temporary, pathOf(stored.sha256));
      syncDirectory(folderOf(stored.sha256));
      const written = await statOf(pathOf(stored.sha256));
      if (written !== undefined) proofs.remember(stored.sha256, written.mark);
      return stored;
    } catch (error) {
      await rm(temporary, { force: true });
      throw isDiskFull(error) ? diskFull(folder, error) : error;
    }
  };

  async function* list(): AsyncGenerator<StoredFile> {
    for (const shelf of await readdir(folder)) {
      if (!/^[0-9a-f]{2}$/.test(shelf)) continue;
      for (const sha256 of await readdir(join(folder, shelf))) {
        const found = hashPattern.test(sha256) ? await statOf(join(folder, shelf, sha256)) : undefined;
        if (found !== undefined) yield { sha256, bytes: found.bytes };
      }
    }
  }

  /** Whether a file is older than the instant; a file that is gone is not. */
  const isOlder = async (path: string, instant: number) => ((await statOf(path))?.changed ?? instant) < instant;

  const sweepFile = async (sha256: string, instant: number): Promise<boolean> => {
    const path = pathOf(sha256);
    if (!(await isOlder(path, instant))) return false;
    // Put aside first: if the same bytes were stored again since they were looked at, what was put aside is young, and goes back.
    const aside = join(temporaryFolder, randomUUID());
    await rename(path, aside);
    const young = !(await isOlder(aside, instant));
    if (young) await link(aside, path).catch(ignore('EEXIST'));
    await rm(aside, { force: true });
    return !young;
  };

  return {
    put,
    list,
    async open(sha256, range): Promise<OpenedFile | undefined> {
      const path = pathOf(sha256);
      const found = await statOf(path);
      if (found === undefined) return undefined;
      const { bytes } = found;
      if (range !== undefined && !(range.start >= 0 && range.start <= range.end && range.end < bytes))
        throw new Error(`bytes ${range.start}-${range.end} of a file of ${bytes}`);
      await proofs.prove(sha256, path, found.mark);
      return { bytes, content: Readable.from(readWhenAsked(path, range), { objectMode: false }) };
    },
    async has(sha256) {
      return (await statOf(pathOf(sha256))) !== undefined;
    },
    async localPath(sha256) {
      const path = pathOf(sha256);
      const found = await statOf(path);
      if (found === undefined) return undefined;
      await proofs.prove(sha256, path, found.mark);
      return path;
    },
    async sweep(named, olderThanSeconds = 3600) {
      const instant = now() - olderThanSeconds * 1000;
      let swept = 0;
      for (const name of await readdir(temporaryFolder)) {
        if (!(await isOlder(join(temporaryFolder, name), instant))) continue;
        await rm(join(temporaryFolder, name), { force: true });
        swept += 1;
      }
      let hashes: string[] = [];
      const settle = async () => {
        const kept = await named(hashes);
        for (const sha256 of hashes) if (!kept.has(sha256) && (await sweepFile(sha256, instant))) swept += 1;
        hashes = [];
      };
      for await (const { sha256 } of list()) {
        if (await isOlder(pathOf(sha256), instant)) hashes.push(sha256);
        if (hashes.length === batch) await settle();
      }
      if (hashes.length > 0) await settle();
      return swept;
    },
  };
}

async function write(path: string, source: AsyncIterable<Uint8Array>): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of source) {
      hash.update(chunk);
      await writeAll(file, chunk);
      bytes += chunk.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length; ) done += (await file.write(chunk, done)).bytesWritten;
}

async function makeFolder(parent: string, folder: string): Promise<void> {
  if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) syncDirectory(parent);
}

/** `changed`: milliseconds since 1970. `mark`: another one whenever the file was written. */
async function statOf(path: string): Promise<{ bytes: number; changed: number; mark: string } | undefined> {
  const found = await stat(path, { bigint: true }).catch(ignore('ENOENT'));
  if (found === undefined) return undefined;
  const { ino, size, mtimeNs, ctimeNs } = found;
  return { bytes: Number(size), changed: Number(mtimeNs) / 1e6, mark: `${ino} ${size} ${mtimeNs} ${ctimeNs}` };
}

/**
 * Nothing is open before the first byte is asked for: an answer whose caller has gone is dropped unread, and nobody would close it. A file
 * that is not there is an error of whoever reads, and never one that nobody hears.
 */
async function* readWhenAsked(path: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, range ?? {});
}

/** Takes an expected error of the system for "nothing there". */
function ignore(code: string): (error: unknown) => undefined {
  return (error) => {
    if (errorCode(error) !== code) throw error;
    return undefined;
  };
}
