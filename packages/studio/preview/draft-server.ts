import type { Facts, Media, Request } from '@refreel/core/model';

/** Spoken lines of a request: what was measured of them, and where they are heard. */
export interface SpokenFacts {
  readonly lines: Facts['lines'];
  readonly speech: Readonly<Record<string, string>>;
}

/** What a preview asks of the server. */
export interface DraftServer {
  /** Has the lines of a request spoken. @throws where the server does not answer, or the signal's reason */
  speak(request: Request, signal: AbortSignal): Promise<SpokenFacts>;
}

/** Where a medium's picture and its subject are seen; undefined where it cannot be. */
export interface MediumAddress {
  readonly picture: string | undefined;
  readonly cutout: string | undefined;
}

/** The addresses of stored media: `asset:<sha256>`. `base` is the server's, empty on its own pages. */
export function storedAddress(media: Media, base = ''): MediumAddress {
  const hash = /^asset:([0-9a-f]{64})$/.exec(media)?.[1];
  if (hash === undefined) return { picture: undefined, cutout: undefined };
  const asset = `${base}/v1/assets/${hash}`;
  return { picture: `${asset}/content`, cutout: `${asset}/cutout.webp` };
}

/** Asks the server that gave the page, as whoever is signed in. */
export const pageServer: DraftServer = {
  async speak(request, signal) {
    const answer = await fetch('/v1/drafts/facts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal,
    });
    if (!answer.ok) throw new Error(`the lines were not spoken: status ${answer.status}`);
    const { facts, speech } = (await answer.json()) as { facts: Facts; speech: Record<string, string> };
    // Wherever the server says that it is, the page reaches it at its own address.
    const own = Object.entries(speech).map(([key, url]) => {
      const { pathname, search } = new URL(url, location.href);
      return [key, pathname + search];
    });
    return { lines: facts.lines, speech: Object.fromEntries(own) };
  },
};
