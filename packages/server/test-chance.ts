/** Numbers that look like chance and come again with the same seed, so that a run that failed can be seen again. */
export interface Chance {
  /** 0 up to, and without, `below`. */
  number(below: number): number;
  pick<Value>(values: readonly Value[]): Value;
}

/** Mulberry32: one 32-bit state, good enough to choose instants. */
export function openChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    number: (below) => next() * below,
    pick: (values) => values[Math.floor(next() * values.length)]!,
  };
}
