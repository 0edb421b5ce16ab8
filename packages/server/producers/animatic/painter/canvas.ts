import type { Place } from '@refreel/core/animatic';
import type { Arena } from './kernels.ts';
import type { StoredPicture } from './stored-picture.ts';

/** One frame in the kernels' memory, and what is drawn on it. */
export interface Canvas {
  /** Makes it black. */
  clear(): void;
  /** Moves all of it towards a colour (sRGB) by `amount`, 0 to 1. */
  fade(colour: readonly [number, number, number], amount: number): void;
  /** Stretches a picture into its place, which may lie outside and at any fraction of a pixel. */
  draw(picture: StoredPicture, place: Place, opacity: number): void;
  /** Whether a picture there leaves nothing of what was there before. */
  isCoveredBy(picture: StoredPicture, place: Place, opacity: number): boolean;
  /** The frame as tight I420: the canvas itself where its width is a multiple of 16, else a copy. */
  frame(): Buffer<ArrayBuffer>;
}

/** Bilinear sampling skips texels beyond 2 texels a pixel, and looks rough shortly before; then the half-size picture is drawn. */
const mostTexelsPerPixel = 1.9;
/** Kernels draw blocks of 8 pixels. */
const block = 8;
/** A place this near to a pixel's border covers the pixel wholly in the kernels' arithmetic. */
const hair = 1e-5;
/** Fractions that were reckoned may be off by this much. */
const rounding = 1e-9;

/** A plane of the frame. `scale` is how many pixels of the film one of its samples spans. */
interface FramePlane {
  readonly scale: 1 | 2;
  readonly address: number;
  readonly stride: number;
  readonly rows: number;
}

/** `width` and `height` are even. */
export function createCanvas(arena: Arena, width: number, height: number): Canvas {
  const { kernels } = arena;
  // With rows of whole blocks in all planes, nothing is ever drawn over the end of a row; the planes lie close together, so that a
  // frame whose width fits needs no copy.
  const stride = Math.ceil(width / (2 * block)) * 2 * block;
  const lumaBytes = stride * height;
  const chromaBytes = lumaBytes / 4;
  const luma: FramePlane = { scale: 1, address: arena.allocate(lumaBytes + 2 * chromaBytes), stride, rows: height };
  const blue: FramePlane = { scale: 2, address: luma.address + lumaBytes, stride: stride / 2, rows: height / 2 };
  const red: FramePlane = { ...blue, address: blue.address + chromaBytes };

  const frameBytes = (width * height * 3) / 2;
  const tight = stride === width ? luma.address : arena.allocate(frameBytes);
  const table = arena.allocate(16 + (stride / block) * 64);
  const scratch = arena.allocate(2 * stride + 32);
  const alphaScratch = arena.allocate(2 * stride + 32);

  /** Draws on the plane of luma, or on both of chroma, whose columns are the same. Each comes with the address of its texels. */
  function drawOn(
    planes: readonly [readonly [FramePlane, number], ...(readonly [FramePlane, number])[]],
    alpha: number | undefined,
    picture: StoredPicture,
    halvings: number,
    place: Place,
    opacity: number,
  ): void {
    const [[{ scale, stride: frameStride, rows: frameRows }]] = planes;
    const level = picture.level(halvings);
    const columns = scale === 1 ? level.width : (level.width + 1) >> 1;
    const lastRow = (scale === 1 ? level.height : (level.height + 1) >> 1) - 1;
    // Texels of the level for each sample of the frame.
    const across = picture.width / place.width / 2 ** halvings;
    const down = picture.height / place.height / 2 ** halvings;

    const left = place.x / scale;
    const top = place.y / scale;
    const right = (place.x + place.width) / scale;
    const bottom = (place.y + place.height) / scale;
    const firstColumn = Math.floor(Math.max(left, 0) / block) * block;
    const blocks = Math.ceil((Math.min(right, frameStride) - firstColumn) / block);
    const firstRow = Math.floor(Math.max(top, 0));
    const rows = Math.ceil(Math.min(bottom, frameRows)) - firstRow;

    // Centres: a sample of the frame is at n + 0.5 of its plane, a texel at n + 0.5 of the picture. Chroma that sits on the left one of
    // its two pixels is at n + 0.25; with each halving of a picture that matters less.
    const sample = scale === 1 ? 0.5 : 0.25;
    const texel = scale === 1 || picture.siting === 'middle' ? 0.5 : 0.5 - 0.25 / 2 ** halvings;
    const firstTexel = (firstColumn + sample - left) * across - texel;
    const firstTexelRow = (firstRow + 0.5 - top) * down - 0.5;

    kernels.prepareColumns(table, blocks, firstColumn, firstTexel, across, columns - 1, left, right);
    for (const [plane, source] of planes) {
      const into = [plane.address + firstRow * frameStride + firstColumn, frameStride, blocks, rows] as const;
      const where = [firstRow, firstTexelRow, down, top, bottom, opacity] as const;
      if (alpha === undefined) kernels.drawOpaque(table, source, columns, lastRow, ...into, ...where, scratch);
      else kernels.drawBlended(table, source, alpha, columns, lastRow, ...into, ...where, scratch, alphaScratch);
    }
  }

  return {
    clear() {
      kernels.fillPlane(luma.address, lumaBytes, 16);
      kernels.fillPlane(blue.address, 2 * chromaBytes, 128);
    },

    fade(colour, amount) {
      checkFraction(amount, 'amount');
      if (amount <= 0) return;
      const [y, cb, cr] = lumaAndChroma(colour);
      kernels.fadePlane(luma.address, lumaBytes, y, amount);
      kernels.fadePlane(blue.address, chromaBytes, cb, amount);
      kernels.fadePlane(red.address, chromaBytes, cr, amount);
    },

    draw(picture, place, opacity) {
      checkPlace(place);
      checkFraction(opacity, 'opacity');
      if (opacity <= 0 || place.width === 0 || place.height === 0) return;
      if (place.x >= width || place.y >= height || place.x + place.width <= 0 || place.y + place.height <= 0) return;
      const halvings = halvingsFor(picture, place);
      const level = picture.level(halvings);
      const { full, half } = level.alpha ?? {};
      drawOn([[luma, level.luma]], full, picture, halvings, place, opacity);
      const chroma = [[blue, level.blue] as const, [red, level.red] as const] as const;
      drawOn(chroma, half, picture, halvings, place, opacity);
    },

    isCoveredBy: (picture, place, opacity) =>
      picture.opaque &&
      opacity >= 1 &&
      place.x <= hair &&
      place.y <= hair &&
      place.x + place.width >= width - hair &&
      place.y + place.height >= height - hair,

    frame() {
      if (tight !== luma.address) {
        kernels.copyRows(luma.address, stride, tight, width, width, height);
        // Both planes of chroma: they lie one after the other, here and there.
        kernels.copyRows(blue.address, stride / 2, tight + width * height, width / 2, width / 2, height);
      }
      return Buffer.from(arena.view().buffer, tight, frameBytes);
    },
  };
}

/** How often the picture is halved before it is drawn: never asks for more texels than bilinear sampling can blend. */
function halvingsFor(picture: StoredPicture, place: Place): number {
  let halvings = 0;
  let texels = Math.max(picture.width / place.width, picture.height / place.height);
  let side = Math.max(picture.width, picture.height);
  for (; texels > mostTexelsPerPixel && side > 1; side = (side + 1) >> 1) {
    texels /= 2;
    halvings++;
  }
  return halvings;
}

/** sRGB to BT.709 limited range. */
function lumaAndChroma([red, green, blue]: readonly [number, number, number]): [number, number, number] {
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return [
    Math.round(16 + (219 / 255) * luma),
    Math.round(128 + ((224 / 255) * (blue - luma)) / 1.8556),
    Math.round(128 + ((224 / 255) * (red - luma)) / 1.5748),
  ];
}

function checkFraction(value: number, name: string): void {
  if (!(value >= -rounding && value <= 1 + rounding)) throw new RangeError(`${name} is 0 to 1, not ${value}.`);
}

function checkPlace({ x, y, width, height }: Place): void {
  if (![x, y, width, height].every(Number.isFinite) || width < 0 || height < 0)
    throw new RangeError(`A place has finite numbers and no negative size, not ${x}, ${y}, ${width}, ${height}.`);
}
