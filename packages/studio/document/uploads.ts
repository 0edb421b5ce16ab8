import { makeId, RefreelError, type ShownProblem } from '@refreel/sdk';
import { create } from 'zustand';
import { client } from '../server/client.ts';
import { whyFailed } from '../shared/why-failed.ts';
import { settleMedia } from './project-store.ts';

/** Bytes on their way to the server. */
export interface Upload {
  readonly name: string;
  /** Shows them before the server has them; undefined for what the server fetches itself. */
  readonly preview: string | undefined;
  readonly mediaType: string;
  /** Why it failed, in the person's language; undefined while it is under way. */
  readonly failure: string | undefined;
  /** Whether the same bytes may be taken another time. */
  readonly again?: boolean;
  readonly source: File | { readonly url: string };
}

/** Uploads that have not ended well, by the name that they have in the request. */
export const useUploads = create<Readonly<Record<string, Upload>>>(() => ({}));

/** Begins to send a file, or has the server fetch an address. Returns what the request calls it until it is there. */
export function beginUpload(source: Upload['source']): string {
  const media = `upload:${makeId()}`;
  const isFile = source instanceof File;
  const upload: Upload = {
    name: isFile ? source.name : (source.url.split(/[?#]/)[0]?.split('/').pop() ?? ''),
    preview: isFile ? URL.createObjectURL(source) : undefined,
    mediaType: isFile ? source.type : '',
    failure: undefined,
    source,
  };
  put(media, upload);
  void send(media, upload);
  return media;
}

/** Tries a failed upload once more. */
export function retryUpload(media: string): void {
  const upload = useUploads.getState()[media];
  if (upload === undefined) return;
  put(media, { ...upload, failure: undefined });
  void send(media, upload);
}

/** What kind of reference bytes are for, by what they say of themselves; the server looks again. */
export function roleOfFile({ type, name }: File): 'image' | 'video' | 'voice' | undefined {
  // Few browsers know this kind. The server says that it reads it not, and what to do.
  if (/^image\//.test(type) || /\.hei[cf]$/i.test(name)) return 'image';
  if (/^video\//.test(type) || /\.(?:mkv|mov|webm|mp4)$/i.test(name)) return 'video';
  return /^audio\//.test(type) ? 'voice' : undefined;
}

async function send(media: string, upload: Upload): Promise<void> {
  try {
    const { asset, facts } = await client().assets.upload(upload.source, { name: upload.name.slice(-200) || 'medium' });
    settleMedia(media, asset, facts);
    useUploads.setState(({ [media]: _, ...others }) => others, true);
    if (upload.preview !== undefined) URL.revokeObjectURL(upload.preview);
  } catch (error) {
    const { problems: [problem] = [], retryable: again = true } = error instanceof RefreelError ? error : {};
    const failure = problem === undefined ? whyFailed(error) : `${withName(problem, upload.name)} ${problem.remedy}`;
    put(media, { ...upload, failure, again });
  }
}

/** The server knows the one file of an upload as "file". */
function withName({ message, path }: ShownProblem, name: string): string {
  return path !== '' && message.startsWith(`${path} `) && name !== '' ? name + message.slice(path.length) : message;
}

function put(media: string, upload: Upload): void {
  useUploads.setState((all) => ({ ...all, [media]: upload }));
}
