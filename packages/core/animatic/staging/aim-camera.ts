import type { CameraPose, PlannedFigure, Stand } from '../plan.ts';
import type { StagedCamera } from '../planning.ts';
import { scaleAt } from '../projection.ts';
import type { Poses } from './row.ts';

/** Room that own motion takes at each edge, in frame widths and heights. */
const margin = 0.008;
/** The farthest that a camera turns to keep its subjects where they are, in frame widths. */
const mostTurn = 0.14;
/** Share of an asked move that is made even where it takes somebody out of the frame. */
const leastAsked = 0.4;

/**
 * A camera that comes nearer (or starts near) turns to those it shows, so that they stay where they were in the frame; and it comes
 * no nearer than keeps everybody whole who would be whole without it. Other moves stay as they are.
 */
export function aimCamera(
  { move, moved, poses }: StagedCamera,
  figures: readonly PlannedFigure[],
  horizon: number,
): Poses {
  if (move !== 'push' && move !== 'pull' && move !== 'hold') return poses;
  const end = move === 'pull' ? 'from' : 'to';
  const near = poses[end];
  const far = poses[end === 'to' ? 'from' : 'to'];
  const standing = figures.map((figure) => ({ figure, stand: figure[end] }));
  const apart = standing.filter(({ stand }) => stand.depth - near.z > 1);
  if (apart.length === 0) return poses;
  const whole = apart.filter((one) => isWhole(boxOf(one, far, horizon)));
  const least = moved ? leastAsked : 0;
  const shares = Array.from({ length: 13 }, (_, step) => 1 - (step / 12) * (1 - least));
  for (const share of shares) {
    const pose = { ...near, z: near.z * share };
    const turnX = turnOf(apart, whole, pose, far, horizon);
    const aimed = { ...pose, turnX };
    if (share === shares.at(-1) || whole.every((one) => isWhole(boxOf(one, aimed, horizon))))
      return { ...poses, [end]: aimed };
  }
  return poses;
}

interface Standing {
  readonly figure: PlannedFigure;
  readonly stand: Stand;
}

interface Edges {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where somebody is in the frame, in frame widths and heights; edges that are never let go of do not count. */
function boxOf({ figure, stand }: Standing, pose: CameraPose, horizon: number): Edges {
  const scale = scaleAt(stand.depth - pose.z);
  const centre = 0.5 + (stand.x - 0.5 - pose.x) * scale - pose.turnX;
  const ground = horizon + (figure.foot - horizon - pose.y) * scale - pose.turnY;
  const half = (figure.width * scale) / 2;
  return { left: centre - half, right: centre + half, top: ground - figure.height * scale, bottom: ground };
}

function isWhole({ left, right, top, bottom }: Edges): boolean {
  return left >= margin && right <= 1 - margin && top >= margin && bottom <= 1 - margin;
}

/** The turn that leaves the subjects' middle where it was, changed as far as is needed to keep the sides of the whole ones. */
function turnOf(
  all: readonly Standing[],
  whole: readonly Standing[],
  pose: CameraPose,
  far: CameraPose,
  horizon: number,
): number {
  const before = spanOf(all, far, horizon);
  const after = spanOf(all, pose, horizon);
  const calm = (after.left + after.right - before.left - before.right) / 2;
  const kept = whole.length === 0 ? undefined : spanOf(whole, pose, horizon);
  const inside = kept === undefined ? calm : Math.max(kept.right - 1 + margin, Math.min(kept.left - margin, calm));
  return Math.max(-mostTurn, Math.min(mostTurn, inside));
}

function spanOf(all: readonly Standing[], pose: CameraPose, horizon: number): { left: number; right: number } {
  const boxes = all.map((one) => boxOf(one, pose, horizon));
  return { left: Math.min(...boxes.map(({ left }) => left)), right: Math.max(...boxes.map(({ right }) => right)) };
}
