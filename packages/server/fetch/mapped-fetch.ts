import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { openDeadlines } from './deadlines.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import { type FetchRefusal, FetchRefused } from './refusal.ts';
import { shownUrl } from './shown-url.ts';
import { storeBody } from './store-body.ts';

/** What lies below an address is read from a folder of this machine. */
export interface MappedPlace {
  /** As `readPrefix` gives it. */
  readonly prefix: string;
  readonly folder: string;
}

/** Brings a prefix into the form in which addresses are compared with it, with a slash at its end; undefined for what is none. */
export function readPrefix(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { href, search, hash, username, password } = new URL(text);
  if (search + hash + username + password !== '' || /[?#]/.test(text)) return undefined;
  return href.endsWith('/') ? href : `${href}/`;
}

/**
 * The same guard, before it the operator's map: an address below one of its prefixes is a file of that prefix's folder, its query is not looked
 * at, and no network is used. What would lead out of the folder, by `..`, in any writing, or by a link, is not there.
 * Throws the system's error where a folder is missing.
 */
export async function mappedFetch(fetch: GuardedFetch, places: readonly MappedPlace[]): Promise<GuardedFetch> {
  if (places.length === 0) return fetch;
  // The longest prefix says most of an address.
  const map = await Promise.all(places.map(async ({ prefix, folder }) => ({ prefix, root: await realpath(folder) })));
  map.sort((one, other) => other.prefix.length - one.prefix.length);

  const find = (text: string) => {
    if (!/^https?:/i.test(text) || text.length > longestUrl || !URL.canParse(text)) return undefined;
    const url = new URL(text);
    if (url.username !== '' || url.password !== '') return undefined;
    const plain = url.origin + url.pathname;
    const found = map.find(({ prefix }) => plain.startsWith(prefix));
    return found && { root: found.root, names: readNames(plain.slice(found.prefix.length)), url: text };
  };
  type Found = NonNullable<ReturnType<typeof find>>;

  const read = async (
    { root, names, url }: Found,
    ...[, target, limits, signal]: Parameters<typeof fetch.download>
  ) => {
    const deadlines = openDeadlines(limits, signal);
    try {
      const { handle, bytes } = await openBelow(root, names);
      try {
        if (bytes > limits.bytes) throw tooLarge(limits.bytes, bytes);
        const body = addAbortSignal(deadlines.signal, handle.createReadStream({ autoClose: false }));
        // It may break before it is read; reading it then tells the same error.
        body.on('error', () => {});
        const stored = await storeBody(body, target.file, limits.bytes, deadlines);
        return { file: target.file, ...stored, url, redirects: 0 };
      } finally {
        await handle.close();
      }
    } catch (error) {
      const why = deadlines.signal.aborted ? deadlines.signal.reason : error;
      if (!(why instanceof FetchRefused)) throw why;
      return { ...why.reason, url: shownUrl(url) } satisfies FetchRefusal;
    } finally {
      deadlines.end();
    }
  };

  return {
    ...fetch,
    download(...asked) {
      const found = find(asked[0]);
      return found === undefined ? fetch.download(...asked) : read(found, ...asked);
    },
    inspect: (url) => (find(url) === undefined ? fetch.inspect(url) : undefined),
  };
}

const longestUrl = 8192;

/** The names on the way to a file; undefined where one of them is none. */
function readNames(path: string): string[] | undefined {
  try {
    const names = path.split('/').map(decodeURIComponent);
    // A name that holds a separator is a way of its own, and the parser of addresses has not seen it.
    return names.every((name) => !/^\.{0,2}$|[/\\\0]/.test(name)) ? names : undefined;
  } catch {
    return undefined;
  }
}

async function openBelow(root: string, names: readonly string[] | undefined) {
  const path = names && (await realpath(join(root, ...names)).catch(() => undefined));
  if (path === undefined || !path.startsWith(root.endsWith(sep) ? root : root + sep)) throw notThere();
  // Neither a link that took the file's place since, nor a pipe that nobody writes to.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(path, flags).catch(() => {
    throw notThere();
  });
  const stats = await handle.stat();
  if (stats.isFile()) return { handle, bytes: stats.size };
  await handle.close();
  throw notThere();
}

/** What a server would say of a file that it does not have. */
function notThere(): FetchRefused {
  return new FetchRefused({ code: 'status', unit: 'status', limit: 200, found: 404 });
}

function tooLarge(limit: number, found: number): FetchRefused {
  return new FetchRefused({ code: 'too_large', unit: 'bytes', limit, found });
}
