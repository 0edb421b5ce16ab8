import type { Media } from '../model/index.ts';

/** Bytes in the place of an address. Handles of ours are left to whoever puts addresses in their place. */
export function isInline(media: Media): boolean {
  return /^data:/iu.test(media);
}

/** What everybody can fetch, as far as its text tells. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s/]+/iu.test(url);
}
