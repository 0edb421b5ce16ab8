import { open, rm } from 'node:fs/promises';
import { boxLayoutOf } from '../../../media/film/boxes.ts';
import { EncodeError, type EncodeFailure } from './encoder.ts';

/** Makes sure that the path can be written, and empties it. Rejects with an `EncodeError`; FFmpeg itself would only say "failed". */
export async function claim(file: string): Promise<void> {
  try {
    const handle = await open(file, 'w');
    await handle.close();
  } catch (error) {
    throw new EncodeError(failureOf(error) ?? 'failed', file, `cannot write ${file}: ${messageOf(error)}`, error);
  }
}

/** Removes files that may or may not be there. */
export async function discard(files: readonly string[]): Promise<void> {
  await Promise.all(files.map((file) => rm(file, { force: true })));
}

/**
 * Bytes of a film that was written to its end. Rejects with an `EncodeError` where the boxes do not fill the file: an encoder that
 * closes a file loses the error of its last write.
 */
export async function completeBytes(file: string): Promise<number> {
  const layout = await boxLayoutOf(file);
  if (!layout.whole || !layout.faststart) {
    throw new EncodeError('failed', file, `${file} was not written to its end`);
  }
  return layout.bytes;
}

/**
 * What an encoder's failure was. Where its error does not tell, the disk is asked: FFmpeg as a program answers every fault with
 * the same exit code, and closes files without a word.
 */
export async function diagnose(error: unknown, file: string): Promise<EncodeError> {
  if (error instanceof EncodeError && error.code !== 'failed') return error;
  // Of an encoder's own codes only this one is sure: FFmpeg says -1, which is EPERM, for much that is no lack of permission.
  const full = failureOf(error) === 'disk-full' ? 'disk-full' : undefined;
  const code = full ?? (await failureOfAppending(file)) ?? 'failed';
  if (error instanceof EncodeError && error.code === code) return error;
  return new EncodeError(code, file, `cannot encode ${file}: ${messageOf(error)}`, error);
}

const failures: Readonly<Record<string, EncodeFailure>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'disk-full',
  EACCES: 'not-writable',
  EPERM: 'not-writable',
  EROFS: 'not-writable',
  ENOENT: 'not-writable',
  ENOTDIR: 'not-writable',
  EISDIR: 'not-writable',
  ENAMETOOLONG: 'not-writable',
  ETXTBSY: 'not-writable',
};

function failureOf(error: unknown): EncodeFailure | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? failures[code] : undefined;
}

/** More than any encoder has left unwritten when it gives up. */
const probeBytes = 1024 * 1024;

async function failureOfAppending(file: string): Promise<EncodeFailure | undefined> {
  try {
    const handle = await open(file, 'a');
    try {
      await handle.writeFile(Buffer.alloc(probeBytes));
    } finally {
      await handle.close();
    }
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
