/** A picture in memory: sRGB, four bytes a pixel, rows from the top without gaps, alpha straight (not multiplied into the colours). */
export interface Rgba {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * One frame of film as planes, one after another in `data`: Y of width x height bytes, U and V of width/2 x height/2 each. Rows from
 * the top without gaps; width and height are even. BT.709, limited range (Y 16 to 235), chroma sited left as H.264 has it.
 */
export interface I420 {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
