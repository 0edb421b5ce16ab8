import type { Box } from '@refreel/core/model';
import { cropped, type NewSize, type Pixels } from '@refreel/core/painting';
import { soften } from './soften.ts';

/** Lobes of the kernel on each side. */
const lobes = 3;

/**
 * A part of a picture at another size, as `Workshop.resize` has it: Lanczos in both directions, in premultiplied colours. Browsers scale
 * in ways of their own; with this one a draft looks the same in all of them, and as the server's films do.
 */
export function resizePixels(
  picture: Pixels,
  crop: Box,
  { width, height, flip = false, blur = 0 }: NewSize,
): Uint8Array {
  const part = cropped(picture, crop);
  const across = kernelsFor(part.width, width);
  const down = kernelsFor(part.height, height);
  const narrow = scaleAcross(picture, part, across, width);
  const scaled = scaleDown(narrow, width, down, height);
  if (blur >= leastBlur) soften(scaled, width, height, blur * keptWidth);
  return straighten(scaled, width, height, flip);
}

/** Less is no blur that one sees; the server's library begins there too. */
const leastBlur = 0.3;
/**
 * That library cuts a Gaussian off where it falls below a fifth of its height (sharp 0.35, `minAmplitude`), at 1.79 deviations: what is left
 * has this share of the deviation.
 */
const keptWidth = 0.83;

/** For each new pixel the first old one that counts, and the weights from there, which add up to 1. */
interface Kernel {
  readonly from: number;
  readonly weights: Float32Array;
}

function kernelsFor(from: number, to: number): Kernel[] {
  const step = from / to;
  // Made smaller, a new pixel looks at as many old ones as it stands for.
  const stretch = Math.max(step, 1);
  // Made larger, the server's library takes a cubic instead (libvips 8, `vips_resize`).
  const { reach, weigh } = step < 1 ? cubic : lanczos;
  return Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * step - 0.5;
    const first = Math.ceil(centre - reach * stretch);
    const last = Math.floor(centre + reach * stretch);
    const start = Math.min(Math.max(first, 0), from - 1);
    const end = Math.max(Math.min(last, from - 1), start);
    const weights = new Float32Array(end - start + 1);
    let sum = 0;
    for (let at = first; at <= last; at++) {
      const weight = weigh((at - centre) / stretch);
      // Beyond its edges the picture goes on as it ends there.
      weights[Math.min(Math.max(at, start), end) - start]! += weight;
      sum += weight;
    }
    return { from: start, weights: weights.map((weight) => weight / sum) };
  });
}

/** How far a kernel looks to each side, and what a pixel at a distance counts. */
interface KernelShape {
  readonly reach: number;
  weigh(x: number): number;
}

const lanczos: KernelShape = {
  reach: lobes,
  weigh(x) {
    if (x === 0) return 1;
    if (Math.abs(x) >= lobes) return 0;
    const angle = Math.PI * x;
    return (lobes * Math.sin(angle) * Math.sin(angle / lobes)) / (angle * angle);
  },
};

/** Catmull and Rom's. */
const cubic: KernelShape = {
  reach: 2,
  weigh(x) {
    const away = Math.abs(x);
    if (away >= 2) return 0;
    return away < 1 ? 1.5 * away ** 3 - 2.5 * away ** 2 + 1 : -0.5 * away ** 3 + 2.5 * away ** 2 - 4 * away + 2;
  },
};

/** Premultiplied, four floats a pixel: `part` of the picture, in its new width and its old height. */
function scaleAcross(
  { data, width }: Pixels,
  part: ReturnType<typeof cropped>,
  kernels: readonly Kernel[],
  newWidth: number,
): Float32Array {
  const scaled = new Float32Array(newWidth * part.height * 4);
  const row = new Float32Array(part.width * 4);
  for (let y = 0; y < part.height; y++) {
    const start = ((part.top + y) * width + part.left) * 4;
    for (let at = 0; at < row.length; at += 4) {
      const alpha = data[start + at + 3]!;
      const share = alpha / 255;
      row[at] = data[start + at]! * share;
      row[at + 1] = data[start + at + 1]! * share;
      row[at + 2] = data[start + at + 2]! * share;
      row[at + 3] = alpha;
    }
    let into = y * newWidth * 4;
    for (const { from, weights } of kernels) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      let at = from * 4;
      for (let index = 0; index < weights.length; index++, at += 4) {
        const weight = weights[index]!;
        red += row[at]! * weight;
        green += row[at + 1]! * weight;
        blue += row[at + 2]! * weight;
        alpha += row[at + 3]! * weight;
      }
      scaled[into] = red;
      scaled[into + 1] = green;
      scaled[into + 2] = blue;
      scaled[into + 3] = alpha;
      into += 4;
    }
  }
  return scaled;
}

function scaleDown(narrow: Float32Array, width: number, kernels: readonly Kernel[], newHeight: number): Float32Array {
  const stride = width * 4;
  const scaled = new Float32Array(stride * newHeight);
  for (const [y, { from, weights }] of kernels.entries()) {
    const into = scaled.subarray(y * stride, (y + 1) * stride);
    for (const [index, weight] of weights.entries()) {
      const start = (from + index) * stride;
      for (let at = 0; at < stride; at++) into[at]! += narrow[start + at]! * weight;
    }
  }
  return scaled;
}

/** Straight alpha in whole numbers. */
function straighten(scaled: Float32Array, width: number, height: number, flip: boolean): Uint8Array {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      const into = (y * width + (flip ? width - 1 - x : x)) * 4;
      const alpha = scaled[from + 3]!;
      if (alpha < 0.5) continue;
      data[into + 3] = Math.round(Math.min(alpha, 255));
      // Beside an edge both swing too far, and alike.
      for (let channel = 0; channel < 3; channel++)
        data[into + channel] = Math.round(Math.min(Math.max((scaled[from + channel]! * 255) / alpha, 0), 255));
    }
  return data;
}
