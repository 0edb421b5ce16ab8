/** Seconds until a lost submit is looked for again: soon at first, then every ten minutes. */
export function seekSeconds(times: number): number {
  return Math.min(600, 2 ** Math.min(times, 10));
}
