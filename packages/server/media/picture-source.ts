import { readFileSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import type { Admitted } from './admit.ts';
import type { MeasureLimits } from './limits.ts';
import { readBmpSize, readPngFrames } from './picture-header.ts';
import { holdTo, MediaRefused } from './refusal.ts';

/** A picture whose size is known and within limits; nothing is decoded yet (but for BMP). Of an animated one, the first frame. */
export interface PictureSource {
  /** A new pipeline from the pixels as stored: the orientation flag is not applied. */
  open(): Sharp;
  /** Pixels after the orientation flag is applied. */
  readonly width: number;
  readonly height: number;
  /** Whether it has a channel for alpha, opaque or not. */
  readonly alphaChannel: boolean;
  readonly frames: number;
}

// libvips asks every loader it has whether it knows a file. Only these four may answer: no SVG, no TIFF, no HEIF, no PDF, whatever
// the bytes say. This holds for the whole process.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadNsgifFile',
  ],
});
// One picture after another is read once: a cache would only keep memory.
sharp.cache(false);

/** Reads the header. Throws `MediaRefused` if it makes no sense or says too much. */
export async function openPicture(admitted: Admitted, limits: MeasureLimits): Promise<PictureSource> {
  if (admitted.sniffed.demuxer === 'bmp') return openBmp(admitted.file, limits);
  const open = () =>
    sharp(admitted.file, { failOn: 'error', limitInputPixels: limits.imagePixels, sequentialRead: true });
  // The header is read without the library's own limit, so that a refusal can say what was found.
  const header = await decodingPicture(sharp(admitted.file, { limitInputPixels: false }).metadata());
  const frames = admitted.sniffed.demuxer === 'png' ? readPngFrames(admitted.file) : (header.pages ?? 1);
  holdTo('media_too_many_pixels', 'pixels', limits.imagePixels, header.width * header.height);
  holdTo('media_too_many_frames', 'frames', limits.imageFrames, frames);
  const { width, height } = header.autoOrient;
  return { open, width, height, alphaChannel: header.hasAlpha, frames };
}

async function openBmp(file: string, limits: MeasureLimits): Promise<PictureSource> {
  const bytes = readFileSync(file);
  const { width, height } = readBmpSize(bytes);
  if (width < 1 || height < 1) throw new MediaRefused({ code: 'media_corrupt', found: 'a picture without pixels' });
  holdTo('media_too_many_pixels', 'pixels', limits.imagePixels, width * height);
  // Loaded only here: FFmpeg is 30 MB that no other picture needs.
  const { decodeBmp } = await import('./bmp.ts');
  const decoded = decodeBmp(bytes, limits.imagePixels);
  const raw = { width: decoded.width, height: decoded.height, channels: 4 } as const;
  const open = () => sharp(decoded.data, { raw, limitInputPixels: limits.imagePixels });
  return { open, width: decoded.width, height: decoded.height, alphaChannel: true, frames: 1 };
}

/** Waits for sharp, whose errors here are the picture's: its end is known to be there, so it is damaged. */
export async function decodingPicture<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new MediaRefused({ code: 'media_corrupt', found: (error as Error).message }, error);
  }
}
