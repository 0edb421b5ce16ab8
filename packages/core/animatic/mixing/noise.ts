/** Numbers from -1 to 1, the same for the same seed everywhere: integer arithmetic only (xorshift, G. Marsaglia 2003). */
export type Random = () => number;

/** The numbers of a seed. */
export function randomFrom(seed: number): Random {
  // Neighbouring seeds are spread far apart first; zero is the one state that xorshift never leaves.
  let state = Math.imul((seed | 0) ^ 0x9e3779b9, 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 15), 0xc2b2ae35);
  state = (state ^ (state >>> 16)) | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2_147_483_648;
  };
}

/** A random number between two. */
export function between(random: Random, least: number, most: number): number {
  return least + ((random() + 1) / 2) * (most - least);
}
