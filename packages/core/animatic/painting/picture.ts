import type { PictureSprite } from '../sprite.ts';
import { mix } from './noise.ts';
import type { Rgba } from './rgba.ts';
import type { Workshop } from './workshop.ts';

/** Pixels of the light line around a picture with round corners, and how opaque it is. */
const border = 2;
const borderOpacity = 0.85;

/** A part of a picture as it is, or as a card with round corners and a light line around it. */
export async function makePicture(sprite: PictureSprite, { picture, resize }: Workshop): Promise<Rgba> {
  const { width, height, crop, radius, blur } = sprite;
  const data = await resize(await picture(sprite.media), crop, { width, height, blur });
  if (sprite.grade !== undefined) applyGrade(data, sprite.grade);
  if (radius > 0) roundCorners(data, width, height, radius);
  let opaque = radius === 0;
  for (let at = 3; opaque && at < data.length; at += 4) opaque = data[at] === 255;
  return { data, width, height, opaque };
}

/** Bright places keep some of their own colour, so that snow and sky do not turn flat. */
function applyGrade(data: Uint8Array, grade: readonly [number, number, number]): void {
  const tables = grade.map((factor) =>
    Uint8Array.from({ length: 256 }, (_, value) =>
      Math.min(255, Math.round(value * mix(factor, 1, 0.25 * (value / 255) ** 3))),
    ),
  );
  const [red, green, blue] = tables as [Uint8Array, Uint8Array, Uint8Array];
  for (let at = 0; at < data.length; at += 4) {
    data[at] = red[data[at]!]!;
    data[at + 1] = green[data[at + 1]!]!;
    data[at + 2] = blue[data[at + 2]!]!;
  }
}

function roundCorners(data: Uint8Array, width: number, height: number, radius: number): void {
  const round = Math.min(radius, width / 2, height / 2);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const depth = depthInside(column + 0.5, row + 0.5, width, height, round);
      const at = (row * width + column) * 4;
      const line = Math.min(Math.max(border - depth + 0.5, 0), 1) * borderOpacity;
      if (line > 0)
        for (let channel = 0; channel < 3; channel++)
          data[at + channel] = Math.round(mix(data[at + channel]!, 255, line));
      data[at + 3] = Math.round(Math.max(data[at + 3]!, line * 255) * Math.min(Math.max(depth + 0.5, 0), 1));
    }
}

/** How far inside a rectangle with round corners a point is, in pixels; negative outside. */
function depthInside(x: number, y: number, width: number, height: number, round: number): number {
  const aside = Math.abs(x - width / 2) - (width / 2 - round);
  const below = Math.abs(y - height / 2) - (height / 2 - round);
  return round - (aside > 0 && below > 0 ? Math.hypot(aside, below) : Math.max(aside, below));
}
