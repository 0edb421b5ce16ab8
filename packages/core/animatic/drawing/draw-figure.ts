import { envelopeRate } from '../../model/index.ts';
import type { DrawOperation, Place } from '../draw-list.ts';
import type { Plan, PlannedFigure } from '../plan.ts';
import { clamp, mix, scaleAt } from '../projection.ts';
import type { Moment } from './moment.ts';

/** Metres at which something is too near to be seen. */
const nearest = 0.6;

/** Share of half a body that may be below the frame. */
const mostHidden = 0.3;

/** Somebody with the shadow under the feet; nothing once the camera has passed. */
export function drawFigure(figure: PlannedFigure, moment: Moment): DrawOperation[] {
  const { plan, at } = moment;
  const body = bodyAt(figure, moment);
  if (body === undefined) return [];
  const { place, ground } = body;
  const look: DrawOperation =
    'clip' in figure.look
      ? { op: 'video', clip: figure.look.clip, seconds: at, opacity: 1, ...place }
      : { op: 'sprite', sprite: figure.look.sprite, opacity: 1, ...place };
  if (figure.shadow === undefined) return [look];
  const width = place.width * 0.96;
  const shadow: DrawOperation = {
    op: 'sprite',
    sprite: figure.shadow,
    opacity: 0.85,
    x: place.x + (place.width - width) / 2,
    y: plan.height * ground - width * 0.075,
    width,
    height: width * 0.13,
  };
  return [shadow, look];
}

/** Sizes were planned for the stage; elsewhere, or seen by a camera that moved, they scale around the vanishing point. */
function bodyAt(
  figure: PlannedFigure,
  { plan, shot, share, pose, at }: Moment,
): { place: Place; ground: number } | undefined {
  const progress = figure.arrives >= 1 ? share : 1 - (1 - clamp(share / figure.arrives)) ** 2;
  const distance = mix(figure.from.depth, figure.to.depth, progress) - pose.z;
  if (distance < nearest) return undefined;
  const scale = scaleAt(distance);
  const own = sway(figure, at, share);
  const [height, width] = [figure.height * scale, figure.width * scale];
  const x = mix(figure.from.x, figure.to.x, progress);
  const ground = shot.horizon + (figure.foot - shot.horizon - pose.y) * scale - pose.turnY;
  let centre = 0.5 + (x - 0.5 - pose.x) * scale - pose.turnX + own.x;
  let bottom = ground + own.y - 0.006 * loudness(plan, figure.reference, at);
  if (figure.sticks.includes('bottom')) {
    // A camera that comes nearer may hide a part of half a body, but never push it out of the frame.
    const lowest = Math.max(figure.foot, 1.005 + mostHidden * height);
    bottom = Math.max(Math.min(bottom, lowest), Math.min(figure.foot, 1.03) + Math.abs(own.y));
  }
  if (figure.sticks.includes('top')) bottom = Math.min(bottom, height - 0.004);
  if (figure.sticks.includes('left')) centre = Math.min(centre, width / 2 - 0.002);
  if (figure.sticks.includes('right')) centre = Math.max(centre, 1 - width / 2 + 0.002);
  const place = {
    x: plan.width * (centre - width / 2),
    y: plan.height * (bottom - height),
    width: plan.width * width,
    height: plan.height * height,
  };
  return { place, ground };
}

/** Own motion: up and down in frame heights, sideways in frame widths. Who has arrived stands still, and comes to it gently. */
function sway(figure: PlannedFigure, at: number, share: number): { x: number; y: number } {
  const cycle = (hertz: number) => Math.sin(2 * Math.PI * (at * hertz + figure.phase));
  const breath = { x: 0.0008 * cycle(0.17), y: -0.0014 * cycle(0.26) };
  const travels = figure.from.x !== figure.to.x || figure.from.depth !== figure.to.depth;
  const going = !travels ? 0 : figure.arrives >= 1 ? 1 : clamp((figure.arrives - share) / 0.08);
  switch (figure.gait) {
    case 'stand':
      return breath;
    case 'walk':
      return step(breath, going, { x: 0.0016 * cycle(0.95), y: -0.006 * Math.abs(cycle(0.95)) });
    case 'run':
      return step(breath, going, { x: 0.002 * cycle(1.5), y: -0.013 * Math.abs(cycle(1.5)) });
    case 'hop':
      return { x: 0, y: -0.035 * Math.abs(cycle(0.8)) };
    case 'float':
      return { x: 0.003 * cycle(0.23), y: -0.012 * cycle(0.34) };
  }
}

function step(
  rest: { x: number; y: number },
  going: number,
  stride: { x: number; y: number },
): { x: number; y: number } {
  return { x: mix(rest.x, stride.x, going), y: mix(rest.y, stride.y, going) };
}

/** Loudness of whoever speaks now: a speaker nods a little with the voice. */
function loudness(plan: Plan, reference: string | undefined, at: number): number {
  if (reference === undefined) return 0;
  const line = plan.lines.find((one) => one.speaker === reference && at >= one.start && at < one.start + one.seconds);
  if (line === undefined) return 0;
  const position = (at - line.start) * envelopeRate;
  const [before = 0, after = 0] = [line.envelope[Math.floor(position)], line.envelope[Math.floor(position) + 1]];
  return mix(before, after, position % 1);
}
