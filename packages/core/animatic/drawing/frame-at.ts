import { type DrawList, type DrawOperation, drawListVersion } from '../draw-list.ts';
import type { Plan, PlannedShot } from '../plan.ts';
import { poseAt } from '../projection.ts';
import { drawBookends } from './draw-bookends.ts';
import { drawFigure } from './draw-figure.ts';
import { drawScene } from './draw-scene.ts';
import { drawText } from './draw-text.ts';
import { drawWeather } from './draw-weather.ts';
import type { Moment } from './moment.ts';

/** The shot that is seen at a frame of the film. */
export function shotAt(plan: Plan, frame: number): PlannedShot {
  const shot = plan.shots.findLast((one) => frame >= one.start) ?? plan.shots[0];
  if (shot === undefined) throw new Error('a plan has at least one shot');
  return shot;
}

/**
 * What the film shows at `seconds`: a pure function, so that every frame can be drawn alone, in any order, by any painter.
 * Beyond the film's end it shows the last frame.
 */
export function frameAt(plan: Plan, seconds: number): DrawList {
  const frame = Math.min(plan.frames - 1, Math.max(0, Math.floor(seconds * plan.fps + 1e-6)));
  const shot = shotAt(plan, frame);
  const share = shot.frames > 1 ? (frame - shot.start) / (shot.frames - 1) : 0;
  const moment: Moment = { plan, shot, share, pose: poseAt(shot.camera, share), at: frame / plan.fps };
  const operations: DrawOperation[] = [drawScene(moment)];
  for (const figure of shot.figures) operations.push(...drawFigure(figure, moment));
  if (shot.weather !== undefined) operations.push(...drawWeather(shot.weather, moment));
  if (shot.tint !== undefined) operations.push({ op: 'fade', ...shot.tint });
  operations.push(...drawBookends(moment), ...drawText(moment));
  return { version: drawListVersion, operations };
}
