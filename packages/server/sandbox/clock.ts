import { type ClockMove, clockMovesAfter, type Database, moveClock } from '../store/index.ts';
import { realAt, shownAt } from './clock-moves.ts';

/** A moment of the stand-in's clock, with all that is needed to translate times. Milliseconds since 1970 throughout. */
export interface ClockReading {
  readonly now: number;
  /** How far it is ahead of the real one. */
  readonly offset: number;
  /** What it showed at an instant of the real clock. */
  shown(real: number | Date): number;
  /** The instant of the real clock at which it showed that; for a time that was skipped, the last one before or the first one after. */
  real(shown: number, skipped?: 'before' | 'after'): number;
}

/**
 * The clock that the stand-in's states and expiries go by. It can be moved forward, for every process on the store. Leases, retries and
 * idempotency never look at it.
 */
export interface SandboxClock {
  read(): Promise<ClockReading>;
  /** Moves it on; the reading after it. */
  advance(milliseconds: number): Promise<ClockReading>;
}

export async function openClock(
  { connection, kind }: Pick<Database, 'connection' | 'kind'>,
  realNow: () => number = Date.now,
): Promise<SandboxClock> {
  let moves: readonly ClockMove[] = await clockMovesAfter(connection, 0);
  const look = async () => {
    const later = await clockMovesAfter(connection, moves.at(-1)?.at ?? 0);
    if (later.length > 0) moves = [...moves, ...later].sort((one, other) => one.at - other.at).filter(isNew);
  };
  const reading = (): ClockReading => {
    const known = moves;
    // A move is dated by the database, whose clock may be a little before ours.
    const now = Math.max(realNow(), known.at(-1)?.at ?? 0);
    return {
      now: shownAt(now, known),
      offset: known.at(-1)?.ahead ?? 0,
      shown: (real) => shownAt(Number(real), known),
      real: (shown, skipped) => realAt(shown, known, skipped),
    };
  };
  return {
    async read() {
      // An embedded store is ours alone, so every move of it is made here.
      if (kind === 'postgres') await look();
      return reading();
    },
    async advance(milliseconds) {
      await moveClock(connection, milliseconds);
      await look();
      return reading();
    },
  };
}

/** Two looks at once may both have found it. */
function isNew({ at }: ClockMove, index: number, all: readonly ClockMove[]): boolean {
  return index === 0 || all[index - 1]!.at !== at;
}
