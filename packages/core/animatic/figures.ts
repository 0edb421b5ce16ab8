import type { CameraAngle, Film, Framing } from '../model/index.ts';
import { figureSizes } from './camera.ts';
import type { CutoutLook } from './cast.ts';
import { type FrameEdge, type PlannedClip, type PlannedFigure, stageDepth } from './plan.ts';
import { chance } from './random.ts';
import type { Light } from './sprite.ts';
import type { SpriteBook } from './sprites.ts';
import type { Actor } from './staging.ts';

const small =
  /\b(?:cat|kitten|dog|puppy|bird|rabbit|bunny|mouse|squirrel|fox|robot|doll|toy|cup|coffee|phone|book|flower)\b|猫|狗|鸟|兔|鼠|松鼠|小机器人|杯|花|书/iu;
const large = /\b(?:horse|car|truck|elephant|dragon|rocket|tree|house|ship|boat)\b|马|车|象|龙|火箭|船/iu;

/** Sizes follow the framing, the kind of thing, how many share the frame, and how much of its body the photograph shows. */
export function makeFigure(
  actor: Actor,
  index: number,
  count: number,
  film: Film,
  framing: Framing,
  angle: CameraAngle,
  light: Light,
  seed: number,
  book: SpriteBook,
  clips: Record<string, PlannedClip>,
): PlannedFigure {
  const { look, reference } = actor;
  const frameRatio = film.width / film.height;
  const size = figureSizes[framing];
  const focus = index === 0 || (framing !== 'close-up' && framing !== 'extreme-close-up');
  const partial = look.kind === 'cutout' && look.partial;
  const isSmall = small.test(reference.name);
  const body = (isSmall ? 0.66 : large.test(reference.name) ? 1.15 : 1) * (focus ? 1 : 0.62);
  const share = count <= 1 ? 1 : count === 2 ? 0.92 : 0.78;
  const narrow = Math.max(1, Math.min(1.7, 1.5 / frameRatio));
  const mostWidth = Math.min(1.25, size.mostWidth * narrow * (count > 1 ? 0.9 : 1)) * (isSmall ? 0.86 : 1);
  const clipHeight = Math.min(0.78, size.half * 0.8);
  let height = (look.kind === 'clip' ? clipHeight : partial ? size.half : size.whole) * body * share;
  let width = (height * look.aspect) / frameRatio;
  if (width > mostWidth) {
    height *= mostWidth / width;
    width = mostWidth;
  }
  // A head that its photograph cuts off above fills a close picture from top to bottom.
  const fills = focus && look.kind === 'cutout' && look.cut.top && framing.includes('close-up');
  if (fills) {
    height = Math.max(height, 1.1);
    width = (height * look.aspect) / frameRatio;
  }
  if (angle === 'overhead' || angle === 'high') height *= angle === 'overhead' ? 0.8 : 0.94;
  const enters = actor.from.x < -0.1 || actor.from.x > 1.1;
  const still = actor.from.x === actor.to.x && actor.from.depth === actor.to.depth;
  const sticks = look.kind === 'cutout' ? stuckEdges(look, still && !enters ? actor.from.x : undefined, fills) : [];
  const foot =
    look.kind === 'clip'
      ? 0.5 + height / 2
      : partial
        ? Math.max(look.cut.bottom ? 1.005 : 1.03, size.top + height)
        : groundOf(framing, size.top, height);
  const nearest = stageDepth / Math.min(actor.from.depth, actor.to.depth) / 0.8;
  const pixels = Math.min(2.2 * film.width, Math.ceil(width * film.width * Math.max(1, nearest)));
  const planned = {
    reference: reference.id,
    height,
    width,
    foot,
    from: actor.from,
    to: actor.to,
    arrives: actor.arrives,
    sticks,
    gait: actor.action.gait,
    phase: chance(seed, index + 11),
  };
  if (look.kind === 'clip') {
    const key = `clip-${reference.id}-${framing}`;
    const even = (value: number) => Math.max(16, Math.round(value / 2) * 2);
    const clipWidth = even(width * film.width);
    clips[key] = {
      media: look.media,
      width: clipWidth,
      height: even(clipWidth / look.aspect),
      radius: Math.round(film.height * 0.016),
      seconds: look.seconds,
    };
    return { ...planned, gait: 'stand', look: { clip: key }, shadow: undefined };
  }
  const spriteWidth = Math.max(24, Math.min(pixels, look.width * 2));
  const sprite = book.add({
    make: 'cutout',
    media: look.media,
    box: look.box,
    flip: false,
    light,
    feather: featheredEdges(look, sticks),
    width: spriteWidth,
    height: Math.max(24, Math.round(spriteWidth / look.aspect)),
  });
  const stands = !partial && actor.action.gait !== 'float' && foot < 1.02;
  const shadow = stands ? book.add({ make: 'shadow', width: 256, height: 64, strength: 0.5 }) : undefined;
  return { ...planned, look: { sprite }, shadow };
}

/** Where feet touch the ground: whole figures stand on it, tall framings cut them off at the knees. */
function groundOf(framing: Framing, top: number, height: number): number {
  if (framing === 'extreme-wide') return 0.84;
  if (framing === 'wide') return 0.93;
  return Math.max(0.95, top + height);
}

/** A subject that its photograph cuts off at one side stands at that side of the frame, unless the words put it elsewhere. */
function stuckEdges(look: CutoutLook, x: number | undefined, fills: boolean): FrameEdge[] {
  const edges: FrameEdge[] = look.partial ? ['bottom'] : [];
  if (fills) edges.push('top');
  if (x !== undefined && look.cut.left && !look.cut.right && x < 0.4) edges.push('left');
  if (x !== undefined && look.cut.right && !look.cut.left && x > 0.6) edges.push('right');
  return edges;
}

/** The photograph's own edges that would show as a straight line in the middle of the frame fade out instead. */
function featheredEdges(look: CutoutLook, sticks: readonly FrameEdge[]): ('left' | 'top' | 'right' | 'bottom')[] {
  return (['left', 'top', 'right'] as const).filter((edge) => look.cut[edge] && !sticks.includes(edge as FrameEdge));
}
