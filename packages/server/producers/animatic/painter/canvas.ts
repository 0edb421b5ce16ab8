import type { Place } from '@refreel/core/animatic';
import { halvingsFor } from '@refreel/core/painting';
import type { Arena } from './kernels.ts';
import { createPad } from './pad.ts';
import type { Level, StoredPicture } from './stored-picture.ts';

/** A picture, stretched into its place, which may lie outside and at any fraction of a pixel. */
export interface PictureLayer {
  readonly picture: StoredPicture;
  readonly place: Place;
  /** 0 to 1. */
  readonly opacity: number;
}

/** All that is behind moves towards a colour (sRGB) by `amount`, 0 to 1. */
export interface FadeLayer {
  readonly colour: readonly [number, number, number];
  readonly amount: number;
}

export type Layer = PictureLayer | FadeLayer;

/** Two frames in the kernels' memory, painted in turn. */
export interface Canvas {
  /** Paints layers on black, the first at the back. @throws RangeError for numbers that make no sense. */
  paint(layers: readonly Layer[]): void;
  /** The frame that was painted last as tight I420, until the paint after the next: itself where its width is a multiple of 16. */
  frame(): Buffer<ArrayBuffer>;
}

/** Kernels draw blocks of 8 pixels. */
const block = 8;
/** Bytes of the kernels' tables (`kernels/columns.ts`, `kernels/rows.ts`): of a header, for each block, for each row. */
const headerBytes = 32;
const blockBytes = 64;
const rowBytes = 36;
/** Bytes in which is noted what of a row of the frame is hidden. */
const hiddenBytes = 8;
/** The tables of so many layers, each as large as the frame, fit into what is put aside for them. */
const padLayers = 24;
/** A place this near to a pixel's border covers the pixel wholly in the kernels' arithmetic. */
const hair = 1e-5;
/** Fractions that were reckoned may be off by this much. */
const rounding = 1e-9;

/** Planes of the frame that have one size: that of luma, or both of chroma. `scale` is how many pixels of the film a sample spans. */
interface Grid {
  readonly scale: 1 | 2;
  readonly stride: number;
  readonly rows: number;
  /** Address of the notes about what is hidden in its rows. */
  readonly hidden: number;
}

/** Addresses of a frame: its planes, and a tight copy where rows have more bytes than pixels. */
interface Sheet {
  readonly luma: number;
  readonly blue: number;
  readonly red: number;
  readonly tight: number;
}

/** A picture on a grid: its tables are made, and the next thing is to draw it. Addresses, but for `count` of rows and the strides. */
interface Stroke {
  readonly columns: number;
  readonly rows: number;
  readonly count: number;
  readonly sourceStride: number;
  readonly alpha: number;
  readonly frameStride: number;
  /** Of each plane, the texels and the first pixel. */
  readonly planes: readonly { readonly source: number; readonly frame: number }[];
}

/** `width` and `height` are even. */
export function createCanvas(arena: Arena, width: number, height: number): Canvas {
  const { kernels } = arena;
  // With rows of whole blocks in all planes, nothing is ever drawn over the end of a row; the planes lie close together, so that a
  // frame whose width fits needs no copy.
  const stride = Math.ceil(width / (2 * block)) * 2 * block;
  const lumaBytes = stride * height;
  const chromaBytes = lumaBytes / 4;
  const frameBytes = (width * height * 3) / 2;
  const sheets = [newSheet(), newSheet()] as const;
  let sheet: Sheet = sheets[0];
  const hiddenAll = 1.5 * height * hiddenBytes;
  const hidden = arena.allocate(hiddenAll);
  const fine: Grid = { scale: 1, stride, rows: height, hidden };
  const coarse: Grid = { scale: 2, stride: stride / 2, rows: height / 2, hidden: hidden + height * hiddenBytes };
  const scratch = arena.allocate(2 * stride + 32);
  const alphaScratch = arena.allocate(2 * stride + 32);
  const pad = createPad(arena, padLayers * 1.5 * (headerBytes + (stride / block) * blockBytes + height * rowBytes));

  function newSheet(): Sheet {
    const luma = arena.allocate(lumaBytes + 2 * chromaBytes);
    const blue = luma + lumaBytes;
    return { luma, blue, red: blue + chromaBytes, tight: stride === width ? luma : arena.allocate(frameBytes) };
  }

  /** From the front to the back: each notes what it hides. */
  function prepare({ picture, place, opacity }: PictureLayer): Stroke[] {
    checkPlace(place);
    checkFraction(opacity, 'opacity');
    if (opacity <= 0 || place.width === 0 || place.height === 0) return [];
    if (place.x >= width || place.y >= height || place.x + place.width <= 0 || place.y + place.height <= 0) return [];
    const halvings = halvingsFor(picture, place);
    const level = picture.level(halvings);
    return [fine, coarse].map((grid) => prepareOn(grid, picture, level, halvings, place, opacity));
  }

  function prepareOn(
    grid: Grid,
    picture: StoredPicture,
    level: Level,
    halvings: number,
    place: Place,
    opacity: number,
  ): Stroke {
    const { scale } = grid;
    const columns = scale === 1 ? level.width : (level.width + 1) >> 1;
    const lastRow = (scale === 1 ? level.height : (level.height + 1) >> 1) - 1;
    // Texels of the level for each sample of the frame.
    const across = picture.width / place.width / 2 ** halvings;
    const down = picture.height / place.height / 2 ** halvings;

    const left = place.x / scale;
    const top = place.y / scale;
    const right = (place.x + place.width) / scale;
    const bottom = (place.y + place.height) / scale;
    const firstBlock = Math.floor(Math.max(left, 0) / block);
    const firstColumn = firstBlock * block;
    const blocks = Math.ceil((Math.min(right, grid.stride) - firstColumn) / block);
    const firstRow = Math.floor(Math.max(top, 0));
    const count = Math.ceil(Math.min(bottom, grid.rows)) - firstRow;

    // Centres: a sample of the frame is at n + 0.5 of its plane, a texel at n + 0.5 of the picture. Chroma that sits on the left one of
    // its two pixels is at n + 0.25; with each halving of a picture that matters less.
    const sample = scale === 1 ? 0.5 : 0.25;
    const texel = scale === 1 || picture.siting === 'middle' ? 0.5 : 0.5 - 0.25 / 2 ** halvings;
    const firstTexel = (firstColumn + sample - left) * across - texel;
    const firstTexelRow = (firstRow + 0.5 - top) * down - 0.5;

    const alpha = scale === 1 ? level.alpha?.full : level.alpha?.half;
    const sources = scale === 1 ? [level.luma] : [level.blue, level.red];
    const targets = scale === 1 ? [sheet.luma] : [sheet.blue, sheet.red];
    const columnTable = pad.take(headerBytes + blocks * blockBytes);
    const rowTable = pad.take(count * rowBytes);
    const onColumns = [columnTable, blocks, alpha?.spans ?? 0] as const;
    kernels.prepareColumns(columnTable, blocks, firstColumn, firstTexel, across, columns - 1, left, right);
    kernels.prepareRows(rowTable, count, firstRow, firstTexelRow, down, lastRow, top, bottom, opacity, ...onColumns);
    kernels.hideRows(rowTable, count, grid.hidden + firstRow * hiddenBytes, firstBlock);
    const offset = firstRow * grid.stride + firstColumn;
    return {
      ...{ columns: columnTable, rows: rowTable, count, sourceStride: columns, frameStride: grid.stride },
      alpha: alpha?.plane ?? 0,
      planes: sources.map((source, index) => ({ source, frame: targets[index]! + offset })),
    };
  }

  function draw({ columns, rows, count, sourceStride, alpha, frameStride, planes }: Stroke): void {
    for (const { source, frame } of planes) {
      const from = [source, sourceStride, alpha] as const;
      kernels.drawPlane(columns, rows, count, ...from, frame, frameStride, scratch, alphaScratch);
    }
  }

  function fade({ colour, amount }: FadeLayer): void {
    checkFraction(amount, 'amount');
    if (amount <= 0) return;
    const [y, cb, cr] = lumaAndChroma(colour);
    kernels.fadePlane(sheet.luma, lumaBytes, y, amount);
    kernels.fadePlane(sheet.blue, chromaBytes, cb, amount);
    kernels.fadePlane(sheet.red, chromaBytes, cr, amount);
  }

  /** Whether a layer leaves nothing of what was there before. */
  function coversAll(layer: Layer | undefined): boolean {
    if (layer === undefined || !('picture' in layer)) return false;
    const { picture, place, opacity } = layer;
    const wide = place.x <= hair && place.x + place.width >= width - hair;
    const high = place.y <= hair && place.y + place.height >= height - hair;
    return picture.opaque && opacity >= 1 && wide && high;
  }

  return {
    paint(layers) {
      sheet = sheet === sheets[0] ? sheets[1] : sheets[0];
      pad.clear();
      kernels.fillPlane(hidden, hiddenAll, 0);
      // What a fade changes and something in front hides is never seen.
      const prepared = layers.toReversed().map((layer) => ('picture' in layer ? prepare(layer) : layer));
      if (!coversAll(layers[0])) {
        kernels.fillPlane(sheet.luma, lumaBytes, 16);
        kernels.fillPlane(sheet.blue, 2 * chromaBytes, 128);
      }
      for (const layer of prepared.reverse()) {
        if ('amount' in layer) fade(layer);
        else for (const stroke of layer) draw(stroke);
      }
    },

    frame() {
      const { luma, blue, tight } = sheet;
      if (tight !== luma) {
        kernels.copyRows(luma, stride, tight, width, width, height);
        // Both planes of chroma: they lie one after the other, here and there.
        kernels.copyRows(blue, stride / 2, tight + width * height, width / 2, width / 2, height);
      }
      return Buffer.from(arena.view().buffer, tight, frameBytes);
    },
  };
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
