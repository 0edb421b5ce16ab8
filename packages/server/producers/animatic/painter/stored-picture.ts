import type { I420 } from '../../../media/rgba.ts';
import type { Arena } from './kernels.ts';
import type { Rgba, VideoFrame } from './rgba.ts';

/**
 * One size of a stored picture: addresses of its planes, whose bytes are signed (`kernels/texel.ts`). Chroma has half the width and
 * height, rounded up.
 */
export interface Level {
  readonly width: number;
  readonly height: number;
  readonly luma: number;
  readonly blue: number;
  readonly red: number;
  /** Undefined where the picture is opaque; else the other planes are premultiplied by it. `half` is the size of the chroma. */
  readonly alpha: { readonly full: AlphaPlane; readonly half: AlphaPlane } | undefined;
}

/** Addresses of an alpha plane, and of where each of its rows is clear, soft and opaque (`kernels/spans.ts`). */
export interface AlphaPlane {
  readonly plane: number;
  readonly spans: number;
}

/** A picture as the kernels draw it: planar, premultiplied, at full, half, quarter ... size as needed. */
export interface StoredPicture {
  readonly width: number;
  readonly height: number;
  readonly opaque: boolean;
  /** Where samples of chroma at full size sit across their two pixels: between them, or on the left one as H.264 has it. */
  readonly siting: 'middle' | 'left';
  /** Level 0 is the full size, each next one half of the one before. Made when first asked for. */
  level(index: number): Level;
}

/** The picture of a video, replaced frame after frame. */
export interface StoredClip extends StoredPicture {
  /** Whether it has had a first frame. */
  readonly ready: boolean;
  /** @throws RangeError if the frame's size is not the clip's. */
  replace(frame: VideoFrame): void;
}

/** Bytes that the spans of one row take. */
const spanBytes = 16;
/** Bytes that the planes of all levels of a picture take up besides, for their alignment and the room behind them. */
const levelOverhead = 16_384;
/** Two rows of the widest picture fit into the strip through which RGBA goes. */
export const mostPixels = 32_767;
const stripBytes = 262_144;

/** Stores pictures in one arena. */
export interface PictureStore {
  picture(rgba: Rgba): StoredPicture;
  /** `radius`: of the rounded corners, in pixels; 0 for none. */
  clip(width: number, height: number, radius: number): StoredClip;
}

export function createPictureStore(arena: Arena): PictureStore {
  const { kernels } = arena;
  const strip = arena.allocate(stripBytes);
  /** What the smaller levels of all pictures take up at the most. */
  let smallerBytes = 0;

  function newLevel(width: number, height: number, opaque: boolean): Level {
    const full = width * height;
    const half = halfOf(width) * halfOf(height);
    return {
      width,
      height,
      luma: arena.allocate(full),
      blue: arena.allocate(half),
      red: arena.allocate(half),
      alpha: opaque ? undefined : { full: newAlpha(full, height), half: newAlpha(half, halfOf(height)) },
    };
  }

  function newAlpha(bytes: number, height: number): AlphaPlane {
    return { plane: arena.allocate(bytes), spans: arena.allocate(height * spanBytes) };
  }

  /** To be called when the alpha planes are filled. */
  function findSpans({ width, height, alpha }: Level): void {
    if (alpha === undefined) return;
    kernels.findSpans(alpha.full.plane, width, height, alpha.full.spans);
    kernels.findSpans(alpha.half.plane, halfOf(width), halfOf(height), alpha.half.spans);
  }

  /** RGBA goes through a small strip of the kernels' memory, an even number of rows at a time. */
  function convert(rgba: Rgba, into: Level, opaque: boolean): void {
    const { width, height } = rgba;
    const rowsAtOnce = Math.floor(stripBytes / (width * 8)) * 2;
    for (let row = 0; row < height; row += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, height - row);
      arena.view().set(rgba.data.subarray(row * width * 4, (row + rows) * width * 4), strip);
      const full = row * width;
      const half = (row / 2) * halfOf(width);
      const planes = [into.luma + full, into.blue + half, into.red + half] as const;
      if (opaque || into.alpha === undefined) kernels.convertOpaque(strip, width, rows, ...planes);
      else
        kernels.convertBlended(
          strip,
          width,
          rows,
          ...planes,
          into.alpha.full.plane + full,
          into.alpha.half.plane + half,
        );
    }
  }

  function copyPlanes(frame: I420, into: Level): void {
    const full = frame.width * frame.height;
    const half = halfOf(frame.width) * halfOf(frame.height);
    const view = arena.view();
    view.set(frame.data.subarray(0, full), into.luma);
    view.set(frame.data.subarray(full, full + half), into.blue);
    view.set(frame.data.subarray(full + half, full + 2 * half), into.red);
    kernels.flipPlane(into.luma, full);
    kernels.flipPlane(into.blue, half);
    kernels.flipPlane(into.red, half);
  }

  function halve(from: Level, into: Level): void {
    const half = [halfOf(from.width), halfOf(from.height)] as const;
    kernels.halvePlane(from.luma, from.width, from.height, into.luma);
    kernels.halvePlane(from.blue, ...half, into.blue);
    kernels.halvePlane(from.red, ...half, into.red);
    if (from.alpha === undefined || into.alpha === undefined) return;
    kernels.halvePlane(from.alpha.full.plane, from.width, from.height, into.alpha.full.plane);
    kernels.halvePlane(from.alpha.half.plane, ...half, into.alpha.half.plane);
    findSpans(into);
  }

  /**
   * The levels of one picture: `fresh` of them are up to date, the others are made again when asked for. There is room for them from
   * the start, so that the memory does not grow while a frame is painted.
   */
  function createLevels(first: Level) {
    const levels = [first];
    smallerBytes += levelBytes(first) + levelOverhead;
    arena.reserve(smallerBytes);
    let fresh = 1;
    return {
      outdate: () => {
        fresh = 1;
      },
      level(index: number): Level {
        for (; fresh <= index; fresh++) {
          const larger = levels[fresh - 1]!;
          levels[fresh] ??= newLevel(halfOf(larger.width), halfOf(larger.height), larger.alpha === undefined);
          halve(larger, levels[fresh]!);
        }
        return levels[index]!;
      },
    };
  }

  return {
    picture(rgba) {
      checkSize(rgba.width, rgba.height);
      checkBytes(rgba.data, rgba.width * rgba.height * 4);
      const first = newLevel(rgba.width, rgba.height, rgba.opaque);
      convert(rgba, first, rgba.opaque);
      findSpans(first);
      const { level } = createLevels(first);
      return { width: rgba.width, height: rgba.height, opaque: rgba.opaque, siting: 'middle', level };
    },

    clip(width, height, radius) {
      checkSize(width, height);
      const opaque = radius === 0;
      const first = newLevel(width, height, opaque);
      const half = halfOf(width) * halfOf(height);
      if (first.alpha !== undefined) {
        arena.view().set(roundedMask(width, height, radius), first.alpha.full.plane);
        kernels.flipPlane(first.alpha.full.plane, width * height);
        kernels.halvePlane(first.alpha.full.plane, width, height, first.alpha.half.plane);
        findSpans(first);
      }
      const { level, outdate } = createLevels(first);
      let ready = false;
      let siting: StoredPicture['siting'] = 'left';
      return {
        width,
        height,
        opaque,
        level,
        get siting() {
          return siting;
        },
        get ready() {
          return ready;
        },
        replace(frame) {
          if (frame.width !== width || frame.height !== height)
            throw new RangeError(`A frame of ${frame.width}x${frame.height} came for a clip of ${width}x${height}.`);
          if ('opaque' in frame) {
            checkBytes(frame.data, width * height * 4);
            convert(frame, first, true);
            siting = 'middle';
          } else {
            checkBytes(frame.data, width * height + 2 * half);
            copyPlanes(frame, first);
            siting = 'left';
          }
          if (first.alpha !== undefined) {
            kernels.premultiplyPlane(first.luma, first.alpha.full.plane, width * height);
            kernels.premultiplyPlane(first.blue, first.alpha.half.plane, half);
            kernels.premultiplyPlane(first.red, first.alpha.half.plane, half);
          }
          outdate();
          ready = true;
        },
      };
    },
  };
}

/** All smaller levels together are never larger than this one. */
function levelBytes({ width, height, alpha }: Level): number {
  const full = width * height;
  const half = halfOf(width) * halfOf(height);
  return alpha === undefined ? full + 2 * half : 2 * full + 3 * half + (height + halfOf(height)) * spanBytes;
}

function halfOf(pixels: number): number {
  return (pixels + 1) >> 1;
}

function checkSize(width: number, height: number): void {
  for (const pixels of [width, height])
    if (!Number.isInteger(pixels) || pixels < 1 || pixels > mostPixels)
      throw new RangeError(`A picture has 1 to ${mostPixels} pixels a side, not ${width}x${height}.`);
}

function checkBytes(data: Uint8Array, bytes: number): void {
  if (data.length !== bytes) throw new RangeError(`A picture of ${bytes} bytes came with ${data.length}.`);
}

/** Opacity of a rectangle with round corners, whose edge is one pixel soft. */
function roundedMask(width: number, height: number, radius: number): Uint8Array {
  const round = Math.min(radius, width / 2, height / 2);
  const mask = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const y = Math.max(round - (row + 0.5), row + 0.5 - (height - round), 0);
    for (let column = 0; column < width; column++) {
      const x = Math.max(round - (column + 0.5), column + 0.5 - (width - round), 0);
      const inside = x > 0 && y > 0 ? Math.min(Math.max(round - Math.hypot(x, y) + 0.5, 0), 1) : 1;
      mask[row * width + column] = Math.round(inside * 255);
    }
  }
  return mask;
}
