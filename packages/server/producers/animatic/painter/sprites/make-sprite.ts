import type { Sprite } from '@refreel/core/animatic';
import type { Rgba } from '../rgba.ts';
import { makeBackdrop } from './backdrop.ts';
import { makeCutout } from './cutout.ts';
import { makeFigure } from './figure.ts';
import { makePicture } from './picture.ts';
import { makeDot, makeShadow } from './shadow.ts';
import type { SpriteSources } from './sources.ts';
import { makeText } from './text.ts';

/**
 * Makes the picture of a sprite, in its own width and height; of a text, as large as its lines need. The same sprite gives the same
 * bytes. @throws what `sources` throw.
 */
export async function makeSprite(sprite: Sprite, sources: SpriteSources): Promise<Rgba> {
  switch (sprite.make) {
    case 'cutout':
      return makeCutout(sprite, sources);
    case 'picture':
      return makePicture(sprite, sources);
    case 'text':
      return makeText(sprite);
    case 'shadow':
      return makeShadow(sprite);
    case 'backdrop':
      return makeBackdrop(sprite);
    case 'figure':
      return makeFigure(sprite);
    case 'dot':
      return makeDot(sprite);
  }
}
