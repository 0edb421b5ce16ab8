import { type CameraPose, type PlannedShot, stageDepth } from './plan.ts';

export const mix = (from: number, to: number, share: number): number => from + (to - from) * share;
export const clamp = (value: number): number => Math.min(1, Math.max(0, value));
/** Starts and ends at rest. */
export const ease = (share: number): number => share * share * (3 - 2 * share);

/** Where the camera is after a share of its shot: almost even, a little calmer at both ends. */
export function poseAt({ from, to }: PlannedShot['camera'], share: number): CameraPose {
  const eased = mix(share, ease(share), 0.7);
  return {
    x: mix(from.x, to.x, eased),
    y: mix(from.y, to.y, eased),
    z: mix(from.z, to.z, eased),
    turnX: mix(from.turnX, to.turnX, eased),
    turnY: mix(from.turnY, to.turnY, eased),
  };
}

/** How much larger than on the stage something looks from a distance in metres. */
export function scaleAt(distance: number): number {
  return stageDepth / distance;
}
