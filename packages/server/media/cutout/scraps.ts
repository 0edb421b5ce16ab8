import { growPieces, labelPieces, mapAbove, piecesAtEdge } from './pieces.ts';
import type { Plane } from './plane.ts';
import { findStrangers } from './strangers.ts';

/** A scrap is a piece smaller than this share of the largest: 4 of 100. */
export const scrapShare = 0.04;

/** A part at the edge that looks like the background may be this large against the subject, and still be none of it. */
const strangerShare = 0.1;

/** Holes smaller than this share of the subject are faults of the model; larger ones are seen through, as under a cup's handle. */
const holeShare = 0.004;

/** What surely belongs to a subject; what hangs on by less than twice this many points is a piece of its own. */
const coreThreshold = 0.6;
const coreErosion = 3;

/** Fainter than this is no subject, however near it stands to one. */
const hazeThreshold = 0.02;

/**
 * Keeps the subject and drops the scraps beside it. The mask falls into pieces around its sure cores, every fainter point going to the
 * core that reaches it first, and pieces that are small against the largest are cleared with all their haze. Parts at the picture's
 * edge that look like the background are cleared too, however firmly they hang on. Small holes are filled. Several subjects of
 * comparable size all stay. The same plane is given back, changed. `pixels` is the picture at the mask's size, three bytes a point.
 */
export function dropScraps(mask: Plane, pixels: Uint8Array): Plane {
  const { width, data } = mask;
  const strangers = findStrangers(mask, pixels, strangerShare);
  const sure = erode(mask, coreThreshold, coreErosion);
  for (let at = 0; at < sure.length; at++) if (strangers[at] === 1) sure[at] = 0;
  const cores = labelPieces(sure, width);
  const stranger = cores.sizes.length;
  const start = cores.piece.map((piece, at) => (strangers[at] === 1 ? stranger : piece));
  const piece = growPieces(start, mapAbove(data, hazeThreshold), width);
  const weights = new Float64Array(stranger + 1);
  for (let at = 0; at < piece.length; at++) weights[piece[at]!]! += data[at]!;
  weights[0] = 0;
  weights[stranger] = 0;
  const least = weights.reduce((most, weight) => Math.max(most, weight), 0) * scrapShare;
  for (let at = 0; at < piece.length; at++) {
    const number = piece[at]!;
    if (number === 0 || number === stranger || weights[number]! < least) data[at] = 0;
  }
  fillHoles(mask);
  return mask;
}

/** 1 where everything within `radius` (a square) is above the threshold. Beyond the picture's edge the subject goes on. */
function erode({ width, height, data }: Plane, threshold: number, radius: number): Uint8Array {
  const across = new Uint8Array(data.length);
  const sure = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    let run = radius;
    for (let x = 0; x < width + radius; x++) {
      run = x >= width || data[y * width + x]! > threshold ? run + 1 : 0;
      if (x >= radius && run > 2 * radius) across[y * width + x - radius] = 1;
    }
  }
  for (let x = 0; x < width; x++) {
    let run = radius;
    for (let y = 0; y < height + radius; y++) {
      run = y >= height || across[y * width + x] === 1 ? run + 1 : 0;
      if (y >= radius && run > 2 * radius) sure[(y - radius) * width + x] = 1;
    }
  }
  return sure;
}

function fillHoles({ width, data }: Plane): void {
  const subject = data.reduce((sum, value) => sum + value, 0);
  const holes = labelPieces(
    mapAbove(data, 0.5).map((solid) => 1 - solid),
    width,
  );
  const open = piecesAtEdge(holes.piece, width);
  for (let at = 0; at < data.length; at++) {
    const hole = holes.piece[at]!;
    if (hole !== 0 && !open.has(hole) && holes.sizes[hole]! < subject * holeShare) data[at] = 1;
  }
}
