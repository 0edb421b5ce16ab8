/**
 * What one frame shows: a closed, versioned list that every painter (WASM in the server, a canvas in a browser) draws alike.
 * Lengths are pixels of the film's frame, the origin is its top left corner, y grows downwards; fractions are kept, so that a slow
 * move never jumps by whole pixels. Operations are drawn in order, the first at the back.
 */
export const drawListVersion = 1;

/** Where something lands on the frame. It may lie partly or wholly outside. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A prepared picture, stretched into its place. `opacity` is 0 to 1. */
export interface DrawSprite extends Place {
  readonly op: 'sprite';
  /** Key of `Plan.sprites`. */
  readonly sprite: string;
  readonly opacity: number;
}

/** The frame of a reference video at `seconds` of its own time, stretched into its place. */
export interface DrawVideo extends Place {
  readonly op: 'video';
  /** Key of `Plan.clips`. */
  readonly clip: string;
  readonly seconds: number;
  readonly opacity: number;
}

/**
 * A text sprite at its own size, which only the painter knows. `x` and `y` are where its anchor lands: `alignX` 0 is the text's left
 * edge, 0.5 its middle, 1 its right edge; `alignY` likewise from top to bottom. Drawn at whole pixels, so that letters stay crisp.
 */
export interface DrawText {
  readonly op: 'text';
  readonly sprite: string;
  readonly x: number;
  readonly y: number;
  readonly alignX: number;
  readonly alignY: number;
  readonly opacity: number;
}

/** Everything drawn so far moves towards a colour (sRGB): 0 leaves it, 1 replaces it. */
export interface DrawFade {
  readonly op: 'fade';
  readonly colour: readonly [number, number, number];
  readonly amount: number;
}

export type DrawOperation = DrawSprite | DrawText | DrawVideo | DrawFade;

/** One frame: its operations from the back to the front. */
export interface DrawList {
  readonly version: typeof drawListVersion;
  readonly operations: readonly DrawOperation[];
}
