import type { ImageFacts } from '@refreel/core/model';
import type { Admitted } from './admit.ts';
import { findGrid } from './find-grid.ts';
import type { MeasureLimits } from './limits.ts';
import { lookAt, lookSide } from './look.ts';
import { meanColour } from './mean-colour.ts';
import { decodingPicture, openPicture, type PictureSource } from './picture-source.ts';

/** Everything of a picture's facts that its bytes alone tell. */
export type PictureMeasures = Omit<ImageFacts, 'bytes' | 'sha256' | 'mask'>;

/** Side of the small copy from which colours and grids are taken: divisible by every number of panels. */
const side = 240;
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
  const grid = findGrid(greyOf(small), side);
  const look = await lookOf(picture);
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
    ...(grid !== undefined && { grid }),
    ...(look !== undefined && { look }),
  };
}

async function lookOf(picture: PictureSource): Promise<ImageFacts['look']> {
  const { data, info } = await decodingPicture(
    picture
      .open()
      .autoOrient()
      .resize(lookSide, lookSide, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  return lookAt({ width: info.width, height: info.height, data });
}

function greyOf(rgba: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: rgba.length / 4 }, (_, pixel) => {
    const at = pixel * 4;
    return (54 * rgba[at]! + 183 * rgba[at + 1]! + 19 * rgba[at + 2]!) >> 8;
  });
}

async function hasClearPixel(picture: PictureSource): Promise<boolean> {
  if (!picture.alphaChannel) return false;
  // At full size: averaged down, a single clear pixel would be lost.
  const alpha = await decodingPicture(
    picture.open().ensureAlpha().extractChannel('alpha').raw({ depth: 'uchar' }).toBuffer(),
  );
  return alpha.some((value) => value !== 255);
}
