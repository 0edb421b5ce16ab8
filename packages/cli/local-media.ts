import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Localized, type Media, mediaOfRequest, type Problem, problem, type Request } from '@refreel/core/model';

/** The files behind a request's media on this machine. */
export interface LocalMedia {
  readonly files: Readonly<Record<Media, string>>;
  readonly problems: readonly Problem[];
  /** Removes what data URIs were unpacked to. */
  close(): Promise<void>;
}

/** Finds the local file of every medium: paths from the request's folder, `file:` URLs, and data URIs unpacked beside nobody else's files. */
export async function findLocalMedia(request: Request, folder: string): Promise<LocalMedia> {
  // A file may be called "constructor".
  const files: Record<Media, string> = Object.create(null);
  const problems: Problem[] = [];
  let unpacked: string | undefined;
  for (const { path, media } of mediaOfRequest(request)) {
    if (files[media] !== undefined) continue;
    const refuse = (found: Localized) => problems.push(problem('invalid_request', path, { found }));
    if (media.startsWith('data:')) {
      const bytes = readDataUri(media);
      if (bytes === undefined) {
        refuse({ en: 'it is no base64 data URI', zh: '不是 base64 的 data URI' });
        continue;
      }
      unpacked ??= await mkdtemp(join(tmpdir(), 'refreel-media-'));
      files[media] = join(unpacked, String(Object.keys(files).length));
      await writeFile(files[media], bytes);
    } else if (/^file:/i.test(media)) {
      const file = readFileUrl(media);
      if (file === undefined) refuse({ en: 'it is no file URL of this machine', zh: '不是本机的 file URL' });
      else files[media] = file;
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

function readFileUrl(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

function readDataUri(uri: string): Buffer | undefined {
  const head = /^data:[\w.+-]+\/[\w.+-]+(?:;[\w=.+-]+)*;base64,/i.exec(uri)?.[0];
  const body = head === undefined ? '' : uri.slice(head.length);
  return /^[A-Za-z0-9+/=\s]+$/.test(body) ? Buffer.from(body, 'base64') : undefined;
}
