/** Samples a second of everything that is made and mixed here. */
export const mixRate = 48_000;
