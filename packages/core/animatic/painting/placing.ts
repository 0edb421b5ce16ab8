import type { DrawText, Place } from '../draw-list.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Bilinear sampling skips texels beyond 2 texels a pixel, and looks rough shortly before; then the half-size picture is drawn. */
const mostTexelsPerPixel = 1.9;

/** How often a picture is halved before it is drawn: never asks for more texels than bilinear sampling can blend. */
export function halvingsFor(picture: Size, place: Place): number {
  let halvings = 0;
  let texels = Math.max(picture.width / place.width, picture.height / place.height);
  let side = Math.max(picture.width, picture.height);
  for (; texels > mostTexelsPerPixel && side > 1; side = (side + 1) >> 1) {
    texels /= 2;
    halvings++;
  }
  return halvings;
}

/** Where a text of that size stands: on whole pixels. */
export function placeText({ x, y, alignX, alignY }: DrawText, { width, height }: Size): Place {
  return { x: Math.round(x - alignX * width), y: Math.round(y - alignY * height), width, height };
}
