import type { Media } from '@refreel/core/model';
import type { Rgba as Pixels } from '../../../../media/rgba.ts';

/** Where sprites get what they are made from. */
export interface SpriteSources {
  /** The decoded picture: upright, straight RGBA. */
  picture(media: Media): Promise<Pixels>;
  /** The same picture, as large, whose alpha is the subject's matte; soft edges are free of the old background's colour. */
  cutout(media: Media): Promise<Pixels>;
}
