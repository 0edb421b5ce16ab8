import { boxMean, newPlane, type Plane } from './plane.ts';

/** Red, green and blue, 0 to 1, of one size. */
export type Colours = readonly [Plane, Plane, Plane];

/** alpha = red x r + green x g + blue x b + constant, with weights that change slowly over the picture. */
export interface ColourModel {
  readonly red: Plane;
  readonly green: Plane;
  readonly blue: Plane;
  readonly constant: Plane;
}

/**
 * The guided filter of He, Sun and Tang (2010) with a colour guide: within each window of the given radius the mask is explained as a
 * linear function of the picture's colours, so its edges move to where the picture's are and fine hair gets its share. `softness` is the
 * variance of colour that still counts as flat. Weights are given back rather than the filtered mask: applied to a larger picture
 * they carry its full detail (the "fast" form of the filter).
 */
export function fitColours(guide: Colours, mask: Plane, radius: number, softness: number): ColourModel {
  const { width, height } = mask;
  const product = newPlane(width, height);
  const meanOf = (left: Plane, right: Plane) => {
    for (let at = 0; at < product.data.length; at++) product.data[at] = left.data[at]! * right.data[at]!;
    return boxMean(product, radius).data;
  };
  const [red, green, blue] = guide;
  const meanRed = boxMean(red, radius).data;
  const meanGreen = boxMean(green, radius).data;
  const meanBlue = boxMean(blue, radius).data;
  const meanMask = boxMean(mask, radius).data;
  const redMask = meanOf(red, mask);
  const greenMask = meanOf(green, mask);
  const blueMask = meanOf(blue, mask);
  const redRed = meanOf(red, red);
  const redGreen = meanOf(red, green);
  const redBlue = meanOf(red, blue);
  const greenGreen = meanOf(green, green);
  const greenBlue = meanOf(green, blue);
  const blueBlue = meanOf(blue, blue);
  const weights = [
    newPlane(width, height),
    newPlane(width, height),
    newPlane(width, height),
    newPlane(width, height),
  ] as const;
  const [weightRed, weightGreen, weightBlue, constant] = weights;
  for (let at = 0; at < product.data.length; at++) {
    const r = meanRed[at]!;
    const g = meanGreen[at]!;
    const b = meanBlue[at]!;
    const p = meanMask[at]!;
    // Covariance of the mask with each colour, and of the colours with one another: a symmetric 3 x 3 system, solved by cofactors.
    const kr = redMask[at]! - r * p;
    const kg = greenMask[at]! - g * p;
    const kb = blueMask[at]! - b * p;
    const rr = redRed[at]! - r * r + softness;
    const rg = redGreen[at]! - r * g;
    const rb = redBlue[at]! - r * b;
    const gg = greenGreen[at]! - g * g + softness;
    const gb = greenBlue[at]! - g * b;
    const bb = blueBlue[at]! - b * b + softness;
    const crr = gg * bb - gb * gb;
    const crg = gb * rb - rg * bb;
    const crb = rg * gb - gg * rb;
    const cgg = rr * bb - rb * rb;
    const cgb = rb * rg - rr * gb;
    const cbb = rr * gg - rg * rg;
    const scale = 1 / (rr * crr + rg * crg + rb * crb);
    const wr = (crr * kr + crg * kg + crb * kb) * scale;
    const wg = (crg * kr + cgg * kg + cgb * kb) * scale;
    const wb = (crb * kr + cgb * kg + cbb * kb) * scale;
    weightRed.data[at] = wr;
    weightGreen.data[at] = wg;
    weightBlue.data[at] = wb;
    constant.data[at] = p - wr * r - wg * g - wb * b;
  }
  // Every point lies in many windows: their mean is what it follows.
  const [smoothRed, smoothGreen, smoothBlue, smoothConstant] = weights.map((plane) => boxMean(plane, radius)) as [
    Plane,
    Plane,
    Plane,
    Plane,
  ];
  return { red: smoothRed, green: smoothGreen, blue: smoothBlue, constant: smoothConstant };
}
