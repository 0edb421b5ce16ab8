import type { Draft } from '../draft.ts';

/** What a run came to. */
export interface PlayedRun {
  /** Frames that the film has, and those that were painted while it played. */
  readonly due: number;
  readonly painted: number;
  /** Distinct frames that an animation loop which paints nothing came by in as long a time. */
  readonly empty: number;
  readonly milliseconds: { readonly planned: number; readonly ready: number };
}

/** What tests and benchmarks call on the player's page. */
export interface PlayerPage {
  /** The RGBA bytes of some frames of a film, in base64. */
  frames(draft: Draft, wanted: readonly number[]): Promise<string[]>;
  /** Plays a film to its end, after an empty loop for as long. */
  play(draft: Draft): Promise<PlayedRun>;
}
