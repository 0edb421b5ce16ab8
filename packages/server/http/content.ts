import { Readable } from 'node:stream';
import { problem, Refusal } from '@refreel/core/model';
import { type ByteRange, type Files, StoreError } from '../store/index.ts';

/** Stored bytes that a caller may have. */
export interface Content {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** What it is called where it is saved. */
  readonly fileName: string;
  /** How long it may still be had: nobody keeps it longer than that. Undefined: for as long as it is wanted. */
  readonly secondsLeft?: number | undefined;
}

const yearSeconds = 31_536_000;

/** Gives stored bytes: whole, in part, or not at all where the caller has them. Never as a page: nothing in them can run. */
export async function sendContent(
  request: Request,
  files: Files,
  content: Content,
  download: boolean,
): Promise<Response> {
  const { sha256, bytes, secondsLeft = yearSeconds } = content;
  const tag = `"${sha256}"`;
  const headers = new Headers({
    'content-type': content.mediaType,
    'accept-ranges': 'bytes',
    etag: tag,
    'cache-control': `private, max-age=${Math.max(0, Math.min(yearSeconds, Math.floor(secondsLeft)))}, immutable`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'content-disposition': `${download ? 'attachment' : 'inline'}; filename="${content.fileName}"`,
  });
  const known = request.headers.get('if-none-match');
  if (known !== null && holdsTag(known, tag)) return new Response(null, { status: 304, headers });
  const range = wantedRange(request, tag, bytes);
  if (range === 'outside')
    throw new Refusal(
      problem('range_unsatisfiable', 'Range', { found: request.headers.get('range')!.slice(0, 100), limit: bytes }),
    );
  const length = range === undefined ? bytes : range.end - range.start + 1;
  headers.set('content-length', String(length));
  if (range !== undefined) headers.set('content-range', `bytes ${range.start}-${range.end}/${bytes}`);
  const status = range === undefined ? 200 : 206;
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const opened = await files.open(sha256, range);
  if (opened?.bytes !== bytes) {
    opened?.content.destroy();
    const what = opened === undefined ? 'is missing' : `has ${opened.bytes} bytes and not ${bytes}`;
    throw new StoreError('folder_corrupt', sha256, `The stored file ${sha256} ${what}: restore it from a backup.`);
  }
  return new Response(Readable.toWeb(opened.content) as ReadableStream<Uint8Array>, { status, headers });
}

/**
 * The range that is asked for, cut at the end of the file. Undefined means all of it: also for several ranges and for forms that nobody
 * defined, which HTTP lets a server ignore (RFC 9110, 14.2).
 */
export function readRange(header: string, bytes: number): ByteRange | 'outside' | undefined {
  const [, from, to] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header) ?? [];
  if (from === undefined || to === undefined || from + to === '') return undefined;
  if (from === '') {
    const last = Number(to);
    return last === 0 || bytes === 0 ? 'outside' : { start: Math.max(0, bytes - last), end: bytes - 1 };
  }
  const start = Number(from);
  const end = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (to !== '' && Number(to) < start) return undefined;
  return start >= bytes ? 'outside' : { start, end };
}

function wantedRange(request: Request, tag: string, bytes: number): ByteRange | 'outside' | undefined {
  const header = request.headers.get('range');
  if (header === null) return undefined;
  const onlyIf = request.headers.get('if-range');
  // A date cannot match: what never changes has none.
  if (onlyIf !== null && onlyIf.trim() !== tag) return undefined;
  return readRange(header, bytes);
}

function holdsTag(header: string, tag: string): boolean {
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);
}
