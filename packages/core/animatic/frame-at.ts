import { envelopeRate } from '../model/index.ts';
import { type DrawList, type DrawOperation, drawListVersion, type Place } from './draw-list.ts';
import {
  type Bookend,
  type CameraPose,
  type Plan,
  type PlannedFigure,
  type PlannedShot,
  sceneDepth,
  stageDepth,
} from './plan.ts';
import { chance } from './random.ts';
import { textSizes } from './text-sizes.ts';

const mix = (from: number, to: number, share: number) => from + (to - from) * share;
const ease = (share: number) => share * share * (3 - 2 * share);
const clamp = (value: number) => Math.min(1, Math.max(0, value));

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
  const at = frame / plan.fps;
  const shot = shotAt(plan, frame);
  const within = frame - shot.start;
  const share = shot.frames > 1 ? within / (shot.frames - 1) : 0;
  const operations: DrawOperation[] = [];
  drawScene(plan, shot, share, at, operations);
  for (const figure of shot.figures) drawFigure(plan, shot, figure, share, at, operations);
  if (shot.weather !== undefined) drawWeather(plan, shot.weather, at, operations);
  if (shot.tint !== undefined) operations.push({ op: 'fade', ...shot.tint });
  drawBookends(plan, at, operations);
  drawText(plan, shot, at, operations);
  return { version: drawListVersion, operations };
}

function poseAt(shot: PlannedShot, share: number): CameraPose {
  const eased = mix(share, ease(share), 0.7);
  const { from, to } = shot.camera;
  return {
    x: mix(from.x, to.x, eased),
    y: mix(from.y, to.y, eased),
    z: mix(from.z, to.z, eased),
    turnX: mix(from.turnX, to.turnX, eased),
    turnY: mix(from.turnY, to.turnY, eased),
  };
}

/** How far a pose moves the scene's picture, in frame widths and heights. */
function sceneShift(pose: CameraPose): { x: number; y: number } {
  const far = stageDepth / sceneDepth;
  return { x: -pose.x * far - pose.turnX, y: -pose.y * far - pose.turnY };
}

function drawScene(plan: Plan, shot: PlannedShot, share: number, at: number, operations: DrawOperation[]): void {
  const pose = poseAt(shot, share);
  const shift = sceneShift(pose);
  const [first, last] = [sceneShift(shot.camera.from), sceneShift(shot.camera.to)];
  // The picture is so much larger than the frame that the camera never sees its edge.
  const margin = 2 * Math.max(Math.abs(first.x), Math.abs(last.x), Math.abs(first.y), Math.abs(last.y));
  const scale = (1.004 + margin) * (sceneDepth / (sceneDepth - 2.2 * pose.z));
  const place = {
    x: plan.width * (0.5 + shift.x - scale / 2),
    y: plan.height * (0.5 + shift.y - scale / 2),
    width: plan.width * scale,
    height: plan.height * scale,
  };
  const { scene } = shot;
  if (scene.kind === 'clip') operations.push({ op: 'video', clip: scene.clip, seconds: at, opacity: 1, ...place });
  else operations.push({ op: 'sprite', sprite: scene.sprite, opacity: 1, ...place });
}

/** Own motion of a figure: up and down in frame heights, sideways in frame widths. */
function sway(figure: PlannedFigure, at: number, moving: boolean): { x: number; y: number } {
  const cycle = (hertz: number) => Math.sin(2 * Math.PI * (at * hertz + figure.phase));
  switch (moving || figure.gait === 'float' || figure.gait === 'hop' ? figure.gait : 'stand') {
    case 'walk':
      return { x: 0.0016 * cycle(0.95), y: -0.006 * Math.abs(cycle(0.95)) };
    case 'run':
      return { x: 0.002 * cycle(1.5), y: -0.013 * Math.abs(cycle(1.5)) };
    case 'hop':
      return { x: 0, y: -0.035 * Math.abs(cycle(0.8)) };
    case 'float':
      return { x: 0.003 * cycle(0.23), y: -0.012 * cycle(0.34) };
    default:
      return { x: 0.0008 * cycle(0.17), y: -0.0014 * cycle(0.26) };
  }
}

/** Loudness of whoever speaks now: a speaker nods a little with the voice. */
function loudness(plan: Plan, reference: string | undefined, at: number): number {
  const line = plan.lines.find((one) => one.speaker === reference && at >= one.start && at < one.start + one.seconds);
  if (line === undefined || reference === undefined) return 0;
  const position = (at - line.start) * envelopeRate;
  const [before = 0, after = 0] = [line.envelope[Math.floor(position)], line.envelope[Math.floor(position) + 1]];
  return mix(before, after, position % 1);
}

function drawFigure(
  plan: Plan,
  shot: PlannedShot,
  figure: PlannedFigure,
  share: number,
  at: number,
  operations: DrawOperation[],
): void {
  const pose = poseAt(shot, share);
  const progress = figure.arrives >= 1 ? share : 1 - (1 - clamp(share / figure.arrives)) ** 2;
  const depth = mix(figure.from.depth, figure.to.depth, progress);
  const distance = depth - pose.z;
  if (distance < 0.6) return;
  // Sizes were planned for the stage's depth; a figure elsewhere, or a camera that moved, scales them around the vanishing point.
  const scale = stageDepth / distance;
  const moving = figure.from.x !== figure.to.x || figure.from.depth !== figure.to.depth;
  const own = sway(figure, at, moving && share < figure.arrives);
  const voice = loudness(plan, figure.reference, at);
  const x = mix(figure.from.x, figure.to.x, progress);
  const height = figure.height * scale;
  const width = figure.width * scale;
  let centre = 0.5 + (x - 0.5 - pose.x) * scale - pose.turnX + own.x;
  let bottom = shot.horizon + (figure.foot - shot.horizon - pose.y) * scale - pose.turnY + own.y - 0.006 * voice;
  const ground = bottom - own.y;
  if (figure.sticks.includes('bottom')) bottom = Math.max(bottom, Math.min(figure.foot, 1.03) + Math.abs(own.y));
  if (figure.sticks.includes('top')) bottom = Math.min(bottom, height - 0.004);
  if (figure.sticks.includes('left')) centre = Math.min(centre, width / 2 - 0.002);
  if (figure.sticks.includes('right')) centre = Math.max(centre, 1 - width / 2 + 0.002);
  const place: Place = {
    x: plan.width * (centre - width / 2),
    y: plan.height * (bottom - height),
    width: plan.width * width,
    height: plan.height * height,
  };
  if (figure.shadow !== undefined) {
    const shadowWidth = place.width * 0.96;
    operations.push({
      op: 'sprite',
      sprite: figure.shadow,
      opacity: 0.85,
      x: place.x + (place.width - shadowWidth) / 2,
      y: plan.height * ground - shadowWidth * 0.075,
      width: shadowWidth,
      height: shadowWidth * 0.13,
    });
  }
  if ('clip' in figure.look)
    operations.push({ op: 'video', clip: figure.look.clip, seconds: at, opacity: 1, ...place });
  else operations.push({ op: 'sprite', sprite: figure.look.sprite, opacity: 1, ...place });
}

const particles = {
  rain: { count: 90, fall: 1.5, drift: 0.05, size: 0.02, opacity: 0.3, tall: 5 },
  snow: { count: 110, fall: 0.12, drift: 0.05, size: 0.009, opacity: 0.75, tall: 1 },
  dust: { count: 36, fall: -0.018, drift: 0.03, size: 0.006, opacity: 0.4, tall: 1 },
} as const;

function drawWeather(
  plan: Plan,
  weather: NonNullable<PlannedShot['weather']>,
  at: number,
  operations: DrawOperation[],
): void {
  const kind = particles[weather.kind];
  const wrap = (value: number) => ((value % 1) + 1) % 1;
  for (let index = 0; index < kind.count; index += 1) {
    const near = 0.5 + chance(plan.seed, index * 4) * 0.9;
    const wave = kind.tall === 1 ? Math.sin(at * 0.9 + index) * 0.012 : 0;
    const x = wrap(chance(plan.seed, index * 4 + 1) + kind.drift * at * near) + wave;
    const y = wrap(chance(plan.seed, index * 4 + 2) + kind.fall * at * near);
    const size = kind.size * near * plan.height;
    const width = kind.tall === 1 ? size : size / kind.tall;
    const opacity = kind.opacity * (0.45 + 0.55 * chance(plan.seed, index * 4 + 3));
    operations.push({
      op: 'sprite',
      sprite: weather.sprite,
      opacity,
      x: x * plan.width,
      y: y * 1.1 * plan.height - size,
      width,
      height: size,
    });
  }
}

/** 1 while a bookend stands alone, 0 when the shots do; `gone` is the time since (or until) the film's end that it belongs to. */
function bookendOpacity(bookend: Bookend, gone: number): number {
  if (gone <= bookend.hold) return 1;
  return 1 - ease(clamp((gone - bookend.hold) / Math.max(bookend.change, 1e-6)));
}

function drawBookends(plan: Plan, at: number, operations: DrawOperation[]): void {
  const end = (plan.frames - 1) / plan.fps;
  for (const [bookend, gone] of [
    [plan.opening, at],
    [plan.closing, end - at],
  ] as const) {
    if (bookend === undefined) continue;
    const opacity = bookendOpacity(bookend, gone);
    if (opacity <= 0) continue;
    // It is exactly the given picture at its own end of the film, and drifts a little from there.
    const scale = 1 + 0.012 * gone;
    operations.push({
      op: 'sprite',
      sprite: bookend.sprite,
      opacity,
      x: (plan.width * (1 - scale)) / 2,
      y: (plan.height * (1 - scale)) / 2,
      width: plan.width * scale,
      height: plan.height * scale,
    });
  }
}

/** Text is set over everything: the shot's name, what is said or happens, and the marks. */
function drawText(plan: Plan, shot: PlannedShot, at: number, operations: DrawOperation[]): void {
  const { margin } = textSizes(plan.width, plan.height);
  const anchor = (sprite: string, x: number, y: number, alignX: number, alignY: number) =>
    operations.push({ op: 'text', sprite, x, y, alignX, alignY, opacity: 1 });
  if (shot.slate !== undefined) anchor(shot.slate, margin, margin, 0, 0);
  const subtitle = plan.subtitles.find((one) => at >= one.start && at < one.end);
  const foot = plan.height - margin * 1.4;
  if (subtitle !== undefined) anchor(subtitle.sprite, plan.width / 2, foot, 0.5, 1);
  else if (shot.caption !== undefined) anchor(shot.caption, plan.width / 2, foot, 0.5, 1);
  for (const { sprite, corner } of plan.marks) {
    const bottom = corner === 'bottom-right';
    anchor(sprite, plan.width - margin, bottom ? plan.height - margin : margin, 1, bottom ? 1 : 0);
  }
}
