import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { byteWords, type Problem, problem } from '@refreel/core/model';
import { type FetchLimits, type GuardedFetch, isRefusal, readDataUri } from '../fetch/index.ts';
import { isDiskFull } from '../store/index.ts';
import { fetchProblem } from './fetch-problem.ts';
import { type AssetSource, done, type Outcome, refused } from './source.ts';

/** Bytes that came in: a temporary file that belongs to whoever asked. */
export interface Received {
  readonly file: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

export interface ReceiveOptions {
  readonly fetch: GuardedFetch;
  readonly limits: FetchLimits;
  /** Where a problem says that it was. */
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Brings a source into a new file, never a byte beyond the limit. A refusal leaves no file, and neither does a throw: of the signal's reason, or
 * of what the caller's stream threw.
 */
export async function receive(source: AssetSource, file: string, options: ReceiveOptions): Promise<Outcome<Received>> {
  const { fetch, limits, path, signal } = options;
  // A stream may break before it is read; reading it then tells the same error.
  if (source.kind === 'stream') source.content.on('error', () => {});
  try {
    if (source.kind === 'stream') return await writeStream(source.content, file, limits.bytes, path);
    if (source.kind === 'data') {
      const read = readDataUri(source.uri, { bytes: limits.bytes, accept: limits.accept ?? [] });
      if (isRefusal(read)) return refused(fetchProblem(path, read));
      return await writeStream([read.bytes], file, limits.bytes, path);
    }
    const fetched = await fetch.download(source.url, { file }, limits, signal);
    return isRefusal(fetched) ? refused(fetchProblem(path, fetched)) : done(fetched);
  } catch (error) {
    if (isDiskFull(error)) return refused(fullDisk(path));
    throw error;
  }
}

/** The place of a file here is nobody's business: the problem names what was to be stored. */
export function fullDisk(path: string): Problem {
  return problem('disk_full', path, { found: path });
}

async function writeStream(
  content: Readable | readonly Uint8Array[],
  file: string,
  mostBytes: number,
  path: string,
): Promise<Outcome<Received>> {
  const hash = createHash('sha256');
  const handle = await open(file, 'wx', 0o600);
  let bytes = 0;
  let whole = false;
  try {
    // Leaving the loop early ends the stream, so that no more of it is sent.
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > mostBytes) {
        const words = { foundBytes: byteWords(bytes), limitBytes: byteWords(mostBytes) };
        return refused(problem('media_too_large', path, { found: bytes, limit: mostBytes, ...words }));
      }
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    whole = true;
  } finally {
    await handle.close().catch(() => {});
    if (!whole) await rm(file, { force: true });
  }
  return done({ file, bytes, sha256: hash.digest('hex') });
}
