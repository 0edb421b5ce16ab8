import { makeId, RefreelError } from '@refreel/sdk';
import { create } from 'zustand';
import { client } from '../server/client.ts';
import { settleMedia } from './project-store.ts';

/** Bytes on their way to the server. */
export interface Upload {
  readonly name: string;
  /** Shows them before the server has them; undefined for what the server fetches itself. */
  readonly preview: string | undefined;
  readonly mediaType: string;
  /** Why it failed, in the person's language; undefined while it is under way. */
  readonly failure: string | undefined;
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
  if (/^image\//.test(type)) return 'image';
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
    const problem = error instanceof RefreelError ? error.problems[0] : undefined;
    const failure = problem === undefined ? String((error as Error).message) : `${problem.message} ${problem.remedy}`;
    put(media, { ...upload, failure });
  }
}

function put(media: string, upload: Upload): void {
  useUploads.setState((all) => ({ ...all, [media]: upload }));
}
