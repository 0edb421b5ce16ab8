import { getCACertificates } from 'node:tls';
import { openAllowance } from './allowance.ts';
import { openDeadlines } from './deadlines.ts';
import { type Downloaded, download, type FetchLimits, type Guard, type Journey, readPublic } from './download.ts';
import type { Message } from './exchange.ts';
import { post } from './post.ts';
import { type FetchRefusal, FetchRefused } from './refusal.ts';
import { type ForbiddenAddress, type Lookup, lookupAll } from './resolve.ts';
import { type Resumed, resume, type TrustedOrigin } from './resume.ts';
import { shownUrl } from './shown-url.ts';

export interface GuardedFetchOptions {
  /** `REFREEL_ALLOW_PRIVATE`: host names, addresses and CIDRs that may be reached although they are not public. */
  readonly allow?: readonly string[];
  /** Bases of this server's own URLs (`http://127.0.0.1:8787`). What lies below is in the store and never fetched. */
  readonly ownBases?: readonly string[];
  /** Certificates (PEM) trusted beside the system's, for hosts in the operator's own network. */
  readonly authorities?: readonly string[];
  readonly lookup?: Lookup;
  /** Addresses and networks (CIDR) of this machine; by default read from its interfaces. */
  readonly ownNetworks?: () => readonly string[];
  /** Told of every refused address, for the operator's log. */
  readonly onForbidden?: (forbidden: ForbiddenAddress) => void;
}

/** Fetches what strangers name. Nothing else in the server connects to an address that a caller or a vendor's answer chose. */
export interface GuardedFetch {
  /**
   * Downloads a URL into a new file. Refusals are returned, and leave no file. Throws when the signal is aborted (its reason) and when
   * the file cannot be written (the system's error); no file is left then either, and one that was there before stays as it was.
   */
  download(
    url: string,
    target: { readonly file: string },
    limits: FetchLimits,
    signal?: AbortSignal,
  ): Promise<Downloaded | FetchRefusal>;
  /**
   * Downloads what was paid for: a transfer that breaks off goes on where it ended, as long as there are tries. The one origin that is
   * trusted may lie in a private network and gets the headers; they are dropped on the way to any other.
   */
  downloadPaid(
    url: string,
    target: { readonly file: string },
    limits: FetchLimits & { readonly tries: number },
    trusted?: TrustedOrigin,
    signal?: AbortSignal,
  ): Promise<Resumed | FetchRefusal>;
  /**
   * Sends a message, and gives the status of the answer, whatever it is: a redirect is not followed, and what else is answered is not
   * read. Refusals are returned. Throws when the signal is aborted (its reason).
   */
  post(
    url: string,
    message: Message,
    limits: { readonly seconds: number },
    signal?: AbortSignal,
  ): Promise<{ readonly status: number } | FetchRefusal>;
  /** What its text alone tells against a URL, so that a request can be refused before anything is looked up or fetched. */
  inspect(url: string): FetchRefusal | undefined;
}

/** Tells a refusal from what was asked for. */
export function isRefusal(result: object): result is FetchRefusal {
  return 'code' in result;
}

/**
 * Opens the guard. It sends no credentials, cookies or referrer, knows no proxy (the environment's proxy variables are not read: a proxy
 * would look names up again, behind the check), keeps no connection and asks for bodies as they are. Throws `AllowanceInvalid`.
 */
export function openGuardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  const guard: Guard = {
    allowance: openAllowance(options.allow ?? [], options.ownNetworks),
    ownOrigins: new Set((options.ownBases ?? []).map((base) => new URL(base).origin)),
    lookup: options.lookup ?? lookupAll,
    onForbidden: options.onForbidden,
    authorities: options.authorities && [...getCACertificates('default'), ...options.authorities],
  };
  return {
    async download(url, { file }, limits, signal) {
      const deadlines = openDeadlines(limits, signal);
      const journey: Journey = { places: new Set() };
      try {
        return await download(guard, url, file, limits, deadlines, journey);
      } catch (error) {
        return refusalOf(error, url, Math.max(0, journey.places.size - 1));
      } finally {
        deadlines.end();
      }
    },
    async downloadPaid(url, { file }, limits, trusted, signal) {
      const deadlines = openDeadlines({ ...limits, idleSeconds: limits.totalSeconds }, signal);
      try {
        return await resume(guard, url, file, limits, deadlines, trusted);
      } catch (error) {
        return refusalOf(error, url, 0);
      } finally {
        deadlines.end();
      }
    },
    async post(url, message, { seconds }, signal) {
      const deadlines = openDeadlines({ totalSeconds: seconds, idleSeconds: seconds }, signal);
      try {
        return await post(guard, url, message, deadlines);
      } catch (error) {
        return refusalOf(error, url, 0);
      } finally {
        deadlines.end();
      }
    },
    inspect(url) {
      try {
        readPublic(guard, url);
        return undefined;
      } catch (error) {
        return refusalOf(error, url, 0);
      }
    },
  };
}

function refusalOf(error: unknown, url: string, redirects: number): FetchRefusal {
  if (!(error instanceof FetchRefused)) throw error;
  return { ...error.reason, url: shownUrl(url), ...(redirects === 0 ? {} : { redirects }) };
}
