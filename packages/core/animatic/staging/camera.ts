import type { CameraAngle, CameraMove, Framing } from '../../model/index.ts';
import type { CameraPose } from '../plan.ts';

const still: CameraPose = { x: 0, y: 0, z: 0, turnX: 0, turnY: 0 };

/** Metres that a camera comes nearer when nobody asked it to: it is felt, and takes nobody out of the frame. */
const unaskedPush = 0.25;

/**
 * Where the camera is at both ends of a shot. A short shot moves less, so that the pace stays calm; so does a camera whose move
 * the words do not ask for.
 */
export function cameraPoses(move: CameraMove, seconds: number, asked: boolean): { from: CameraPose; to: CameraPose } {
  const reach = Math.min(1.25, Math.max(0.45, seconds / 4));
  const pose = (change: Partial<CameraPose>): CameraPose => {
    const scaled = Object.fromEntries(Object.entries(change).map(([axis, value]) => [axis, value * reach]));
    return { ...still, ...scaled };
  };
  switch (move) {
    case 'hold':
      return { from: still, to: pose({ z: 0.1 }) };
    case 'push':
      return { from: still, to: asked ? pose({ z: 0.85 }) : { ...still, z: unaskedPush * Math.min(1, reach) } };
    case 'pull':
      return { from: pose({ z: 0.95 }), to: still };
    case 'pan-left':
      return { from: pose({ turnX: 0.1 }), to: pose({ turnX: -0.1 }) };
    case 'pan-right':
      return { from: pose({ turnX: -0.1 }), to: pose({ turnX: 0.1 }) };
    case 'tilt-up':
      return { from: pose({ turnY: 0.1 }), to: pose({ turnY: -0.06 }) };
    case 'tilt-down':
      return { from: pose({ turnY: -0.1 }), to: pose({ turnY: 0.06 }) };
    case 'track-left':
      return { from: pose({ x: 0.34 }), to: pose({ x: -0.34 }) };
    case 'track-right':
      return { from: pose({ x: -0.34 }), to: pose({ x: 0.34 }) };
    case 'track-behind':
      return { from: still, to: pose({ z: 1.3 }) };
    case 'rise':
      return { from: pose({ y: 0.14 }), to: pose({ y: -0.14 }) };
    case 'sink':
      return { from: pose({ y: -0.14 }), to: pose({ y: 0.14 }) };
    case 'orbit':
      // Travels sideways while it turns back: the stage stays in the middle and the scene slides behind it.
      return { from: pose({ x: -0.3, turnX: 0.3 }), to: pose({ x: 0.3, turnX: -0.3 }) };
  }
}

/** Height of the vanishing point for each angle of view. */
export const horizons: Readonly<Record<CameraAngle, number>> = { eye: 0.46, low: 0.64, high: 0.3, overhead: 0.12 };

/** How much of a scene's picture a framing shows, and how soft it is behind the subject (share of the frame's height). */
export const sceneViews: Readonly<Record<Framing, { readonly shows: number; readonly blur: number }>> = {
  'extreme-wide': { shows: 1, blur: 0 },
  wide: { shows: 0.96, blur: 0 },
  medium: { shows: 0.8, blur: 0.0016 },
  'medium-close': { shows: 0.66, blur: 0.0045 },
  'close-up': { shows: 0.54, blur: 0.0085 },
  'extreme-close-up': { shows: 0.42, blur: 0.013 },
};

/** How large a figure is for each framing, in frame heights, and how wide it may get, in frame widths of a 16:9 frame. */
export const figureSizes: Readonly<
  Record<Framing, { readonly whole: number; readonly half: number; readonly mostWidth: number; readonly top: number }>
> = {
  'extreme-wide': { whole: 0.3, half: 0.36, mostWidth: 0.24, top: 0.56 },
  wide: { whole: 0.56, half: 0.58, mostWidth: 0.4, top: 0.36 },
  medium: { whole: 0.98, half: 0.84, mostWidth: 0.56, top: 0.14 },
  'medium-close': { whole: 1.4, half: 0.98, mostWidth: 0.7, top: 0.1 },
  'close-up': { whole: 1.95, half: 1.38, mostWidth: 0.98, top: 0.05 },
  'extreme-close-up': { whole: 2.8, half: 2, mostWidth: 1.5, top: -0.08 },
};
