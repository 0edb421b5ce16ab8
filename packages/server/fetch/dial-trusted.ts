import { openDeadlines } from './deadlines.ts';
import { type Dialled, dial } from './dial.ts';
import { FetchRefused } from './refusal.ts';
import { lookupAll, resolveTrusted } from './resolve.ts';
import { readTarget } from './target.ts';

/** A new connection to an origin that the operator named, or why there is none. */
export type DialledTrusted =
  | { readonly ok: true; readonly dialled: Dialled }
  | { readonly ok: false; readonly why: string };

/**
 * Connects to an origin that the operator named, wherever it lies; certificates are verified. Nothing of a request is on its way before this
 * has succeeded. Throws the signal's reason.
 */
export async function dialTrusted(url: string, seconds: number, signal?: AbortSignal): Promise<DialledTrusted> {
  const deadlines = openDeadlines({ totalSeconds: seconds, idleSeconds: seconds }, signal);
  try {
    const target = readTarget(url);
    const addresses = await deadlines.hold(resolveTrusted(target, { lookup: lookupAll }));
    return { ok: true, dialled: await dial(target, addresses, undefined, deadlines.signal) };
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    const { code, found } = error.reason;
    return { ok: false, why: found === undefined ? code : `${code}: ${found}` };
  } finally {
    deadlines.end();
  }
}
