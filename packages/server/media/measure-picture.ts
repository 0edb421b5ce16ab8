import type { ImageFacts } from '@refreel/core/model';
import type { Admitted } from './admit.ts';
import type { MeasureLimits } from './limits.ts';
import { meanColour } from './mean-colour.ts';
import { decodingPicture, openPicture, type PictureSource } from './picture-source.ts';

/** Everything of a picture's facts that its bytes alone tell. */
export type PictureMeasures = Omit<ImageFacts, 'bytes' | 'sha256' | 'mask'>;

/** Side of the small copy from which colours are taken. */
const side = 64;
const third = Math.floor(side / 3);

/** Reads the header, then decodes every row: a picture that measures is one that decodes. Throws `MediaRefused`. */
export async function measurePicture(admitted: Admitted, limits: MeasureLimits): Promise<PictureMeasures> {
  const picture = await openPicture(admitted, limits);
  const small = await decodingPicture(
    picture
      .open()
      .autoOrient()
      .resize(side, side, { fit: 'fill' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer(),
  );
  return {
    kind: 'image',
    mediaType: admitted.sniffed.mediaType,
    width: picture.width,
    height: picture.height,
    alpha: await hasClearPixel(picture),
    animated: picture.frames > 1,
    mean: meanColour(small, side, 0, side),
    meanTop: meanColour(small, side, 0, third),
    meanBottom: meanColour(small, side, side - third, side),
  };
}

async function hasClearPixel(picture: PictureSource): Promise<boolean> {
  if (!picture.alphaChannel) return false;
  // At full size: averaged down, a single clear pixel would be lost.
  const alpha = await decodingPicture(
    picture.open().ensureAlpha().extractChannel('alpha').raw({ depth: 'uchar' }).toBuffer(),
  );
  return alpha.some((value) => value !== 255);
}
