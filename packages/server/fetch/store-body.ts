import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { Deadlines } from './deadlines.ts';
import { FetchRefused } from './refusal.ts';

/**
 * Writes a body to a new file, never a byte beyond the limit, and hashes it on the way. If anything goes wrong the file is removed again.
 * A file that exists already is left alone and throws, as does a disk that takes no more.
 */
export async function storeBody(
  body: AsyncIterable<Buffer>,
  file: string,
  mostBytes: number,
  deadlines: Deadlines,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const chunk of body) {
      deadlines.progress();
      bytes += chunk.length;
      if (bytes > mostBytes)
        throw new FetchRefused({ code: 'too_large', unit: 'bytes', limit: mostBytes, found: bytes });
      hash.update(chunk);
      await handle.writeFile(chunk);
      deadlines.progress();
    }
    await handle.close();
    return { bytes, sha256: hash.digest('hex') };
  } catch (error) {
    // Closed already if closing is what failed; the first error is the one to tell.
    await handle.close().catch(() => {});
    await rm(file, { force: true });
    throw error;
  }
}
