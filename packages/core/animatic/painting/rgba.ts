/** A picture in memory: sRGB, four bytes a pixel, rows from the top without gaps, alpha straight (not multiplied into the colours). */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A picture that a painter draws. */
export interface Rgba extends Pixels {
  /** Every pixel is opaque: the alpha bytes are not looked at, and drawing is faster. */
  readonly opaque: boolean;
}
