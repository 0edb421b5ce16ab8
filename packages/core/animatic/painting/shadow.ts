import type { DotSprite, ShadowSprite } from '../sprite.ts';
import { dither } from './noise.ts';
import type { Rgba } from './rgba.ts';

/** A soft black ellipse that fills its box. */
export function makeShadow({ width, height, strength }: ShadowSprite): Rgba {
  return softEllipse(width, height, [0, 0, 0], strength, 3.2);
}

/** A soft round dot that fills its box, solid in the middle. */
export function makeDot({ width, height, colour }: DotSprite): Rgba {
  return softEllipse(width, height, colour, 1, 2);
}

/** A Gaussian of the distance from the middle, lowered so that it ends at the edge of the box. `fall`: how fast it falls. */
function softEllipse(
  width: number,
  height: number,
  colour: readonly [number, number, number],
  opacity: number,
  fall: number,
): Rgba {
  const data = new Uint8Array(width * height * 4);
  const atEdge = Math.exp(-fall);
  for (let row = 0; row < height; row++) {
    const y = (row + 0.5) / (height / 2) - 1;
    for (let column = 0; column < width; column++) {
      const x = (column + 0.5) / (width / 2) - 1;
      const alpha = Math.max((Math.exp(-fall * (x * x + y * y)) - atEdge) / (1 - atEdge), 0) * opacity * 255;
      const at = (row * width + column) * 4;
      data.set(colour, at);
      // Clear stays clear: a speckled edge would be seen where nothing should be.
      data[at + 3] = alpha === 0 ? 0 : Math.round(alpha + dither(column, row) * 0.98);
    }
  }
  return { data, width, height, opaque: false };
}
