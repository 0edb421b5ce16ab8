import { isIP } from 'node:net';
import { FetchRefused } from './refusal.ts';

/** Where a URL leads, as far as its text tells. */
export interface Target {
  /** Without fragment, the host normalised. */
  readonly url: URL;
  readonly secure: boolean;
  /** Lower case, ASCII, no trailing dot, no brackets: a name, or an address in its one canonical form. */
  readonly host: string;
  readonly port: number;
  readonly isLiteral: boolean;
}

/**
 * The one parser (WHATWG, which browsers share) and all that is decided from a URL's text alone. It also brings every form of
 * an IPv4 address (decimal, octal, hexadecimal, short, full-width digits) to four decimal numbers, so that they are judged as one.
 * Throws `FetchRefused`.
 */
export function readTarget(text: string, base?: URL): Target {
  const url = parse(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchRefused({ code: 'url_scheme', limit: 'http, https', found: url.protocol.slice(0, -1).slice(0, 40) });
  }
  if (url.username !== '' || url.password !== '') throw new FetchRefused({ code: 'url_credentials' });
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  if (!isWebPort(port)) {
    throw new FetchRefused({ code: 'url_port', unit: 'port', limit: '80, 443, 1024 to 65535', found: port });
  }
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isLiteral = isIP(host) !== 0;
  if (!isLiteral && !isName(host)) throw new FetchRefused({ code: 'url_invalid', found: 'no host name' });
  if (!isLiteral) url.hostname = host;
  url.hash = '';
  return { url, secure, host, port, isLiteral };
}

/**
 * Names that never mean a host of the public internet: those without a dot, which a resolver completes with the local domain, and
 * special ones (RFC 6761, 6762, 7686, 8375, 9476; `internal` by ICANN in 2024; `corp`, `home`, `mail` and `lan` are never delegated).
 */
export function isLocalName(host: string): boolean {
  return (
    !host.includes('.') || /\.(localhost|local|internal|home\.arpa|onion|alt|corp|home|mail|lan)$/.test(`.${host}`)
  );
}

function parse(text: string, base?: URL): URL {
  if (text.length > longestUrl) {
    throw new FetchRefused({
      code: 'url_invalid',
      limit: `${longestUrl} characters`,
      found: `${text.length} characters`,
    });
  }
  try {
    return new URL(text, base);
  } catch {
    throw new FetchRefused({ code: 'url_invalid', found: 'no URL' });
  }
}

/** Presigned URLs have 2,000 characters at most; what is longer is no address. */
const longestUrl = 8192;

/**
 * 80, 443, and from 1024 on (object stores and development servers live at 8080 or 9000), but not what browsers refuse there: ports of
 * protocols that could mistake a request for their own. Below 1024 are nothing but other services.
 */
function isWebPort(port: number): boolean {
  return port === 80 || port === 443 || (port >= 1024 && !refusedByBrowsers.has(port));
}

/** The WHATWG fetch standard's "bad ports" from 1024 on, 2025-10. */
const refusedByBrowsers = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

function isName(host: string): boolean {
  return host.length <= 253 && host.split('.').every((label) => label.length > 0 && label.length <= 63);
}
