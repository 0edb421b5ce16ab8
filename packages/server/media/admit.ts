import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { describe } from './describe.ts';
import { holdTo, MediaRefused } from './refusal.ts';
import { acceptedTypes, headBytes, type Sniffed, sniff } from './sniff.ts';
import { endIsMissing } from './whole.ts';

/** A file that may be given to a decoder: it exists, is not too large, is of an accepted type and does not stop short. */
export interface Admitted {
  readonly file: string;
  readonly sniffed: Sniffed;
  readonly bytes: number;
}

/** Looks at a file without decoding any of it; it must be of one of the given kinds. Throws `MediaRefused`. */
export function admit(
  file: string,
  mostBytes: number,
  kinds: readonly Sniffed['kind'][] = ['image', 'video', 'audio'],
): Admitted {
  const descriptor = open(file);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new MediaRefused({ code: 'media_unreadable', found: nameOf(status) });
    const bytes = status.size;
    if (bytes === 0) throw new MediaRefused({ code: 'media_empty', unit: 'bytes', found: 0 });
    holdTo('media_too_large', 'bytes', mostBytes, bytes);
    const source = {
      bytes,
      read(at: number, length: number): Uint8Array {
        const buffer = new Uint8Array(Math.max(0, Math.min(length, bytes - at)));
        return buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, at));
      },
    };
    const head = source.read(0, headBytes);
    const sniffed = sniff(head);
    if (!sniffed)
      throw new MediaRefused({ code: 'media_type_unsupported', limit: acceptedTypes, found: describe(head) });
    if (!kinds.includes(sniffed.kind)) {
      throw new MediaRefused({ code: 'media_type_unsupported', limit: kinds.join(', '), found: sniffed.mediaType });
    }
    if (endIsMissing(source, sniffed.demuxer))
      throw new MediaRefused({ code: 'media_truncated', unit: 'bytes', found: bytes });
    return { file, sniffed, bytes };
  } finally {
    closeSync(descriptor);
  }
}

function open(file: string): number {
  try {
    // Opening a pipe that nobody writes to would wait for ever.
    return openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new MediaRefused({ code: 'media_missing' }, error);
    if (code === 'EISDIR') throw new MediaRefused({ code: 'media_unreadable', found: 'a folder' }, error);
    throw new MediaRefused({ code: 'media_unreadable', found: code ?? 'unknown' }, error);
  }
}

function nameOf(status: Stats): string {
  if (status.isDirectory()) return 'a folder';
  if (status.isFIFO()) return 'a pipe';
  if (status.isSocket()) return 'a socket';
  return 'a device';
}
