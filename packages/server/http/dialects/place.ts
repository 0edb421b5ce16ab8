import { type Dialect, dialects } from '@refreel/core/dialects';

/** Where a request to a stand-in lies. */
export interface Place {
  readonly dialect: Dialect;
  /** Undefined where the address is a vendor's, and nothing is served there. */
  readonly base: Dialect['bases'][number] | undefined;
  /** Below the base, with its slash; percent signs as they came. */
  readonly path: string;
}

/**
 * The stand-in that an address belongs to: everything below the first word of a base ("/dashscope/...") is answered in that vendor's clothes,
 * so that whoever has set a wrong base learns it from a client that only reads those. Several slashes are one, as for the servers that vendors'
 * APIs stand behind: a base that ends with a slash makes two of clients that write their own.
 */
export function placeOf(asked: string): Place | undefined {
  const pathname = asked.replace(/\/{2,}/g, '/');
  let found: Place | undefined;
  for (const dialect of dialects)
    for (const base of dialect.bases) {
      if (isBelow(pathname, base.path)) {
        if (found?.base !== undefined && found.base.path.length >= base.path.length) continue;
        found = { dialect, base, path: pathname.slice(base.path.length) || '/' };
      } else if (found === undefined && isBelow(pathname, firstWord(base.path)))
        found = { dialect, base: undefined, path: pathname };
    }
  return found;
}

function isBelow(pathname: string, base: string): boolean {
  return pathname === base || pathname.startsWith(`${base}/`);
}

function firstWord(path: string): string {
  return /^\/[^/]*/.exec(path)![0];
}
