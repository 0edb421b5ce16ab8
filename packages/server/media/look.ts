import type { Look } from '@refreel/core/model';
import sharp from 'sharp';
import type { Rgba } from './rgba.ts';

/** Longer side of the copy that is looked at: what is finer than this, a model of films hardly sees. */
export const lookSide = 512;
/** Side of the squares that are asked for their sharpest edges. */
const tile = 32;
/** A pixel counts where it is at least this opaque. */
const opaque = 250;
/** Steps of brightness over two pixels, of 255: below, neighbours are alike; above, there is an edge. */
const alike = 3;
const edge = 28;
/** Brightness, of 255, where the eye sees nothing but black or white. */
const black = 20;
const white = 250;
/** A square with fewer edges than this share of its pixels says nothing of sharpness. */
const leastEdges = 0.02;
/** Pictures are sharp where they are meant to be: this share of the squares with edges, the sharpest, counts. */
const sharpest = 0.2;
/** Levels a colour channel is sorted into. */
const levels = 16;

/** A picture of any size; see `lookAt`. Its bytes are read only. */
export async function measureLook({ width, height, data }: Rgba): Promise<Look | undefined> {
  const raw = { width, height, channels: 4 } as const;
  const small = await sharp(data, { raw, limitInputPixels: false })
    .resize(lookSide, lookSide, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return lookAt({ width: small.info.width, height: small.info.height, data: small.data });
}

/** A picture with the share of each pixel that is not of its subject as alpha. `matte` is the same picture, freed of its background. */
export function surroundings(picture: Rgba, matte: Rgba): Rgba {
  const data = Uint8Array.from(picture.data);
  for (let at = 3; at < data.length; at += 4) data[at] = Math.max(0, data[at]! - matte.data[at]!);
  return { ...picture, data };
}

/**
 * What tells a good picture from a poor one, of the opaque pixels of a copy that is `lookSide` pixels on its longer side, or smaller where the
 * picture is; undefined where there are too few to say.
 */
export function lookAt({ width, height, data }: Rgba): Look | undefined {
  const luma = new Float32Array(width * height);
  const counts = new Uint32Array(levels ** 3);
  let seen = 0;
  let light = 0;
  let dark = 0;
  let bright = 0;
  let chroma = 0;
  for (let pixel = 0, at = 0; pixel < luma.length; pixel += 1, at += 4) {
    const red = data[at]!;
    const green = data[at + 1]!;
    const blue = data[at + 2]!;
    const value = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    luma[pixel] = data[at + 3]! >= opaque ? value : Number.NaN;
    if (data[at + 3]! < opaque) continue;
    seen += 1;
    light += value;
    if (value < black) dark += 1;
    if (value > white) bright += 1;
    chroma += Math.max(red, green, blue) - Math.min(red, green, blue);
    counts[((red >> 4) * levels + (green >> 4)) * levels + (blue >> 4)]! += 1;
  }
  if (seen < tile * tile) return undefined;
  return {
    ...edgesOf(luma, width, height),
    light: share(light, seen * 255),
    dark: share(dark, seen),
    bright: share(bright, seen),
    chroma: share(chroma, seen * 255),
    palette: coloursFor(counts, 0.9 * seen),
  };
}

/**
 * Across an edge that is smeared by a Gaussian of s pixels the change of slope comes to about 0.3/s of the change of brightness, whatever the
 * contrast: 1 for an edge from one pixel to the next.
 */
function edgesOf(luma: Float32Array, width: number, height: number): Pick<Look, 'sharpness' | 'busyness' | 'flat'> {
  const columns = Math.ceil(width / tile);
  const squares = Array.from({ length: columns * Math.ceil(height / tile) }, () => ({
    seen: 0,
    edges: 0,
    step: 0,
    bend: 0,
  }));
  let seen = 0;
  let edges = 0;
  let flat = 0;
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const here = luma[at]!;
      const [left, right, above, below] = [luma[at - 1]!, luma[at + 1]!, luma[at - width]!, luma[at + width]!];
      const across = Math.abs(right - left);
      const down = Math.abs(below - above);
      const step = Math.max(across, down);
      // Beside a clear pixel it is not a number.
      if (Number.isNaN(here + step)) continue;
      const square = squares[Math.floor(y / tile) * columns + Math.floor(x / tile)]!;
      square.seen += 1;
      seen += 1;
      if (step < alike) flat += 1;
      if (step < edge) continue;
      edges += 1;
      square.edges += 1;
      square.step += across + down;
      square.bend += Math.abs(left + right - 2 * here) + Math.abs(above + below - 2 * here);
    }
  const telling = squares
    .filter((square) => square.seen > 0 && square.edges > leastEdges * square.seen)
    .map(({ bend, step }) => bend / step)
    .sort((one, other) => other - one);
  const counted = telling.slice(0, Math.ceil(telling.length * sharpest));
  const sharpness = counted.length === 0 ? undefined : Math.min(1, counted.at(-1)!);
  return {
    ...(sharpness !== undefined && { sharpness: share(sharpness, 1) }),
    busyness: share(edges, seen),
    flat: share(flat, seen),
  };
}

/** How many colours it takes, the most frequent first, to make up so many pixels. */
function coloursFor(counts: Uint32Array, pixels: number): number {
  let covered = 0;
  let colours = 0;
  for (const count of counts.toSorted().reverse()) {
    if (covered >= pixels) break;
    covered += count;
    colours += 1;
  }
  return colours;
}

/** In thousandths: more digits would only be another decoder's rounding. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 1000;
}
