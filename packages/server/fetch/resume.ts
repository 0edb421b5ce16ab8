import { type FileHandle, open, rm } from 'node:fs/promises';
import { type Deadlines, openDeadlines } from './deadlines.ts';
import { dial } from './dial.ts';
import { type FetchLimits, type Guard, readPublic } from './download.ts';
import { type Answer, ask } from './exchange.ts';
import { holdToKinds, readMediaType } from './media-type.ts';
import { type FetchRefusalCode, FetchRefused } from './refusal.ts';
import { resolveTarget, resolveTrusted } from './resolve.ts';
import { readTarget, type Target } from './target.ts';

/** An origin that somebody's account lies at: reached wherever it is, with headers that go nowhere else. */
export interface TrustedOrigin {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A file that was brought in whole. */
export interface Resumed {
  readonly file: string;
  readonly bytes: number;
  /** How often the transfer began. */
  readonly transfers: number;
}

/** What is there so far. */
interface Progress {
  readonly handle: FileHandle;
  bytes: number;
  /** A validator by which the rest is asked for; without one a broken transfer begins anew. */
  tag: string | undefined;
}

/**
 * Downloads into a new file, going on by `Range` where a transfer broke off. `limits.idleSeconds` is of one transfer, `totalSeconds` of all.
 * Throws `FetchRefused`, the signal's reason or the file's error; no file is left then.
 */
export async function resume(
  guard: Guard,
  url: string,
  file: string,
  limits: FetchLimits & { readonly tries: number },
  whole: Deadlines,
  trusted: TrustedOrigin | undefined,
): Promise<Resumed> {
  const progress: Progress = { handle: await open(file, 'wx', 0o600), bytes: 0, tag: undefined };
  try {
    for (let transfers = 1; ; transfers += 1) {
      const deadlines = openDeadlines(
        { totalSeconds: limits.totalSeconds, idleSeconds: limits.idleSeconds },
        whole.signal,
      );
      try {
        await transfer(guard, url, limits, deadlines, trusted, progress);
        await progress.handle.close();
        return { file, bytes: progress.bytes, transfers };
      } catch (error) {
        const again = error instanceof FetchRefused && broken.has(error.reason.code) && !whole.signal.aborted;
        if (!again || transfers >= limits.tries) throw error;
        if (progress.tag === undefined) progress.bytes = 0;
      } finally {
        deadlines.end();
      }
    }
  } catch (error) {
    await progress.handle.close().catch(() => {});
    await rm(file, { force: true });
    throw error;
  }
}

/** What may be otherwise in a moment. */
const broken: ReadonlySet<FetchRefusalCode> = new Set<FetchRefusalCode>(['reset', 'timeout', 'unreachable']);

async function transfer(
  guard: Guard,
  url: string,
  limits: FetchLimits,
  deadlines: Deadlines,
  trusted: TrustedOrigin | undefined,
  progress: Progress,
): Promise<void> {
  const range = progress.bytes > 0 && progress.tag !== undefined;
  const wanted: Record<string, string> = range ? { range: `bytes=${progress.bytes}-`, 'if-range': progress.tag! } : {};
  const answer = await followed(guard, url, limits, deadlines, trusted, wanted);
  try {
    const total = holdHead(answer, limits, progress);
    for await (const chunk of answer.body()) {
      deadlines.progress();
      const end = progress.bytes + chunk.length;
      if (end > limits.bytes)
        throw new FetchRefused({ code: 'too_large', unit: 'bytes', limit: limits.bytes, found: end });
      await writeAt(progress.handle, chunk, progress.bytes);
      progress.bytes = end;
      deadlines.progress();
    }
    // A proxy may end a body that says nothing of its length in the middle; where it says it, that counts.
    if (total !== undefined && progress.bytes !== total) throw new FetchRefused({ code: 'reset', found: 'short body' });
    // What an earlier, longer transfer had written behind the end.
    await progress.handle.truncate(progress.bytes);
  } finally {
    answer.close();
  }
}

async function writeAt(handle: FileHandle, chunk: Buffer, at: number): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, at + done);
    done += bytesWritten;
  }
}

/** The answer at the end of the redirects, each of them checked as if it were asked for. */
async function followed(
  guard: Guard,
  url: string,
  { redirects, bytes }: FetchLimits,
  deadlines: Deadlines,
  trusted: TrustedOrigin | undefined,
  wanted: Readonly<Record<string, string>>,
): Promise<Answer> {
  let target = targetOf(guard, url, trusted);
  for (let followed = 0; ; followed += 1) {
    const own = target.url.origin === trusted?.origin;
    const addresses = await deadlines.hold(own ? resolveTrusted(target, guard) : resolveTarget(target, guard));
    deadlines.progress();
    const dialled = await dial(target, addresses, guard.authorities, deadlines.signal);
    deadlines.progress();
    const headers = own ? { ...trusted.headers, ...wanted } : wanted;
    const answer = await ask(target, dialled, bytes, deadlines.signal, undefined, headers);
    deadlines.progress();
    const location = answer.header('location');
    if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
    answer.close();
    if (followed >= redirects)
      throw new FetchRefused({ code: 'redirect_loop', unit: 'redirects', limit: redirects, found: followed + 1 });
    const next = targetOf(guard, location, trusted, target.url);
    if (target.secure && !next.secure)
      throw new FetchRefused({ code: 'redirect_forbidden', limit: 'https', found: 'http' });
    target = next;
  }
}

/** The account's own origin is trusted as the account; any other is held to what everybody's is. */
function targetOf(guard: Guard, text: string, trusted: TrustedOrigin | undefined, base?: URL): Target {
  const target = readTarget(text, base);
  return target.url.origin === trusted?.origin ? target : readPublic(guard, text, base);
}

/** Refuses what the head tells; gives the bytes that the file will have, where they are told. */
function holdHead(answer: Answer, { bytes, accept }: FetchLimits, progress: Progress): number | undefined {
  const { status } = answer;
  const asked = progress.bytes > 0 && progress.tag !== undefined;
  const [, start, size] = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15})$/.exec(answer.header('content-range') ?? '') ?? [];
  const goesOn = status === 206 && asked && Number(start) === progress.bytes;
  if (status === 416 || (status === 206 && !goesOn)) {
    progress.tag = undefined;
    progress.bytes = 0;
    throw new FetchRefused({ code: 'reset', found: `status ${status}` });
  }
  if (status !== 200 && !goesOn) throw new FetchRefused({ code: 'status', unit: 'status', limit: 200, found: status });
  const encoding = answer.header('content-encoding') ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity')
    throw new FetchRefused({ code: 'encoding', limit: 'identity', found: encoding.slice(0, 60) });
  if (accept !== undefined) holdToKinds(readMediaType(answer.header('content-type')), accept);
  if (!goesOn) {
    progress.bytes = 0;
    const tag = answer.header('etag');
    // A weak one does not vouch for single bytes (RFC 9110, 13.1.5).
    progress.tag = tag !== undefined && /^"[\x21\x23-\x7e]*"$/.test(tag) ? tag : undefined;
  }
  const length = answer.header('content-length');
  const total = goesOn ? Number(size) : length === undefined ? undefined : Number(length);
  if (total !== undefined && total > bytes)
    throw new FetchRefused({ code: 'too_large', unit: 'bytes', limit: bytes, found: total });
  return total;
}
