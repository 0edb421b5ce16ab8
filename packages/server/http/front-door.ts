import { type Problem, problem } from '@refreel/core/model';

/** What of a request decides whether it may come in at all, before any key is looked at. Header names are small. */
export interface Knock {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** How the server stands in its network. */
export interface Door {
  /** Address that it is bound to. */
  readonly host: string;
  readonly port: number;
  /** Base of every absolute URL that is handed out, where the operator named one. */
  readonly publicUrl: string | undefined;
  /** Origins of other sites whose pages may call. */
  readonly cors: readonly string[];
  /** True once any key exists, or an administrator's key is set: then everybody needs one. */
  readonly locked: boolean;
}

/** Whether a caller without a key may come in. */
export type Admission =
  | { readonly ok: true; readonly keyless: boolean }
  | { readonly ok: false; readonly problem: Problem };

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];
const forwarding = /^(?:forwarded|x-forwarded-[\w-]+|x-real-ip|via)$/;

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * Looks at a request before anything of it is read. A page of another site is refused on every address. Without keys only callers
 * of this machine come in, and only by a name of this machine: a browser that was lured here by another name (DNS rebinding), or
 * a proxy that stands before us, does not.
 */
export function admit({ headers, method }: Knock, door: Door): Admission {
  const origin = headers.origin;
  if (origin !== undefined && !ownOrigins(headers.host, door).includes(origin) && !door.cors.includes(origin))
    return refuse('foreign_origin', { found: origin });
  const site = headers['sec-fetch-site'];
  const foreign = site === 'cross-site' || site === 'same-site';
  // Typing an address or following a link is how people come here; anything else from another site is not theirs to send.
  const visit = method === 'GET' && headers['sec-fetch-mode'] === 'navigate';
  if (foreign && !visit && !(origin !== undefined && door.cors.includes(origin)))
    return refuse('foreign_origin', { found: site });
  if (door.locked) return { ok: true, keyless: false };
  if (!isLoopback(door.host)) return refuse('key_needed', {});
  const host = headers.host ?? '';
  if (!loopbackHosts.some((name) => host === `${name}:${door.port}` || (door.port === 80 && host === name)))
    return refuse('foreign_host', { found: host, limit: loopbackHosts.map((name) => `${name}:${door.port}`) });
  const through = Object.keys(headers).find((name) => forwarding.test(name) && headers[name] !== undefined);
  if (through !== undefined) return refuse('proxy_needs_key', { found: through });
  return { ok: true, keyless: true };
}

/** Why a server may not start as it is set up: open to others without a key. */
export function mayStart(door: Door): Problem | undefined {
  if (door.locked || isLoopback(door.host)) return undefined;
  return problem('open_without_key', '', { found: `${door.host}:${door.port}` });
}

function ownOrigins(host: string | undefined, { publicUrl, port }: Door): string[] {
  const own = loopbackHosts.map((name) => `http://${name}:${port}`);
  if (publicUrl !== undefined) own.push(new URL(publicUrl).origin);
  // A page that we served ourselves, by whatever name the caller reached us: its origin is the Host that it asks.
  if (host !== undefined) own.push(`http://${host}`, `https://${host}`);
  return own;
}

function refuse(
  code: 'foreign_origin' | 'foreign_host' | 'proxy_needs_key' | 'key_needed',
  values: Problem['values'],
): Admission {
  return { ok: false, problem: problem(code, '', values) };
}
