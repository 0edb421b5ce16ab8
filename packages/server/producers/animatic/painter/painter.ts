import type { DrawList, DrawOperation } from '@refreel/core/animatic';
import { drawListVersion } from '@refreel/core/animatic';
import { placeText } from '@refreel/core/painting';
import { createCanvas, type Layer } from './canvas.ts';
import { createArena } from './kernels.ts';
import type { Rgba, VideoFrame } from './rgba.ts';
import type { StoredClip, StoredPicture } from './stored-picture.ts';
import { createPictureStore } from './stored-picture.ts';

/**
 * Paints draw lists into frames: I420, BT.709 limited range, chroma sited left as H.264 has it. The same calls give the same
 * bytes on every machine. Every error it throws is a bug of its caller.
 */
export interface Painter {
  /** Gives a key of `Plan.sprites` its picture. @throws Error if the key has one already. */
  addPicture(key: string, picture: Rgba): void;
  /** Announces a key of `Plan.clips`; `radius` of its corners in pixels. @throws Error if the key is known already. */
  addClip(key: string, clip: { readonly width: number; readonly height: number; readonly radius: number }): void;
  /** Sets what the clip shows from now on; the caller knows at which second. @throws RangeError if its size is not the clip's. */
  setClipFrame(key: string, frame: VideoFrame): void;
  /** @throws Error for an unknown key, a clip without a frame, a version it does not know; RangeError for numbers that make no sense. */
  paint(list: DrawList): void;
  /**
   * The last frame painted. It stays as it is while the next one is painted, where no picture or clip is added meanwhile, and is void
   * after that: so it can be encoded without a copy.
   */
  frame(): Buffer<ArrayBuffer>;
  /** Bytes of memory in use. */
  readonly bytes: number;
  /** Lets go of all memory; the painter cannot be used after it. */
  free(): void;
}

/** Smallest and largest side of a frame, in pixels. */
const leastSide = 16;
const mostSide = 16_384;

/** @param size of the frames: even, 16 pixels at least. @throws RangeError */
export function createPainter({ width, height }: { readonly width: number; readonly height: number }): Painter {
  for (const side of [width, height])
    if (!Number.isInteger(side) || side % 2 !== 0 || side < leastSide || side > mostSide)
      throw new RangeError(
        `A frame has ${leastSide} to ${mostSide} pixels a side, an even number, not ${width}x${height}.`,
      );
  let painting: Painting | undefined = createPainting(width, height);
  const alive = (): Painting => {
    if (painting === undefined) throw new Error('The painter was freed.');
    return painting;
  };
  return {
    addPicture: (key, picture) => alive().addPicture(key, picture),
    addClip: (key, clip) => alive().addClip(key, clip),
    setClipFrame: (key, frame) => alive().setClipFrame(key, frame),
    paint: (list) => alive().paint(list),
    frame: () => alive().frame(),
    get bytes() {
      return painting?.bytes ?? 0;
    },
    free() {
      painting = undefined;
    },
  };
}

type Painting = Omit<Painter, 'free'>;

function createPainting(width: number, height: number): Painting {
  const arena = createArena();
  const canvas = createCanvas(arena, width, height);
  const store = createPictureStore(arena);
  const pictures = new Map<string, StoredPicture>();
  const clips = new Map<string, StoredClip>();

  function pictureOf(key: string): StoredPicture {
    const picture = pictures.get(key);
    if (picture === undefined) throw new Error(`The painter has no picture "${key}".`);
    return picture;
  }

  function clipOf(key: string): StoredClip {
    const clip = clips.get(key);
    if (clip === undefined) throw new Error(`The painter has no clip "${key}".`);
    return clip;
  }

  function filledClip(key: string): StoredClip {
    const clip = clipOf(key);
    if (!clip.ready) throw new Error(`Clip "${key}" is drawn before its first frame.`);
    return clip;
  }

  function layerOf(operation: DrawOperation): Layer {
    switch (operation.op) {
      case 'sprite':
        return { picture: pictureOf(operation.sprite), place: operation, opacity: operation.opacity };
      case 'video':
        return { picture: filledClip(operation.clip), place: operation, opacity: operation.opacity };
      case 'text': {
        const picture = pictureOf(operation.sprite);
        return { picture, place: placeText(operation, picture), opacity: operation.opacity };
      }
      case 'fade':
        return operation;
    }
  }

  return {
    addPicture(key, picture) {
      if (pictures.has(key)) throw new Error(`The painter has a picture "${key}" already.`);
      pictures.set(key, store.picture(picture));
    },
    addClip(key, clip) {
      if (clips.has(key)) throw new Error(`The painter has a clip "${key}" already.`);
      clips.set(key, store.clip(clip.width, clip.height, clip.radius));
    },
    setClipFrame: (key, frame) => clipOf(key).replace(frame),
    paint({ version, operations }) {
      if (version !== drawListVersion) throw new Error(`The painter does not know draw lists of version ${version}.`);
      canvas.paint(operations.map(layerOf));
    },
    frame: () => canvas.frame(),
    get bytes() {
      return arena.bytes;
    },
  };
}
