import { type CameraPose, stageDepth } from '../plan.ts';
import { scaleAt } from '../projection.ts';
import type { Part } from './actor.ts';

/** Places across the frame in the order of the parts, and by how much all get smaller so that they have room. */
export interface Row {
  readonly places: readonly number[];
  readonly shrink: number;
}

/** Where the camera is at both ends of a shot. */
export interface Poses {
  readonly from: CameraPose;
  readonly to: CameraPose;
}

/**
 * Places side by side that keep everybody apart and in the frame, also where the camera comes nearest. Whom the words place
 * keeps that place, and the others share what is left; "between" and "beside" order the row.
 */
export function standInRow(parts: readonly Part[], poses: Poses): Row {
  const order = orderOf(parts);
  const inRow = order.map((index) => parts[index]!);
  const others = parts.filter(({ behind }) => behind);
  const row = inRow.length < 2 ? aloneRow(inRow[0], others[0]) : spread(inRow, poses);
  const beyond = (row.places[0] ?? 0.5) > 0.5 ? 0.12 : 0.88;
  const places = parts.map((part, index) => {
    const at = order.indexOf(index);
    return at === -1 ? (part.position.x ?? beyond) : row.places[at]!;
  });
  return { places, shrink: row.shrink };
}

/** Indexes of those who stand in the row: not those out of focus, and not those in front of or behind another. */
function orderOf(parts: readonly Part[]): number[] {
  const indexOf = (id: string) => parts.findIndex((one) => one.id === id);
  const order: number[] = [];
  const late: { index: number; others: number[]; offset: 0 | 1 }[] = [];
  for (const [index, { behind, relations, position, action }] of parts.entries()) {
    if (behind) continue;
    const known = relations.filter(({ other }) => indexOf(other) !== -1 && indexOf(other) !== index);
    const last = known.at(-1)?.relation;
    const stays = position.x === undefined && action.path === 'none';
    if (stays && (last === 'behind' || last === 'in-front')) continue;
    if (stays && last !== undefined && /^(?:left-of|right-of|between|beside)$/.test(last)) {
      const others = known.filter(({ relation }) => relation === last).map(({ other }) => indexOf(other));
      late.push({ index, others, offset: last === 'left-of' ? 0 : 1 });
    } else order.push(index);
  }
  // Between two others there is only a place once both have theirs.
  for (const { index, others, offset } of late.toSorted((one, other) => one.others.length - other.others.length)) {
    const places = others.map((other) => order.indexOf(other)).filter((at) => at !== -1);
    if (places.length === 0) order.push(index);
    else order.splice(Math.min(...places) + offset, 0, index);
  }
  return order;
}

/**
 * Somebody alone stands in the middle, or leaves room for the one behind; whom the photograph cuts off at one side stands at that
 * side of the frame.
 */
function aloneRow(part: Part | undefined, behind: Part | undefined): Row {
  if (part === undefined) return { places: [], shrink: 1 };
  const side = cutSide(part);
  const middle = behind === undefined ? 0.5 : (behind.position.x ?? 1) > 0.5 ? 0.36 : 0.64;
  const x = side === undefined ? middle : edgePlace(side, part.size.width);
  return { places: [part.position.x ?? x], shrink: 1 };
}

/** The side of the frame at which somebody has to stand who is cut off there, rests, and is not put anywhere by the words. */
function cutSide({ look, action, position, size }: Part): 'left' | 'right' | undefined {
  if (look.kind !== 'cutout' || look.cut.left === look.cut.right) return undefined;
  // Who is wider than the frame reaches its sides from the middle.
  if (size.width >= 1) return undefined;
  if (position.x !== undefined || position.fromEdge !== undefined || action.path !== 'none' || action.enters)
    return undefined;
  return look.cut.left ? 'left' : 'right';
}

function edgePlace(side: 'left' | 'right', width: number): number {
  return side === 'left' ? width / 2 - 0.004 : 1.004 - width / 2;
}

/** The most that neighbours may hide of each other, as a share of their width: one at the back has two. */
const hidden = 0.12;
/** Smaller than this nobody is told any more. */
const smallest = 0.2;

function spread(parts: readonly Part[], poses: Poses): Row {
  const nearest = scaleAt(stageDepth - Math.max(0, poses.from.z, poses.to.z));
  const room = 0.96 / Math.min(nearest, 1.25);
  const wide = parts.reduce((sum, { size }) => sum + size.width, 0);
  const shrink = Math.max(smallest, Math.min(1, room / (wide * (1 - hidden))));
  const widths = parts.map(({ size }) => size.width * shrink);
  // An edge at which the words put somebody else is taken.
  const taken = (side: 'left' | 'right') =>
    parts.some(({ position: { x = 0.5 } }) => (side === 'left' ? x < 0.4 : x > 0.6));
  const sides = parts.map((part) => {
    const side = cutSide(part);
    return side === undefined || taken(side) ? undefined : side;
  });
  // One at each edge at the most; the others share what is between.
  const left = sides.indexOf('left');
  const right = sides.lastIndexOf('right');
  const fixed = (index: number) =>
    index === left || index === right ? edgePlace(sides[index]!, widths[index]!) : parts[index]!.position.x;
  const free = parts.flatMap((_, index) => (fixed(index) === undefined ? [index] : []));
  const from = left === -1 ? 0.5 - room / 2 : widths[left]!;
  const to = right === -1 ? 0.5 + room / 2 : 1 - widths[right]!;
  const slots = slotsBetween(from, to, shareOut(parts, free, widths, from, to));
  const places = parts.map((_, index) => fixed(index) ?? slots.shift() ?? 0.5);
  return { places, shrink };
}

/** Widths of the free ones in order, with a gap as wide as somebody whom the words place among them. */
function shareOut(
  parts: readonly Part[],
  free: readonly number[],
  widths: readonly number[],
  from: number,
  to: number,
): { width: number; taken: boolean }[] {
  const boxes = free.map((index) => ({ width: widths[index]!, taken: false }));
  for (const [index, { position }] of parts.entries()) {
    if (position.x === undefined || free.includes(index)) continue;
    const at = Math.round(((position.x - from) / (to - from)) * boxes.length);
    boxes.splice(Math.min(boxes.length, Math.max(0, at)), 0, { width: widths[index]!, taken: true });
  }
  return boxes;
}

/** Middles of boxes side by side with even gaps, or with even overlaps where there is no room. */
function slotsBetween(from: number, to: number, boxes: readonly { width: number; taken: boolean }[]): number[] {
  const total = boxes.reduce((sum, { width }) => sum + width, 0);
  const room = to - from;
  const gap = Math.min(0.16, (room - total) / Math.max(1, total > room ? boxes.length - 1 : boxes.length + 1));
  let at = (from + to) / 2 - (total + gap * (boxes.length - 1)) / 2;
  return boxes.flatMap(({ width, taken }) => {
    const middle = at + width / 2;
    at += width + gap;
    return taken ? [] : [middle];
  });
}
