import { readFileSync } from 'node:fs';
import { request as ask } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { readRequest } from '../packages/core/authoring/index.ts';
import {
  type Facts,
  type Film,
  type Media,
  mediaOfRequest,
  type Request,
  replaceMedia,
} from '../packages/core/model/index.ts';
import type { TestServer } from '../packages/server/test-server.ts';
import type { OwnAnswer } from './studio-page.ts';

/** The sample request as a browser drafts it: its media are stored on a server, its lines are spoken there. */
export interface StudioSample {
  readonly request: Request;
  readonly film: Film;
  readonly facts: Facts;
  readonly pictures: Readonly<Record<Media, string>>;
  readonly cutouts: Readonly<Record<Media, string>>;
  readonly speech: Readonly<Record<string, string>>;
  /** The file of each medium. */
  readonly files: Readonly<Record<Media, string>>;
}

const sample = resolve(import.meta.dirname, '../samples/sunrise.yaml');

/** Stores the sample's media on the server and has it look at the request in that size. */
export async function storeSample(server: TestServer, size: string): Promise<StudioSample> {
  const read = readRequest({ ...(parse(readFileSync(sample, 'utf8')) as object), size });
  if (read.request === undefined) throw new Error('the sample cannot be read');
  const stored = new Map<Media, { readonly media: Media; readonly file: string }>();
  for (const { media } of mediaOfRequest(read.request)) {
    if (stored.has(media)) continue;
    const file = join(dirname(sample), media);
    const type = file.endsWith('.png') ? 'image/png' : 'image/jpeg';
    const kept = await server.ask('/v1/assets', { bytes: readFileSync(file), headers: { 'content-type': type } });
    if (kept.status !== 201) throw new Error(`${media} was not stored: ${kept.bytes}`);
    stored.set(media, { media: kept.json.asset, file });
  }
  const request = replaceMedia(read.request, (media) => stored.get(media)!.media);
  const found = await server.ask('/v1/drafts/facts', { json: request });
  if (found.status !== 200 || found.json.problems.length > 0)
    throw new Error(`the sample has no facts: ${found.bytes}`);
  const { facts, film, speech } = found.json as { facts: Facts; film: Film; speech: Record<string, string> };
  const all = [...stored.values()];
  const at = (end: string) =>
    Object.fromEntries(all.map(({ media }) => [media, `/v1/assets/${media.slice(6)}/${end}`]));
  const paths = Object.entries(speech).map(([key, url]) => [key, url.replace(/^https?:\/\/[^/]+/, '')]);
  return {
    ...{ request, film, facts, pictures: at('content'), cutouts: at('cutout.webp') },
    speech: Object.fromEntries(paths),
    files: Object.fromEntries(all.map(({ media, file }) => [media, file])),
  };
}

/** Hands what a page asks of the native API on to a server. */
export function passOn(server: TestServer): OwnAnswer {
  const { hostname, port } = new URL(server.url);
  return (request, response) => {
    if (request.url?.startsWith('/v1/') !== true) return false;
    // As if the server had given the page itself.
    const { host: _, origin: __, 'sec-fetch-site': ___, ...headers } = request.headers;
    const passed = ask(
      {
        hostname,
        port,
        path: request.url,
        method: request.method,
        headers: { ...headers, host: `${hostname}:${port}` },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on('error', (error) => response.writeHead(502).end(String(error)));
    request.pipe(passed);
    return true;
  };
}
