import type { DrawOperation } from '../draw-list.ts';
import { type CameraPose, sceneDepth, stageDepth } from '../plan.ts';
import type { Moment } from './moment.ts';

/** The picture is nearer than it hangs by this factor, so that a push is felt in a scene without anybody in it. */
const felt = 2.2;

/** What is behind everybody: so much larger than the frame that a moving camera never sees its edge. */
export function drawScene({ plan, shot, pose, at }: Moment): DrawOperation {
  const shift = shiftOf(pose);
  const ends = [shiftOf(shot.camera.from), shiftOf(shot.camera.to)];
  const margin = 2 * Math.max(...ends.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]));
  const scale = (1.004 + margin) * (sceneDepth / (sceneDepth - felt * pose.z));
  const place = {
    x: plan.width * (0.5 + shift.x - scale / 2),
    y: plan.height * (0.5 + shift.y - scale / 2),
    width: plan.width * scale,
    height: plan.height * scale,
  };
  const { scene } = shot;
  if (scene.kind === 'clip') return { op: 'video', clip: scene.clip, seconds: at, opacity: 1, ...place };
  return { op: 'sprite', sprite: scene.sprite, opacity: 1, ...place };
}

/** How far a pose moves the scene's picture, in frame widths and heights. */
function shiftOf(pose: CameraPose): { x: number; y: number } {
  const far = stageDepth / sceneDepth;
  return { x: -pose.x * far - pose.turnX, y: -pose.y * far - pose.turnY };
}
