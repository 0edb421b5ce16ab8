import type { Metrics } from './metrics.ts';

/** Metrics that count from the start, and are loaded afterwards. */
export interface MetricsLater {
  readonly metrics: Metrics;
  /** Loads them, and counts what happened until then. Whoever asks for the figures does so too. */
  load(): Promise<Metrics>;
}

/**
 * The metrics of a server that is about to start: their library is a tenth of all that it would read before it can listen, and nobody looks at
 * figures before.
 */
export function metricsLater(): MetricsLater {
  const early: ((opened: Metrics) => void)[] = [];
  let loading: Promise<Metrics> | undefined;
  let opened: Metrics | undefined;
  const tell = (happened: (opened: Metrics) => void) => {
    if (opened === undefined) early.push(happened);
    else happened(opened);
  };
  const load = () => {
    loading ??= import('./metrics.ts').then(({ openMetrics }) => {
      opened = openMetrics();
      for (const happened of early.splice(0)) happened(opened);
      return opened;
    });
    return loading;
  };
  return {
    load,
    metrics: {
      answered: (...seen) => tell(({ answered }) => answered(...seen)),
      refusedFetch: (code) => tell(({ refusedFetch }) => refusedFetch(code)),
      delivered: (taken) => tell(({ delivered }) => delivered(taken)),
      watch: {
        accepted: (seen) => tell(({ watch }) => watch.accepted(seen)),
        cancelled: () => tell(({ watch }) => watch.cancelled()),
        ended: (seen) => tell(({ watch }) => watch.ended(seen)),
        draws(model, begun = performance.now()) {
          let drawn = () => {};
          tell(({ watch }) => {
            drawn = watch.draws(model, begun);
          });
          return () => tell(() => drawn());
        },
      },
      text: async (database) => await (await load()).text(database),
    },
  };
}
