/**
 * Why something untrusted was not fetched. Plain data that may be shown to whoever named the URL: of a refused address it says that it is
 * not public, and nothing more.
 */
export interface FetchRefusal {
  readonly code: FetchRefusalCode;
  /** The URL that was asked for, without credentials, query and fragment, for messages and logs. Only its scheme if it is no web address. */
  readonly url: string;
  readonly limit?: number | string;
  readonly found?: number | string;
  /** What `limit` and `found` count, where they are numbers. */
  readonly unit?: 'bytes' | 'seconds' | 'redirects' | 'status' | 'port';
  /** Redirects that had been followed by then. */
  readonly redirects?: number;
  /** With `redirect_forbidden`: what is wrong with the address it leads to. */
  readonly because?: FetchRefusalCode;
}

export type FetchRefusalCode = (typeof fetchRefusalCodes)[number];

export const fetchRefusalCodes = [
  'url_invalid',
  /** Neither http nor https. */
  'url_scheme',
  'url_credentials',
  'url_port',
  /** The host, or one of the addresses that it resolves to, is not on the public internet. */
  'address_forbidden',
  'name_not_found',
  /** Nobody answers there, or the name service is down: it may work later. */
  'unreachable',
  /** No trusted encrypted connection: `found` has the reason's name. */
  'tls',
  /** The same address again, or more redirects than the limit. */
  'redirect_loop',
  /** A redirect to an address that would be refused, or from https to http. */
  'redirect_forbidden',
  /** Another status than 200: `found` has it. */
  'status',
  'too_large',
  /** `found` is "idle" (nothing arrived for that long) or "unfinished". */
  'timeout',
  /** A compressed or otherwise encoded body, though none was asked for. */
  'encoding',
  /** What the server says that it sends is certainly no medium that is accepted: a page, a playlist, a film for a picture. */
  'content_type',
  /** Not HTTP, or too much of it before the body. */
  'response_invalid',
  /** The connection broke before the end. */
  'reset',
  /** A data URI that does not follow its own form. */
  'data_invalid',
] as const;

/** A refusal before it is known for which URL. */
export type RefusalReason = Omit<FetchRefusal, 'url'>;

/** Thrown inside this folder wherever a fetch is refused; what the folder exports returns the refusal instead. */
export class FetchRefused extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, cause?: unknown) {
    super(reason.code, { cause });
    this.name = 'FetchRefused';
    this.reason = reason;
  }
}

/** The one thing that is said of an address that may not be reached. */
export const notPublicAddress: RefusalReason = {
  code: 'address_forbidden',
  limit: 'public addresses',
  found: 'not a public address',
};
