import type { Deed, Dialect, Exchange } from './dialect.ts';

/** Any exchange, whatever it does. */
export type AnyExchange = { [Does in Deed]: Exchange<Does> }[Deed];

/** Where a message belongs, and what stands in its path. */
export interface FoundExchange {
  readonly exchange: AnyExchange;
  readonly parts: Readonly<Record<string, string>>;
}

/**
 * The exchange that a method and a path below the base address belong to; undefined where there is none. Slashes at the end do not
 * count: one vendor's own client sends them. Fixed words go before `:id`.
 */
export function findExchange(dialect: Dialect, method: string, path: string): FoundExchange | undefined {
  let found: FoundExchange | undefined;
  for (const exchange of exchangesOf(dialect)) {
    if (exchange.method !== method) continue;
    const parts = matchPath(exchange.path, path);
    if (parts === undefined) continue;
    if (Object.keys(parts).length === 0) return { exchange, parts };
    found ??= { exchange, parts };
  }
  return found;
}

/** Every exchange of a dialect. */
export function exchangesOf(dialect: Dialect): AnyExchange[] {
  return Object.values(dialect.exchanges).flat() as AnyExchange[];
}

/** The path with its `:names` filled in, each as one part of an address. */
export function fillPath(pattern: string, parts: Readonly<Record<string, string>>): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(wellFormed(parts[name] ?? '')));
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.replace(/\/+$/, '').split('/');
  if (wanted.length !== given.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [index, word] of wanted.entries()) {
    const part = decodePart(given[index]!);
    if (part === undefined) return undefined;
    if (!word.startsWith(':')) {
      if (word !== part) return undefined;
    } else if (part === '') return undefined;
    else parts[word.slice(1)] = part;
  }
  return parts;
}

function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Half a character cannot be written into an address. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}
