import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Localized,
  type MediaUse,
  mediaOfRequest,
  type Problem,
  problem,
  Refusal,
  type Request,
} from '@refreel/core/model';
import { type Asset, type Refreel, RefreelError } from '@refreel/sdk';
import { readProblem } from './server.ts';

/** A file of this machine that a request names. */
export interface LocalFile extends MediaUse {
  readonly file: string;
}

/** The files of this machine among a request's media. What is an address, a data URI or an asset goes to the server as it is. */
export function localFiles(request: Request, folder: string): { files: LocalFile[]; problems: Problem[] } {
  const files: LocalFile[] = [];
  const problems: Problem[] = [];
  for (const use of mediaOfRequest(request)) {
    const { media, path } = use;
    if (/^file:/i.test(media)) {
      const file = readFileUrl(media);
      const found: Localized = { en: 'it is no file URL of this machine', zh: '不是本机的 file URL' };
      if (file === undefined) problems.push(problem('invalid_request', path, { found }));
      else files.push({ ...use, file });
    } else if (!/^(?:[a-z][a-z0-9+.-]+:\/\/|data:|asset:)/i.test(media)) {
      files.push({ ...use, file: resolve(folder, media) });
    }
  }
  return { files, problems };
}

function readFileUrl(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

/** Stores a file on a server, unless the server has these bytes. @throws Refusal for a file that cannot be read, RefreelError */
export async function uploadFile(refreel: Refreel, file: string, path: string, signal: AbortSignal): Promise<Asset> {
  const sha256 = await hashOf(file, path, signal);
  try {
    return await refreel.assets.get(sha256, { signal });
  } catch (error) {
    if (!(error instanceof RefreelError) || error.status !== 404) throw error;
  }
  try {
    return await refreel.assets.upload(await openAsBlob(file), { name: basename(file).slice(-200), signal });
  } catch (error) {
    if (!(error instanceof RefreelError) || error.kind !== 'refused') throw error;
    // The server knows one file, which it calls so; people have several.
    const problems = error.problems.map((one) => readProblem(one.path === 'file' ? { ...one, path } : one));
    throw new Refusal(...(problems as [Problem, ...Problem[]]));
  }
}

async function hashOf(file: string, path: string, signal: AbortSignal): Promise<string> {
  try {
    const opened = await open(file);
    // A pipe has no end, and a folder no bytes.
    const isFile = (await opened.stat()).isFile();
    await opened.close();
    if (!isFile) throw new Refusal(problem('media_unreadable', path, { found: file }));
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file, { signal })) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Refusal) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new Refusal(problem(missing ? 'media_missing' : 'media_unreadable', path, { found: file }));
  }
}

/** What was written, with each medium named anew. Its shape was read before. */
export function withMedia(
  written: Readonly<Record<string, unknown>>,
  names: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const rename = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(rename) : typeof value === 'string' ? (names.get(value) ?? value) : value;
  const fields = (one: object, media: readonly string[]) =>
    Object.fromEntries(
      Object.entries(one).map(([name, value]) => [name, media.includes(name) ? rename(value) : value]),
    );
  const { references } = written;
  return {
    ...fields(written, ['startFrame', 'endFrame']),
    ...(Array.isArray(references) && {
      references: references.map((one: object) => fields(one, ['image', 'angles', 'clip', 'voice', 'video'])),
    }),
  };
}
