import sharp from 'sharp';
import type { Rgba } from './rgba.ts';

/** Good enough that nobody sees a difference, and quick; the matte is kept exactly. */
const settings = { quality: 90, alphaQuality: 100, effort: 2, smartSubsample: true } as const;

/** A picture as a WebP file. */
export async function encodeWebp({ data, width, height }: Rgba): Promise<Uint8Array> {
  return await sharp(data, { raw: { width, height, channels: 4 } })
    .webp(settings)
    .toBuffer();
}
