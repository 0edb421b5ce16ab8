import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Watch } from '../generations/index.ts';
import { countOpenAttempts, type Database, type OpenAttempts } from '../store/index.ts';

/** Figures for whoever watches the server. Labels hold words of ours only: no id, no key, no address. */
export interface Metrics {
  /** A request was answered, up to its headers. `route` as its table writes it; undefined for what no route answers. */
  answered(method: string, route: string | undefined, status: number, seconds: number): void;
  /** Something untrusted was not fetched, for that reason. */
  refusedFetch(code: string): void;
  /** A webhook was told something, or was not to be had. */
  delivered(taken: boolean): void;
  readonly watch: Watch;
  /** Everything, as Prometheus reads it. */
  text(database: Database): Promise<{ readonly type: string; readonly body: string }>;
}

/** However often somebody looks, the store is asked no more than this. */
const freshMilliseconds = 2000;
const methods = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS', 'PUT', 'PATCH']);

export function openMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  const own = { registers };
  const requests = new Histogram({
    name: 'refreel_http_request_seconds',
    help: 'Answers of the server until their headers, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    ...own,
  });
  const accepts = new Histogram({
    name: 'refreel_accept_seconds',
    help: 'From a submission to its commit',
    labelNames: ['model', 'dialect'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    ...own,
  });
  const renders = new Histogram({
    name: 'refreel_render_seconds',
    help: 'Drawing and storing the films of one attempt',
    labelNames: ['model'],
    buckets: [0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300],
    ...own,
  });
  const rendering = new Gauge({ name: 'refreel_renders_running', help: 'Attempts that are being drawn', ...own });
  const cancels = new Counter({
    name: 'refreel_generations_cancelled_total',
    help: 'Cancels that changed one',
    ...own,
  });
  const ends = new Counter({
    name: 'refreel_attempts_ended_total',
    help: 'Attempts that a worker of this process brought to an end',
    labelNames: ['state', 'model', 'producer'],
    ...own,
  });
  const refusals = new Counter({
    name: 'refreel_fetch_refusals_total',
    help: 'Untrusted addresses that were not fetched, by reason',
    labelNames: ['code'],
    ...own,
  });
  const deliveries = new Counter({
    name: 'refreel_webhook_deliveries_total',
    help: 'Messages that receivers took, or did not',
    labelNames: ['taken'],
    ...own,
  });
  const open = new Gauge({
    name: 'refreel_attempts_open',
    help: 'Attempts that wait or are worked on, in the whole store',
    labelNames: ['state', 'model', 'producer'],
    ...own,
  });
  const storeUp = new Gauge({ name: 'refreel_store_up', help: '1 while the store answers', ...own });
  const ask = oncePer(freshMilliseconds, countOpenAttempts);

  return {
    answered(method, route = 'none', status, seconds) {
      requests.observe({ method: methods.has(method) ? method : 'other', route, status }, seconds);
    },
    refusedFetch: (code) => refusals.inc({ code }),
    delivered: (taken) => deliveries.inc({ taken: String(taken) }),
    watch: {
      accepted: ({ seconds, ...labels }) => accepts.observe(labels, seconds),
      cancelled: () => cancels.inc(),
      ended: (labels) => ends.inc(labels),
      draws(model, begun = performance.now()) {
        rendering.inc();
        return () => {
          rendering.dec();
          renders.observe({ model }, (performance.now() - begun) / 1000);
        };
      },
    },
    async text({ connection }) {
      const counts = await ask(connection).catch(() => undefined);
      storeUp.set(counts === undefined ? 0 : 1);
      open.reset();
      for (const { count, ...labels } of counts ?? []) open.set(labels, count);
      return { type: registry.contentType, body: `${await registry.metrics()}\n${await processFigures()}` };
    },
  };
}

/** Several who ask at once, or soon after one another, share one answer. */
function oncePer<Asked>(
  milliseconds: number,
  ask: (asked: Asked) => Promise<OpenAttempts[]>,
): (asked: Asked) => Promise<OpenAttempts[]> {
  let asking: Promise<OpenAttempts[]> | undefined;
  let at = Number.NEGATIVE_INFINITY;
  return (asked) => {
    if (asking === undefined || performance.now() - at > milliseconds) {
      at = performance.now();
      asking = ask(asked);
      asking.catch(() => {
        asking = undefined;
      });
    }
    return asking;
  };
}

let processRegistry: Registry | undefined;

/** Memory, processor, file handles, event loop: of the process, however many servers it holds, and only once somebody asks. */
function processFigures(): Promise<string> {
  if (processRegistry === undefined) {
    processRegistry = new Registry();
    collectDefaultMetrics({ register: processRegistry });
  }
  return processRegistry.metrics();
}
