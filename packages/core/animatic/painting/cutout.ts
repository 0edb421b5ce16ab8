import type { CutoutSprite } from '../sprite.ts';
import { applyLight } from './light.ts';
import { ease } from './noise.ts';
import type { Rgba } from './rgba.ts';
import type { Workshop } from './workshop.ts';

/** Share of the sprite over which a cut edge fades out. */
const featherShare = 0.09;

/** A subject freed from its background, in the light of its scene. */
export async function makeCutout(sprite: CutoutSprite, { cutout, resize }: Workshop): Promise<Rgba> {
  const { width, height, box, flip } = sprite;
  const data = await resize(await cutout(sprite.media), box, { width, height, flip });
  if (sprite.light !== undefined) applyLight(data, width, height, sprite.light);
  for (const edge of sprite.feather) feather(data, width, height, flip ? mirrored[edge] : edge);
  return { data, width, height, opaque: false };
}

const mirrored = { left: 'right', right: 'left', top: 'top', bottom: 'bottom' } as const;

function feather(data: Uint8Array, width: number, height: number, edge: CutoutSprite['feather'][number]): void {
  const upright = edge === 'top' || edge === 'bottom';
  const depth = (upright ? height : width) * featherShare;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const distance = { left: column, right: width - 1 - column, top: row, bottom: height - 1 - row }[edge] + 0.5;
      if (distance >= depth) continue;
      const at = (row * width + column) * 4 + 3;
      data[at] = Math.round(data[at]! * ease(distance / depth));
    }
}
