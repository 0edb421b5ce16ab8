import type { Sprite } from '../sprite.ts';
import { makeBackdrop } from './backdrop.ts';
import { makeCutout } from './cutout.ts';
import { makeFigure } from './figure.ts';
import { makePicture } from './picture.ts';
import type { Rgba } from './rgba.ts';
import { makeDot, makeShadow } from './shadow.ts';
import { makeText } from './text.ts';
import type { Workshop } from './workshop.ts';

/**
 * Makes the picture of a sprite, in its own width and height; of a text, as large as its lines need. The same sprite gives the same
 * bytes in the same workshop. @throws what the workshop throws
 */
export async function makeSprite(sprite: Sprite, workshop: Workshop): Promise<Rgba> {
  switch (sprite.make) {
    case 'cutout':
      return makeCutout(sprite, workshop);
    case 'picture':
      return makePicture(sprite, workshop);
    case 'text':
      return makeText(sprite, workshop.easel, await workshop.fonts(sprite));
    case 'shadow':
      return makeShadow(sprite);
    case 'backdrop':
      return makeBackdrop(sprite);
    case 'figure':
      return makeFigure(sprite, workshop.easel);
    case 'dot':
      return makeDot(sprite);
  }
}
