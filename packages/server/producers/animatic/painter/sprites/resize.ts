import type { Box } from '@refreel/core/model';
import { cropped, type NewSize, type Pixels } from '@refreel/core/painting';
import sharp from 'sharp';

/** A part of a picture at another size, as a `Workshop` makes it. */
export async function resize(
  picture: Pixels,
  crop: Box,
  { width, height, flip = false, blur = 0 }: NewSize,
): Promise<Uint8Array> {
  const image = sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 4 } })
    .extract(cropped(picture, crop))
    .resize({ width, height, fit: 'fill', kernel: 'lanczos3' });
  if (flip) image.flop();
  // The least that sharp blurs by.
  if (blur >= leastBlur) image.blur(blur);
  return image.raw().toBuffer();
}

const leastBlur = 0.3;
