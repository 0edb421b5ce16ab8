import type { Framing } from '../../model/index.ts';
import { type FrameEdge, type PlannedFigure, stageDepth } from '../plan.ts';
import type { ShotPlanning } from '../planning.ts';
import { chance } from '../random.ts';
import type { Light } from '../sprite.ts';
import type { Actor } from './actor.ts';
import { figureSizes } from './camera.ts';
import type { CardLook, ClipLook, CutoutLook } from './looks.ts';

/** Half of a body stands a little below the frame's lower edge, so that its end is never seen. */
const belowFrame = 1.03;

/**
 * An actor as it is drawn: its picture, where its feet are, and the edges of the frame that it never lets go of. Those of the same
 * `index` sway together.
 */
export function makeFigure(actor: Actor, index: number, light: Light, planning: ShotPlanning): PlannedFigure {
  const { camera, seed } = planning;
  const { look, reference, from, to, arrives, owner } = actor;
  const box = boxOf(actor, planning);
  const sticks = look.kind === 'cutout' && owner === undefined ? stuckEdges(look, actor, box) : [];
  const planned = {
    reference: reference.id,
    ...box,
    from,
    to,
    arrives,
    sticks,
    gait: look.kind === 'cutout' ? actor.action.gait : ('stand' as const),
    phase: chance(seed + planning.index, index + 11),
  };
  const nearest = scaleOfNearest(actor, planning);
  switch (look.kind) {
    case 'clip':
      return { ...planned, look: { clip: clipOf(look, box, planning) }, shadow: undefined };
    case 'card':
      return { ...planned, look: { sprite: cardOf(look, box, nearest, planning) }, shadow: undefined };
    case 'cutout': {
      const sprite = cutoutOf(look, { box, sticks, light, nearest }, planning);
      const floats = actor.action.gait === 'float' || owner !== undefined;
      const stands = !look.partial && !floats && box.foot < 1.02 && camera.angle !== 'overhead';
      const shadow = stands
        ? planning.materials.sprite({ make: 'shadow', width: 256, height: 64, strength: 0.5 })
        : undefined;
      return { ...planned, look: { sprite }, shadow };
    }
  }
}

interface FigureBox {
  readonly height: number;
  readonly width: number;
  readonly foot: number;
}

function boxOf(actor: Actor, { camera }: ShotPlanning): FigureBox {
  const { look, size, owner, ownedAs, shrink = 1 } = actor;
  const { framing, angle } = camera;
  // Seen from above everything is shorter.
  const foreshortened = size.fills ? 1 : angle === 'overhead' ? 0.8 : angle === 'high' ? 0.94 : 1;
  const height = size.height * shrink * foreshortened;
  const width = size.width * shrink;
  if (owner !== undefined && ownedAs === 'held') {
    const holder = owner.size.height * (owner.shrink ?? 1);
    const top = footOf(owner.look, framing, holder) - holder;
    const partial = owner.look.kind !== 'cutout' || owner.look.partial;
    return { height, width, foot: Math.min(0.98, top + holder * (partial ? 0.96 : 0.66)) };
  }
  return { height, width, foot: footOf(look, framing, height) };
}

/** Where the lowest edge is: cards hang in the middle, half bodies stand at the frame's edge, whole ones on the ground. */
function footOf(look: Actor['look'], framing: Framing, height: number): number {
  if (look.kind !== 'cutout') return Math.min(0.9, 0.47 + height / 2);
  const { top } = figureSizes[framing];
  if (look.partial) return Math.max(look.cut.bottom ? 1.005 : belowFrame, top + height);
  if (framing === 'extreme-wide') return 0.84;
  if (framing === 'wide') return 0.93;
  return Math.max(0.95, top + height);
}

/** A subject that its photograph cuts off at one side stands at that side of the frame, unless the words put it elsewhere. */
function stuckEdges(look: CutoutLook, { from, to, size }: Actor, box: FigureBox): FrameEdge[] {
  const edges: FrameEdge[] = look.partial ? ['bottom'] : [];
  if (size.fills && from.depth <= stageDepth && to.depth <= stageDepth) edges.push('top');
  const rests = from.x === to.x && from.depth === to.depth;
  if (rests && look.cut.left && !look.cut.right && from.x < box.width / 2 + 0.02) edges.push('left');
  if (rests && look.cut.right && !look.cut.left && from.x > 0.98 - box.width / 2) edges.push('right');
  return edges;
}

/** How much larger than planned it is ever drawn, but for the last bit of a near pass that nobody can tell. */
function scaleOfNearest({ from, to }: Actor, { camera }: ShotPlanning): number {
  const nearest = Math.min(from.depth, to.depth) - Math.max(0, camera.poses.from.z, camera.poses.to.z);
  return Math.min(1.8, Math.max(1, stageDepth / Math.max(1, nearest)));
}

/** How a cut-out stands in its shot: its box, the edges it keeps to, what light falls on it, and how near it comes. */
interface Standing {
  readonly box: FigureBox;
  readonly sticks: readonly FrameEdge[];
  readonly light: Light;
  readonly nearest: number;
}

function cutoutOf(
  look: CutoutLook,
  { box, sticks, light, nearest }: Standing,
  { film, materials }: ShotPlanning,
): string {
  const wanted = Math.min(2.2 * film.width, Math.ceil(box.width * film.width * nearest));
  const width = Math.max(24, Math.min(wanted, look.width * 2));
  return materials.sprite({
    make: 'cutout',
    media: look.media,
    box: look.box,
    flip: false,
    light,
    // An edge of the photograph that would show as a straight line in the middle of the frame fades out instead.
    feather: (['left', 'top', 'right', 'bottom'] as const).filter((edge) => look.cut[edge] && !sticks.includes(edge)),
    width,
    height: Math.max(24, Math.round(width / look.aspect)),
  });
}

function cardOf(look: CardLook, box: FigureBox, nearest: number, { film, materials }: ShotPlanning): string {
  const width = Math.max(24, Math.min(Math.ceil(box.width * film.width * nearest), look.width * 2));
  const crop = { left: 0, top: 0, right: 1, bottom: 1 };
  const height = Math.max(24, Math.round(width / look.aspect));
  const radius = Math.round(film.height * 0.016);
  return materials.sprite({
    make: 'picture',
    media: look.media,
    crop,
    radius,
    blur: 0,
    grade: undefined,
    width,
    height,
  });
}

function clipOf(look: ClipLook, box: FigureBox, { film, materials }: ShotPlanning): string {
  const width = evenPixels(box.width * film.width);
  return materials.clip({
    media: look.media,
    width,
    height: evenPixels(width / look.aspect),
    radius: Math.round(film.height * 0.016),
    seconds: look.seconds,
  });
}

/** Video is decoded at even pixels. */
export function evenPixels(value: number): number {
  return Math.max(16, Math.round(value / 2) * 2);
}
