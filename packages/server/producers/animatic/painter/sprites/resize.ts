import type { Box } from '@refreel/core/model';
import sharp from 'sharp';
import type { Rgba as Pixels } from '../../../../media/rgba.ts';

/**
 * A part of a picture at another size: Lanczos, in premultiplied colours, so that hidden colours never show at an edge.
 * `crop` is in fractions of the picture; it takes in at least one pixel.
 */
export async function resize(
  picture: Pixels,
  crop: Box,
  { width, height, flip = false, blur = 0 }: { width: number; height: number; flip?: boolean; blur?: number },
): Promise<Uint8Array> {
  const { data, width: from, height: tall } = picture;
  const left = Math.min(Math.max(Math.round(crop.left * from), 0), from - 1);
  const top = Math.min(Math.max(Math.round(crop.top * tall), 0), tall - 1);
  const cropWidth = Math.min(Math.max(Math.round(crop.right * from) - left, 1), from - left);
  const cropHeight = Math.min(Math.max(Math.round(crop.bottom * tall) - top, 1), tall - top);
  const image = sharp(data, { raw: { width: from, height: tall, channels: 4 } })
    .extract({ left, top, width: cropWidth, height: cropHeight })
    .resize({ width, height, fit: 'fill', kernel: 'lanczos3' });
  if (flip) image.flop();
  // The least that sharp blurs by.
  if (blur >= 0.3) image.blur(blur);
  return image.raw().toBuffer();
}
