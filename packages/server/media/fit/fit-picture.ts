import { stat } from 'node:fs/promises';
import type { FitTarget } from '@refreel/core/model';
import { admit } from '../admit.ts';
import { defaultLimits } from '../limits.ts';
import { openPicture } from '../picture-source.ts';
import { MediaRefused } from '../refusal.ts';

type PictureTarget = Extract<FitTarget, { kind: 'image' }>;

/** From hardly to be told from the original, to what still shows no blocks. Ours. */
const qualities = [92, 84, 74, 62];
/** How much smaller a picture is made that is still too many bytes. */
const smaller = 0.8;

/** Writes a picture anew: upright, scaled to cover its size and cropped around its middle. Throws `MediaRefused`. */
export async function fitPicture(file: string, into: string, to: PictureTarget): Promise<void> {
  const source = await openPicture(admit(file, defaultLimits.bytes, ['image']), defaultLimits);
  const { mediaType, background, mostBytes = Number.POSITIVE_INFINITY, leastSide } = to;
  let { width, height } = to;
  for (;;) {
    for (const quality of mediaType === 'image/jpeg' ? qualities : [100]) {
      const scaled = source.open().autoOrient().resize(width, height, { fit: 'cover', position: 'centre' });
      const flat = background === undefined ? scaled : scaled.flatten({ background });
      const coded = mediaType === 'image/jpeg' ? flat.jpeg({ quality }) : flat.png({ compressionLevel: 9 });
      await coded.toFile(into);
      if ((await stat(into)).size <= mostBytes) return;
    }
    const next = scaledDown({ width, height });
    if (leastSide === undefined || Math.min(next.width, next.height) < leastSide) {
      const found = (await stat(into)).size;
      throw new MediaRefused({ code: 'media_too_large', unit: 'bytes', limit: mostBytes, found });
    }
    ({ width, height } = next);
  }
}

/** Smaller, and no longer for its short side than it was. */
function scaledDown({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const short = Math.floor(Math.min(width, height) * smaller);
  const long = Math.floor((short * Math.max(width, height)) / Math.min(width, height));
  return width < height ? { width: short, height: long } : { width: long, height: short };
}
