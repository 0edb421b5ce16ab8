import type { ClockMove } from '../store/index.ts';

/**
 * What the stand-in's clock showed at an instant of the real one, by all moves, oldest first. What happened before a move keeps its time: a task
 * that is accepted after a day was skipped is not a day old.
 */
export function shownAt(real: number, moves: readonly ClockMove[]): number {
  for (let index = moves.length - 1; index >= 0; index -= 1)
    if (moves[index]!.at <= real) return real + moves[index]!.ahead;
  return real;
}

/**
 * The instant of the real clock at which the stand-in's showed that. A time that was skipped has none: then the last one before, or the first one
 * after.
 */
export function realAt(shown: number, moves: readonly ClockMove[], skipped: 'before' | 'after' = 'before'): number {
  for (const [index, { at }] of moves.entries()) {
    const before = index === 0 ? 0 : moves[index - 1]!.ahead;
    if (shown - before < at) return shown - before;
    if (shown < at + moves[index]!.ahead) return skipped === 'before' ? at - 1 : at;
  }
  return shown - (moves.at(-1)?.ahead ?? 0);
}
