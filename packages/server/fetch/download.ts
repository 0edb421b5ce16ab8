import { isUtf8 } from 'node:buffer';
import type { Deadlines } from './deadlines.ts';
import { dial } from './dial.ts';
import { type Answer, ask } from './exchange.ts';
import { holdToKinds, type MediaKind, readMediaType } from './media-type.ts';
import { type FetchRefusalCode, FetchRefused } from './refusal.ts';
import { holdToPublic, type Resolving, resolveTarget } from './resolve.ts';
import { storeBody } from './store-body.ts';
import { readTarget, type Target } from './target.ts';

export interface FetchLimits {
  /** Most bytes of the body. */
  readonly bytes: number;
  /** From the call to the last byte, all redirects included. */
  readonly totalSeconds: number;
  /** Longest wait for anything: the name's addresses, the connection, the head, the next part of the body. */
  readonly idleSeconds: number;
  /** Most redirects that are followed. */
  readonly redirects: number;
  /** Kinds of media that the asker can use: claims that are certainly something else are refused before the body is read. */
  readonly accept?: readonly MediaKind[];
}

export interface Downloaded {
  readonly file: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  /** Where it was found after redirects. Its query may hold a signature: show it through `shownUrl`. */
  readonly url: string;
  /** What the server called it, lower case, without parameters. A claim: only the bytes tell. */
  readonly claimedType?: string;
  readonly redirects: number;
}

/** What holds for every fetch of one guard. */
export interface Guard extends Resolving {
  /** Origins of this server itself. */
  readonly ownOrigins: ReadonlySet<string>;
  readonly authorities: readonly string[] | undefined;
}

/** How far a download has come: the places it has been to. */
export interface Journey {
  readonly places: Set<string>;
}

/** Downloads through redirects, each checked as if it were asked for. Throws `FetchRefused`, the signal's reason or the file's error. */
export async function download(
  guard: Guard,
  url: string,
  file: string,
  limits: FetchLimits,
  deadlines: Deadlines,
  journey: Journey,
): Promise<Downloaded> {
  let place = await approach(guard, readPublic(guard, url), deadlines);
  for (;;) {
    journey.places.add(place.target.url.href);
    const { target } = place;
    const dialled = await dial(target, place.addresses, guard.authorities, deadlines.signal);
    deadlines.progress();
    const answer = await ask(target, dialled, limits.bytes, deadlines.signal);
    try {
      deadlines.progress();
      const location = answer.header('location');
      if (!redirecting.has(answer.status) || location === undefined) {
        const claimedType = holdHead(answer, limits);
        const stored = await storeBody(answer.body(), file, limits.bytes, deadlines);
        return {
          file,
          ...stored,
          url: target.url.href,
          redirects: journey.places.size - 1,
          ...(claimedType === undefined ? {} : { claimedType }),
        };
      }
      place = await redirected(guard, target, location, limits.redirects, deadlines, journey);
    } finally {
      answer.close();
    }
  }
}

/** Reads a URL and refuses what its text alone tells. Throws `FetchRefused`. */
export function readPublic(guard: Guard, text: string, base?: URL): Target {
  const target = readTarget(text, base);
  if (guard.ownOrigins.has(target.url.origin)) {
    throw new FetchRefused({ code: 'address_forbidden', limit: 'other servers', found: 'an address of this server' });
  }
  holdToPublic(target, guard);
  return target;
}

interface Place {
  readonly target: Target;
  readonly addresses: readonly string[];
}

async function approach(guard: Guard, target: Target, deadlines: Deadlines): Promise<Place> {
  const addresses = await deadlines.hold(resolveTarget(target, guard));
  deadlines.progress();
  return { target, addresses };
}

const redirecting: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

async function redirected(
  guard: Guard,
  from: Target,
  location: string,
  mostRedirects: number,
  deadlines: Deadlines,
  { places }: Journey,
): Promise<Place> {
  const loop = { code: 'redirect_loop', unit: 'redirects', limit: mostRedirects, found: places.size } as const;
  if (places.size > mostRedirects) throw new FetchRefused(loop);
  try {
    const target = readPublic(guard, readLocation(location), from.url);
    // Whoever named an encrypted address did not agree to a film that anybody on the way may exchange.
    if (from.secure && !target.secure) {
      throw new FetchRefused({ code: 'redirect_forbidden', limit: 'https', found: 'http' });
    }
    if (places.has(target.url.href)) throw new FetchRefused(loop);
    return await approach(guard, target, deadlines);
  } catch (error) {
    if (!(error instanceof FetchRefused) || !forbiddenTargets.has(error.reason.code)) throw error;
    throw new FetchRefused({ ...error.reason, code: 'redirect_forbidden', because: error.reason.code }, error);
  }
}

/** Servers write names of files as they are; Node hands over bytes as Latin-1, and browsers read them as UTF-8. */
function readLocation(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : header;
}

const forbiddenTargets: ReadonlySet<FetchRefusalCode> = new Set<FetchRefusalCode>([
  'url_invalid',
  'url_scheme',
  'url_credentials',
  'url_port',
  'address_forbidden',
]);

/** Refuses what the head tells; returns the claimed type. */
function holdHead(answer: Answer, { bytes, accept }: FetchLimits): string | undefined {
  if (answer.status !== 200) {
    throw new FetchRefused({ code: 'status', unit: 'status', limit: 200, found: answer.status });
  }
  const encoding = answer.header('content-encoding') ?? 'identity';
  const framing = answer.header('transfer-encoding') ?? 'chunked';
  for (const [found, plain] of [[encoding, 'identity'] as const, [framing, 'chunked'] as const]) {
    if (found.trim().toLowerCase() === plain) continue;
    throw new FetchRefused({ code: 'encoding', limit: plain, found: found.slice(0, 60) });
  }
  const length = Number(answer.header('content-length') ?? 0);
  if (length > bytes) throw new FetchRefused({ code: 'too_large', unit: 'bytes', limit: bytes, found: length });
  const claimedType = readMediaType(answer.header('content-type'));
  if (accept !== undefined) holdToKinds(claimedType, accept);
  return claimedType;
}
