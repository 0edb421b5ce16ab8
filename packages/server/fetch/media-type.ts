import { FetchRefused } from './refusal.ts';

/** What the asker can use. */
export type MediaKind = 'image' | 'video' | 'audio';

/** The type of a claim such as `Image/PNG; charset=binary`, in lower case without parameters; undefined if it is none. */
export function readMediaType(claim: string | undefined): string | undefined {
  const type = (claim ?? '').replace(/;.*/s, '').trim().toLowerCase();
  return /^[a-z0-9!#$&^_.+-]{1,60}\/[a-z0-9!#$&^_.+-]{1,80}$/.test(type) ? type : undefined;
}

/**
 * Refuses a claim that is certainly wrong. Doubt passes, since the bytes decide later what they are: no type, text/plain and unknown
 * application types are what servers say of files that they do not know, and sound and film are taken for each other (MP4, WebM).
 */
export function holdToKinds(type: string | undefined, kinds: readonly MediaKind[]): void {
  if (type === undefined) return;
  const [family = ''] = type.split('/');
  if (documents.test(type)) throw new FetchRefused({ code: 'content_type', limit: kinds.join(', '), found: type });
  if (family !== 'image' && family !== 'video' && family !== 'audio') return;
  const fits = family === 'image' ? kinds.includes('image') : kinds.includes('video') || kinds.includes('audio');
  if (!fits) throw new FetchRefused({ code: 'content_type', limit: kinds.join(', '), found: type });
}

/** Pages, data, programs, playlists (also those that call themselves audio), and vector pictures, which are programs too. */
const documents = /^text\/(?!plain$)|[/+](json|xml)$|^application\/(pdf|zip|javascript|ecmascript)$|mpegurl/;
