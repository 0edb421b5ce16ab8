import type { Box, Media } from '../../model/index.ts';
import type { TextSprite } from '../sprite.ts';
import type { Easel } from './easel.ts';
import type { FontPart } from './fonts.ts';
import type { Pixels } from './rgba.ts';

/** Where sprites get what they are made from. */
export interface SpriteSources {
  /** The decoded picture: upright, straight RGBA. */
  picture(media: Media): Promise<Pixels>;
  /** The same picture, as large, whose alpha is the subject's matte; soft edges are free of the old background's colour. */
  cutout(media: Media): Promise<Pixels>;
}

/** The size that a part of a picture gets. */
export interface NewSize {
  readonly width: number;
  readonly height: number;
  /** Mirrored left to right. */
  readonly flip?: boolean;
  /** Standard deviation of a Gaussian blur in pixels of the new size. */
  readonly blur?: number;
}

/** What sprites are made with: each platform brings its own. */
export interface Workshop extends SpriteSources {
  /**
   * A part of a picture at another size: Lanczos, in premultiplied colours, so that hidden colours never show at an edge. `crop` is in
   * fractions of the picture; it takes in at least one pixel.
   */
  resize(picture: Pixels, crop: Box, size: NewSize): Promise<Uint8Array>;
  /** Makes the fonts of a text known to the easel, and says in which parts it is set. */
  fonts(text: TextSprite): Promise<readonly FontPart[]> | readonly FontPart[];
  readonly easel: Easel;
}

/** The pixels that a crop takes in. */
export function cropped(
  { width, height }: Pixels,
  crop: Box,
): { left: number; top: number; width: number; height: number } {
  const left = Math.min(Math.max(Math.round(crop.left * width), 0), width - 1);
  const top = Math.min(Math.max(Math.round(crop.top * height), 0), height - 1);
  return {
    left,
    top,
    width: Math.min(Math.max(Math.round(crop.right * width) - left, 1), width - left),
    height: Math.min(Math.max(Math.round(crop.bottom * height) - top, 1), height - top),
  };
}
