import type { MediaLimit } from '../card.ts';
import type { AudioFacts, ImageFacts, MediaFacts, VideoFacts } from '../facts.ts';
import type { Media } from '../reference.ts';
import type { Size } from '../request.ts';

/** What a medium is made into, so that a model takes it. Pictures are scaled to cover their size and cropped around their middle. */
export type FitTarget =
  | {
      readonly kind: 'image';
      readonly mediaType: 'image/png' | 'image/jpeg';
      readonly width: number;
      readonly height: number;
      /** Colour that takes the place of transparency. */
      readonly background?: string;
      readonly mostBytes?: number;
      /** Where bytes are over although quality was lowered, it may be scaled down to this, if its size is not exact. */
      readonly leastSide?: number;
    }
  | {
      readonly kind: 'video';
      readonly mediaType: 'video/mp4';
      /** Even. */
      readonly width: number;
      readonly height: number;
      readonly fps: number;
      readonly seconds: number;
      /** Keeps its sound. */
      readonly sound: boolean;
      readonly mostBytes?: number;
    }
  | {
      readonly kind: 'audio';
      readonly mediaType: 'audio/wav';
      readonly seconds: number;
      readonly sampleRate: number;
      readonly channels: 1 | 2;
    };

/** One medium of a request that is to be made to fit. */
export interface MediaFit {
  /** Where the request names it. */
  readonly path: string;
  readonly media: Media;
  readonly to: FitTarget;
}

/** A plan, and whether it takes away what somebody may have wanted: edges or seconds. */
export interface PlannedFit {
  readonly to: FitTarget;
  readonly cuts: boolean;
}

/** In place of transparency, ours: what vendors' own examples of cut-out subjects stand before. */
export const background = '#ffffff';

/**
 * How a measured medium is made to keep a model's limits; `exact` are the pixels that it must have. Undefined where it cannot be: what is too
 * small or too short does not get better. A medium that keeps every limit has a plan too.
 */
export function planFit(facts: MediaFacts, limit: MediaLimit, exact?: Size): PlannedFit | undefined {
  if (facts.kind === 'image') return planPicture(facts, limit, exact);
  return facts.kind === 'video' ? planFilm(facts, limit) : planSound(facts, limit);
}

function planPicture(facts: ImageFacts, limit: MediaLimit, exact: Size | undefined): PlannedFit | undefined {
  const shape = exact ?? shapeWithin(facts, limit, 1);
  if (shape === undefined) return undefined;
  const keepsAlpha = facts.alpha && limit.alpha !== false;
  const tooHeavy = limit.mostBytes !== undefined && facts.bytes > limit.mostBytes;
  const takes = (type: string) => limit.types.includes(type);
  const order = keepsAlpha
    ? (['image/png', 'image/jpeg'] as const)
    : facts.mediaType === 'image/png' && !tooHeavy
      ? (['image/png', 'image/jpeg'] as const)
      : (['image/jpeg', 'image/png'] as const);
  const mediaType = order.find(takes);
  if (mediaType === undefined) return undefined;
  const flat = facts.alpha && (!keepsAlpha || mediaType === 'image/jpeg');
  const to: FitTarget = {
    kind: 'image',
    mediaType,
    ...shape,
    ...(flat && { background }),
    ...(limit.mostBytes !== undefined && { mostBytes: limit.mostBytes }),
    ...(exact === undefined && { leastSide: limit.leastSide ?? 1 }),
  };
  return { to, cuts: isCropped(facts, shape) };
}

function planFilm(facts: VideoFacts, limit: MediaLimit): PlannedFit | undefined {
  const shape = shapeWithin(facts, limit, 2);
  const { leastSeconds = 0, mostSeconds = facts.seconds, leastFps = 0, mostFps = Number.POSITIVE_INFINITY } = limit;
  if (shape === undefined || facts.seconds < leastSeconds || !limit.types.includes('video/mp4')) return undefined;
  const fps = Math.min(Math.max(facts.fps, leastFps), mostFps);
  const seconds = Math.min(facts.seconds, mostSeconds);
  const to: FitTarget = {
    kind: 'video',
    mediaType: 'video/mp4',
    ...shape,
    fps,
    seconds: Number(seconds.toFixed(3)),
    sound: facts.sound,
    ...(limit.mostBytes !== undefined && { mostBytes: limit.mostBytes }),
  };
  return { to, cuts: isCropped(facts, shape) || seconds < facts.seconds };
}

/** Bytes of the header of a WAV file (RIFF, `fmt ` and `data`). */
const headerBytes = 44;

function planSound(facts: AudioFacts, limit: MediaLimit): PlannedFit | undefined {
  const { leastSeconds = 0, mostSeconds = facts.seconds, mostBytes = Number.POSITIVE_INFINITY } = limit;
  if (facts.seconds < leastSeconds || !limit.types.includes('audio/wav')) return undefined;
  const seconds = Number(Math.min(facts.seconds, mostSeconds).toFixed(3));
  const forms = [
    { sampleRate: 48_000, channels: facts.channels > 1 ? 2 : 1 },
    { sampleRate: 48_000, channels: 1 },
    { sampleRate: 24_000, channels: 1 },
    { sampleRate: 16_000, channels: 1 },
  ] as const;
  // Two bytes a sample.
  const form = forms.find((one) => headerBytes + seconds * one.sampleRate * one.channels * 2 <= mostBytes);
  if (form === undefined) return undefined;
  return { to: { kind: 'audio', mediaType: 'audio/wav', seconds, ...form }, cuts: seconds < facts.seconds };
}

/** The largest size within the limits: cropped where its sides differ too much, then scaled down. Sides are multiples of `step`. */
function shapeWithin(facts: Size, limit: MediaLimit, step: 1 | 2): Size | undefined {
  const { leastSide = 1, mostSide = Number.POSITIVE_INFINITY, mostRatio = Number.POSITIVE_INFINITY } = limit;
  const short = Math.min(facts.width, facts.height);
  if (short < leastSide) return undefined;
  const most = Math.floor(short * mostRatio);
  const [width, height] = [Math.min(facts.width, most), Math.min(facts.height, most)];
  const scale = Math.min(1, mostSide / Math.max(width, height));
  const side = (pixels: number) => Math.max(step, Math.floor((pixels * scale) / step) * step);
  const least = side(Math.min(width, height));
  // Rounded down, the short side may be too short for the long one.
  const longest = Math.floor((least * mostRatio) / step) * step;
  const shape = { width: Math.min(side(width), longest), height: Math.min(side(height), longest) };
  return least < leastSide ? undefined : shape;
}

/** Sides that are rounded to whole pixels differ a little; more than a hundredth is a crop. */
function isCropped(before: Size, after: Size): boolean {
  return Math.abs((before.width * after.height) / (before.height * after.width) - 1) > 0.01;
}
