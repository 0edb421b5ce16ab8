import { createCanvas, Path2D } from '@napi-rs/canvas';
import type { Sprite } from '@refreel/core/animatic';
import { type Easel, makeSprite as makeIn, type SpriteSources } from '@refreel/core/painting';
import type { Rgba } from '../rgba.ts';
import { registerFonts } from './fonts.ts';
import { resize } from './resize.ts';

/**
 * Makes the picture of a sprite, in its own width and height; of a text, as large as its lines need. The same sprite gives the same
 * bytes. @throws what `sources` throw.
 */
export function makeSprite(sprite: Sprite, { picture, cutout }: SpriteSources): Promise<Rgba> {
  return makeIn(sprite, { picture, cutout, resize, fonts: registerFonts, easel });
}

const easel: Easel = {
  canvas: (width, height) => createCanvas(width, height).getContext('2d'),
  path: (outline) => new Path2D(outline),
};
