import { stageDepth } from '../plan.ts';
import type { ShotPlanning } from '../planning.ts';
import { scaleAt } from '../projection.ts';
import type { Part, Path } from './actor.ts';
import { standInRow } from './row.ts';

/** Beyond the frame's edge: nobody is seen there. */
const outside = 0.08;

/** Half a body far away would be a dwarf at the frame's foot: it stays nearer than whole ones. */
const farthestHalf = 4.8;

/** Gives everybody a place, and then those who go to or stand by another the place that this means. */
export function standActors(parts: readonly Part[], { camera }: ShotPlanning): Path[] {
  const { places, shrink } = standInRow(parts, camera.poses);
  const stood = parts.map((part, index) => ({ ...pathOf(part, places[index]!, index, parts.length), shrink }));
  return parts.map((part, index) => alongWith(related(part, stood[index]!, parts, stood), part, camera));
}

function pathOf(part: Part, x: number, index: number, count: number): Path {
  const { action, position, behind, size } = part;
  const farthest = farthestOf(part);
  // "Into the distance" is where it goes, not where it stands.
  const given = action.path === 'away' ? undefined : position.depth;
  const depth = Math.min(farthest, given ?? (behind ? 6 : stageDepth + (count > 1 ? (index % 2) * 0.35 : 0)));
  const off = (side: 'left' | 'right', at: number) => {
    const half = (size.width / 2) * scaleAt(at) + outside;
    const edge = side === 'left' ? -half : 1 + half;
    return 0.5 + (edge - 0.5) / scaleAt(at);
  };
  const edge = position.fromEdge === 'opposite' ? (x < 0.5 ? 'left' : 'right') : position.fromEdge;
  const path = { from: { x, depth }, to: { x, depth }, arrives: 1 };
  if (edge !== undefined || action.enters) {
    const side = edge ?? (x <= 0.5 ? 'left' : 'right');
    const alone = position.x === undefined && edge !== undefined && count === 1;
    const goal = alone ? (side === 'left' ? 0.44 : 0.56) : x;
    // Who comes from the depth of the picture comes forward.
    const near = given === undefined ? depth : Math.min(depth, stageDepth + 0.2);
    path.from = { x: off(side, depth), depth };
    path.to = { x: goal, depth: near };
    path.arrives = 0.66;
  } else if (action.path === 'away') {
    path.to = { x: x + (0.5 - x) * 0.3, depth: farthest };
  } else if (action.leaves || position.toEdge !== undefined) {
    path.to = { x: off(position.toEdge ?? (x < 0.5 ? 'left' : 'right'), depth), depth };
  } else if (action.path === 'nearer') {
    path.from = { x, depth: Math.min(farthest, 7) };
    path.to = { x, depth: 3.5 };
  } else if (action.path === 'across' && !behind) {
    const reach = action.gait === 'run' ? 0.24 : 0.14;
    path.from = { x: x - reach / 2, depth };
    path.to = { x: x + reach / 2, depth };
  }
  return path;
}

/** A tracking camera goes along with whoever it shows, so that the scene slides by and the figure stays; also forwards. */
function alongWith(path: Path, { action }: Part, { move, poses }: ShotPlanning['camera']): Path {
  if (!move.startsWith('track-')) return path;
  const forward = move === 'track-behind' && action.gait !== 'stand' ? poses.to.z - poses.from.z : 0;
  return {
    ...path,
    from: { ...path.from, x: path.from.x + poses.from.x },
    to: { x: path.to.x + poses.to.x, depth: path.to.depth + forward },
  };
}

/** "towards", "past", "behind" and the like need to know where the others are. What is said last is where it ends. */
function related(part: Part, own: Path, parts: readonly Part[], stood: readonly Path[]): Path {
  const known = part.relations.flatMap(({ relation, other }) => {
    const index = parts.findIndex((one) => one.id === other);
    return index === -1 ? [] : [{ relation, part: parts[index]!, path: stood[index]! }];
  });
  const last = known.at(-1);
  if (last === undefined) return own;
  const { x, depth } = last.path.to;
  const otherWidth = last.part.size.width * (last.path.shrink ?? 1);
  const apart = ((part.size.width * (own.shrink ?? 1) + otherWidth) / 2) * 0.94;
  const side = own.from.x <= x ? -1 : 1;
  const inwards = x > 0.5 ? -1 : 1;
  const half = part.size.width * (own.shrink ?? 1) * 0.4;
  const nextTo = Math.min(1 - half, Math.max(half, x + side * apart));
  const placed = part.position.x !== undefined;
  switch (last.relation) {
    case 'past':
      return {
        ...own,
        from: { x: x + side * (apart + 0.12), depth: depth - 0.5 },
        to: { x: x - side * apart, depth: depth - 0.5 },
      };
    case 'towards':
      return { ...own, to: { x: nextTo, depth } };
    case 'beside': {
      if (!goes(part)) return own;
      // Who comes by and stays came from farther off.
      const from = known.some(({ relation }) => relation === 'past')
        ? { x: x + side * (apart + 0.34), depth }
        : own.from;
      return { ...own, from, to: { x: nextTo, depth } };
    }
    case 'behind':
      return placed ? own : stops(own, x + inwards * otherWidth * 0.45, Math.min(depth + 1.6, farthestOf(part)));
    case 'in-front':
      return placed ? own : stops(own, x + inwards * otherWidth * 0.4, Math.max(2.8, depth - 0.9));
    case 'left-of':
      return last.part.position.x === undefined ? own : stops(own, x - apart, depth);
    case 'right-of':
      return last.part.position.x === undefined ? own : stops(own, x + apart, depth);
    case 'between':
    case 'holds':
    case 'on':
      return own;
  }
}

/** Metres beyond which somebody would not look well. */
function farthestOf({ look }: Part): number {
  return look.kind === 'cutout' && look.partial ? farthestHalf : 10;
}

function goes({ action }: Part): boolean {
  return action.path === 'across' || action.enters;
}

/** Comes to stand at a place: from where it came, if it came. */
function stops(path: Path, x: number, depth: number): Path {
  const comes = path.arrives < 1;
  return { ...path, from: comes ? path.from : { x, depth }, to: { x, depth } };
}
