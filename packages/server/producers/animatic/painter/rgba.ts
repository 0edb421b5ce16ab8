import type { I420, Rgba as Pixels } from '../../../media/rgba.ts';

/** A picture in memory: straight (not premultiplied) sRGB with alpha, four bytes a pixel, rows without gaps. */
export interface Rgba extends Pixels {
  /** Every pixel is opaque: the alpha bytes are not looked at, and drawing is faster. */
  readonly opaque: boolean;
}

/** A frame of a video as its decoder gives it, or as a picture. */
export type VideoFrame = Rgba | I420;
