import type { State } from '@refreel/core/model';
import type { ProducerName } from '../store/index.ts';

/** Told of what is worth counting, as it happens. Nobody waits for it, and it must not throw. */
export interface Watch {
  /** A request was accepted and committed; `seconds` from its coming until then. */
  accepted(what: { readonly model: string; readonly dialect: string; readonly seconds: number }): void;
  /** A generation was cancelled before anything had begun with all of it, or while it was worked on. */
  cancelled(): void;
  /** A film begins to be drawn, now or when this process's clock said so. What is returned is called when that is over, however it ends. */
  draws(model: string, begun?: number): () => void;
  /** An attempt came to its end in a worker's hands. */
  ended(what: { readonly model: string; readonly producer: ProducerName; readonly state: State }): void;
}

/** Counts nothing. */
export const unwatched: Watch = { accepted() {}, cancelled() {}, draws: () => () => {}, ended() {} };
