import type { Media } from '@refreel/core/model';

/** `asset:<sha256>` -> the hash; undefined for any other medium. */
export function assetHash(media: Media): string | undefined {
  return /^asset:([0-9a-f]{64})$/.exec(media)?.[1];
}
