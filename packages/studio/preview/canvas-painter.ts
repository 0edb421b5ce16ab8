import { type DrawList, type DrawOperation, drawListVersion, type Place } from '@refreel/core/animatic';
import { halvingsFor, placeText } from '@refreel/core/painting';

/** What a canvas can draw from: in a browser a bitmap, a canvas, a video. */
export type Drawable = ImageBitmap | OffscreenCanvas | HTMLCanvasElement | HTMLVideoElement;

/** A picture with its size in pixels. */
export interface CanvasPicture {
  readonly width: number;
  readonly height: number;
  readonly source: Drawable;
}

/** The place of a reference video in the film; `radius` of its corners in pixels of its own size. */
export interface CanvasClip {
  readonly width: number;
  readonly height: number;
  readonly radius: number;
}

/** The frame of a video that is shown: of its source the middle, as large as its clip's shape allows. */
export interface ClipFrame {
  readonly source: Drawable;
  readonly width: number;
  readonly height: number;
}

/** Either of a browser's canvases. */
export type CanvasContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/**
 * Paints draw lists on a canvas as the server's painter paints them into films. Every error it throws is a bug of its caller, or a
 * browser that has no memory left.
 */
export interface CanvasPainter {
  /** Gives a key of `Plan.sprites` its picture. The painter closes no bitmap. @throws Error if the key has one already */
  addPicture(key: string, picture: CanvasPicture): void;
  /** Announces a key of `Plan.clips`. @throws Error if the key is known already */
  addClip(key: string, clip: CanvasClip): void;
  /** Sets what the clip shows from now on; a video goes on by itself. */
  setClipFrame(key: string, frame: ClipFrame): void;
  /** Whether all that an operation needs is there. */
  has(operation: DrawOperation): boolean;
  /** @throws Error for an unknown key, a clip without a frame, a version it does not know; RangeError for numbers that make no sense */
  paint(list: DrawList): void;
}

/** @param context of a canvas as large as the film; `alpha: false` spares the browser a blend with the page */
export function createCanvasPainter(context: CanvasContext): CanvasPainter {
  const pictures = new Map<string, LeveledPicture>();
  const clips = new Map<string, CanvasClip & { frame?: ClipFrame }>();

  const pictureOf = (key: string): LeveledPicture => {
    const picture = pictures.get(key);
    if (picture === undefined) throw new Error(`The painter has no picture "${key}".`);
    return picture;
  };
  const clipOf = (key: string) => {
    const clip = clips.get(key);
    if (clip === undefined) throw new Error(`The painter has no clip "${key}".`);
    return clip;
  };
  const begin = (place: Place, opacity: number): boolean => {
    checkPlace(place);
    checkFraction(opacity, 'opacity');
    context.globalAlpha = Math.min(Math.max(opacity, 0), 1);
    return opacity > 0 && place.width > 0 && place.height > 0;
  };

  const drawPicture = (picture: LeveledPicture, place: Place, opacity: number): void => {
    if (!begin(place, opacity)) return;
    const level = picture.level(halvingsFor(picture, place));
    context.drawImage(level, place.x, place.y, place.width, place.height);
  };

  const drawClip = (key: string, place: Place, opacity: number): void => {
    const clip = clipOf(key);
    if (clip.frame === undefined) throw new Error(`Clip "${key}" is drawn before its first frame.`);
    if (!begin(place, opacity)) return;
    const { source, width, height } = clip.frame;
    // The part of the source that has the clip's shape.
    const scale = Math.min(width / clip.width, height / clip.height);
    const [partWidth, partHeight] = [clip.width * scale, clip.height * scale];
    const part = [(width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight] as const;
    context.save();
    // A video has no smaller copies of itself: the browser makes them.
    context.imageSmoothingQuality = 'medium';
    if (clip.radius > 0) {
      context.beginPath();
      const round = [(clip.radius * place.width) / clip.width, (clip.radius * place.height) / clip.height] as const;
      context.roundRect(place.x, place.y, place.width, place.height, { x: round[0], y: round[1] });
      context.clip();
    }
    context.drawImage(source, ...part, place.x, place.y, place.width, place.height);
    context.restore();
  };

  const draw = (operation: DrawOperation): void => {
    switch (operation.op) {
      case 'sprite':
        drawPicture(pictureOf(operation.sprite), operation, operation.opacity);
        break;
      case 'text': {
        const picture = pictureOf(operation.sprite);
        drawPicture(picture, placeText(operation, picture), operation.opacity);
        break;
      }
      case 'video':
        drawClip(operation.clip, operation, operation.opacity);
        break;
      case 'fade':
        checkFraction(operation.amount, 'amount');
        fill(`rgb(${operation.colour.join(' ')})`, operation.amount);
    }
  };
  const fill = (colour: string, amount: number): void => {
    context.globalAlpha = Math.min(Math.max(amount, 0), 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  };

  return {
    addPicture(key, picture) {
      if (pictures.has(key)) throw new Error(`The painter has a picture "${key}" already.`);
      pictures.set(key, levelsOf(picture));
    },
    addClip(key, clip) {
      if (clips.has(key)) throw new Error(`The painter has a clip "${key}" already.`);
      clips.set(key, { ...clip });
    },
    setClipFrame(key, frame) {
      clipOf(key).frame = frame;
    },
    has(operation) {
      if (operation.op === 'fade') return true;
      return operation.op === 'video' ? clips.get(operation.clip)?.frame !== undefined : pictures.has(operation.sprite);
    },
    paint({ version, operations }) {
      if (version !== drawListVersion) throw new Error(`The painter does not know draw lists of version ${version}.`);
      context.imageSmoothingEnabled = true;
      // Bilinear between the texels of the level that was chosen: anything more would blur it again.
      context.imageSmoothingQuality = 'low';
      context.globalCompositeOperation = 'source-over';
      fill('#000', 1);
      for (const operation of operations) draw(operation);
    },
  };
}

/** A picture at full, half, quarter ... size; each is made when it is first asked for, and stands for the whole picture. */
interface LeveledPicture {
  readonly width: number;
  readonly height: number;
  level(index: number): Drawable;
}

function levelsOf({ width, height, source }: CanvasPicture): LeveledPicture {
  const levels: { readonly source: Drawable; readonly width: number; readonly height: number }[] = [
    { source, width, height },
  ];
  return {
    width,
    height,
    level(index) {
      for (let next = levels.length; next <= index; next++) {
        const larger = levels[next - 1]!;
        const size = { width: (larger.width + 1) >> 1, height: (larger.height + 1) >> 1 };
        const canvas = new OffscreenCanvas(size.width, size.height);
        const context = canvas.getContext('2d');
        if (context === null) throw new Error('The browser gives no canvas.');
        // Bilinear in the middle of four texels is their mean.
        context.imageSmoothingQuality = 'low';
        context.drawImage(larger.source, 0, 0, size.width, size.height);
        levels.push({ source: canvas, ...size });
      }
      return levels[index]!.source;
    },
  };
}

/** Fractions that were reckoned may be off by this much. */
const rounding = 1e-9;

function checkFraction(value: number, name: string): void {
  if (!(value >= -rounding && value <= 1 + rounding)) throw new RangeError(`${name} is 0 to 1, not ${value}.`);
}

function checkPlace({ x, y, width, height }: Place): void {
  if (![x, y, width, height].every(Number.isFinite) || width < 0 || height < 0)
    throw new RangeError(`A place has finite numbers and no negative size, not ${x}, ${y}, ${width}, ${height}.`);
}
