import { admit } from './admit.ts';
import { defaultLimits } from './limits.ts';
import { decodingPicture, openPicture } from './picture-source.ts';
import type { Rgba } from './rgba.ts';

/**
 * Decodes a picture: upright, in sRGB, straight alpha, scaled down (never up) to fit into `most`. Of an animated one, the first frame.
 * Throws `MediaRefused`.
 */
export async function readPicture(
  file: string,
  options: { readonly most?: { readonly width: number; readonly height: number } } = {},
): Promise<Rgba> {
  const picture = await openPicture(admit(file, defaultLimits.bytes, ['image']), defaultLimits);
  const upright = picture.open().autoOrient();
  if (options.most) upright.resize({ ...options.most, fit: 'inside', withoutEnlargement: true });
  const { data, info } = await decodingPicture(
    upright.toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }),
  );
  return { width: info.width, height: info.height, data };
}
