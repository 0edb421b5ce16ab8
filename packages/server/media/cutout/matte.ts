import sharp from 'sharp';
import type { Rgba } from '../rgba.ts';
import { estimateLayers, type Layers, trueFront } from './decontaminate.ts';
import { type ColourModel, type Colours, fitColours } from './guided-filter.ts';
import { growPieces, labelPieces, mapAbove } from './pieces.ts';
import { boxMean, newPlane, openStretch, type Plane } from './plane.ts';
import { scrapShare } from './scraps.ts';

/** Longer side at which slowly changing things are computed; a larger picture takes them over and keeps its own detail. */
const workSide = 448;

/** The model is seldom unsure of more than an edge; where it is, a faint half of a subject looks worse than a whole one. */
const doubtful = 0.15;
const certain = 0.6;

/** Window of the guided filter as a share of the working picture's longer side: about two points of the model's mask. */
const windowShare = 1 / 80;
/** Variance of colour within a window that still counts as flat. */
const softness = 4e-4;

/** Pieces hang together where the matte is at least this solid. */
const speckThreshold = 0.4;

/** Blurs of the colour estimate as shares of the same side. */
const wideShare = 1 / 16;
const narrowShare = 1 / 100;

/** Where the filtered mask is taken for nothing and for all of the subject: what is fainter is haze of the model. */
const clear = 0.12;
const solid = 0.88;

/**
 * Brings a coarse mask of whatever size to a picture's own: its edges are fitted to the picture, and at soft edges the colour of the old
 * background is taken out. Straight alpha; colours under clear pixels are black.
 */
export async function applyMatte(picture: Rgba, mask: Plane): Promise<Rgba> {
  const work = workSize(picture);
  const colours = await readColours(picture, work);
  const coarse = openStretch(mask, work).whole({
    ...mask,
    data: mask.data.map((value) => ramp(value, doubtful, certain)),
  });
  const windowRadius = Math.max(2, Math.round(Math.max(work.width, work.height) * windowShare));
  const model = fitColours(colours, coarse, windowRadius, softness);
  const matte = applyColours(model, colours);
  clearSpecks(matte, model);
  const layerSize = { width: Math.ceil(work.width / 2), height: Math.ceil(work.height / 2) };
  const halve = openStretch(work, layerSize).whole;
  const longer = Math.max(layerSize.width, layerSize.height);
  const halves = colours.map(halve) as [Plane, Plane, Plane];
  const layers = estimateLayers(halves, halve(matte), Math.round(longer * wideShare), Math.ceil(longer * narrowShare));
  return paint(picture, model, layers);
}

function applyColours(model: ColourModel, [red, green, blue]: Colours): Plane {
  const matte = newPlane(red.width, red.height);
  for (let at = 0; at < matte.data.length; at++) {
    const fitted =
      model.red.data[at]! * red.data[at]! +
      model.green.data[at]! * green.data[at]! +
      model.blue.data[at]! * blue.data[at]! +
      model.constant.data[at]!;
    matte.data[at] = ramp(fitted, clear, solid);
  }
  return matte;
}

/** Clears what the fitted edges left standing apart: wisps of haze that the coarse mask still held together. */
function clearSpecks(matte: Plane, model: ColourModel): void {
  const { piece: cores, sizes } = labelPieces(mapAbove(matte.data, speckThreshold), matte.width);
  const piece = growPieces(cores, mapAbove(matte.data, 0), matte.width);
  const least = Math.max(...sizes) * scrapShare;
  const kept = newPlane(matte.width, matte.height);
  for (let at = 0; at < piece.length; at++) kept.data[at] = piece[at] !== 0 && sizes[piece[at]!]! < least ? 0 : 1;
  if (!kept.data.includes(0)) return;
  // Where a wisp hung on, it fades out instead of ending in steps.
  const near = boxMean(kept, 3).data;
  for (let at = 0; at < piece.length; at++) {
    const share = ramp(near[at]!, 0.5, 1);
    matte.data[at] = matte.data[at]! * share;
    for (const weights of [model.red, model.green, model.blue, model.constant])
      weights.data[at] = weights.data[at]! * share;
  }
}

function workSize({ width, height }: Rgba): { width: number; height: number } {
  const scale = Math.min(1, workSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function readColours(picture: Rgba, size: { width: number; height: number }): Promise<Colours> {
  let { data } = picture;
  if (size.width !== picture.width || size.height !== picture.height) {
    const raw = { width: picture.width, height: picture.height, channels: 4 } as const;
    data = await sharp(picture.data, { raw })
      .removeAlpha()
      .ensureAlpha()
      .resize({ ...size, fit: 'fill' })
      .raw()
      .toBuffer();
  }
  const planes = [0, 1, 2].map((channel) => {
    const plane = newPlane(size.width, size.height);
    for (let at = 0; at < plane.data.length; at++) plane.data[at] = data[at * 4 + channel]! / 255;
    return plane;
  });
  return planes as [Plane, Plane, Plane];
}

/** 0 up to `from`, 1 from `to` on, straight between. */
function ramp(value: number, from: number, to: number): number {
  const share = (value - from) / (to - from);
  return share < 0 ? 0 : share > 1 ? 1 : share;
}

/** Row by row, so that a large picture needs no large planes; the layers' colours only where the matte is neither 0 nor 1. */
function paint({ width, height, data }: Rgba, model: ColourModel, { front, back }: Layers): Rgba {
  const models = openStretch(model.red, { width, height });
  const layers = openStretch(front[0], { width, height });
  const [red, green, blue, constant] = [0, 1, 2, 3].map(() => new Float32Array(width)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const painted = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    models.row(model.red, y, red);
    models.row(model.green, y, green);
    models.row(model.blue, y, blue);
    models.row(model.constant, y, constant);
    for (let x = 0, at = y * width * 4; x < width; x++, at += 4) {
      const fitted = (red[x]! * data[at]! + green[x]! * data[at + 1]! + blue[x]! * data[at + 2]!) / 255 + constant[x]!;
      const alpha = ramp(fitted, clear, solid);
      const byte = Math.round(alpha * 255);
      if (byte === 0) continue;
      painted[at + 3] = byte;
      for (let channel = 0; channel < 3; channel++) {
        const seen = data[at + channel]!;
        if (byte === 255) painted[at + channel] = seen;
        else {
          const over = layers.point(front[channel]!, x, y);
          const under = layers.point(back[channel]!, x, y);
          painted[at + channel] = Math.round(trueFront(seen / 255, over, under, alpha) * 255);
        }
      }
    }
  }
  return { width, height, data: painted };
}
