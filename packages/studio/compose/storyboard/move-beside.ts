import type { Side } from '../../shared/touch-drag.ts';

/** Moves the shot `from` to a side of the shot `over`, unless it stands there. */
export function moveBeside(from: number, over: number, side: Side, move: (from: number, to: number) => void): void {
  const place = side === 'before' ? over : over + 1;
  const to = from < place ? place - 1 : place;
  if (to !== from) move(from, to);
}
