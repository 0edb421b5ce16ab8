import type { Colour } from '../../model/index.ts';
import type { Light } from '../sprite.ts';
import { blurPlane } from './blur.ts';
import { lumaOf, mixColours } from './colour.ts';
import { ease, mix } from './noise.ts';

/** How much of a scene's tint a subject takes at most: skin stays skin. */
const mostTint = 0.45;
/** How much of the difference in brightness, as a power, and its bounds. */
const exposurePower = 0.55;
const darkest = 0.5;
const brightest = 1.3;
/** Width of the scene's light on the subject's edge, as a share of its smaller side, and its strength. */
const wrapWidth = 0.015;
const wrapStrength = 0.5;

/**
 * Moves a cut-out (straight RGBA, in place) into the light of its scene: key from above, fill from below, a little of both around the
 * edge.
 */
export function applyLight(data: Uint8Array, width: number, height: number, light: Light): void {
  if (light.amount === 0) return;
  const exposure = exposureOf(data, light);
  const wrap = edgeOf(data, width, height);
  for (let row = 0; row < height; row++) {
    const scene = mixColours(light.key, light.fill, ease((row + 0.5) / height));
    // From above comes a little more light than from below.
    const slope = mix(1.04, 0.94, (row + 0.5) / height);
    const tint = tintOf(scene);
    const factors = tint.map((channel) => 1 + (channel * exposure * slope - 1) * light.amount);
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column;
      if (data[pixel * 4 + 3] === 0) continue;
      const around = wrap[pixel]! * wrapStrength * light.amount;
      for (let channel = 0; channel < 3; channel++) {
        const at = pixel * 4 + channel;
        const lit = multiply(data[at]!, factors[channel]!);
        // Light only adds: a dark scene draws no dark line.
        data[at] = Math.round(lit + Math.max(scene[channel]! - lit, 0) * around);
      }
    }
  }
}

/** Brighter without clipping: highlights rise less. */
function multiply(value: number, factor: number): number {
  return factor <= 1 ? value * factor : value * (1 + (factor - 1) * (1 - value / 255));
}

/** The colour of a light as factors about 1. */
function tintOf(colour: Colour): Colour {
  // Nearly black has no colour worth taking.
  const luma = Math.max(lumaOf(colour), 24);
  const channel = (value: number) => Math.min(Math.max((value + 12) / (luma + 12), 0.4), 2) ** mostTint;
  const tint: Colour = [channel(colour[0]), channel(colour[1]), channel(colour[2])];
  const brightness = lumaOf(tint);
  return [tint[0] / brightness, tint[1] / brightness, tint[2] / brightness];
}

/** How much brighter the subject becomes: a part of the way to the scene. */
function exposureOf(data: Uint8Array, light: Light): number {
  let sum = 0;
  let weight = 0;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]!;
    sum += (0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!) * alpha;
    weight += alpha;
  }
  if (weight === 0) return 1;
  const scene = 0.6 * lumaOf(light.key) + 0.4 * lumaOf(light.fill);
  return Math.min(Math.max(((scene + 20) / (sum / weight + 20)) ** exposurePower, darkest), brightest);
}

/** 1 at the outer edge of the alpha, 0 well inside. Where the picture itself ends there is no edge. */
function edgeOf(data: Uint8Array, width: number, height: number): Float32Array {
  const alpha = new Float32Array(width * height);
  for (let pixel = 0; pixel < alpha.length; pixel++) alpha[pixel] = data[pixel * 4 + 3]! / 255;
  const radius = Math.max(1, Math.round((Math.min(width, height) * wrapWidth) / 2));
  const blurred = blurPlane(alpha, width, height, radius);
  return blurred.map((value) => Math.min(Math.max((1 - value) * 1.6, 0), 1));
}
