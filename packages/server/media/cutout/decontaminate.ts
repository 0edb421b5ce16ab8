import type { Colours } from './guided-filter.ts';
import { boxMean, newPlane, type Plane } from './plane.ts';

/** Slowly changing colours of the subject and of what is behind it, also where each of them is hidden. */
export interface Layers {
  readonly front: Colours;
  readonly back: Colours;
}

/**
 * Estimates both layers of a picture whose matte is known, by the blur-fusion of Forte (2021): first with a wide blur, that reaches
 * from the confident parts across the edge, then with a narrow one on its result, that brings the neighbourhood's own colours back.
 */
export function estimateLayers(picture: Colours, matte: Plane, wide: number, narrow: number): Layers {
  const first = fuse(picture, picture, picture, matte, wide);
  return fuse(picture, first.front, first.back, matte, narrow);
}

function fuse(picture: Colours, front: Colours, back: Colours, matte: Plane, radius: number): Layers {
  const behind = newPlane(matte.width, matte.height);
  for (let at = 0; at < behind.data.length; at++) behind.data[at] = 1 - matte.data[at]!;
  const frontMean = weightedMean(front, matte, radius);
  const backMean = weightedMean(back, behind, radius);
  for (let channel = 0; channel < 3; channel++) {
    const seen = picture[channel]!.data;
    const over = frontMean[channel]!.data;
    const under = backMean[channel]!.data;
    for (let at = 0; at < seen.length; at++) over[at] = trueFront(seen[at]!, over[at]!, under[at]!, matte.data[at]!);
  }
  return { front: frontMean, back: backMean };
}

/**
 * What the subject's own colour must be for the picture to look as it does, near the estimate: the part of the difference that the
 * estimates leave unexplained goes to the subject as far as it is seen.
 */
export function trueFront(seen: number, front: number, back: number, alpha: number): number {
  const colour = front + alpha * (seen - alpha * front - (1 - alpha) * back);
  return colour < 0 ? 0 : colour > 1 ? 1 : colour;
}

/** Mean of colours, each pixel counting by its weight. Where no weight is near, the plain mean, so that nothing is divided by nothing. */
function weightedMean(colours: Colours, weight: Plane, radius: number): [Plane, Plane, Plane] {
  const floor = 1e-5;
  const near = newPlane(weight.width, weight.height);
  for (let at = 0; at < near.data.length; at++) near.data[at] = weight.data[at]! + floor;
  const weights = boxMean(near, radius).data;
  const product = newPlane(weight.width, weight.height);
  return colours.map((plane) => {
    for (let at = 0; at < product.data.length; at++) product.data[at] = plane.data[at]! * near.data[at]!;
    const mean = boxMean(product, radius);
    for (let at = 0; at < product.data.length; at++) mean.data[at] = mean.data[at]! / weights[at]!;
    return mean;
  }) as [Plane, Plane, Plane];
}
