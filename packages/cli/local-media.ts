import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Media, mediaOfRequest, type Problem, problem, type Request } from '@refreel/core/model';

/** The files behind a request's media on this machine. */
export interface LocalMedia {
  readonly files: Readonly<Record<Media, string>>;
  readonly problems: readonly Problem[];
  /** Removes what data URIs were unpacked to. */
  close(): Promise<void>;
}

/** Finds the local file of every medium: paths from the request's folder, `file:` URLs, and data URIs unpacked beside nobody else's files. */
export async function findLocalMedia(request: Request, folder: string): Promise<LocalMedia> {
  const files: Record<Media, string> = {};
  const problems: Problem[] = [];
  let unpacked: string | undefined;
  for (const { path, media } of mediaOfRequest(request)) {
    if (files[media] !== undefined) continue;
    if (media.startsWith('data:')) {
      unpacked ??= await mkdtemp(join(tmpdir(), 'refreel-media-'));
      const bytes = readDataUri(media);
      if (bytes === undefined) {
        const found = { en: 'it is no base64 data URI', zh: '不是 base64 的 data URI' };
        problems.push(problem('invalid_request', path, { found }));
        continue;
      }
      files[media] = join(unpacked, String(Object.keys(files).length));
      await writeFile(files[media], bytes);
    } else if (media.startsWith('file:')) {
      files[media] = fileURLToPath(media);
    } else if (/^[a-z][a-z0-9+.-]+:\/\//i.test(media) || media.startsWith('asset:')) {
      problems.push(problem('media_remote', path, { found: media }));
    } else {
      files[media] = resolve(folder, media);
    }
  }
  return {
    files,
    problems,
    async close() {
      if (unpacked !== undefined) await rm(unpacked, { recursive: true, force: true });
    },
  };
}

function readDataUri(uri: string): Buffer | undefined {
  const match = /^data:[\w.+-]+\/[\w.+-]+(?:;[\w=.+-]+)*;base64,([A-Za-z0-9+/=\s]+)$/.exec(uri);
  return match?.[1] === undefined ? undefined : Buffer.from(match[1], 'base64');
}
