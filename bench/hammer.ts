/** How fast something was done again and again. */
export interface Pace {
  readonly perSecond: number;
  /** Milliseconds that half of them took at most, and 99 of 100. */
  readonly p50: number;
  readonly p99: number;
}

/** Does something so often, with so many of it at the same time. */
export async function hammer(count: number, atOnce: number, work: (index: number) => Promise<void>): Promise<Pace> {
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  const lane = async () => {
    while (next < count) {
      const started = performance.now();
      await work(next++);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const seconds = (performance.now() - began) / 1000;
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { perSecond: count / seconds, p50: at(0.5), p99: at(0.99) };
}
