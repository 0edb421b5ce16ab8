import type { DrawList, DrawOperation } from '@refreel/core/animatic';
import { drawListVersion } from '@refreel/core/animatic';
import { createCanvas } from './canvas.ts';
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
  /** The last frame painted, without a copy where the width is a multiple of 16. It is void after the next call of any method. */
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

  /** Whether nothing of the frame before can be seen after an operation. */
  function coversAll(operation: DrawOperation | undefined): boolean {
    if (operation?.op === 'sprite')
      return canvas.isCoveredBy(pictureOf(operation.sprite), operation, operation.opacity);
    return operation?.op === 'video' && canvas.isCoveredBy(filledClip(operation.clip), operation, operation.opacity);
  }

  function paintOperation(operation: DrawOperation): void {
    switch (operation.op) {
      case 'sprite':
        canvas.draw(pictureOf(operation.sprite), operation, operation.opacity);
        break;
      case 'video':
        canvas.draw(filledClip(operation.clip), operation, operation.opacity);
        break;
      case 'text': {
        const text = pictureOf(operation.sprite);
        const x = Math.round(operation.x - operation.alignX * text.width);
        const y = Math.round(operation.y - operation.alignY * text.height);
        canvas.draw(text, { x, y, width: text.width, height: text.height }, operation.opacity);
        break;
      }
      case 'fade':
        canvas.fade(operation.colour, operation.amount);
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
      if (!coversAll(operations[0])) canvas.clear();
      for (const operation of operations) paintOperation(operation);
    },
    frame: () => canvas.frame(),
    get bytes() {
      return arena.bytes;
    },
  };
}
